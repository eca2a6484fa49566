#pragma once

#include <set>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/scenario.h"
#include "clock/damage.h"
#include "clock/structure.h"
#include "failure/dependence.h"

namespace outlast::clock {

/// When a recovery was done: as the scenario has it, or later, once what it needs was up.
struct Done {
  double at_s = 0;        ///< infinite: never
  std::string waits_for;  ///< what it had to wait for; empty: nothing
};

/// How a wound heals.
struct Healing {
  double up_s = 0;            ///< infinite: not while this is watched
  double waited_s = 0;        ///< of that, for what it takes to start
  bool is_elsewhere = false;  ///< by a replica that was started elsewhere
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
  std::vector<Healing> healing;   ///< by wound of the damage
  Losses losses;

  /// Weighted over the readings.
  [[nodiscard]] Timeline own(blueprint::ComponentId id) const;
  [[nodiscard]] Timeline whole(blueprint::ComponentId id) const;
  [[nodiscard]] Timeline replica(blueprint::ComponentId id, std::size_t r) const;
};

/// The mean of losses, each with its weight.
[[nodiscard]] Timeline weighted(const std::vector<double>& weights,
                                const std::vector<Timeline>& all);

/// Is what a need names gone? Where users of one journey see more of it than others, the worst.
[[nodiscard]] Timeline unmet(const Course& course, const blueprint::Need& need);

/// Replicas that a component may have over time: what launching needs and lacks, and limits.
/// out  by rising time, of a number from then on; before the first there is no limit
struct Allowed {
  double from_s = 0;
  std::size_t most = 0;
};
[[nodiscard]] std::vector<Allowed> allowed_over_time(const blueprint::Blueprint& bp,
                                                     const Damage& damage, const Course& course,
                                                     blueprint::ComponentId id);

/// The first moment from `from_s` on at which a component may have so many replicas; infinite: never.
[[nodiscard]] double launch_from(const std::vector<Allowed>& allowed, std::size_t replicas,
                                 double from_s);

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
