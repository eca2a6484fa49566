#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engines/faulttree/node_table.h"

namespace outlast::engines::faulttree {

/// A function: twice the number of its node, and one more where it is the opposite of what the node
/// says. A function and its opposite are one node.
using Edge = std::uint32_t;
constexpr Edge kTrueEdge = 0;  ///< the one leaf says true
constexpr Edge kFalseEdge = 1;

constexpr Edge opposite(Edge edge) {
  return edge ^ 1U;
}
constexpr bool is_opposed(Edge edge) {
  return (edge & 1U) != 0;
}

/// Decision diagrams under construction, with complement edges.
///
/// Canonical: equal functions are equal edges, for the high edge of a node is never an opposite:
/// of x ? f : g and its opposite only the one that is true where everything happens has a node.
/// Monotone functions are all of that kind, and cost what they would without.
/// source  Brace, Rudell & Bryant 1990
class Decisions {
 public:
  /// limits  as NodeTable; half as many numbers
  explicit Decisions(std::size_t budget);

  /// `high` where the variable of `level`, above both, has happened, else `low`.
  Edge decide(std::uint32_t level, Edge low, Edge high) {
    if (low == high) {
      return low;
    }
    const Edge turn = high & 1U;
    return (nodes_.make(level, low ^ turn, high ^ turn) << 1U) ^ turn;
  }

  [[nodiscard]] std::uint32_t level(Edge edge) const { return nodes_[edge >> 1U].level; }
  [[nodiscard]] Edge low(Edge edge) const { return nodes_[edge >> 1U].low ^ (edge & 1U); }
  [[nodiscard]] Edge high(Edge edge) const { return nodes_[edge >> 1U].high ^ (edge & 1U); }

  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] std::size_t made() const { return nodes_.made(); }
  [[nodiscard]] bool exhausted() const { return nodes_.exhausted(); }
  void count_step() { nodes_.count_step(); }

  /// What the roots reach, without opposites: a node used both ways becomes two. Renames the roots,
  /// edges before and nodes of the graph after; the graph has no root of its own.
  [[nodiscard]] NodeGraph extract(std::span<std::uint32_t> roots) const;

 private:
  NodeTable nodes_;
};

}  // namespace outlast::engines::faulttree
