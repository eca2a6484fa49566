#include "clock/call_walk.h"

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <set>
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
  policy.breaker_rests.fill(need.calls.breaker_rests);
  policy.budget.fill(need.calls.budget);
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

CallWalk::CallWalk(const Blueprint& bp, bool with_alternatives, LoadFigures& figures)
    : bp_(bp),
      with_alternatives_(with_alternatives),
      figures_(&figures),
      state_(bp.components().size(), State::unseen),
      place_(bp.components().size()),
      edges_(bp.components().size()),
      visits_(bp.components().size()),
      along_(bp.components().size()),
      here_(bp.components().size()) {
  order_all();
  follow_journeys();
}

std::vector<Edge> CallWalk::edges_of(ComponentId id) {
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
                       told > 1 ? 1 : calls_for_a_request(need), figures_->hits_of(need)});
    }
  }
  return edges;
}

/// Its calls; what leads back to a caller is left out.
void CallWalk::enter(ComponentId id) {
  state_[id] = State::open;
  auto edges = edges_of(id);
  std::erase_if(edges, [&](const Edge& edge) {
    const bool is_back = state_[edge.to] == State::open;
    if (is_back) {
      left_out_.push_back(
          {bp_[id].name + " calls " + bp_[edge.to].name, "left out", "it leads back to a caller"});
    }
    return is_back;
  });
  along_[id].assign(edges.size(), 0);
  has_soft_ = has_soft_ || std::any_of(edges.begin(), edges.end(), [](const Edge& edge) {
                return edge.strength == Strength::soft;
              });
  edges_[id] = std::move(edges);
}

/// Depth first, those called before their callers.
void CallWalk::order(ComponentId entry) {
  std::vector<std::pair<ComponentId, std::size_t>> open;  // with the next of its edges
  const auto begin = [&](ComponentId id) {
    enter(id);
    open.emplace_back(id, 0);
  };
  begin(entry);
  while (!open.empty()) {
    auto& [id, next] = open.back();
    if (next < edges_[id].size()) {
      const ComponentId to = edges_[id][next++].to;
      if (state_[to] == State::unseen) {
        begin(to);
      }
      continue;
    }
    state_[id] = State::done;
    order_.push_back(id);
    open.pop_back();
  }
}

void CallWalk::order_all() {
  for (const auto& journey : bp_.journeys()) {
    for (const auto& cohort : journey.cohorts) {
      if (state_[cohort.enters] == State::unseen) {
        order(cohort.enters);
      }
    }
  }
  std::reverse(order_.begin(), order_.end());  // callers first
  for (std::size_t place = 0; place < order_.size(); ++place) {
    place_[order_[place]] = place;
  }
}

bool CallWalk::is_followed(const blueprint::Journey& journey) const {
  return taken_.empty() ||
         std::find(taken_.begin(), taken_.end(), journey.operations) != taken_.end();
}

void CallWalk::follow_journeys() {
  std::map<blueprint::Operations, std::vector<const blueprint::Journey*>> journeys;
  for (const auto& journey : bp_.journeys()) {
    if (is_followed(journey)) {
      journeys[journey.operations].push_back(&journey);
    }
  }
  for (const auto& [operations, same] : journeys) {
    follow(operations, same);
  }
}

CallWalk CallWalk::of_those(const std::vector<blueprint::Operations>& taken) const {
  CallWalk walk(*this);
  walk.taken_ = taken;
  for (const ComponentId id : order_) {
    walk.visits_[id] = 0;
    walk.along_[id].assign(edges_[id].size(), 0);
  }
  walk.follow_journeys();
  return walk;
}

/// Journeys of the same operations ask for the same at every call: their requests go together. Only
/// where requests come by is looked, callers first: of many journeys most lead by few of all
/// components.
void CallWalk::follow(blueprint::Operations operations,
                      const std::vector<const blueprint::Journey*>& journeys) {
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> open;
  const auto come_by = [&](ComponentId id, double requests) {
    if (requests > 0 && here_[id] == 0) {
      open.push(place_[id]);
    }
    here_[id] += requests;
  };
  for (const blueprint::Journey* journey : journeys) {
    for (const auto& cohort : journey->cohorts) {
      come_by(cohort.enters, journey->weight * cohort.share);
    }
  }
  while (!open.empty()) {
    const ComponentId id = order_[open.top()];
    open.pop();
    const double here = std::exchange(here_[id], 0);
    visits_[id] += here;
    for (std::size_t e = 0; e < edges_[id].size(); ++e) {
      const Edge& edge = edges_[id][e];
      const bool is_taken = (edge.operations & operations) != 0;
      const double along = is_taken ? here * edge.share * edge.per_request : 0;
      come_by(edge.to, along * (1 - edge.hits));
      along_[id][e] += along;
    }
  }
}

double CallWalk::most_along(ComponentId id, std::size_t e) const {
  const auto& edges = edges_[id];
  const Edge& edge = edges[e];
  if (visits_[id] <= 0) {  // nobody comes by here yet
    const bool is_taken =
        std::any_of(bp_.journeys().begin(), bp_.journeys().end(), [&](const auto& journey) {
          return is_followed(journey) && (journey.operations & edge.operations) != 0;
        });
    return is_taken ? 1 : 0;
  }
  double along = 0;
  double share = 0;
  for (std::size_t other = 0; other < edges.size(); ++other) {
    if (edges[other].need == edge.need) {
      along += along_[id][other];
      share += edges[other].share;
    }
  }
  return share > 0 ? along / share / visits_[id] : 0;
}

std::vector<NeedId> CallWalk::soft_needs(ComponentId entry,
                                         blueprint::Operations operations) const {
  std::set<NeedId> soft;
  if (!has_soft_) {
    return {};
  }
  std::set<ComponentId> seen = {entry};
  std::vector<ComponentId> open = {entry};
  while (!open.empty()) {
    const ComponentId at = open.back();
    open.pop_back();
    for (const Edge& edge : edges_[at]) {
      if ((edge.operations & operations) == 0 || edge.strength == Strength::async) {
        continue;
      }
      if (edge.strength == Strength::soft) {
        soft.insert(edge.need);
      } else if (seen.insert(edge.to).second) {
        open.push_back(edge.to);
      }
    }
  }
  return {soft.begin(), soft.end()};
}

}  // namespace outlast::clock
