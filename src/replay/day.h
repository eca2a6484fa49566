#pragma once

#include <optional>

#include "blueprint/blueprint.h"
#include "blueprint/scenario.h"
#include "replay/player.h"

namespace outlast::replay {

/// Does somebody say how many users there are, by now or over the day?
[[nodiscard]] bool knows_users(const blueprint::Blueprint& bp);

/// An incident as a day that somebody makes up: a fault for each component that a phase hits in what
/// is asked of it, and users as they come over the day where the input says so.
///
/// out      times since the incident began; watched for a day at most. Absent where nobody states how
///          many users there are, or nothing is hit
/// assumes  A-113
[[nodiscard]] std::optional<blueprint::Scenario> day_of(const blueprint::Blueprint& bp,
                                                        const Player& player,
                                                        const Staging& staging);

}  // namespace outlast::replay
