// Solving a model module by module.
//
// Problem: most of a large model is independent of the rest; only what shares variables needs a
//   diagram, and every diagram should see no more than that.
// Formulation: a module stands for one variable with the module's probability, for no variable
//   is in it and outside. So
//     P(top)   one pass over the modules, each a pass up its diagram;
//     I(v)     = I(module) × I(v within the module), one pass down (Birnbaum's chain rule);
//     cuts     sets of modules whose modules are replaced by their own sets.
//   A module whose diagram outgrows the budget has bounds instead; P rises with the probability of
//   every monotone module, so the bounds pass on. Where the model is not monotone, both ends of a
//   bounded module are bounds of nothing above it, and the whole formula is bounded at once.
// Accuracy: all terms of P are positive: a relative error of a few roundings per level.
// Source: Dutuit & Rauzy 1996; Bryant 1986; Birnbaum 1969.

#include "engines/faulttree/solution.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "base/assert.h"
#include "base/pinned_math.h"
#include "engines/faulttree/bounds.h"
#include "engines/faulttree/cut_sets.h"
#include "engines/faulttree/families.h"
#include "engines/faulttree/modules.h"
#include "engines/faulttree/portfolio.h"

namespace outlast::engines::faulttree {

namespace {

/// A solved module; without a graph it is bounded only.
struct Part {
  Formula formula;
  std::optional<NodeGraph> graph;
  VariableOrder order;
};

/// A gate over variables alone needs no search for an order.
bool is_flat(const Formula& formula) {
  return formula.variable_count() + 1 >= formula.size();
}

Part solve(Formula formula, const Budget& budget) {
  std::optional<Attempt> found;
  if (is_flat(formula)) {
    VariableOrder order = depth_first_order(formula);
    if (auto compiled = compile(formula, order, budget.nodes)) {
      found = Attempt{std::move(*compiled), std::move(order)};
    }
  } else {
    found = smallest_diagram(formula, budget.nodes);
  }
  if (!found) {
    return {std::move(formula), std::nullopt, {}};
  }
  return {std::move(formula), std::move(found->compiled.graph), std::move(found->order)};
}

std::vector<double> probabilities(const Part& part, std::span<const double> p) {
  const NodeGraph& graph = *part.graph;
  std::vector<double> value(graph.nodes.size());
  value[kTrue] = 1.0;
  for (std::size_t i = kFirstInner; i < value.size(); ++i) {
    const Node& node = graph.nodes[i];
    const double happens = p[part.order[node.level].index];
    value[i] = happens * value[node.high] + (1.0 - happens) * value[node.low];
  }
  return value;
}

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

/// What a set costs in the search for the first of them.
std::vector<double> costs_of(Rank rank, std::span<const double> p, std::size_t count) {
  constexpr double kPerVariable = 1e6;  // beyond any sum of logarithms that decides
  constexpr double kImpossible = 1e4;   // beyond −ln of the least double
  constexpr double kLeast = 1e-300;
  std::vector<double> cost(count, rank == Rank::by_order ? kPerVariable : 0.0);
  for (std::size_t i = 0; i < p.size(); ++i) {
    cost[i] += p[i] > kLeast ? std::max(0.0, -base::pinned_log(p[i])) : kImpossible;
  }
  return cost;
}

}  // namespace

struct Solution::Parts {
  std::vector<Part> parts;
  Formula whole;
  std::size_t variable_count = 0;
  bool is_monotone = true;
  bool is_exact = true;

  /// Of all variables and modules, where all modules have diagrams.
  [[nodiscard]] std::vector<double> all_probabilities(std::span<const double> p) const {
    std::vector<double> all(p.begin(), p.end());
    for (const Part& part : parts) {
      all.push_back(std::min(1.0, probabilities(part, all)[part.graph->root]));
    }
    return all;
  }
};

Solution::Solution(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Solution::Solution(Solution&&) noexcept = default;
Solution& Solution::operator=(Solution&&) noexcept = default;
Solution::~Solution() = default;

Solution Solution::of(const base::Gates& gates, base::GateId top, const Budget& budget) {
  Formula whole(gates, top);
  Modules modules = split_into_modules(whole, gates.variable_count());
  auto parts = std::make_unique<Parts>(
      Parts{{}, std::move(whole), gates.variable_count(), gates.is_monotone(top)});
  for (Formula& formula : modules.parts) {
    parts->parts.push_back(solve(std::move(formula), budget));
    parts->is_exact = parts->is_exact && parts->parts.back().graph;
  }
  return Solution(std::move(parts));
}

bool Solution::is_exact() const {
  return parts_->is_exact;
}

Bounds Solution::probability(std::span<const double> p) const {
  OUTLAST_ASSERT(p.size() == parts_->variable_count, "every variable has a probability");
  if (parts_->is_exact) {
    const double exact = parts_->all_probabilities(p).back();
    return {exact, exact};
  }
  if (!parts_->is_monotone) {
    return bounds_of(parts_->whole, false, p, p);
  }
  std::vector<double> low(p.begin(), p.end());
  std::vector<double> high(p.begin(), p.end());
  for (const Part& part : parts_->parts) {
    Bounds of_part;
    if (part.graph) {
      of_part = {probabilities(part, low)[part.graph->root],
                 std::min(1.0, probabilities(part, high)[part.graph->root])};
    } else {
      of_part = bounds_of(part.formula, true, low, high);
    }
    low.push_back(of_part.low);
    high.push_back(of_part.high);
  }
  return {low.back(), high.back()};
}

std::vector<double> Solution::birnbaum(std::span<const double> p) const {
  OUTLAST_ASSERT(p.size() == parts_->variable_count, "every variable has a probability");
  if (!parts_->is_exact) {
    return {};
  }
  const std::vector<double> all = parts_->all_probabilities(p);
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

base::Result<RankedCutSets, OverBudget> Solution::cut_sets(Rank rank, std::span<const double> p,
                                                           std::size_t max_order, std::size_t limit,
                                                           const Budget& budget) const {
  OUTLAST_ASSERT(parts_->is_monotone, "cut sets are of monotone gates");
  RankedCutSets result;
  result.max_order = std::min(max_order, parts_->variable_count);
  Families families{{}, parts_->variable_count};
  for (const Part& part : parts_->parts) {
    auto sets =
        part.graph ? minimal_cut_sets(*part.graph, result.max_order, budget.nodes) : std::nullopt;
    if (!sets) {
      return tl::unexpected(OverBudget{budget.nodes});
    }
    families.of_module.push_back({std::move(*sets), part.order});
  }
  result.count_by_order = count_by_order(families, result.max_order);
  const std::vector<double> cost = costs_of(rank, p, parts_->variable_count);
  for (CutSet& set : cheapest_sets(families, cost, result.max_order, limit)) {
    double probability = p.empty() ? 0.0 : 1.0;
    for (const base::VariableId variable : set) {
      probability *= p.empty() ? 0.0 : p[variable.index];
    }
    result.first.push_back({std::move(set), probability});
  }
  std::stable_sort(result.first.begin(), result.first.end(),
                   [&](const RankedCutSet& a, const RankedCutSet& b) {
                     const auto orders = a.variables.size() <=> b.variables.size();
                     if (rank == Rank::by_order && orders != 0) {
                       return orders < 0;
                     }
                     if (a.probability != b.probability) {
                       return a.probability > b.probability;
                     }
                     return orders != 0 ? orders < 0 : a.variables < b.variables;
                   });
  return result;
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
