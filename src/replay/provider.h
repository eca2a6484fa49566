#pragma once

#include <vector>

#include "findings/evaluation.h"
#include "replay/player.h"

namespace outlast::replay {

/// What happened at the provider, of all that touches this architecture: what was hit and why, what was
/// done about it, and what of the outage itself stood in the way of that.
void tell_provider(const Player& player, const Staging& staging,
                   std::vector<findings::TimedStep>& out);

}  // namespace outlast::replay
