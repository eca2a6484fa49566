#pragma once

#include <cstddef>
#include <optional>

#include "engines/faulttree/formula.h"
#include "engines/faulttree/node_table.h"
#include "engines/faulttree/variable_order.h"

namespace outlast::engines::faulttree {

struct Compiled {
  NodeGraph graph;
  std::size_t made = 0;  ///< nodes on the way, those left over counted
};

struct Compilation {
  std::optional<Compiled> compiled;  ///< nothing where the budget was not enough
  double reached = 0.0;  ///< formula nodes that have a diagram by then, the last in part
};

/// The reduced ordered binary decision diagram of a formula; levels are places in `order`.
///
/// in      order   every variable of the formula once
/// cost    linear in the nodes made, up to `budget`; that number may be exponential in the formula
[[nodiscard]] Compilation compile(const Formula& formula, const VariableOrder& order,
                                  std::size_t budget);

/// The same where `budget` nodes are not enough on the way in that order: what is needed no longer is
/// forgotten, and variables are moved to where the rest is smaller (sifting.h).
///
/// inout   order   becomes that of the diagram
/// cost    a bounded number of steps per node of the budget
[[nodiscard]] std::optional<Compiled> compile_sifting(const Formula& formula, VariableOrder& order,
                                                      std::size_t budget);

}  // namespace outlast::engines::faulttree
