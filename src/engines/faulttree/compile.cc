// From a formula to its decision diagram.
//
// Problem: the probability of a formula cannot be read off it, for its parts share variables.
//   A decision diagram asks one variable after the other, in one order on every path, and shares
//   what is left to ask; on it, probability is one sum.
// Example: at_least(2, {x, y, z}) is x ? (y ? 1 : z) : (y ? z : 0): four nodes, z shared.
// Formulation: nodes (level, low, high) without two equal ones and without low = high are a
//   canonical form of Boolean functions: equal functions are the same node (Bryant 1986).
// Method: formula nodes in their order, children first; one operation, if-then-else.
//   any, all    fold the inputs together, the one whose variables lie deepest first: then what
//               has been put together hangs below the next input, is reached at that input's
//               leaves only, and is not walked again. The other way round a chain of n inputs
//               costs n² steps.
//   at_least    least[j] = "at least j of the inputs so far", over the inputs from the deepest
//               to the topmost: least[j] <- x ? least[j-1] : least[j]. This costs
//               n * (n - k + 1) operations, where writing out the combinations costs C(n, k);
//               an input met twice counts twice, for both steps take the branch of x.
//   if-then-else runs on a stack of its own: a diagram is as deep as it has variables, and
//   100,000 frames of recursion are more than a thread's stack.
// Why it ends: each step opens a triple of nodes at a deeper level; steps are counted against
//   the budget of the node table.
// Limits: no complement edges: for monotone functions f and not f hardly ever meet. No garbage
//   collection. The order is given and stays.
// Source: Bryant 1986; Brace, Rudell & Bryant 1990.

#include "engines/faulttree/compile.h"

#include <algorithm>
#include <vector>

#include "engines/faulttree/if_then_else.h"

namespace outlast::engines::faulttree {

using base::GateKind;

namespace {

class Compiler {
 public:
  Compiler(const Formula& formula, const VariableOrder& order, std::size_t budget)
      : formula_(formula), nodes_(budget), ite_(nodes_), deepest_(formula.size()) {
    for (std::size_t level = 0; level < order.size(); ++level) {
      level_of_.resize(std::max<std::size_t>(level_of_.size(), order[level].index + 1U));
      level_of_[order[level].index] = static_cast<std::uint32_t>(level);
    }
  }

  std::optional<Compiled> run() {
    std::vector<std::uint32_t> value(formula_.size());
    for (Formula::Node node = 0; node < formula_.size(); ++node) {
      value[node] = value_of(node, value);
      if (nodes_.exhausted()) {
        return std::nullopt;
      }
    }
    return Compiled{nodes_.extract(value.back()), nodes_.made()};
  }

 private:
  std::uint32_t value_of(Formula::Node node, const std::vector<std::uint32_t>& value) {
    switch (formula_.kind(node)) {
      case GateKind::constant_false:
        return kFalse;
      case GateKind::constant_true:
        return kTrue;
      case GateKind::variable:
        deepest_[node] = level_of_[formula_.variable(node).index];
        return nodes_.make(deepest_[node], kFalse, kTrue);
      default:
        break;
    }
    std::vector<Formula::Node> inputs = deepest_first(node);
    deepest_[node] = deepest_[inputs.front()];
    for (Formula::Node& input : inputs) {
      input = value[input];
    }
    switch (formula_.kind(node)) {
      case GateKind::negation:
        return ite_(inputs.front(), kFalse, kTrue);
      case GateKind::any:
        return any_of(inputs);
      case GateKind::all:
        return all_of(inputs);
      default:
        return at_least(formula_.threshold(node), inputs);
    }
  }

  [[nodiscard]] std::vector<Formula::Node> deepest_first(Formula::Node node) const {
    const auto inputs = formula_.inputs(node);
    std::vector<Formula::Node> sorted(inputs.begin(), inputs.end());
    std::sort(sorted.begin(), sorted.end(), [&](Formula::Node a, Formula::Node b) {
      return deepest_[a] != deepest_[b] ? deepest_[a] > deepest_[b] : a < b;
    });
    return sorted;
  }

  std::uint32_t any_of(const std::vector<std::uint32_t>& inputs) {
    std::uint32_t any = kFalse;
    for (std::uint32_t input : inputs) {
      any = ite_(input, kTrue, any);
    }
    return any;
  }

  std::uint32_t all_of(const std::vector<std::uint32_t>& inputs) {
    std::uint32_t all = kTrue;
    for (std::uint32_t input : inputs) {
      all = ite_(input, all, kFalse);
    }
    return all;
  }

  /// Of least[j] only what can still reach k is computed: after `done` of n inputs these are the
  /// j from k - (n - done) to k.
  std::uint32_t at_least(std::size_t k, const std::vector<std::uint32_t>& inputs) {
    const std::size_t n = inputs.size();
    std::vector<std::uint32_t> least(k + 1, kFalse);
    least[0] = kTrue;
    for (std::size_t done = 1; done <= n; ++done) {
      const std::size_t fewest = k > n - done ? k - (n - done) : 1;
      for (std::size_t j = std::min(k, done); j >= fewest && !nodes_.exhausted(); --j) {
        least[j] = ite_(inputs[done - 1], least[j - 1], least[j]);
      }
    }
    return least[k];
  }

  const Formula& formula_;
  NodeTable nodes_;
  IfThenElse ite_;
  std::vector<std::uint32_t> level_of_;
  std::vector<std::uint32_t> deepest_;  ///< by formula node: level of its last variable
};

}  // namespace

std::optional<Compiled> compile(const Formula& formula, const VariableOrder& order,
                                std::size_t budget) {
  return Compiler(formula, order, budget).run();
}

}  // namespace outlast::engines::faulttree
