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
  std::string why = {};                         ///< the same in words
};

/// What a scenario makes of components by structure alone: what stops with all that needs it, what
/// lost replicas that others carry, what is slow. Causes are 0 and odd numbers.
[[nodiscard]] std::vector<Standing> standings_of(const blueprint::Blueprint& bp,
                                                 const blueprint::Scenario& scenario,
                                                 const Damage& damage, const Course& course);

/// How each component stands over time: of all that its causes make of it, the gravest.
///
/// out   by time; each differs from the one before of its component, or has another cause; it serves
///       at first
/// cost  n log n
[[nodiscard]] std::vector<findings::ConditionChange> gravest_of(std::vector<Standing> standings);

/// What happened, with how components stand from then on: what is told of a component stands with
/// the change of the same moment and cause; changes of which nothing is told are steps with their cause
/// alone.
///
/// in   begins_s  times are told from then on
/// out  by time
[[nodiscard]] std::vector<findings::TimedStep> steps_of(
    const std::vector<findings::StoryLine>& story, std::vector<findings::ConditionChange> changes,
    double begins_s);

}  // namespace outlast::clock
