#include "engines/faulttree/formula.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "models.h"

namespace outlast::engines::faulttree {
namespace {

using base::GateId;
using base::GateKind;

TEST(Formula, HoldsOnlyWhatTheTopDependsOn) {
  Model m;
  const std::vector<GateId> x = m.add(4);
  m.gates.any({x[2], x[3]});
  const Formula formula(m.gates, m.gates.all({x[0], x[1]}));
  EXPECT_EQ(formula.size(), 3U);
  EXPECT_EQ(formula.threshold(formula.top()), 2U);
}

TEST(Formula, NestedGatesOfOneKindAreOne) {
  Model m;
  const std::vector<GateId> x = m.add(4);
  const GateId inner = m.gates.any({x[0], x[1], m.gates.all({x[2], x[3]})});
  const Formula formula(m.gates, m.gates.any({x[0], m.gates.any({inner, x[3]})}));
  EXPECT_EQ(formula.inputs(formula.top()).size(), 4U);
  EXPECT_EQ(formula.size(), 6U);
}

TEST(Formula, AGateWithUsersOfOtherKindsStays) {
  Model m;
  const std::vector<GateId> x = m.add(4);
  const GateId shared = m.gates.any({x[0], x[1]});
  const Formula formula(m.gates, m.gates.any({shared, m.gates.all({shared, x[2]}), x[3]}));
  EXPECT_EQ(formula.size(), 7U);
}

TEST(Formula, AGateReachedByManyWaysIsMergedOnce) {
  Model m;
  const std::vector<GateId> x = m.add(4);
  const GateId shared = m.gates.any({x[0], x[1]});
  const Formula formula(m.gates,
                        m.gates.any({m.gates.any({shared, x[2]}), m.gates.any({shared, x[3]})}));
  EXPECT_EQ(formula.size(), 5U);
}

TEST(Formula, ConstantsAreSingleNodes) {
  base::Gates gates;
  EXPECT_TRUE(Formula(gates, gates.always()).is_constant());
  EXPECT_EQ(Formula(gates, gates.never()).size(), 1U);
}

TEST(Formula, UsersAreTheInputsTurnedRound) {
  const Model m = zonal_groups(3);
  const Formula formula(m.gates, m.top);
  const Users users(formula);
  EXPECT_TRUE(users[formula.top()].empty());
  for (Formula::Node node = 0; node < formula.size(); ++node) {
    for (Formula::Node user : users[node]) {
      const auto inputs = formula.inputs(user);
      EXPECT_NE(std::find(inputs.begin(), inputs.end(), node), inputs.end());
    }
  }
}

RC_GTEST_PROP(FormulaLaws, MeansWhatTheGatesMean, ()) {
  const Model m = random_model(8);
  const Formula formula(m.gates, m.top);
  for (std::uint32_t mask = 0; mask >> m.gates.variable_count() == 0; ++mask) {
    std::vector<bool> happened;
    for (std::size_t i = 0; i < m.gates.variable_count(); ++i) {
      happened.push_back((mask >> i & 1U) != 0);
    }
    std::vector<bool> value;
    for (Formula::Node node = 0; node < formula.size(); ++node) {
      std::size_t count = 0;
      for (Formula::Node input : formula.inputs(node)) {
        count += value[input] ? 1 : 0;
      }
      value.push_back(formula.kind(node) == GateKind::variable
                          ? happened[formula.variable(node).index]
                          : count >= formula.threshold(node));
    }
    RC_ASSERT(value.back() == m.gates.evaluate(happened)[m.top.index]);
  }
}

}  // namespace
}  // namespace outlast::engines::faulttree
