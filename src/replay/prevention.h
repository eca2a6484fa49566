#pragma once

#include <vector>

#include "findings/replay.h"
#include "replay/player.h"

namespace outlast::replay {

/// How an incident ends for users, played one way.
[[nodiscard]] findings::ReplayOutcome outcome_of(const blueprint::Blueprint& bp,
                                                 const Player& player, const Staging& staging);

/// What alone would have changed the verdict for the better, each tried by playing it again; where
/// nothing alone would have been enough, all of it together, if that helps.
///
/// in   outcome  as it is
/// out  empty where nothing is lost
[[nodiscard]] std::vector<findings::Prevention> preventions(const blueprint::Blueprint& bp,
                                                            const Player& player,
                                                            const Staging& staging,
                                                            const findings::ReplayOutcome& outcome);

}  // namespace outlast::replay
