#include "findings/asked.h"

#include <algorithm>

namespace outlast::findings {

using base::Truth;
using blueprint::Blueprint;

namespace {

Truth truth_of(const std::optional<bool>& is_so) {
  return !is_so ? Truth::unknown : *is_so ? Truth::yes : Truth::no;
}

AskedAvailability asked_of(const std::string& journey, double wanted, const Analysis& analysis) {
  AskedAvailability asked{journey, wanted};
  if (analysis.availability) {
    for (const auto& one : analysis.availability->journeys) {
      if (one.name == journey) {
        asked.value = one.value;
        asked.low = one.low;
        asked.high = one.high;
        asked.is_met = truth_of(is_met(one.low, one.high, wanted));
      }
    }
  }
  return asked;
}

}  // namespace

std::vector<AskedAvailability> asked_availability(const Blueprint& bp, const Analysis& analysis) {
  std::vector<AskedAvailability> all;
  const auto& whole = bp.objectives().availability;
  if (bp.journeys().empty() && whole.is_known()) {
    all.push_back({"", whole->value});
  }
  for (const auto& journey : bp.journeys()) {
    const auto& wanted = journey.availability.is_known() ? journey.availability : whole;
    if (wanted.is_known()) {
      all.push_back(asked_of(journey.name, wanted->value, analysis));
    }
  }
  return all;
}

std::optional<Truth> is_recovered(const Blueprint& bp, const SurvivalRow& row) {
  const auto& wanted = bp.objectives().recovery[static_cast<std::size_t>(row.fault_class)];
  if (!wanted.is_known() || row.survives == Verdict::not_exposed) {
    return std::nullopt;
  }
  return row.survives == Verdict::no        ? Truth::no
         : row.survives == Verdict::unknown ? Truth::unknown
                                            : Truth::yes;
}

std::vector<AskedRecovery> asked_recovery(const Blueprint& bp, const Analysis& analysis) {
  std::vector<AskedRecovery> all;
  for (std::size_t i = 0; i < blueprint::kFaultClasses; ++i) {
    const auto& wanted = bp.objectives().recovery[i];
    if (!wanted.is_known()) {
      continue;
    }
    AskedRecovery asked{static_cast<blueprint::FaultClass>(i), *wanted};
    for (const SurvivalRow& row : analysis.survival) {
      if (row.fault_class == asked.fault_class) {
        asked.is_met = base::both(asked.is_met, is_recovered(bp, row).value_or(Truth::yes));
      }
    }
    all.push_back(asked);
  }
  return all;
}

std::optional<Truth> is_within_budget(const Analysis& analysis) {
  const bool is_asked = analysis.cost && analysis.cost->budget;
  return is_asked ? std::optional(truth_of(analysis.cost->is_within_budget)) : std::nullopt;
}

}  // namespace outlast::findings
