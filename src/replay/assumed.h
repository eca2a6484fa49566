#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "replay/outcome.h"
#include "replay/player.h"

namespace outlast::replay {

/// What a replay took for given because nobody stated it: how users come, what is left to carry them, how
/// long connections and addresses are kept, when what switches does, and in which region something is.
[[nodiscard]] std::vector<blueprint::Assumption> assumed(const blueprint::Blueprint& bp,
                                                         const Player& player,
                                                         const incidents::RoleTable& roles,
                                                         const Staging& staging,
                                                         const Ending& ending);

}  // namespace outlast::replay
