// Solving a model module by module.
//
// Problem: most of a large model is independent of the rest; only what shares variables needs a
//   diagram, and every diagram should see no more than that.
// Formulation: a module stands for one variable with the module's probability, for no variable
//   is in it and outside. So
//     P(top)   one pass over the modules, each a pass up its diagram;
//     I(v)     = I(module) × I(v within the module), one pass down (Birnbaum's chain rule);
//     cuts     see ranking.cc.
//   A monotone module whose diagram outgrows the budget is solved by telling cases apart; its answer
//   is bounds, which pass on, for P rises with the probability of every module. Where the model is
//   not monotone, bounds of a module are bounds of nothing above it, and the whole formula is
//   bounded at once.
// Method: a small budget for the diagram first, then cases, then the whole budget. Where a module
//   counts so many inputs that no diagram can, cases are taken at once.
// Accuracy: all terms of P are positive: a relative error of a few roundings per level.
// Source: Dutuit & Rauzy 1996; Bryant 1986; Birnbaum 1969.

#include "engines/faulttree/solution.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "base/assert.h"
#include "engines/faulttree/bounds.h"
#include "engines/faulttree/heritage.h"
#include "engines/faulttree/modules.h"
#include "engines/faulttree/parts.h"

namespace outlast::engines::faulttree {

namespace {

/// Adds the importance of a module's variables, `of_module` being its own.
void spread_importance(const Part& part, double of_module, std::span<const double> p,
                       std::vector<double>& importance) {
  const NodeGraph& graph = *part.graph;
  const std::vector<double> value = probabilities(part, p);
  std::vector<double> reach(value.size());
  reach[graph.root] = of_module;
  for (std::size_t i = value.size(); i-- > kFirstInner;) {
    const Node& node = graph.nodes[i];
    const std::size_t variable = part.order[node.level].index;
    importance[variable] += reach[i] * (value[node.high] - value[node.low]);
    reach[node.high] += reach[i] * p[variable];
    reach[node.low] += reach[i] * (1.0 - p[variable]);
  }
}

/// Of all variables and modules, where all modules have diagrams.
std::vector<double> all_probabilities(std::span<const Part> parts, std::span<const double> p) {
  std::vector<double> all(p.begin(), p.end());
  for (const Part& part : parts) {
    all.push_back(std::min(1.0, probabilities(part, all)[part.graph->root]));
  }
  return all;
}

}  // namespace

Solution::Solution(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Solution::Solution(Solution&&) noexcept = default;
Solution& Solution::operator=(Solution&&) noexcept = default;
Solution::~Solution() = default;

bool is_exact(const Bounds& bounds) {
  constexpr double kRounding = 1e-12;
  return bounds.high - bounds.low <= kRounding * bounds.high;
}

Solution Solution::of(const base::Gates& gates, base::GateId top, const Budget& budget,
                      std::span<const double> p) {
  return put_together(gates, top, budget, p, [](Part&) { return false; });
}

Solution Solution::changed(const base::Gates& gates, base::GateId top, const Budget& budget,
                           std::span<const double> p) const {
  OUTLAST_ASSERT(gates.variable_count() >= parts_->variable_count, "variables stay what they are");
  Heritage heritage(parts_->parts, parts_->variable_count, gates.variable_count(), budget);
  return put_together(gates, top, budget, p, [&](Part& part) { return heritage.pass_on(part); });
}

template <class PassOn>
Solution Solution::put_together(const base::Gates& gates, base::GateId top, const Budget& budget,
                                std::span<const double> p, PassOn pass_on) {
  Formula whole(gates, top);
  Modules modules = split_into_modules(whole, gates.variable_count());
  auto parts = std::make_unique<Parts>(
      Parts{{}, std::move(whole), gates.variable_count(), gates.is_monotone(top)});
  std::vector<double> low(p.begin(), p.end());
  std::vector<double> high = low;
  for (Formula& formula : modules.parts) {
    Part& part = parts->parts.emplace_back(Part{std::move(formula)});
    if (!pass_on(part)) {
      solve(part, parts->is_monotone, budget, low, high);
    }
    parts->has_diagrams = parts->has_diagrams && part.graph;
    if (!p.empty() && parts->is_monotone) {
      const Bounds of_part = bounds_of(part, low, high);
      low.push_back(of_part.low);
      high.push_back(of_part.high);
    }
  }
  return Solution(std::move(parts));
}

bool Solution::has_diagrams() const {
  return parts_->has_diagrams;
}

Bounds Solution::probability(std::span<const double> p) const {
  OUTLAST_ASSERT(p.size() == parts_->variable_count, "every variable has a probability");
  if (parts_->has_diagrams) {
    const double exact = all_probabilities(parts_->parts, p).back();
    return {exact, exact};
  }
  if (!parts_->is_monotone) {
    return bounds_of(parts_->whole, false, p, p);
  }
  std::vector<double> low(p.begin(), p.end());
  std::vector<double> high(p.begin(), p.end());
  for (const Part& part : parts_->parts) {
    const Bounds of_part = bounds_of(part, low, high);
    low.push_back(of_part.low);
    high.push_back(of_part.high);
  }
  return {low.back(), high.back()};
}

std::vector<double> Solution::birnbaum(std::span<const double> p) const {
  OUTLAST_ASSERT(p.size() == parts_->variable_count, "every variable has a probability");
  if (!parts_->has_diagrams) {
    return {};
  }
  const std::vector<double> all = all_probabilities(parts_->parts, p);
  std::vector<double> importance(all.size());
  importance.back() = 1.0;
  for (std::size_t i = parts_->parts.size(); i-- > 0;) {
    spread_importance(parts_->parts[i], importance[parts_->variable_count + i], all, importance);
  }
  importance.resize(p.size());
  for (double& value : importance) {
    // Rounding may leave the range; only negation makes an importance negative.
    value = std::clamp(value, parts_->is_monotone ? 0.0 : -1.0, 1.0);
  }
  return importance;
}

std::size_t Solution::module_count() const {
  return parts_->parts.size();
}

std::size_t Solution::node_count() const {
  return std::accumulate(parts_->parts.begin(), parts_->parts.end(), std::size_t{0},
                         [](std::size_t sum, const Part& part) {
                           return sum + (part.graph ? part.graph->nodes.size() - kFirstInner : 0);
                         });
}

}  // namespace outlast::engines::faulttree
