#pragma once

#include "blueprint/blueprint.h"
#include "incidents/incident.h"
#include "replay/luck.h"
#include "replay/timeline.h"

namespace outlast::replay {

/// What a need loses of its requests while no new connection can be made.
///
/// Addresses are kept for a while, the empty one too, and a share of them for longer, whatever they say;
/// connections live as long as they do, and were opened one by one: some of them end at once.
///
/// in       phase  about names or handshakes
///          luck   of how long old addresses are kept, where that is not stated
/// assumes 
[[nodiscard]] Timeline new_connections(const incidents::Incident& incident,
                                       const incidents::Phase& phase, const blueprint::Need& need,
                                       Luck luck);

}  // namespace outlast::replay
