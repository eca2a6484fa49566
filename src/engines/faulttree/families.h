#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engines/faulttree/node_table.h"
#include "engines/faulttree/solution.h"
#include "engines/faulttree/variable_order.h"

namespace outlast::engines::faulttree {

/// The minimal cut sets of one module: a diagram of sets over variables and earlier modules.
struct Family {
  NodeGraph sets;
  VariableOrder order;  ///< variable by level
};

/// The cut sets of a model: a set of a family in which each module is replaced by one of its sets.
/// Module i stands for variable `variable_count + i`; the last one is the whole.
struct Families {
  std::vector<Family> of_module;
  std::size_t variable_count = 0;
};

/// Sets of which none contains another, as a diagram of sets.
/// cost  linear in the variables of all sets, and sorting
[[nodiscard]] Family family_of_sets(const std::vector<CutSet>& sets);

struct SetCounts {
  std::vector<std::size_t> by_order;  ///< [max_order + 1] at most; the greatest size_t: or more
  std::size_t max_order = 0;          ///< sets of more variables were not counted
};

/// How many sets of 0, 1, … `max_order` variables there are; where counting takes more than `work`,
/// those of fewer variables.
///
/// cost  nodes times the square of the orders that occur, at most `max_order`; linear where each
///       polynomial is used once, as in chains. Steps and places at once: see `set_counts.cc`
[[nodiscard]] SetCounts count_by_order(const Families& families, std::size_t max_order,
                                       std::size_t work);

/// Nodes in the diagrams of all modules.
[[nodiscard]] std::size_t size_of(const Families& families);

struct CheapestSets {
  std::vector<CutSet> sets;
  bool is_cut_off = false;  ///< fewer than wanted, and there may be more
};

/// The first `limit` sets of at most `max_order` variables.
///
/// in      cost  [V], not negative; a set costs the sum, and the cheapest are first
/// out     by cost, then by number of variables, then by variables; which of equally dear sets at
///         the end of the list are in it depends on the diagram
/// cost    for each set the length of its way through the diagrams, times a logarithm; with the last
///         way these are `work` steps at most
[[nodiscard]] CheapestSets cheapest_sets(const Families& families, std::span<const double> cost,
                                         std::size_t max_order, std::size_t limit,
                                         std::size_t work);

}  // namespace outlast::engines::faulttree
