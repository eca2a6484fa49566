#include "failure/dependence.h"

#include <algorithm>

namespace outlast::failure {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Strength;

bool is_buffered(Strength strength) {
  return strength == Strength::async || strength == Strength::refresh;
}

bool is_direct(const blueprint::Need& need) {
  return need.any_of.size() == 1 && !need.via.exists() && !need.cached.exists &&
         !is_buffered(need.strength);
}

bool stops(Strength strength) {
  return strength == Strength::hard || strength == Strength::auth || is_buffered(strength);
}

bool lessens(const Need& need) {
  return need.strength == Strength::soft || (need.cached.exists && stops(need.strength));
}

blueprint::Interval lost_without(const Need& need) {
  if (!need.cached.exists || !stops(need.strength)) {
    return need.loses;
  }
  const auto& hits = need.cached.hits;
  return hits.is_known() ? blueprint::Interval{1 - hits->value, 1 - hits->value}
                         : blueprint::Interval{1 - kHits.high, 1 - kHits.low};
}

namespace {

/// Everything a component's running depends on, directly.
std::vector<std::vector<ComponentId>> edges_of(const Blueprint& bp, bool with_inferred) {
  std::vector<std::vector<ComponentId>> edges(bp.components().size());
  for (const Need& need : bp.needs()) {
    const bool is_inferred = need.confidence == blueprint::Confidence::inferred;
    if (!stops(need.strength) || (is_inferred && !with_inferred)) {
      continue;
    }
    auto& out = edges[need.from.index];
    out.insert(out.end(), need.any_of.begin(), need.any_of.end());
    for (const blueprint::ComponentId also : {need.via, need.cached_in}) {
      if (also.exists()) {
        out.push_back(also);
      }
    }
  }
  for (auto& out : edges) {
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
  }
  return edges;
}

std::vector<std::vector<ComponentId>> turned_round(
    const std::vector<std::vector<ComponentId>>& edges) {
  std::vector<std::vector<ComponentId>> out(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    for (const ComponentId target : edges[i]) {
      out[target.index].emplace_back(i);
    }
  }
  return out;
}

/// Tarjan 1972 without recursion; components come out after all they reach.
class LoopFinder {
 public:
  explicit LoopFinder(const std::vector<std::vector<ComponentId>>& edges)
      : edges_(edges),
        number_(edges.size(), 0),
        low_(edges.size(), 0),
        open_(edges.size(), false) {}

  std::vector<std::vector<ComponentId>> find() {
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (number_[i] == 0) {
        visit(i);
      }
    }
    return std::move(loops_);
  }

 private:
  struct Frame {
    std::size_t node;
    std::size_t next_edge;
  };

  void enter(std::size_t node) {
    number_[node] = low_[node] = ++count_;
    open_[node] = true;
    stack_.push_back(node);
    frames_.push_back({node, 0});
  }

  void visit(std::size_t root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      if (frame.next_edge < edges_[frame.node].size()) {
        const std::size_t next = edges_[frame.node][frame.next_edge++].index;
        if (number_[next] == 0) {
          enter(next);
        } else if (open_[next]) {
          low_[frame.node] = std::min(low_[frame.node], number_[next]);
        }
        continue;
      }
      leave(frame.node);
    }
  }

  void leave(std::size_t node) {
    frames_.pop_back();
    if (!frames_.empty()) {
      const std::size_t parent = frames_.back().node;
      low_[parent] = std::min(low_[parent], low_[node]);
    }
    if (low_[node] != number_[node]) {
      return;
    }
    std::vector<ComponentId> loop;
    std::size_t member = 0;
    do {
      member = stack_.back();
      stack_.pop_back();
      open_[member] = false;
      loop.emplace_back(member);
    } while (member != node);
    std::sort(loop.begin(), loop.end());
    loops_.push_back(std::move(loop));
  }

  const std::vector<std::vector<ComponentId>>& edges_;
  std::vector<std::size_t> number_;
  std::vector<std::size_t> low_;
  std::vector<bool> open_;
  std::vector<std::size_t> stack_;
  std::vector<Frame> frames_;
  std::vector<std::vector<ComponentId>> loops_;
  std::size_t count_ = 0;
};

}  // namespace

std::vector<std::vector<ComponentId>> strongly_connected(
    const std::vector<std::vector<ComponentId>>& edges) {
  return LoopFinder(edges).find();
}

Dependence::Dependence(const Blueprint& bp)
    : loop_of_(bp.components().size()),
      needs_(edges_of(bp, true)),
      surely_needs_(edges_of(bp, false)),
      needed_by_(turned_round(needs_)) {
  loops_ = strongly_connected(needs_);
  for (std::size_t l = 0; l < loops_.size(); ++l) {
    for (const ComponentId member : loops_[l]) {
      loop_of_[member.index] = l;
    }
  }
}

}  // namespace outlast::failure
