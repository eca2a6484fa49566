#include "pipeline/objective_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/units.h"
#include "findings/asked.h"

namespace outlast::pipeline {

using findings::Analysis;
using findings::DeclaredObjective;
using findings::ObjectiveChange;

namespace {

/// What is declared, by its name: in the order of a blueprint, and names are told apart.
using Declared = std::vector<std::pair<std::string, DeclaredObjective>>;

void add_users(const blueprint::Users& users, Declared& out) {
  for (const auto& [name, value] :
       {std::pair("users", &users.now), std::pair("users at the peak", &users.peak)}) {
    if (value->is_known()) {
      out.emplace_back(name, DeclaredObjective{base::format_number(**value), std::nullopt});
    }
  }
}

Declared declared_by(const Evaluation& evaluation) {
  const auto& bp = *evaluation.blueprint;
  const Analysis& analysis = evaluation.analysis;
  Declared out;
  for (const auto& asked : findings::asked_availability(bp, analysis)) {
    out.emplace_back(asked.journey.empty() ? "availability" : "availability of " + asked.journey,
                     DeclaredObjective{base::format_availability(asked.wanted), asked.is_met});
  }
  for (const auto& asked : findings::asked_recovery(bp, analysis)) {
    out.emplace_back(
        fmt::format("recovery of class {}", blueprint::name_of(asked.fault_class)),
        DeclaredObjective{fmt::format("rto {}, rpo {}", base::format_duration(asked.wanted.rto),
                                      base::format_duration(asked.wanted.rpo)),
                          asked.is_met});
  }
  add_users(bp.objectives().users, out);
  if (const auto is_met = findings::is_within_budget(analysis)) {
    out.emplace_back("budget",
                     DeclaredObjective{findings::money_text(*analysis.cost->budget), is_met});
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
