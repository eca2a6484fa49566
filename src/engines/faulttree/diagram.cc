// The door: building a diagram and reading probabilities off it.
//
// Problem: how likely is the top gate, and how much does each variable matter to it?
// Formulation: at a node of variable x with p = P(x),
//     P(node) = p P(high) + (1 - p) P(low)                        (Shannon's expansion)
//   and with reach(node) = probability that a walk from the root, which takes high with
//   probability p, comes by,
//     I(x) = sum over the nodes of x of reach(node) (P(high) - P(low)).
//   The second holds because P(top) is linear in p: every path meets x once at most, the walk up
//   to there does not look at x, and paths without x do not change with it.
// Method: nodes lie children first, so the first is one pass up and the second one pass down:
//   all importances for the price of two probabilities.
// Accuracy: all terms are positive, so P has a relative error of a few roundings per level.
//   I subtracts: where P(high) and P(low) agree in all digits it is lost, and never below 0.
// Source: Bryant 1986; Birnbaum 1969; Rauzy 1993.

#include "engines/faulttree/diagram.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/assert.h"
#include "engines/faulttree/cut_sets.h"
#include "engines/faulttree/formula.h"
#include "engines/faulttree/node_table.h"
#include "engines/faulttree/portfolio.h"
#include "engines/faulttree/variable_order.h"

namespace outlast::engines::faulttree {

/// What is behind the door: the finished nodes, and what their levels mean.
struct Diagram::Nodes {
  NodeGraph graph;
  VariableOrder order;  ///< variable by level
  std::size_t variable_count = 0;
};

namespace {

/// P of every node.
std::vector<double> probabilities(const NodeGraph& graph, const VariableOrder& order,
                                  std::span<const double> p) {
  std::vector<double> probability(graph.nodes.size());
  probability[kTrue] = 1.0;
  for (std::size_t i = kFirstInner; i < graph.nodes.size(); ++i) {
    const Node& node = graph.nodes[i];
    const double happens = p[order[node.level].index];
    probability[i] = happens * probability[node.high] + (1.0 - happens) * probability[node.low];
  }
  return probability;
}

}  // namespace

base::Result<Diagram, OverBudget> Diagram::build(const base::Gates& gates, base::GateId top,
                                                 const Budget& budget) {
  std::optional<Attempt> best = smallest_diagram(Formula(gates, top), budget.nodes);
  if (!best) {
    return tl::unexpected(OverBudget{budget.nodes});
  }
  return Diagram(std::make_unique<Nodes>(
      Nodes{std::move(best->compiled.graph), std::move(best->order), gates.variable_count()}));
}

Diagram::Diagram(std::unique_ptr<Nodes> nodes) : nodes_(std::move(nodes)) {}
Diagram::Diagram(Diagram&&) noexcept = default;
Diagram& Diagram::operator=(Diagram&&) noexcept = default;
Diagram::~Diagram() = default;

double Diagram::probability(std::span<const double> p) const {
  OUTLAST_ASSERT(p.size() == nodes_->variable_count, "every variable has a probability");
  return std::min(1.0, probabilities(nodes_->graph, nodes_->order, p)[nodes_->graph.root]);
}

std::vector<double> Diagram::birnbaum(std::span<const double> p) const {
  OUTLAST_ASSERT(p.size() == nodes_->variable_count, "every variable has a probability");
  const NodeGraph& graph = nodes_->graph;
  const std::vector<double> probability = probabilities(graph, nodes_->order, p);
  std::vector<double> reach(graph.nodes.size());
  reach[graph.root] = 1.0;
  std::vector<double> importance(p.size());
  for (std::size_t i = graph.nodes.size(); i-- > kFirstInner;) {
    const Node& node = graph.nodes[i];
    const base::VariableId variable = nodes_->order[node.level];
    const double happens = p[variable.index];
    const double gain = probability[node.high] - probability[node.low];
    importance[variable.index] += reach[i] * std::max(0.0, gain);
    reach[node.high] += reach[i] * happens;
    reach[node.low] += reach[i] * (1.0 - happens);
  }
  for (double& value : importance) {
    value = std::min(1.0, value);
  }
  return importance;
}

base::Result<CutSets, OverBudget> Diagram::cut_sets(std::size_t max_order, std::size_t limit,
                                                    const Budget& budget) const {
  max_order = std::min(max_order, nodes_->variable_count);
  const std::optional<NodeGraph> family = minimal_cut_sets(nodes_->graph, max_order, budget.nodes);
  if (!family) {
    return tl::unexpected(OverBudget{budget.nodes});
  }
  CutSets result;
  result.count_by_order = count_by_order(*family, max_order);
  result.sets = first_sets(*family, nodes_->order, result.count_by_order, limit);
  for (std::size_t k = 0, listed = result.sets.size(); k <= max_order; ++k) {
    result.complete = result.complete && result.count_by_order[k] <= listed;
    listed -= std::min(listed, result.count_by_order[k]);
  }
  return result;
}

std::size_t Diagram::node_count() const {
  return nodes_->graph.nodes.size() - kFirstInner;
}

}  // namespace outlast::engines::faulttree
