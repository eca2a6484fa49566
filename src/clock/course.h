#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/scenario.h"
#include "clock/damage.h"
#include "failure/dependence.h"
#include "failure/impact.h"
#include "replay/timeline.h"

namespace outlast::clock {

using replay::Timeline;
using States = base::IdVector<blueprint::ComponentId, Timeline>;

/// When a recovery was done: as the scenario has it, or later, once what it needs was up.
struct Done {
  double at_s = 0;        ///< infinite: never
  std::string waits_for;  ///< what it had to wait for; empty: nothing
};

/// What a scenario does by structure alone, load left aside.
struct Course {
  struct Reading {
    blueprint::Operations operations = blueprint::kAllOperations;
    double weight = 0;  ///< share of users whose journeys take these
    States whole;       ///< what each component loses, with all that it needs
    /// The same without what the engine works out itself: calls that fail.
    States own;
    std::vector<std::vector<Timeline>> replicas;  ///< by component, of active-active ones
  };
  std::vector<Reading> readings;  ///< one for each set of operations that journeys take
  std::vector<Done> done;         ///< by recovery
  std::vector<double> ended_s;    ///< by fault: when a recovery ended it; infinite: none did
  std::vector<Timeline> wounds;   ///< by wound of the damage
  std::vector<Timeline> severed;  ///< by severance

  /// Weighted over the readings.
  [[nodiscard]] Timeline own(blueprint::ComponentId id) const;
  [[nodiscard]] Timeline whole(blueprint::ComponentId id) const;
  [[nodiscard]] Timeline replica(blueprint::ComponentId id, std::size_t r) const;
};

/// Follows faults and recoveries through what needs what: the rules of `failure::Running` over
/// timelines, as often as recoveries and starts wait for each other.
///
/// in      called  needs whose failing calls the engine works out itself
/// cost    readings × components, for each recovery and each round of starts
/// assumes A-105
[[nodiscard]] Course course_of(const blueprint::Blueprint& bp,
                               const failure::Dependence& dependence,
                               const blueprint::Scenario& scenario, const Damage& damage,
                               const std::set<blueprint::NeedId>& called);

}  // namespace outlast::clock
