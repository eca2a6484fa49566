#pragma once

#include <vector>

#include "findings/replay.h"
#include "replay/player.h"

namespace outlast::replay {

/// What happens, in the order it does: what the provider does and undoes, and each component that
/// begins to lose requests, with the cause, and is back.
///
/// in  played  of `player` by `staging`
[[nodiscard]] std::vector<findings::TimedStep> story_of(const blueprint::Blueprint& bp,
                                                        const Player& player, const Played& played,
                                                        const Staging& staging);

/// Why a component is down, or loses requests: the end of the chain of causes; empty where it loses
/// nothing.
[[nodiscard]] std::string root_cause_of(const blueprint::Blueprint& bp, const Player& player,
                                        const States& states, blueprint::Operations operations,
                                        blueprint::ComponentId id, const Staging& staging);

}  // namespace outlast::replay
