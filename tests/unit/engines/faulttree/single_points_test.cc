#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engines/faulttree/diagram.h"
#include "models.h"

namespace outlast::engines::faulttree {
namespace {

using base::GateId;
using base::VariableId;

TEST(SinglePoints, AConstantHasNone) {
  Model m;
  m.add();
  EXPECT_TRUE(single_points(m.gates, m.gates.never()).empty());
  EXPECT_TRUE(single_points(m.gates, m.gates.always()).empty());
}

TEST(SinglePoints, OnlyTheRegionTakesAllGroups) {
  const Model m = zonal_groups(100);
  EXPECT_EQ(single_points(m.gates, m.top), std::vector{VariableId(0U)});
}

TEST(SinglePoints, ARepeatedInputCountsAsOftenAsItOccurs) {
  Model m;
  const std::vector<GateId> x = m.add(3);
  m.top = m.gates.at_least(2, {x[1], x[1], x[0], x[2]});
  EXPECT_EQ(single_points(m.gates, m.top), std::vector{VariableId(1U)});
}

/// Ten thousand gates with three each, behind one `any` and once more in a chain.
TEST(SinglePoints, ManyGatesCostOneVisitEach) {
  Model m;
  std::vector<GateId> gates;
  GateId chain = m.gates.never();
  for (int i = 0; i < 10'000; ++i) {
    const GateId masked = m.gates.all(m.add(2));
    gates.push_back(m.gates.any({m.add(), m.add(), m.add(), masked}));
    chain = m.gates.any({chain, gates.back()});
  }
  EXPECT_EQ(single_points(m.gates, m.gates.any(gates)).size(), 30'000U);
  EXPECT_EQ(single_points(m.gates, chain).size(), 30'000U);
}

/// Each variable is one step away from the masking gate, however long the chains below it are.
TEST(SinglePoints, ChainsBelowAMaskingGateAreSkipped) {
  Model m;
  const std::vector<GateId> x = m.add(100'000);
  const std::vector<GateId> shared = m.add(2);
  GateId left = shared[0];
  GateId right = shared[0];
  for (std::size_t i = 0; i < x.size(); i += 2) {
    left = m.gates.any({left, x[i]});
    right = m.gates.any({right, x[i + 1]});
  }
  m.top = m.gates.all({m.gates.any({left, shared[1]}), m.gates.any({right, shared[1]})});
  EXPECT_EQ(single_points(m.gates, m.top),
            (std::vector{VariableId(100'000U), VariableId(100'001U)}));
}

RC_GTEST_PROP(SinglePointsLaws, AreTheVariablesTrueAlone, ()) {
  const Model m = random_model(14);
  const BruteForce brute(m);
  std::vector<VariableId> expected;
  for (std::size_t i = 0; i < m.gates.variable_count(); ++i) {
    if (brute.is_true(1U << i)) {
      expected.emplace_back(i);
    }
  }
  RC_ASSERT(single_points(m.gates, m.top) == expected);
}

}  // namespace
}  // namespace outlast::engines::faulttree
