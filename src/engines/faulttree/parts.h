#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engines/faulttree/conditioning.h"
#include "engines/faulttree/families.h"
#include "engines/faulttree/formula.h"
#include "engines/faulttree/node_table.h"
#include "engines/faulttree/solution.h"
#include "engines/faulttree/variable_order.h"

namespace outlast::engines::faulttree {

/// A module: solved by a diagram, or by cases, or only bounded.
struct Part {
  Formula formula;
  std::optional<NodeGraph> graph = std::nullopt;
  VariableOrder order = {};
  std::optional<Conditioning> cases = std::nullopt;
  std::size_t work = 0;  ///< that telling cases apart may cost
  double near = 0;       ///< see `Budget`
  bool is_open = false;  ///< more of the budget may yet solve it
};

/// What is behind the door: modules, each after those it uses; module i stands for variable
/// `variable_count + i`.
struct Solution::Parts {
  std::vector<Part> parts;
  Formula whole;
  std::size_t variable_count = 0;
  bool is_monotone = true;
  /// The whole, where it is not monotone and has no diagrams: bounds of its modules are none of it.
  std::optional<Conditioning> cases = std::nullopt;
  std::size_t work = 0;  ///< that telling these apart may cost
  bool has_diagrams = true;
  std::vector<double> asked = {};  ///< of each variable when it was solved; empty: of none
  Bounds answer = {0, 1};          ///< to that
};

/// Does some gate count so much that its diagram alone outgrows the budget?
[[nodiscard]] bool counts_too_much(const Formula& formula, std::size_t nodes);

/// A first attempt at a module: a diagram of few nodes, else ready for telling few cases apart.
/// Of what is not monotone the only attempt.
void begin(Part& part, bool is_monotone, const Budget& budget);

/// The last attempt at an open module: a diagram of all the budget, else many cases.
void go_on(Part& part, const Budget& budget);

/// Compiles a module in one order; false where `nodes` were not enough.
[[nodiscard]] bool compile_in(Part& part, VariableOrder order, std::size_t nodes);

/// P of every node of a module that has a diagram, itself at the root.
[[nodiscard]] std::vector<double> probabilities(const Part& part, std::span<const double> p);

/// in  askings  how many of these share the part's work
[[nodiscard]] Bounds bounds_of(const Part& part, std::span<const double> low,
                               std::span<const double> high, std::size_t askings = 1);

}  // namespace outlast::engines::faulttree
