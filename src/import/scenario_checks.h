#pragma once

#include "base/diagnostics.h"
#include "base/units.h"
#include "blueprint/scenario.h"

namespace outlast::import {

/// Nothing is watched for longer.
inline constexpr base::Seconds kLongestScenario{7 * 86'400.0};

/// Does a fault say how bad it is so that something comes of it?
/// errors  OUT-E1807
void check_amounts(const blueprint::ScenarioFault& fault, base::Diagnostics& diagnostics);

/// Can all of a scenario hold at once, does it end, and does each recovery do something?
/// errors  OUT-E1808 to OUT-E1811
void check_scenario(const blueprint::Scenario& scenario, base::Diagnostics& diagnostics);

}  // namespace outlast::import
