#include "engines/faulttree/parts.h"

#include <algorithm>
#include <utility>

#include "engines/faulttree/bounds.h"
#include "engines/faulttree/compile.h"
#include "engines/faulttree/portfolio.h"

namespace outlast::engines::faulttree {

namespace {

constexpr std::size_t kFirstShare = 64;  ///< of the budget, before cases are told apart
constexpr std::size_t kSteps = 16;       ///< of telling cases apart, per node of the budget

/// A gate over variables alone needs no search for an order.
bool is_flat(const Formula& formula) {
  return formula.variable_count() + 1 >= formula.size();
}

/// in  missed  nodes that are known not to be enough
bool try_diagram(Part& part, std::size_t nodes, std::size_t missed = 0) {
  if (is_flat(part.formula)) {
    return compile_in(part, depth_first_order(part.formula), nodes);
  }
  std::optional<Attempt> found = smallest_diagram(part.formula, nodes, missed);
  if (found) {
    part.graph = std::move(found->compiled.graph);
    part.order = std::move(found->order);
  }
  return found.has_value();
}

}  // namespace

bool counts_too_much(const Formula& formula, std::size_t nodes) {
  for (Formula::Node node = 0; node < formula.size(); ++node) {
    const std::size_t inputs = formula.inputs(node).size();
    if (formula.kind(node) == base::GateKind::at_least &&
        formula.threshold(node) * (inputs - formula.threshold(node) + 1) > nodes) {
      return true;
    }
  }
  return false;
}

bool compile_in(Part& part, VariableOrder order, std::size_t nodes) {
  std::optional<Compiled> compiled = compile(part.formula, order, nodes).compiled;
  if (compiled) {
    part.graph = std::move(compiled->graph);
    part.order = std::move(order);
  }
  return compiled.has_value();
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

Bounds bounds_of(const Part& part, std::span<const double> low, std::span<const double> high,
                 std::size_t askings) {
  if (part.graph) {
    return {std::min(1.0, probabilities(part, low)[part.graph->root]),
            std::min(1.0, probabilities(part, high)[part.graph->root])};
  }
  return part.cases ? part.cases->probability(low, high, part.work / askings, part.near)
                    : bounds_of(part.formula, true, low, high);
}

void begin(Part& part, bool is_monotone, const Budget& budget) {
  constexpr std::size_t kFirstSteps = 2;  // per node of the budget: a step of cases is cheaper
  const bool is_hopeless = is_monotone && counts_too_much(part.formula, budget.nodes);
  const bool may_be_hard = is_monotone && !is_flat(part.formula);
  const std::size_t first = may_be_hard ? budget.nodes / kFirstShare : budget.nodes;
  if (!is_hopeless && try_diagram(part, std::max<std::size_t>(first, 1))) {
    return;
  }
  if (is_monotone) {
    part.cases.emplace(part.formula);
    part.near = budget.near;
    part.work = (is_hopeless ? kSteps : kFirstSteps) * budget.nodes;
    part.is_open = !is_hopeless;
  }
}

void go_on(Part& part, const Budget& budget) {
  if (try_diagram(part, budget.nodes, budget.nodes / kFirstShare)) {
    part.cases.reset();
  }
  part.work = kSteps * budget.nodes;
  part.is_open = false;
}

}  // namespace outlast::engines::faulttree
