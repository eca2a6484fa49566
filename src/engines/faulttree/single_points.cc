// Single points of failure without a diagram.
//
// Problem: which variables alone make the top gate true? The question is asked of models far too
//   large for cut sets, and must not cost gates times variables.
// Example: any(x, all(any(x, y), any(y, z))): x and y; z makes only one side of `all` true.
// Formulation: let v alone be true. A gate is then true iff enough of its inputs are, so truth
//   spreads upwards from v; v is a single point iff the top is reached. Almost nothing becomes
//   true: a gate that masks a failure stops it.
// Method: for each variable spread upwards, counting true inputs, and stop as soon as
//   the answer is clear. Two shortcuts, both found in one pass from the top down:
//   decisive   a gate from which a way of `any` gates leads to the top: true there, all is clear;
//   leads_to   a node whose users are all `any` gates that lead to one and the same `any` gate
//              can do nothing but make that gate true: we go there at once. Chains of `any`
//              below a masking gate cost one step, not their length.
// Why it ends: a gate becomes true once per variable.
// Cost: for each variable the uses of the nodes it alone makes true. A replica makes little true;
//   a zone makes its share of every group true: linear in the gates for each such variable.
//   Worst case, a ladder in which everything is true under everything and yet nothing decides:
//   gates times variables.
// Limits: a constant top has none; all variables together are not a reason where none is needed.

#include <algorithm>
#include <limits>
#include <vector>

#include "engines/faulttree/diagram.h"
#include "engines/faulttree/formula.h"

namespace outlast::engines::faulttree {

using base::GateKind;

namespace {

using Node = Formula::Node;
constexpr Node kUnset = std::numeric_limits<Node>::max();

class Spread {
 public:
  explicit Spread(const Formula& formula)
      : formula_(formula),
        users_(formula),
        decisive_(formula.size()),
        leads_to_(formula.size(), kUnset),
        true_inputs_(formula.size(), 0),
        is_true_(formula.size()) {
    decisive_[formula.top()] = true;
    for (Node node = formula.top() + 1; node-- > 0;) {
      settle(node);
    }
  }

  /// Whether the top is true where only `variable` is.
  bool reaches_top(Node variable) {
    bool reached = spread_to(variable);
    for (std::size_t next = 0; next < true_.size() && !reached; ++next) {
      for (Node user : users_[true_[next]]) {
        counted_.push_back(user);
        reached = reached || (++true_inputs_[user] == formula_.threshold(user) && spread_to(user));
      }
    }
    forget();
    return reached;
  }

 private:
  /// All users of `node` are settled: they have greater indices.
  void settle(Node node) {
    for (Node user : users_[node]) {
      const bool passes = formula_.kind(user) == GateKind::any;
      decisive_[node] = decisive_[node] || (passes && decisive_[user]);
      const Node here = passes ? leads_to_[user] : node;
      leads_to_[node] = leads_to_[node] == kUnset || leads_to_[node] == here ? here : node;
    }
    if (leads_to_[node] == kUnset) {
      leads_to_[node] = node;
    }
  }

  /// Makes `node` true; whether that decides.
  bool spread_to(Node node) {
    const Node target = leads_to_[node];
    if (!is_true_[target]) {
      is_true_[target] = true;
      true_.push_back(target);
    }
    return decisive_[node];
  }

  void forget() {
    for (Node node : true_) {
      is_true_[node] = false;
    }
    for (Node node : counted_) {
      true_inputs_[node] = 0;
    }
    true_.clear();
    counted_.clear();
  }

  const Formula& formula_;
  Users users_;
  std::vector<bool> decisive_;
  std::vector<Node> leads_to_;
  std::vector<std::uint32_t> true_inputs_;  ///< all zero between two questions
  std::vector<bool> is_true_;
  std::vector<Node> true_;
  std::vector<Node> counted_;
};

}  // namespace

std::vector<base::VariableId> single_points(const base::Gates& gates, base::GateId top) {
  const Formula formula(gates, top);
  Spread spread(formula);
  std::vector<base::VariableId> points;
  for (Node node = 0; node < formula.size(); ++node) {
    if (formula.kind(node) == GateKind::variable && spread.reaches_top(node)) {
      points.push_back(formula.variable(node));
    }
  }
  std::sort(points.begin(), points.end());
  return points;
}

}  // namespace outlast::engines::faulttree
