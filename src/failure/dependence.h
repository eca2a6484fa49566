#pragma once

#include <vector>

#include "blueprint/blueprint.h"

namespace outlast::failure {

/// Does a need of this strength stop the needing one, at once or once a buffer is empty?
[[nodiscard]] bool stops(blueprint::Strength strength);
/// Does it, where it is down and the needing one goes on, cost those served a part of what they get?
/// So does one whose answers a cache keeps: what the cache has not is not answered.
[[nodiscard]] bool lessens(const blueprint::Need& need);
/// How much, of the value of a journey: of a cached need what it misses.
[[nodiscard]] blueprint::Interval lost_without(const blueprint::Need& need);
/// Share of calls that a full cache answers, where nobody says: likely, at least and at most; of
/// caches that are worth it; our estimate.
inline constexpr double kLikelyHits = 0.9;
inline constexpr blueprint::Interval kHits = {0.7, 0.98};
/// Does it stop only once a buffer is empty?
[[nodiscard]] bool is_buffered(blueprint::Strength strength);
/// Does it name one target, with no buffer, cache or switch before it?
[[nodiscard]] bool is_direct(const blueprint::Need& need);

/// Strongly connected components of a graph, each after all that it leads to; members ascending.
/// in    edges  by component
/// cost  linear; source  Tarjan 1972
[[nodiscard]] std::vector<std::vector<blueprint::ComponentId>> strongly_connected(
    const std::vector<std::vector<blueprint::ComponentId>>& edges);

/// Who must be looked at before whom: components by strongly connected component of all edges
/// that decide whether something runs (calls, supply, buffers and switches alike).
class Dependence {
 public:
  explicit Dependence(const blueprint::Blueprint& bp);

  /// Loops and single components, every one after all that it needs.
  [[nodiscard]] const std::vector<std::vector<blueprint::ComponentId>>& loops() const {
    return loops_;
  }
  [[nodiscard]] std::size_t loop_of(blueprint::ComponentId id) const { return loop_of_[id.index]; }
  /// True if the component needs itself through others, or directly.
  [[nodiscard]] bool is_in_loop(blueprint::ComponentId id) const {
    return loops_[loop_of(id)].size() > 1;
  }
  /// Components that this one needs, directly, each once, by index.
  [[nodiscard]] const std::vector<blueprint::ComponentId>& needs(blueprint::ComponentId id) const {
    return needs_[id.index];
  }
  /// The same without needs that are only inferred.
  [[nodiscard]] const std::vector<blueprint::ComponentId>& surely_needs(
      blueprint::ComponentId id) const {
    return surely_needs_[id.index];
  }
  /// Components that need this one, each once, by index.
  [[nodiscard]] const std::vector<blueprint::ComponentId>& needed_by(
      blueprint::ComponentId id) const {
    return needed_by_[id.index];
  }

 private:
  std::vector<std::vector<blueprint::ComponentId>> loops_;
  std::vector<std::size_t> loop_of_;
  std::vector<std::vector<blueprint::ComponentId>> needs_;
  std::vector<std::vector<blueprint::ComponentId>> surely_needs_;
  std::vector<std::vector<blueprint::ComponentId>> needed_by_;
};

}  // namespace outlast::failure
