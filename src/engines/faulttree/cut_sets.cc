// Minimal cut sets on the diagram.
//
// Problem: which sets of events bring the system down, with none of them to spare? There may be
//   10^20 of them; they can be counted, and the small ones found, without being listed.
// Example: x ? 1 : (y ? z : 0) has {x} and {y, z}; x ? (y ? 1 : z) : (y ? z : 0), two of three,
//   has {x, y}, {x, z} and {y, z}.
// Formulation: for a monotone f = x ? f1 : f0 every cut set of f0 is one of f1, and
//     min(f) = min(f0)  together with  { {x} + s : s in min(f1), s contains no t in min(f0) }.
//   A set of the first kind lacks x and is minimal because it is so in f0. One of the second
//   kind needs x exactly if f0 is false on it, that is, if it contains no cut set of f0.
//   Families are kept as zero-suppressed diagrams: a node is the sets with its variable (high)
//   and those without (low); equal families are one node, and high is never empty.
// Truncation: a set of k variables with x leaves k - 1 for f1, and only sets of at most k - 1
//   variables can be contained in one of these. So min(f, k) needs min(f0, k), min(f1, k - 1)
//   and min(f0, k - 1). Per node it is known from below how small its smallest cut set is and how
//   long its longest path of highs: below the first, the family is empty and is not computed;
//   above the second, truncation changes nothing and k is lowered to it.
// without(A, B), the sets of A that contain none of B, x the topmost variable of both:
//     sets of A with x     contain neither a set of B with x nor one without;
//     sets of A without x  contain no set of B without x.
// Method: the families of the diagram's nodes that are needed are marked from the root down and
//   computed from the leaves up, without recursion; `without` has a stack of its own.
// Why it ends: finitely many pairs (node, k); `without` goes down a level at each step.
// Limits: monotone functions only. The table of pairs is nodes times orders; where it exceeds
//   kPairsPerNode times the budget the answer is "over budget".
// Source: Rauzy 1993; Minato 1993 (zero-suppressed diagrams).

#include "engines/faulttree/cut_sets.h"

#include <algorithm>

#include "engines/faulttree/without.h"

namespace outlast::engines::faulttree {

namespace {

constexpr std::size_t kPairsPerNode = 16;

class Minimizer {
 public:
  Minimizer(const NodeGraph& graph, std::size_t max_order, std::size_t budget)
      : graph_(graph),
        windows_(graph, max_order),
        max_order_(static_cast<std::uint32_t>(std::min(max_order, graph.nodes.size()))),
        nodes_(budget),
        without_(nodes_) {}

  std::optional<NodeGraph> run() {
    if (windows_.size() / kPairsPerNode > nodes_.budget()) {
      return std::nullopt;
    }
    needed_.resize(windows_.size());
    family_.resize(windows_.size());
    need(graph_.root, max_order_);
    for (auto node = static_cast<std::uint32_t>(graph_.nodes.size()); node-- > kFirstInner;) {
      mark_inputs(node);
    }
    need(kTrue, 0);
    family_[windows_.place(kTrue, 0)] = kTrue;
    for (std::uint32_t node = kFirstInner; node < graph_.nodes.size(); ++node) {
      compute(node);
      if (nodes_.exhausted()) {
        return std::nullopt;
      }
    }
    return nodes_.extract(family_of(graph_.root, max_order_));
  }

 private:
  [[nodiscard]] std::size_t place(std::uint32_t node, std::uint32_t k) const {
    return windows_.place(node, std::min(k, windows_.longest(node)));
  }
  void need(std::uint32_t node, std::uint32_t k) {
    if (windows_.smallest(node) <= k) {
      needed_[place(node, k)] = true;
    }
  }
  /// min(node, k), computed before or empty.
  [[nodiscard]] std::uint32_t family_of(std::uint32_t node, std::uint32_t k) const {
    return windows_.smallest(node) <= k ? family_[place(node, k)] : kFalse;
  }

  template <class Visit>
  void for_each_needed(std::uint32_t node, Visit visit) const {
    const std::uint32_t last = std::min(max_order_, windows_.longest(node));
    for (std::uint32_t k = windows_.smallest(node); k <= last; ++k) {
      if (needed_[windows_.place(node, k)]) {
        visit(k);
      }
    }
  }

  void mark_inputs(std::uint32_t node) {
    const Node& parts = graph_.nodes[node];
    for_each_needed(node, [&](std::uint32_t k) {
      need(parts.low, k);
      need(parts.low, k - 1);
      need(parts.high, k - 1);
    });
  }

  void compute(std::uint32_t node) {
    const Node& parts = graph_.nodes[node];
    for_each_needed(node, [&](std::uint32_t k) {
      const std::uint32_t low = family_of(parts.low, k);
      const std::uint32_t high =
          without_(family_of(parts.high, k - 1), family_of(parts.low, k - 1));
      family_[windows_.place(node, k)] = high == kFalse ? low : nodes_.make(parts.level, low, high);
    });
  }

  const NodeGraph& graph_;
  OrderWindows windows_;
  std::uint32_t max_order_;
  NodeTable nodes_;
  Without without_;
  std::vector<bool> needed_;
  std::vector<std::uint32_t> family_;
};

}  // namespace

OrderWindows::OrderWindows(const NodeGraph& graph, std::size_t max_order)
    : smallest_(graph.nodes.size(), 0), longest_(graph.nodes.size(), 0), first_{0} {
  smallest_[kFalse] = kLeafLevel;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    if (i >= kFirstInner) {
      smallest_[i] = std::min(smallest_[node.low], smallest_[node.high] + 1);
      longest_[i] = std::max(longest_[node.low], longest_[node.high] + 1);
    }
    const std::size_t end = std::min<std::size_t>(max_order, longest_[i]) + 1;
    first_.push_back(first_.back() + (smallest_[i] < end ? end - smallest_[i] : 0));
  }
}

namespace {

/// Without a limit that cuts anything off, one family per node.
std::optional<NodeGraph> all_minimal_cut_sets(const NodeGraph& graph, std::size_t budget) {
  NodeTable nodes(budget);
  Without without(nodes);
  std::vector<std::uint32_t> family(graph.nodes.size());
  family[kTrue] = kTrue;
  for (std::uint32_t node = kFirstInner; node < graph.nodes.size(); ++node) {
    const Node& parts = graph.nodes[node];
    const std::uint32_t low = family[parts.low];
    const std::uint32_t high = without(family[parts.high], low);
    family[node] = high == kFalse ? low : nodes.make(parts.level, low, high);
    if (nodes.exhausted()) {
      return std::nullopt;
    }
  }
  return nodes.extract(family[graph.root]);
}

}  // namespace

std::optional<NodeGraph> minimal_cut_sets(const NodeGraph& graph, std::size_t max_order,
                                          std::size_t budget) {
  std::vector<std::uint32_t> longest(graph.nodes.size());
  for (std::size_t i = kFirstInner; i < longest.size(); ++i) {
    longest[i] = std::max(longest[graph.nodes[i].low], longest[graph.nodes[i].high] + 1);
  }
  if (longest[graph.root] <= max_order) {
    return all_minimal_cut_sets(graph, budget);
  }
  return Minimizer(graph, max_order, budget).run();
}

}  // namespace outlast::engines::faulttree
