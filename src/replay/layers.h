#pragma once

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "failure/knots.h"
#include "failure/running.h"
#include "failure/stale.h"
#include "replay/player.h"
#include "replay/timeline_algebra.h"

/// What a player works with while it plays: private to it.
namespace outlast::replay {

/// The switch of a need with `via`, which moves a name whose addresses are kept.
[[nodiscard]] inline Switch name_switch(const blueprint::Need& need, const Staging& staging,
                                        bool is_in_loop) {
  Switch how = switch_of(need.switching, is_in_loop);
  how.notices = std::min(how.notices, staging.switches_notice);
  if (!is_in_loop) {
    how.ttl_s = need.ttl.value_or({}).value;
    how.stale = need.stale.value_or({}).value;
    how.stale_s = failure::stale_for_s(need, static_cast<std::size_t>(staging.luck));
  }
  return how;
}

/// Gives `failure::Running` its sense over time, for those who ask for some operations.
struct Player::Algebra : TimelineAlgebra {
  using Operations = blueprint::Operations;
  using ComponentId = blueprint::ComponentId;
  using Need = blueprint::Need;
  const Player& player;
  Operations operations;
  const Staging& staging;
  Layers& layers;

  [[nodiscard]] bool may_strike(ComponentId /*id*/) const { return true; }
  [[nodiscard]] State own(ComponentId id, std::size_t replica) const {
    return player.own(id, replica, staging);
  }
  [[nodiscard]] State whole(ComponentId id) const { return player.whole(id, operations, staging); }
  [[nodiscard]] std::size_t spare_replicas(ComponentId id) const {
    const auto more = staging.more.find(id);
    return more == staging.more.end() ? 0 : static_cast<std::size_t>(more->second);
  }
  [[nodiscard]] State moved(ComponentId /*id*/, std::size_t /*replica*/, const State& state) const {
    return state;
  }
  [[nodiscard]] State by_way_of(const Need& need, ComponentId target, const State& state) const {
    return with_second(
        target, worst_of({state, player.on_the_way(need, target, operations, staging)}), staging);
  }
  /// Where what switches moves names, users follow as their addresses run out.
  [[nodiscard]] State switched_by(const Need& need, const State& active, const State& via,
                                  const State& rest, bool is_in_loop) const {
    return replay::switched(active, via, rest, name_switch(need, staging, is_in_loop));
  }
  [[nodiscard]] std::pair<failure::Running<Algebra>*, const States*> narrower(Operations asked);
};

/// What is lost of all components by those who ask for some operations.
struct Player::Layer {
  Layer(const Player& player, blueprint::Operations operations, const Staging& staging,
        Layers& layers)
      : algebra{{}, player, operations, staging, layers},
        knots(player.bp_, player.dependence_, operations, false),
        running(player.bp_, player.dependence_, knots, operations,
                {.buffers = staging.unknown_is_hit ? failure::Bound::pessimistic
                                                   : failure::Bound::evidence},
                algebra),
        states(player.bp_.components().size()),
        masked(player.bp_.components().size()) {}

  Algebra algebra;
  failure::Knots knots;
  failure::Running<Algebra> running;
  States states;  ///< what is lost while the structure is down
  States masked;  ///< what goes to something dead until that is noticed
};

}  // namespace outlast::replay
