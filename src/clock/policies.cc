#include "clock/policies.h"

#include <algorithm>

namespace outlast::clock {

namespace simulation = engines::simulation;

std::size_t at_once(std::int64_t stated) {
  constexpr std::int64_t kMost = 1'000'000;
  return static_cast<std::size_t>(std::clamp<std::int64_t>(stated, 1, kMost));
}

simulation::Call call_by(const blueprint::CallPolicy& policy) {
  simulation::Call call;
  if (policy.timeout.is_known() && policy.timeout->value > 0) {
    call.timeout_s = policy.timeout->value;
  }
  call.retry.most =
      static_cast<std::size_t>(std::clamp<std::int64_t>(policy.retries.value_or(0), 0, 10));
  call.retry.backoff_s = policy.backoff_min.value_or({0}).value;
  call.retry.backoff_most_s = policy.backoff_max.value_or({0}).value;
  call.retry.jitter = policy.jitter.value_or(false);
  if (policy.budget.is_known()) {
    call.retry.budget = policy.budget->value;
  }
  if (policy.breaker_rests.is_known()) {
    call.breaker.open_s = std::max(1e-3, policy.breaker_rests->value);
  }
  if (policy.breaker_share.is_known() && policy.breaker_share->value > 0) {
    call.breaker.share = policy.breaker_share->value;
    call.breaker.window_s = std::max(1.0, policy.breaker_within.value_or({10}).value);
  }
  if (policy.connections.is_known() && *policy.connections > 0) {
    call.pool = at_once(*policy.connections);
    if (policy.waiting.is_known()) {
      call.pool_line = *policy.waiting > 0 ? at_once(*policy.waiting) : 0;
    }
  }
  return call;
}

simulation::Discipline discipline_of(blueprint::Order order) {
  using enum blueprint::Order;
  return order == lifo               ? simulation::Discipline::lifo
         : order == controlled_delay ? simulation::Discipline::controlled_delay
                                     : simulation::Discipline::fifo;
}

}  // namespace outlast::clock
