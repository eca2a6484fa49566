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
// Sifting: between two formula nodes nothing but the diagrams of nodes that are still to be used is
//   needed. Where more has been made than kGrowth times what was needed last, the rest is forgotten and
//   the variables are moved; the others begin in a new table.
// Opposites: a function and its opposite are one node (decisions.h), so that negation is free and what
//   is asked of both is worked out once. What is handed out has no opposites; monotone functions have
//   none anyway.
// Limits: without sifting nothing is forgotten, and the order is given and stays.
// Source: Bryant 1986; Brace, Rudell & Bryant 1990.

#include "engines/faulttree/compile.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "engines/faulttree/decisions.h"
#include "engines/faulttree/if_then_else.h"
#include "engines/faulttree/sifting.h"

namespace outlast::engines::faulttree {

using base::GateKind;

namespace {

class Compiler {
 public:
  Compiler(const Formula& formula, VariableOrder order, std::size_t budget)
      : formula_(formula),
        budget_(budget),
        order_(std::move(order)),
        work_left_(kSteps * budget),
        table_(std::make_unique<Table>(budget)),
        value_(formula.size()),
        deepest_(formula.size()) {
    number_levels();
  }

  Compilation run() {
    for (Formula::Node node = 0; node < formula_.size(); ++node) {
      value_[node] = value_of(node);
      if (table_->nodes.exhausted()) {
        return {std::nullopt, node + begun_};
      }
    }
    return {result(), static_cast<double>(formula_.size())};
  }

  std::optional<Compiled> run_sifting() {
    find_last_users();
    std::size_t limit = budget_ / kFirstShare;
    for (Formula::Node node = 0; node < formula_.size(); ++node) {
      value_[node] = value_of(node);
      if (table_->nodes.exhausted()) {
        sift_before(node);
        value_[node] = value_of(node);
        if (table_->nodes.exhausted()) {
          return std::nullopt;
        }
      } else if (table_->nodes.made() > limit && work_left_ > 0) {
        sift_before(node + 1);
        limit = std::max(budget_ / kFirstShare, kGrowth * table_->nodes.made());
      }
    }
    return result();
  }

  [[nodiscard]] VariableOrder take_order() { return std::move(order_); }

 private:
  static constexpr std::size_t kSteps = 8;         ///< of sifting, per node of the budget
  static constexpr std::size_t kFirstShare = 256;  ///< of the budget, before the first sifting
  static constexpr std::size_t kGrowth = 4;        ///< from sifting to sifting

  struct Table {
    explicit Table(std::size_t budget) : nodes(budget), ite(nodes) {}
    Decisions nodes;
    IfThenElse ite;
  };

  [[nodiscard]] Compiled result() const {
    std::vector<std::uint32_t> root{value_.back()};
    NodeGraph graph = table_->nodes.extract(root);
    graph.root = root.front();
    return {std::move(graph), table_->nodes.made()};
  }

  void number_levels() {
    for (std::size_t level = 0; level < order_.size(); ++level) {
      level_of_.resize(std::max<std::size_t>(level_of_.size(), order_[level].index + 1U));
      level_of_[order_[level].index] = static_cast<std::uint32_t>(level);
    }
  }

  void find_last_users() {
    last_user_.assign(formula_.size(), 0);
    for (Formula::Node node = 0; node < formula_.size(); ++node) {
      for (const Formula::Node input : formula_.inputs(node)) {
        last_user_[input] = node;
      }
    }
    last_user_.back() = static_cast<Formula::Node>(formula_.size());
  }

  /// Keeps what node `next` and those after it need, under an order that is better for that.
  void sift_before(Formula::Node next) {
    std::vector<Formula::Node> needed;
    std::vector<std::uint32_t> roots;
    for (Formula::Node node = 0; node < next; ++node) {
      if (last_user_[node] >= next) {
        needed.push_back(node);
        roots.push_back(value_[node]);
      }
    }
    NodeGraph graph = table_->nodes.extract(roots);
    const std::size_t work = work_left_ / 2;
    work_left_ -= work;
    graph = sift(graph, roots, order_, work);
    number_levels();
    table_ = std::make_unique<Table>(budget_);
    std::vector<Edge> renamed{kFalseEdge, kTrueEdge};
    for (std::size_t i = kFirstInner; i < graph.nodes.size(); ++i) {
      const Node& node = graph.nodes[i];
      renamed.push_back(table_->nodes.decide(node.level, renamed[node.low], renamed[node.high]));
    }
    for (std::size_t i = 0; i < needed.size(); ++i) {
      value_[needed[i]] = renamed[roots[i]];
    }
    for (Formula::Node node = 0; node < next; ++node) {
      find_deepest(node);
    }
  }

