// What is lost although the structure holds: requests on their way to something dead, until that is
// noticed, and those that one of several loses in part, which nobody notices.
//
// The rule is `failure::masked_share`, as for the rows of a survival table; here it is a share over
// time, so that what dies later is noticed later.

#include "failure/masking.h"

#include <algorithm>

#include "replay/layers.h"

namespace outlast::replay {

using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operations;

namespace {

/// A loss that goes on until it is noticed, or by itself; one too small to be noticed goes on.
Timeline until_noticed(const Timeline& lost, const blueprint::Switching& switching) {
  return switched(lost, {}, {}, switch_of(switching));
}

Timeline scaled(const Timeline& lost, double factor) {
  return combined({lost}, [factor](std::vector<double>& at) { return at[0] * factor; });
}

}  // namespace

/// Gives `failure::masked_share` its sense over time.
struct Player::OverTime {
  using Share = Timeline;
  const Player& player;
  Layer& layer;
  const Layers& layers;

  [[nodiscard]] Share replica(ComponentId id, std::size_t r) const {
    const blueprint::Component& c = player.bp_[id];
    if (player.struck_at_[id.index].empty() && is_whole_where_it_lies(c.replicas[r])) {
      return {};
    }
    return scaled(until_noticed(layer.running.replica_of(id, r, layer.states), c.switching),
                  c.replicas[r].carries);
  }
  [[nodiscard]] Share at(const Need& need, ComponentId target) const {
    return worst_of(
        {until_noticed(lost_at(need, target), failure::noticing(need, player.bp_[target])),
         masked(need, target)});
  }
  [[nodiscard]] Share masked(const Need& need, ComponentId target) const {
    const Timeline& theirs = asked_by(need).masked[target];
    return theirs.is_never() ? Share() : combined({theirs, lost_at(need, target)}, [](auto& at) {
      return at[1] >= kDown ? 0 : at[0];
    });
  }
  [[nodiscard]] Share active(const Need& need) const {
    return switched(masked(need, need.any_of.front()), layer.states[need.via], {},
                    name_switch(need, layer.algebra.staging, false));
  }
  [[nodiscard]] static Share sum(const Share& a, const Share& b) {
    return both(a, b, [](auto& at) { return std::min(at[0] + at[1], 1.0); });
  }
  [[nodiscard]] static Share either(const Share& a, const Share& b) {
    return both(a, b, [](auto& at) { return 1 - (1 - at[0]) * (1 - at[1]); });
  }
  [[nodiscard]] static Share of(const Share& share, std::size_t n) {
    return n == 1 || share.is_never() ? share : scaled(share, 1 / static_cast<double>(n));
  }

 private:
  template <class Combine>
  static Share both(const Share& a, const Share& b, Combine combine) {
    return a.is_never() ? b : b.is_never() ? a : combined({a, b}, combine);
  }
  [[nodiscard]] bool is_whole_where_it_lies(const blueprint::Replica& replica) const {
    return std::all_of(replica.local_needs.begin(), replica.local_needs.end(), [&](NeedId id) {
      const auto& any_of = player.bp_[id].any_of;
      return std::all_of(any_of.begin(), any_of.end(), [&](ComponentId target) {
        return lost_at(player.bp_[id], target).is_never();
      });
    });
  }
  /// Of what a need asks for: less than who has it is asked for, where it names operations.
  [[nodiscard]] const Layer& asked_by(const Need& need) const {
    const auto found = layers.find(need.operations & layer.algebra.operations);
    return found == layers.end() ? layer : found->second;
  }
  [[nodiscard]] Timeline lost_at(const Need& need, ComponentId target) const {
    return layer.algebra.by_way_of(need, target, asked_by(need).states[target]);
  }
};

void Player::mask(Layer& layer, const Layers& layers) const {
  OverTime algebra{*this, layer, layers};
  for (const ComponentId id : reached_) {
    layer.masked[id] = failure::masked_share(bp_, id, layer.algebra.operations, algebra);
  }
}

}  // namespace outlast::replay
