// Probabilities below the least double.
//
// Problem: fifty thousand pairs of which each must lose one at p = 0.01 fail together with probability
//   10^-85000, and the product is 0, which means "cannot happen".
// Formulation: a step that underflows errs by less than the least double, 2^-1074, and passes the error
//   on by factors of at most 1, for no probability changes faster than that with another. All steps
//   together are fewer than 2^52; so the sum of their errors is below the least normal double, 2^-1022.
//   What remains is whether the whole can be true at all, which takes no numbers.
// Source: IEEE 754.

#include "engines/faulttree/underflow.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace outlast::engines::faulttree {

namespace {

constexpr double kLeastNormal = std::numeric_limits<double>::min();
constexpr double kFarFromIt = 1e-290;  ///< where all errors are below any rounding

bool may_hold(const Formula& formula, std::span<const double> p) {
  std::vector<bool> may(formula.size());
  for (Formula::Node node = 0; node < formula.size(); ++node) {
    const auto inputs = formula.inputs(node);
    switch (formula.kind(node)) {
      case base::GateKind::constant_false:
        break;
      case base::GateKind::constant_true:
        may[node] = true;
        break;
      case base::GateKind::variable:
        may[node] = p[formula.variable(node).index] > 0;
        break;
      default:
        may[node] = std::count_if(inputs.begin(), inputs.end(), [&](Formula::Node input) {
                      return may[input];
                    }) >= static_cast<std::ptrdiff_t>(formula.threshold(node));
    }
  }
  return may.back();
}

/// What a thing may be.
struct May {
  bool hold = false;
  bool fail = false;
};

/// The same where happening may help.
bool may_hold(std::span<const Part> parts, std::span<const double> p) {
  std::vector<May> of_variable;
  for (const double happens : p) {
    of_variable.push_back({happens > 0, happens < 1});
  }
  for (const Part& part : parts) {
    const std::vector<Node>& nodes = part.graph->nodes;
    std::vector<May> may(nodes.size());
    may[kFalse].fail = may[kTrue].hold = true;
    for (std::size_t i = kFirstInner; i < nodes.size(); ++i) {
      const May variable = of_variable[part.order[nodes[i].level].index];
      const May high = may[nodes[i].high], low = may[nodes[i].low];
      may[i] = {(variable.hold && high.hold) || (variable.fail && low.hold),
                (variable.hold && high.fail) || (variable.fail && low.fail)};
    }
    of_variable.push_back(may[part.graph->root]);
  }
  return of_variable.back().hold;
}

}  // namespace

Bounds despite_underflow(const Solution::Parts& all, std::span<const double> p,
                         const Bounds& computed) {
  if (computed.low >= kFarFromIt) {
    return computed;
  }
  const bool may = all.is_monotone    ? may_hold(all.whole, p)
                   : all.has_diagrams ? may_hold(std::span(all.parts), p)
                                      : !all.whole.is_constant();
  if (!may) {
    return {0, 0};
  }
  const double high = computed.high < kFarFromIt ? computed.high + kLeastNormal : computed.high;
  return {std::max(0.0, computed.low - kLeastNormal), high};
}

}  // namespace outlast::engines::faulttree
