#include "pipeline/objective_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/units.h"

namespace outlast::pipeline {

using base::Truth;
using blueprint::FaultClass;
using findings::Analysis;
using findings::DeclaredObjective;
using findings::ObjectiveChange;
using findings::Verdict;

namespace {

/// What is declared, by its name: in the order of a blueprint, and names are told apart.
using Declared = std::vector<std::pair<std::string, DeclaredObjective>>;

Truth truth_of(const std::optional<bool>& is_so) {
  return !is_so ? Truth::unknown : *is_so ? Truth::yes : Truth::no;
}

/// Undecided where nobody is served, so that no number answers it.
Truth is_available(const Analysis& analysis, std::string_view journey, double wanted) {
  if (analysis.availability) {
    for (const auto& one : analysis.availability->journeys) {
      if (one.name == journey) {
        return truth_of(findings::is_met(one.low, one.high, wanted));
      }
    }
  }
  return Truth::unknown;
}

/// The objective of the whole holds for every journey; a journey's own goes before it.
void add_availability(const blueprint::Blueprint& bp, const Analysis& analysis, Declared& out) {
  const auto& whole = bp.objectives().availability;
  if (bp.journeys().empty() && whole.is_known()) {
    out.emplace_back("availability",
                     DeclaredObjective{base::format_availability(whole->value), Truth::unknown});
  }
  for (const auto& journey : bp.journeys()) {
    const auto& wanted = journey.availability.is_known() ? journey.availability : whole;
    if (wanted.is_known()) {
      out.emplace_back("availability of " + journey.name,
                       DeclaredObjective{base::format_availability(wanted->value),
                                         is_available(analysis, journey.name, wanted->value)});
    }
  }
}

Truth is_recovered(const Analysis& analysis, FaultClass fault_class) {
  Truth all = Truth::yes;
  for (const auto& row : analysis.survival) {
    if (row.fault_class == fault_class && row.survives != Verdict::not_exposed) {
      all = base::both(all, row.survives == Verdict::yes  ? Truth::yes
                            : row.survives == Verdict::no ? Truth::no
                                                          : Truth::unknown);
    }
  }
  return all;
}

void add_recovery(const blueprint::Objectives& objectives, const Analysis& analysis,
                  Declared& out) {
  for (std::size_t i = 0; i < blueprint::kFaultClasses; ++i) {
    if (objectives.recovery[i].is_known()) {
      const auto& wanted = *objectives.recovery[i];
      const auto fault_class = static_cast<FaultClass>(i);
      out.emplace_back(
          fmt::format("recovery of class {}", blueprint::name_of(fault_class)),
          DeclaredObjective{fmt::format("rto {}, rpo {}", base::format_duration(wanted.rto),
                                        base::format_duration(wanted.rpo)),
                            is_recovered(analysis, fault_class)});
    }
  }
}

void add_users(const blueprint::Users& users, Declared& out) {
  for (const auto& [name, value] :
       {std::pair("users", &users.now), std::pair("users at the peak", &users.peak)}) {
    if (value->is_known()) {
      out.emplace_back(name, DeclaredObjective{base::format_number(**value), std::nullopt});
    }
  }
}

Declared declared_by(const Evaluation& evaluation) {
  const auto& objectives = evaluation.blueprint->objectives();
  const Analysis& analysis = evaluation.analysis;
  Declared out;
  add_availability(*evaluation.blueprint, analysis, out);
  add_recovery(objectives, analysis, out);
  add_users(objectives.users, out);
  if (analysis.cost && analysis.cost->budget) {
    out.emplace_back("budget", DeclaredObjective{findings::money_text(*analysis.cost->budget),
                                                 truth_of(analysis.cost->is_within_budget)});
  }
  return out;
}

}  // namespace

std::vector<ObjectiveChange> objective_changes(const Evaluation& base, const Evaluation& head) {
  Declared before = declared_by(base);
  std::vector<ObjectiveChange> changes;
  for (auto& [name, now] : declared_by(head)) {
    const auto same = std::find_if(before.begin(), before.end(),
                                   [&name = name](const auto& one) { return one.first == name; });
    ObjectiveChange change{name, std::nullopt, std::move(now)};
    if (same != before.end()) {
      change.base = std::move(same->second);
      before.erase(same);
    }
    if (change.base != change.head) {
      changes.push_back(std::move(change));
    }
  }
  for (auto& [name, gone] : before) {
    changes.push_back({std::move(name), std::move(gone), std::nullopt});
  }
  return changes;
}

}  // namespace outlast::pipeline
