#include "clock/call_walk.h"

#include <algorithm>
#include <utility>

namespace outlast::clock {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Strength;

namespace {

/// What a caller does with a call: its own way, else that of what stands between.
blueprint::CallPolicy policy_of(const blueprint::Component& caller, const Need& need) {
  blueprint::CallPolicy policy = caller.calls;
  policy.timeout.fill(need.calls.timeout);
  policy.retries.fill(need.calls.retries);
  policy.backoff_min.fill(need.calls.backoff_min);
  policy.backoff_max.fill(need.calls.backoff_max);
  policy.jitter.fill(need.calls.jitter);
  policy.breaker_share.fill(need.calls.breaker_share);
  policy.breaker_within.fill(need.calls.breaker_within);
  policy.connections.fill(need.calls.connections);
  policy.waiting.fill(need.calls.waiting);
  return policy;
}

/// One where nobody counted them.
double calls_for_a_request(const Need& need) {
  const bool is_counted = need.record.is_known() && need.record->per_request > 0;
  return is_counted ? need.record->per_request : 1;
}

}  // namespace

CallWalk::CallWalk(const Blueprint& bp, bool with_alternatives)
    : bp_(bp), with_alternatives_(with_alternatives) {
  follow_journeys();
}

std::vector<Edge> CallWalk::edges_of(ComponentId id) const {
  std::vector<Edge> edges;
  for (const NeedId need_id : bp_[id].needs) {
    const Need& need = bp_[need_id];
    const bool is_called = need.strength == Strength::hard || need.strength == Strength::auth ||
                           need.strength == Strength::soft || need.strength == Strength::async;
    if (need.kind != blueprint::EdgeKind::service || !is_called ||
        need.confidence == blueprint::Confidence::inferred) {
      continue;
    }
    // A switch leads to the active one; a balancer deals.
    const std::size_t active = need.via.exists() ? 1 : need.any_of.size();
    const std::size_t told = with_alternatives_ ? need.any_of.size() : active;
    for (std::size_t i = 0; i < told; ++i) {
      const double share = i < active ? 1 / static_cast<double>(active) : 0;
      edges.push_back({need.any_of[i], need.strength, share, need.operations,
                       policy_of(bp_[id], need), need_id, i, told > 1,
                       told > 1 ? 1 : calls_for_a_request(need)});
    }
  }
  return edges;
}

/// Depth first; what leads back to a caller is left out.
void CallWalk::order(ComponentId id) {
  state_[id] = 1;
  auto edges = edges_of(id);
  std::erase_if(edges, [&](const Edge& edge) {
    const bool is_back = state_.contains(edge.to) && state_[edge.to] == 1;
    if (is_back) {
      left_out_.push_back(
          {bp_[id].name + " calls " + bp_[edge.to].name, "left out", "it leads back to a caller"});
    }
    return is_back;
  });
  for (const Edge& edge : edges) {
    if (!state_.contains(edge.to)) {
      order(edge.to);
    }
  }
  edges_[id] = std::move(edges);
  state_[id] = 2;
  order_.push_back(id);
}

void CallWalk::follow_journeys() {
  for (const auto& journey : bp_.journeys()) {
    for (const auto& cohort : journey.cohorts) {
      if (!state_.contains(cohort.enters)) {
        order(cohort.enters);
      }
    }
  }
  std::reverse(order_.begin(), order_.end());  // callers first
  for (const ComponentId id : order_) {
    visits_.emplace(id, 0);
  }
  base::IdVector<ComponentId, double> visits(bp_.components().size());
  for (const auto& journey : bp_.journeys()) {
    for (const auto& cohort : journey.cohorts) {
      visits[cohort.enters] += journey.weight * cohort.share;
    }
    for (const ComponentId id : order_) {
      const double here = std::exchange(visits[id], 0);
      if (here == 0) {
        continue;  // of many journeys most lead by few of all components
      }
      visits_[id] += here;
      for (std::size_t e = 0; e < edges_[id].size(); ++e) {
        const Edge& edge = edges_[id][e];
        const bool is_taken = (edge.operations & journey.operations) != 0;
        const double along = is_taken ? here * edge.share * edge.per_request : 0;
        visits[edge.to] += along;
        along_[{id, e}] += along;
      }
    }
  }
}

double CallWalk::most_along(ComponentId id, std::size_t e) const {
  const Edge& edge = edges_.at(id)[e];
  if (visits_.at(id) <= 0) {  // nobody comes by here yet
    const bool is_taken = std::any_of(
        bp_.journeys().begin(), bp_.journeys().end(),
        [&](const auto& journey) { return (journey.operations & edge.operations) != 0; });
    return is_taken ? 1 : 0;
  }
  double along = 0;
  double share = 0;
  for (std::size_t other = 0; other < edges_.at(id).size(); ++other) {
    if (edges_.at(id)[other].need == edge.need) {
      const auto found = along_.find({id, other});
      along += found == along_.end() ? 0 : found->second;
      share += edges_.at(id)[other].share;
    }
  }
  return share > 0 ? along / share / visits_.at(id) : 0;
}

}  // namespace outlast::clock
