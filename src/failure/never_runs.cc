#include "failure/never_runs.h"

#include <algorithm>

#include "failure/running.h"

namespace outlast::failure {
namespace {

/// Gives `Running` the sense of one moment with nothing failed: true is down.
struct NothingFailed {
  using State = char;  // not bool: vectors of it are plain

  bool counts_none = false;  ///< is what runs no replica down, too?

  [[nodiscard]] State never() const { return 0; }
  [[nodiscard]] State always() const { return 1; }
  [[nodiscard]] State none_running() const { return counts_none ? always() : never(); }
  [[nodiscard]] State any(const std::vector<State>& s) const {
    return std::any_of(s.begin(), s.end(), [](State x) { return x != 0; }) ? 1 : 0;
  }
  [[nodiscard]] State all(const std::vector<State>& s) const {
    return std::all_of(s.begin(), s.end(), [](State x) { return x != 0; }) ? 1 : 0;
  }
  [[nodiscard]] State at_least(std::size_t k, const std::vector<State>& s) const {
    return static_cast<std::size_t>(std::count(s.begin(), s.end(), 1)) >= k ? 1 : 0;
  }
  [[nodiscard]] bool may_strike(blueprint::ComponentId /*id*/) const { return false; }
  [[nodiscard]] State own(blueprint::ComponentId /*id*/, std::size_t /*replica*/) const {
    return 0;
  }
  [[nodiscard]] State whole(blueprint::ComponentId /*id*/) const { return 0; }
  [[nodiscard]] State switched(State active, State via, State rest,
                               const blueprint::Switching& /*switching*/,
                               bool /*is_in_loop*/) const {
    return active != 0 && (via != 0 || rest != 0) ? 1 : 0;
  }
  [[nodiscard]] State moved(blueprint::ComponentId /*id*/, std::size_t /*replica*/,
                            State state) const {
    return state;
  }
  [[nodiscard]] State delayed(const blueprint::Need& /*need*/, State state) const { return state; }
};

}  // namespace

std::vector<std::vector<blueprint::ComponentId>> never_runs(const blueprint::Blueprint& bp,
                                                            const Dependence& dependence) {
  NothingFailed algebra;  // what runs none is no loop
  const Knots knots(bp, dependence, blueprint::kAllOperations, false);
  Running<NothingFailed> running(bp, dependence, knots, blueprint::kAllOperations, {}, algebra);
  Running<NothingFailed>::States states(bp.components().size());
  std::vector<std::vector<blueprint::ComponentId>> loops;
  for (std::size_t l = 0; l < dependence.loops().size(); ++l) {
    running.settle(l, states);
    const auto& loop = dependence.loops()[l];
    const bool is_down =
        std::any_of(loop.begin(), loop.end(), [&](auto id) { return states[id] != 0; });
    if (loop.size() > 1 && is_down) {
      loops.push_back(loop);
    }
  }
  return loops;
}

std::vector<bool> down_with_nothing_failed(const blueprint::Blueprint& bp,
                                           const Dependence& dependence) {
  NothingFailed algebra{.counts_none = true};
  const Knots knots(bp, dependence, blueprint::kAllOperations, false);
  Running<NothingFailed> running(bp, dependence, knots, blueprint::kAllOperations, {}, algebra);
  Running<NothingFailed>::States states(bp.components().size());
  for (std::size_t l = 0; l < dependence.loops().size(); ++l) {
    running.settle(l, states);
  }
  std::vector<bool> down;
  for (const auto id : base::ids<blueprint::ComponentId>(states.size())) {
    down.push_back(states[id] != 0);
  }
  return down;
}

}  // namespace outlast::failure
