#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engines/faulttree/diagram.h"
#include "engines/faulttree/node_table.h"
#include "engines/faulttree/variable_order.h"

namespace outlast::engines::faulttree {

/// For each node, how many highs the paths from it to kTrue take: from `smallest` to `longest`,
/// and no more than `max_order`. Gives every pair (node, number) in these windows a place in one
/// flat table, so that what is asked per node and number costs no more than what can occur.
class OrderWindows {
 public:
  OrderWindows(const NodeGraph& graph, std::size_t max_order);

  [[nodiscard]] std::size_t size() const { return first_.back(); }
  [[nodiscard]] std::uint32_t smallest(std::uint32_t node) const { return smallest_[node]; }
  [[nodiscard]] std::uint32_t longest(std::uint32_t node) const { return longest_[node]; }
  [[nodiscard]] std::size_t place(std::uint32_t node, std::uint32_t number) const {
    return first_[node] + number - smallest_[node];
  }

 private:
  std::vector<std::uint32_t> smallest_;  ///< kLeafLevel where there is no path
  std::vector<std::uint32_t> longest_;
  std::vector<std::size_t> first_;
};

/// The family of all minimal cut sets of at most `max_order` variables, as a zero-suppressed
/// diagram: a path to kTrue that takes high at the nodes of its variables is a set.
///
/// in      graph   a monotone function
/// out     nothing where `budget` nodes were not enough
/// cost    at most max_order + 1 families per node of `graph`; see the essay
[[nodiscard]] std::optional<NodeGraph> minimal_cut_sets(const NodeGraph& graph,
                                                        std::size_t max_order, std::size_t budget);

/// How many sets of 0, 1, … `max_order` variables a family has; what is beyond the greatest
/// size_t is that number.
/// cost  the places of the family's order windows
[[nodiscard]] std::vector<std::size_t> count_by_order(const NodeGraph& family,
                                                      std::size_t max_order);

/// The first `limit` sets of a family, by number of variables, then by variables.
///
/// in      count  as from count_by_order
/// cost    the places of the order windows up to the last order listed;
///         then, per set, at most the family's depth times a logarithm of `limit`
[[nodiscard]] std::vector<CutSet> first_sets(const NodeGraph& family, const VariableOrder& order,
                                             const std::vector<std::size_t>& count,
                                             std::size_t limit);

}  // namespace outlast::engines::faulttree
