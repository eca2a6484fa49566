#pragma once

#include <vector>

#include "findings/replay.h"
#include "replay/player.h"

namespace outlast::replay {

/// What happens, in the order it does: what the provider does and undoes, and each time a component
/// begins to lose requests, with the cause, and is back.
///
/// in  played  of `player` by `staging`
[[nodiscard]] std::vector<findings::TimedStep> story_of(const blueprint::Blueprint& bp,
                                                        const Player& player, const Played& played,
                                                        const Staging& staging);

}  // namespace outlast::replay
