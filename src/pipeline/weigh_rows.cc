#include "pipeline/weigh_rows.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "clock/what_is_left.h"
#include "pipeline/worst_cases.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using failure::Event;
using findings::SurvivalRow;
using findings::Verdict;

namespace {

/// Instances of a case that are tried, times components.
constexpr std::size_t kMostWork = 2000;
constexpr std::size_t kMostTried = 24;

bool is_survived(const SurvivalRow& row) {
  return row.survives == Verdict::yes || row.survives == Verdict::degraded;
}

std::string key_of(const Blueprint& bp, const Event& event) {
  return event.component.exists() ? bp[event.component].id : bp[event.group].name;
}

/// Those that are survived, one of each component or place: the worst by structure, then those that
/// take the most of what there is.
std::vector<SurvivalRow> tried(const Blueprint& bp, const Cases& cases, const SurvivalRow& shown) {
  std::vector<SurvivalRow> all;
  std::set<std::string> seen;
  for (auto& [id, row] : instances_of(bp, cases, shown.worst_case, shown.mode)) {
    if (is_survived(row) && seen.insert(key_of(bp, cases.events[id])).second) {
      all.push_back(std::move(row));
    }
  }
  const auto left = [&](const SurvivalRow& row) {
    const Event& event = cases.events[row.event];
    return event.component.exists() ? bp[event.component].replicas.size() : 0;
  };
  if (all.size() > 1) {
    std::stable_sort(all.begin() + 1, all.end(),
                     [&](const auto& a, const auto& b) { return left(a) < left(b); });
  }
  const std::size_t most =
      std::clamp<std::size_t>(kMostWork / (1 + bp.components().size()), 1, kMostTried);
  all.resize(std::min(all.size(), most));
  return all;
}

/// The instance's own verdict is what it is when weighed.
void tell_instance(const std::string& key, const SurvivalRow& weighed,
                   std::vector<findings::Instance>& instances) {
  for (findings::Instance& instance : instances) {
    const bool is_it = instance.worst_case == weighed.worst_case && instance.mode == weighed.mode &&
                       instance.key == key;
    if (is_it && findings::is_graver(weighed.survives, instance.survives)) {
      instance.survives = weighed.survives;
    }
  }
}

bool is_worse(const SurvivalRow& a, const SurvivalRow& b) {
  return findings::is_graver(a.survives, b.survives) ||
         (a.survives == b.survives && std::tuple(a.down_s.value_or(0), a.users.value_or(0)) >
                                          std::tuple(b.down_s.value_or(0), b.users.value_or(0)));
}

}  // namespace

void weigh_rows(const Blueprint& bp, const catalog::Catalog& catalog, const Cases& cases,
                std::vector<SurvivalRow>& rows, std::vector<findings::Instance>& instances) {
  if (!bp.objectives().users.now.is_known()) {
    return;
  }
  for (SurvivalRow& row : rows) {
    if (!row.event.exists() || !is_survived(row)) {
      continue;
    }
    const Verdict by_structure = row.survives;
    for (SurvivalRow& one : tried(bp, cases, row)) {
      const Verdict before = one.survives;
      clock::weigh_what_is_left(bp, catalog, cases.events[one.event], one);
      if (!findings::is_graver(one.survives, before)) {
        continue;
      }
      tell_instance(key_of(bp, cases.events[one.event]), one, instances);
      const bool is_first = row.survives == by_structure;
      if (findings::is_graver(one.survives, row.survives) || (!is_first && is_worse(one, row))) {
        row = std::move(one);
      }
    }
  }
}

}  // namespace outlast::pipeline