  void find_deepest(Formula::Node node) {
    deepest_[node] =
        formula_.kind(node) == GateKind::variable ? level_of_[formula_.variable(node).index] : 0;
    for (const Formula::Node input : formula_.inputs(node)) {
      deepest_[node] = std::max(deepest_[node], deepest_[input]);
    }
  }

  Edge value_of(Formula::Node node) {
    switch (formula_.kind(node)) {
      case GateKind::constant_false:
        return kFalseEdge;
      case GateKind::constant_true:
        return kTrueEdge;
      case GateKind::variable:
        find_deepest(node);
        return table_->nodes.decide(deepest_[node], kFalseEdge, kTrueEdge);
      default:
        break;
    }
    std::vector<Formula::Node> inputs = deepest_first(node);
    find_deepest(node);
    for (Formula::Node& input : inputs) {
      input = value_[input];
    }
    switch (formula_.kind(node)) {
      case GateKind::negation:
        return opposite(inputs.front());
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

  /// The inputs put together one after the other: `step(put together, input)`.
  template <class Step>
  Edge fold(Edge first, const std::vector<Edge>& inputs, Step step) {
    for (std::size_t done = 0; done < inputs.size() && !table_->nodes.exhausted(); ++done) {
      first = step(first, inputs[done]);
      note_begun(done, inputs.size());
    }
    return first;
  }

  Edge any_of(const std::vector<Edge>& inputs) {
    return fold(kFalseEdge, inputs,
                [&](Edge any, Edge input) { return table_->ite(input, kTrueEdge, any); });
  }

  Edge all_of(const std::vector<Edge>& inputs) {
    return fold(kTrueEdge, inputs,
                [&](Edge all, Edge input) { return table_->ite(input, all, kFalseEdge); });
  }

  /// Where the budget ended while input `done` was being put to the others.
  void note_begun(std::size_t done, std::size_t inputs) {
    if (table_->nodes.exhausted()) {
      begun_ = (static_cast<double>(done) + table_->ite.share_done()) / static_cast<double>(inputs);
    }
  }

  /// Of least[j] only what can still reach k is computed: after `done` of n inputs these are the
  /// j from k - (n - done) to k.
  Edge at_least(std::size_t k, const std::vector<Edge>& inputs) {
    const std::size_t n = inputs.size();
    std::vector<Edge> least(k + 1, kFalseEdge);
    least[0] = kTrueEdge;
    for (std::size_t done = 1; done <= n; ++done) {
      const std::size_t fewest = k > n - done ? k - (n - done) : 1;
      for (std::size_t j = std::min(k, done); j >= fewest && !table_->nodes.exhausted(); --j) {
        least[j] = table_->ite(inputs[done - 1], least[j - 1], least[j]);
        note_begun(done - 1, n);
      }
    }
    return least[k];
  }

  const Formula& formula_;
  std::size_t budget_;
  VariableOrder order_;
  std::size_t work_left_;  ///< for sifting
  double begun_ = 0.0;     ///< how much of the last node was done when the budget ended
  std::unique_ptr<Table> table_;
  std::vector<Edge> value_;  ///< by formula node: its diagram, as long as it is needed
  std::vector<std::uint32_t> level_of_;
  std::vector<std::uint32_t> deepest_;    ///< by formula node: level of its last variable
  std::vector<Formula::Node> last_user_;  ///< by formula node
};

}  // namespace

Compilation compile(const Formula& formula, const VariableOrder& order, std::size_t budget) {
  return Compiler(formula, order, budget).run();
}

std::optional<Compiled> compile_sifting(const Formula& formula, VariableOrder& order,
                                        std::size_t budget) {
  Compiler compiler(formula, order, budget);
  std::optional<Compiled> compiled = compiler.run_sifting();
  if (compiled) {
    order = compiler.take_order();
  }
  return compiled;
}

}  // namespace outlast::engines::faulttree
