#pragma once

#include "blueprint/blueprint.h"
#include "findings/explanation.h"
#include "findings/simulated.h"

namespace outlast::explain {

/// Tells of a day, in place of a year: what happens to a component and to all that it needs, or to
/// what a journey passes; of anything else, all that happens.
void tell_day(const blueprint::Blueprint& bp, const findings::Simulated& day,
              findings::Explanation& what);

}  // namespace outlast::explain
