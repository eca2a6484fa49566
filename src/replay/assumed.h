#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "replay/outcome.h"
#include "replay/player.h"

namespace outlast::replay {

/// What a replay took for given because nobody stated it: how users come, what is left to carry them, how
/// long connections and addresses are kept.
[[nodiscard]] std::vector<blueprint::Assumption> assumed(const blueprint::Blueprint& bp,
                                                         const Player& player,
                                                         const Staging& staging,
                                                         const Ending& ending);

}  // namespace outlast::replay
