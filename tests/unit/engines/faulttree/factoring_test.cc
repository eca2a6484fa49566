#include "engines/faulttree/factoring.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "engines/faulttree/compile.h"
#include "engines/faulttree/variable_order.h"
#include "models.h"

namespace outlast::engines::faulttree {
namespace {

using base::GateId;
using base::GateKind;

Formula factored(const Model& m) {
  return with_common_arguments_once(Formula(m.gates, m.top), m.gates.variable_count());
}

TEST(Factoring, WhatAllWaysHaveInCommonIsSaidOnce) {
  Model m;
  const std::vector<GateId> x = m.add(4);
  m.top = m.gates.all(
      {m.gates.any({x[0], x[1]}), m.gates.any({x[0], x[2]}), m.gates.any({x[0], x[3]})});
  const Formula formula = factored(m);
  EXPECT_EQ(formula.kind(formula.top()), GateKind::any);
  EXPECT_EQ(formula.inputs(formula.top()).size(), 2U);
  EXPECT_EQ(formula.size(), 6U);
}

TEST(Factoring, AnArgumentAloneAbsorbs) {
  Model m;
  const std::vector<GateId> x = m.add(3);
  m.top = m.gates.any({x[0], m.gates.all({x[0], x[1]}), m.gates.all({x[0], x[1], x[2]})});
  const Formula formula = factored(m);
  ASSERT_EQ(formula.size(), 1U);
  EXPECT_EQ(formula.variable(0).index, 0U);
}

TEST(Factoring, WhatEveryReplicaNeedsIsOutsideOfTheirCount) {
  Model m;
  const GateId region = m.add();
  std::vector<GateId> down;
  for (int i = 0; i < 3; ++i) {
    down.push_back(m.gates.any({region, m.add()}));
  }
  m.top = m.gates.at_least(2, down);
  const Formula formula = factored(m);
  EXPECT_EQ(formula.kind(formula.top()), GateKind::any);
  EXPECT_EQ(formula.size(), 6U);
}

TEST(Factoring, WhatSomebodyElseUsesIsNotTakenApart) {
  Model m;
  const std::vector<GateId> x = m.add(5);
  const GateId shared = m.gates.any({x[0], x[1]});
  m.top = m.gates.any(
      {m.gates.all({shared, m.gates.any({x[0], x[2]}), x[4]}), m.gates.all({shared, x[3]})});
  EXPECT_EQ(factored(m).size(), Formula(m.gates, m.top).size());
}

TEST(Factoring, WhatIsLeftMayBeAnArgumentAlready) {
  Model m;
  const std::vector<GateId> x = m.add(3);
  const GateId both = m.gates.all({x[1], x[2]});
  m.top = m.gates.all({m.gates.any({x[0], both, x[1]}), m.gates.any({x[0], both, x[2]})});
  EXPECT_EQ(factored(m).size(), 5U);  // any(x0, all(x1, x2))
}

TEST(Factoring, ThousandsOfWaysTakeNoTime) {
  Model m;
  const std::vector<GateId> left = m.add(100), right = m.add(100);
  std::vector<GateId> ways;
  for (const GateId a : left) {
    for (const GateId b : right) {
      ways.push_back(m.gates.any({a, b}));
    }
  }
  m.top = m.gates.all(ways);  // all of the left or all of the right
  EXPECT_EQ(factored(m).size(), 203U);
}

RC_GTEST_PROP(Factoring, SaysTheSame, ()) {
  const Model m = draw_below(2) == 0 ? random_model(12) : random_model_with_negation(10);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const Formula formula = factored(m);
  std::vector<double> value(2);
  const VariableOrder order = depth_first_order(formula);
  const auto compiled = compile(formula, order, 1'000'000).compiled;
  RC_ASSERT(compiled);
  value[kTrue] = 1;
  for (std::size_t i = kFirstInner; i < compiled->graph.nodes.size(); ++i) {
    const Node& node = compiled->graph.nodes[i];
    const double happens = p[order[node.level].index];
    value.push_back(happens * value[node.high] + (1 - happens) * value[node.low]);
  }
  RC_ASSERT(std::fabs(value[compiled->graph.root] - BruteForce(m).probability(p)) < 1e-12);
}

}  // namespace
}  // namespace outlast::engines::faulttree
