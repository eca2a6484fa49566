#pragma once

#include "findings/cost.h"
#include "findings/replay.h"

namespace outlast::pipeline {

/// What each prevention would add to the bill of a month: what its components cost now, again.
///
/// in       cost  of the architecture as it is
/// assumes  A-142: prices of the component's own region; what switches, what copies data and the
///          people who do it are not priced
void price_preventions(const findings::Cost& cost, findings::Replay& replay);

}  // namespace outlast::pipeline
