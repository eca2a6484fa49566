#pragma once

#include <vector>

#include "findings/replay.h"
#include "replay/outcome.h"

namespace outlast::replay {

/// What alone would have changed the verdict for the better, each tried by playing it again; where
/// nothing alone would have been enough, all of it together, if that helps.
///
/// in   ending  as it is
/// out  empty where nothing is lost
[[nodiscard]] std::vector<findings::Prevention> preventions(const blueprint::Blueprint& bp,
                                                            const Player& player,
                                                            const Staging& staging,
                                                            const Ending& ending);

}  // namespace outlast::replay
