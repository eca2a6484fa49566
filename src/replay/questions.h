#pragma once

#include <string>

#include "replay/player.h"

namespace outlast::replay {

/// All that is not known and decides who is hit: "proxy and bot_management of edge".
[[nodiscard]] std::string question_of(const blueprint::Blueprint& bp, const Player& player);

/// Is it not known of something whether it is hit, or how long it does without what is?
[[nodiscard]] bool is_any_open(const Player& player);

/// Is it not known of something whether it lies where it happens?
[[nodiscard]] bool is_place_open(const blueprint::Blueprint& bp, const Player& player);

/// What traits that are not known may be, where cohorts of an incident name several values of one: each
/// combination of them. One without any where there are none.
[[nodiscard]] std::vector<std::map<std::string, std::string>> possible_traits(
    const blueprint::Blueprint& bp, const Player& player);

}  // namespace outlast::replay
