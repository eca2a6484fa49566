#pragma once

#include <cstddef>
#include <optional>

#include "engines/faulttree/families.h"
#include "engines/faulttree/node_table.h"
#include "engines/faulttree/variable_order.h"

namespace outlast::engines::faulttree {

/// A variable that must have happened, or must not: 2v, or 2v + 1.
[[nodiscard]] inline base::VariableId literal(base::VariableId variable, bool happened) {
  return base::VariableId(2 * std::size_t{variable.index} + (happened ? 0 : 1));
}

/// The prime implicants of a function, and of its negation: smallest sets of literals that make it
/// true, or false. The order of both families is of literals.
struct Primes {
  Family of_truth;
  Family of_falsehood;
};

/// in      graph  any function, not only monotone ones
///         order  variable by level of it
///         max_order  implicants of more literals are left out
///         of_both  also of the negation: who only asks when it is true need not pay for it
/// out     nothing where `budget` nodes were not enough
/// cost    exponential at worst; the negation costs as much again
/// source  Coudert & Madre 1992
[[nodiscard]] std::optional<Primes> prime_implicants(const NodeGraph& graph,
                                                     const VariableOrder& order,
                                                     std::size_t max_order, bool of_both,
                                                     std::size_t budget);

}  // namespace outlast::engines::faulttree
