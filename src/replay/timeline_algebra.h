#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "failure/patience.h"
#include "replay/timeline.h"

namespace outlast::replay {

/// How a switch acts. Within a loop times are compared, never added: there it takes none.
[[nodiscard]] inline Switch switch_of(const blueprint::Switching& switching,
                                      bool is_in_loop = false) {
  return {.detect_s = is_in_loop ? 0 : switching.detect.value_or({}).value,
          .takes_s = is_in_loop ? 0 : switching.takes.value_or({}).value,
          .notices = switching.notices.value_or({kDown}).value,
          .stays = !is_in_loop};
}

/// What the words of `failure::Running` mean over time, for all who have it told in timelines. What is
/// hit, and what is lost on the way to something, is theirs to say.
struct TimelineAlgebra {
  using State = Timeline;

  [[nodiscard]] State never() const { return {}; }
  [[nodiscard]] State always() const { return Timeline({{0, 1}}); }
  [[nodiscard]] State any(const std::vector<State>& s) const { return worst_of(s); }
  [[nodiscard]] State all(const std::vector<State>& s) const {
    return lost_by_at_least(s.size(), s);
  }
  [[nodiscard]] State at_least(std::size_t k, const std::vector<State>& s) const {
    return lost_by_at_least(k, s);
  }
  [[nodiscard]] State switched(const State& active, const State& via, const State& rest,
                               const blueprint::Switching& switching, bool is_in_loop) const {
    return replay::switched(active, via, rest, switch_of(switching, is_in_loop));
  }
  /// Of a lease the middle of what may be left of it.
  [[nodiscard]] State delayed(const blueprint::Need& need, const State& state) const {
    const double spread = failure::is_lease(need) ? need.every->value / 2 : 0;
    const double retry = failure::is_lease(need) ? need.retry.value_or({}).value / 2 : 0;
    return after_buffer(state, need.buffer->value - spread, retry);
  }
};

}  // namespace outlast::replay
