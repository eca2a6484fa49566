#include "engines/security/reach.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <queue>
#include <tuple>

namespace outlast::security {

using base::Truth;

namespace {

constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();

/// Fewest break-ins, then fewest edges, over edges that are at least `least` true.
class Search {
 public:
  Search(const AttackGraph& graph, Truth least, bool with_failover)
      : graph_(graph),
        least_(least),
        with_failover_(with_failover),
        break_ins(graph.nodes().size(), kNever),
        edges(graph.nodes().size(), kNever),
        by(graph.nodes().size()) {}

  void run(const std::vector<NodeId>& from) {
    for (const NodeId node : from) {
      relax(node, 0, 0, {});
    }
    while (!open_.empty()) {
      const auto [cost, length, index] = open_.top();
      open_.pop();
      if (cost != break_ins[index] || length != edges[index]) {
        continue;  // found cheaper since
      }
      for (const EdgeId id : graph_.out_of(NodeId(index))) {
        const Edge& edge = graph_.edges()[id];
        if (edge.truth >= least_ && (with_failover_ || !edge.only_in_failover)) {
          relax(edge.to, cost + (edge.kind == Edge::Kind::break_in ? 1 : 0), length + 1, id);
        }
      }
    }
  }

 private:
  void relax(NodeId node, std::size_t cost, std::size_t length, EdgeId edge) {
    if (std::tie(cost, length) < std::tie(break_ins[node.index], edges[node.index])) {
      break_ins[node.index] = cost;
      edges[node.index] = length;
      by[node.index] = edge;
      open_.emplace(cost, length, node.index);
    }
  }

  using Entry = std::tuple<std::size_t, std::size_t, std::size_t>;
  const AttackGraph& graph_;
  Truth least_;
  bool with_failover_;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open_;

 public:
  std::vector<std::size_t> break_ins;
  std::vector<std::size_t> edges;
  std::vector<EdgeId> by;
};

}  // namespace

Reach reach(const AttackGraph& graph, const std::vector<NodeId>& from, bool with_failover) {
  Search surely(graph, Truth::yes, with_failover);
  Search perhaps(graph, Truth::unknown, with_failover);
  surely.run(from);
  perhaps.run(from);
  Reach out;
  out.truth.resize(graph.nodes().size(), Truth::no);
  out.break_ins = surely.break_ins;
  out.by = surely.by;
  for (std::size_t i = 0; i < out.truth.size(); ++i) {
    if (surely.break_ins[i] != kNever) {
      out.truth[i] = Truth::yes;
    } else if (perhaps.break_ins[i] != kNever) {
      out.truth[i] = Truth::unknown;
      out.break_ins[i] = perhaps.break_ins[i];
      out.by[i] = perhaps.by[i];
    }
  }
  return out;
}

std::vector<EdgeId> way_to(const AttackGraph& graph, const Reach& reach, NodeId to) {
  std::vector<EdgeId> way;
  for (EdgeId at = reach.by[to.index]; at.exists(); at = reach.by[graph.edges()[at].from.index]) {
    way.push_back(at);
  }
  std::reverse(way.begin(), way.end());
  return way;
}

namespace {

/// Edges that can be cut carry one unit of flow, all others any amount; what flows at most is the
/// size of the smallest cut, and the edges into what still leads to the targets are one.
class Flow {
 public:
  Flow(const AttackGraph& graph, const std::vector<NodeId>& from,
       const std::vector<NodeId>& targets)
      : arcs_of_(graph.nodes().size() + 2) {
    const std::size_t source = graph.nodes().size();
    const std::size_t sink = source + 1;
    for (const EdgeId id : base::ids<EdgeId>(graph.edges().size())) {
      const Edge& edge = graph.edges()[id];
      if (edge.truth == Truth::yes) {
        add_arc(edge.from.index, edge.to.index, can_be_cut(edge) ? 1 : kAny, id);
      }
    }
    for (const NodeId node : from) {
      add_arc(source, node.index, kAny, {});
    }
    for (const NodeId node : targets) {
      add_arc(node.index, sink, kAny, {});
    }
  }

  Cut cut() {
    Cut out;
    while (true) {
      const std::vector<std::size_t> by = search();
      const std::size_t sink = arcs_of_.size() - 1;
      if (by[sink] == kNever) {
        return read_cut();
      }
      std::size_t most = kAny;
      for (std::size_t at = sink; at != sink - 1; at = arcs_[by[at]].from) {
        most = std::min(most, arcs_[by[at]].left);
      }
      if (most == kAny) {
        out.is_possible = false;
        return out;
      }
      for (std::size_t at = sink; at != sink - 1; at = arcs_[by[at]].from) {
        push(by[at], most);
      }
    }
  }

 private:
  static constexpr std::size_t kAny = std::size_t{1} << 40U;
  struct Arc {
    std::size_t from;
    std::size_t to;
    std::size_t left;
    EdgeId edge;
  };

  void add_arc(std::size_t from, std::size_t to, std::size_t most, EdgeId edge) {
    arcs_of_[from].push_back(arcs_.size());
    arcs_.push_back({from, to, most, edge});
    arcs_of_[to].push_back(arcs_.size());
    arcs_.push_back({to, from, 0, {}});  // what can be taken back
  }

  void push(std::size_t arc, std::size_t amount) {
    if (arcs_[arc].left < kAny) {
      arcs_[arc].left -= amount;
    }
    arcs_[arc ^ 1U].left = std::min(kAny - 1, arcs_[arc ^ 1U].left + amount);
  }

  /// The arc by which each node is come to, breadth first.
  [[nodiscard]] std::vector<std::size_t> search() const {
    const std::size_t source = arcs_of_.size() - 2;
    std::vector<std::size_t> by(arcs_of_.size(), kNever);
    std::deque<std::size_t> open = {source};
    while (!open.empty()) {
      const std::size_t at = open.front();
      open.pop_front();
      for (const std::size_t arc : arcs_of_[at]) {
        const std::size_t to = arcs_[arc].to;
        if (arcs_[arc].left > 0 && by[to] == kNever && to != source) {
          by[to] = arc;
          open.push_back(to);
        }
      }
    }
    return by;
  }

  /// Of all smallest cuts the one nearest to the targets: it leaves the ways of users alone.
  [[nodiscard]] Cut read_cut() const {
    const std::vector<char> ends = still_leading_to_targets();
    Cut out;
    for (const Arc& arc : arcs_) {
      if (arc.edge.exists() && ends[arc.from] == 0 && ends[arc.to] != 0) {
        out.edges.push_back(arc.edge);
      }
    }
    return out;
  }

  [[nodiscard]] std::vector<char> still_leading_to_targets() const {
    const std::size_t sink = arcs_of_.size() - 1;
    std::vector<char> leads(arcs_of_.size(), 0);
    std::deque<std::size_t> open = {sink};
    leads[sink] = 1;
    while (!open.empty()) {
      const std::size_t at = open.front();
      open.pop_front();
      for (const std::size_t arc : arcs_of_[at]) {
        const std::size_t from = arcs_[arc].to;
        if (arcs_[arc ^ 1U].left > 0 && leads[from] == 0) {
          leads[from] = 1;
          open.push_back(from);
        }
      }
    }
    return leads;
  }

  std::vector<Arc> arcs_;
  std::vector<std::vector<std::size_t>> arcs_of_;
};

}  // namespace

Cut smallest_cut(const AttackGraph& graph, const std::vector<NodeId>& from,
                 const std::vector<NodeId>& targets) {
  return Flow(graph, from, targets).cut();
}

}  // namespace outlast::security
