#pragma once

#include <cstddef>
#include <optional>

#include "engines/faulttree/compile.h"
#include "engines/faulttree/variable_order.h"

namespace outlast::engines::faulttree {

struct Attempt {
  Compiled compiled;
  VariableOrder order;
};

/// The smallest diagram that one of several orders makes of a formula.
///
/// in      missed  nodes that are known not to be enough for any of them
/// out     nothing where each order needs more than `budget` nodes, and so does the best of them
///         with variables moved on the way
/// source  orders: depth-first, weighted (Minato et al. 1990), by separators, by forces (Aloul et
///         al. 2003), narrow; moves: Rudell 1993
[[nodiscard]] std::optional<Attempt> smallest_diagram(const Formula& formula, std::size_t budget,
                                                      std::size_t missed = 0);

}  // namespace outlast::engines::faulttree
