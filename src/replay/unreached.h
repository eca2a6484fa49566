#pragma once

#include <map>

#include "blueprint/blueprint.h"
#include "replay/player.h"

namespace outlast::replay {

/// What does not come through to a component that is well itself: its name leads nowhere, or no new
/// connection comes about.
struct Unreached {
  const blueprint::Need* need = nullptr;                    ///< on whose way most is lost
  blueprint::Operations asked = blueprint::kAllOperations;  ///< of who has it
  Timeline lost;
};

/// Of all that users lead to, soft needs and queues among it, who is not reached. What loses
/// something itself is left out: that is told of it anyway.
///
/// in    played  of `player` by `staging`
/// cost  components and needs that users lead to, times their lists of operations
[[nodiscard]] std::map<blueprint::ComponentId, Unreached> unreached(const blueprint::Blueprint& bp,
                                                                    const Player& player,
                                                                    const Played& played,
                                                                    const Staging& staging);

}  // namespace outlast::replay
