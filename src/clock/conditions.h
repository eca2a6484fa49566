#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/scenario.h"
#include "clock/course.h"
#include "clock/damage.h"
#include "findings/simulated.h"

namespace outlast::clock {

/// What one cause makes of a component from a moment on.
struct Standing {
  double at_s = 0;
  std::string component;
  std::size_t cause = 0;                        ///< causes are told apart by it
  std::optional<findings::Condition> by_cause;  ///< absent: by this cause nothing any more
};

/// What a scenario makes of components by structure alone: what stops with all that needs it, what
/// lost replicas that others carry, what is slow. Causes are 0 and odd numbers.
[[nodiscard]] std::vector<Standing> standings_of(const blueprint::Blueprint& bp,
                                                 const blueprint::Scenario& scenario,
                                                 const Damage& damage, const Course& course);

/// How each component stands over time: of all that its causes make of it, the gravest.
///
/// out   by time; each differs from the one before of its component, which serves at first
/// cost  n log n
[[nodiscard]] std::vector<findings::ConditionChange> gravest_of(std::vector<Standing> standings);

}  // namespace outlast::clock
