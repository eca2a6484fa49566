#pragma once

#include <vector>

#include "findings/replay.h"
#include "replay/player.h"

namespace outlast::replay {

/// What is lost, and how that ends for users.
struct Ending {
  Played played;
  findings::ReplayOutcome outcome;
  /// It survives with less than there was, and nobody said how many users that has to carry.
  bool is_unweighed = false;
};

/// Plays an incident one way. Where its structure survives it and what is left does not carry the
/// users there are, what is lost is what the clock saw of that day.
///
/// assumes A-113
[[nodiscard]] Ending ending_of(const blueprint::Blueprint& bp, const Player& player,
                               const Staging& staging);

/// Which components are hit by something, in their order.
[[nodiscard]] std::vector<blueprint::ComponentId> hit_by(const Player& player,
                                                         const Staging& staging);

/// The worst of what stores lose: all before some time.
[[nodiscard]] findings::DataLost data_lost(const Player& player, const Staging& staging);

/// What each journey loses, in the order in which they are declared; those of one name as one.
[[nodiscard]] std::vector<findings::JourneyOutcome> journeys_of(const blueprint::Blueprint& bp,
                                                                const Played& played);

}  // namespace outlast::replay
