#pragma once

#include <map>
#include <utility>
#include <vector>

#include "failure/knots.h"
#include "failure/patience.h"
#include "failure/running.h"
#include "replay/player.h"

/// What a player works with while it plays: private to it.
namespace outlast::replay {

/// Gives `failure::Running` its sense over time, for those who ask for some operations.
struct Player::Algebra {
  using State = Timeline;
  using Operations = blueprint::Operations;
  using ComponentId = blueprint::ComponentId;
  using Need = blueprint::Need;
  const Player& player;
  Operations operations;
  const Staging& staging;
  Layers& layers;

  [[nodiscard]] State never() const { return {}; }
  [[nodiscard]] State always() const { return Timeline({{0, 1}}); }
  [[nodiscard]] State any(const std::vector<State>& s) const { return worst_of(s); }
  [[nodiscard]] State all(const std::vector<State>& s) const {
    return lost_by_at_least(s.size(), s);
  }
  [[nodiscard]] State at_least(std::size_t k, const std::vector<State>& s) const {
    return lost_by_at_least(k, s);
  }
  [[nodiscard]] bool may_strike(ComponentId /*id*/) const { return true; }
  [[nodiscard]] State own(ComponentId id, std::size_t replica) const {
    return player.own(id, replica, staging);
  }
  [[nodiscard]] State whole(ComponentId id) const { return player.whole(id, operations, staging); }
  [[nodiscard]] State switched(const State& active, const State& via, const State& rest,
                               const blueprint::Switching& switching, bool is_in_loop) const {
    const double detect = is_in_loop ? 0 : switching.detect.value_or({}).value;
    const double takes = is_in_loop ? 0 : switching.takes.value_or({}).value;
    const double notices = switching.notices.value_or({kDown}).value;
    return replay::switched(active, via, rest, {detect, takes, notices, !is_in_loop});
  }
  [[nodiscard]] State moved(ComponentId /*id*/, std::size_t /*replica*/, const State& state) const {
    return state;
  }
  /// Of a lease the middle of what may be left of it.
  [[nodiscard]] State delayed(const Need& need, const State& state) const {
    const double spread = failure::is_lease(need) ? need.every->value / 2 : 0;
    const double retry = failure::is_lease(need) ? need.retry.value_or({}).value / 2 : 0;
    return after_buffer(state, need.buffer->value - spread, retry);
  }
  [[nodiscard]] State by_way_of(const Need& need, ComponentId target, const State& state) const {
    return with_second(
        target, worst_of({state, player.on_the_way(need, target, operations, staging)}), staging);
  }
  [[nodiscard]] std::pair<failure::Running<Algebra>*, const States*> narrower(Operations asked);
};

/// What is lost of all components by those who ask for some operations.
struct Player::Layer {
  Layer(const Player& player, blueprint::Operations operations, const Staging& staging,
        Layers& layers)
      : algebra{player, operations, staging, layers},
        knots(player.bp_, player.dependence_, operations, false),
        running(player.bp_, player.dependence_, knots, operations, {}, algebra),
        states(player.bp_.components().size()),
        masked(player.bp_.components().size()) {}

  Algebra algebra;
  failure::Knots knots;
  failure::Running<Algebra> running;
  States states;  ///< what is lost while the structure is down
  States masked;  ///< what goes to something dead until that is noticed
};

}  // namespace outlast::replay
