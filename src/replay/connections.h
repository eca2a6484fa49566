#pragma once

#include "blueprint/blueprint.h"
#include "incidents/incident.h"
#include "replay/luck.h"
#include "replay/timeline.h"

namespace outlast::replay {

/// While no new connection can be made: connections that live go on, and so do addresses that are kept.
struct Unconnected {
  double begins_s = 0;
  double reaches_s = 0;  ///< from the first connection that ends to the last
  double ttl_s = 0;      ///< for so long addresses are kept, the empty one too …
  double stale = 0;      ///< … and by this share of users …
  double stale_s = 0;    ///< … for so long, whatever they say
  double fades_s = 0;    ///< when connections can be made again
  double falls_s = 0;    ///< from the first to the last that can
  double lost = 1;       ///< share of those that are tried then
};
[[nodiscard]] Timeline lost_by(const Unconnected& how);

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
