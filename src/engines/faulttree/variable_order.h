#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/gates.h"
#include "engines/faulttree/formula.h"

namespace outlast::engines::faulttree {

/// Every variable of a formula once, the first asked first.
using VariableOrder = std::vector<base::VariableId>;

/// From the top down, depth first; at each gate what is used most comes first, of what is used
/// equally the smaller part.
/// cost  linear, and sorting of inputs
[[nodiscard]] VariableOrder depth_first_order(const Formula& formula);

/// As it was written, from the top down: a gate's own variables, then what is below its gates, one
/// after the other. Who writes a tree puts together what belongs together.
/// cost  linear
[[nodiscard]] VariableOrder written_order(const Formula& formula);

/// What ties independent parts together first, then part by part.
/// cost  a bounded number of passes over the formula
[[nodiscard]] VariableOrder separator_order(const Formula& formula);

/// What is used together side by side.
/// cost  a bounded number of times sorting the whole formula
[[nodiscard]] VariableOrder force_order(const Formula& formula);

/// As few gates as can be begun and not ended anywhere, beginning with the best of some orders.
/// cost  a bounded number of moves of single nodes, about a tenth of a second for 400 of them
[[nodiscard]] VariableOrder narrow_order(const Formula& formula,
                                         const std::vector<VariableOrder>& beginnings);

/// The orders to begin with, the more promising first; no two of them equal.
/// The size of a diagram hangs on its order, and no rule is best on all formulas.
[[nodiscard]] std::vector<VariableOrder> quick_orders(const Formula& formula);

/// Walks formulas depth first, each node once.
class Descent {
 public:
  explicit Descent(const Formula& formula);

  /// Appends the variables below `root` to `order`, entering only nodes that `may_enter`.
  template <class MayEnter>
  void walk(Formula::Node root, MayEnter may_enter, VariableOrder& order) {
    stack_.push_back(root);
    while (!stack_.empty()) {
      const Formula::Node node = stack_.back();
      stack_.pop_back();
      if (seen_[node] || !may_enter(node)) {
        continue;
      }
      seen_[node] = true;
      if (formula_.kind(node) == base::GateKind::variable) {
        order.push_back(formula_.variable(node));
      }
      const auto inputs = last_first(node);
      stack_.insert(stack_.end(), inputs.begin(), inputs.end());
    }
  }

 private:
  /// Inputs of a node, the one to be walked first last.
  [[nodiscard]] std::span<const Formula::Node> last_first(Formula::Node node) const {
    return std::span(inputs_).subspan(first_[node], first_[node + 1] - first_[node]);
  }

  const Formula& formula_;
  std::vector<std::size_t> first_;
  std::vector<Formula::Node> inputs_;
  std::vector<bool> seen_;
  std::vector<Formula::Node> stack_;
};

}  // namespace outlast::engines::faulttree
