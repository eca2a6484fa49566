#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "clock/load_model.h"
#include "engines/simulation/outcome.h"
#include "findings/surge.h"

namespace outlast::clock {

/// What happens in a surge, and why: which part is full from when to when, what that makes of those
/// through which users come to it, what autoscalers do, and how users fare.
///
/// in      surge  with its parts and their series
/// out     by time; who loses more than one request in a hundred is degraded, most of them, down
/// cost    parts × steps × journeys that come to them, and calls for each part that is a cause
/// assumes whatever stands between users who lose requests and a part that is full loses theirs
[[nodiscard]] std::vector<findings::TimedStep> surge_story(
    const blueprint::Blueprint& bp, const LoadModel& load,
    const engines::simulation::Outcome& outcome, const findings::Surge& surge);

}  // namespace outlast::clock
