// Answers that are in print, or follow from a formula that is.

#include <gtest/gtest.h>

#include <cmath>

#include "engines/faulttree/diagram.h"

namespace outlast::engines::faulttree {
namespace {

using base::GateId;
using base::Gates;
using base::VariableId;

std::vector<GateId> variables(Gates& gates, std::size_t count) {
  std::vector<GateId> made;
  for (std::size_t i = 0; i < count; ++i) {
    made.push_back(gates.variable(gates.add_variable()));
  }
  return made;
}

std::vector<CutSet> sets_of(std::initializer_list<std::initializer_list<std::size_t>> lists) {
  std::vector<CutSet> sets;
  for (const auto& list : lists) {
    CutSet& set = sets.emplace_back();
    for (std::size_t variable : list) {
      set.emplace_back(variable);
    }
  }
  return sets;
}

/// Two of three: h(p) = 3p² − 2p³ (Barlow & Proschan, Statistical Theory of Reliability and Life
/// Testing, 1975, chapter 1).
TEST(KnownFaultTrees, TwoOfThree) {
  Gates gates;
  const GateId top = gates.at_least(2, variables(gates, 3));
  const auto diagram = Diagram::build(gates, top);
  ASSERT_TRUE(diagram);
  for (double q : {1e-6, 0.1, 0.5, 0.9}) {
    EXPECT_NEAR(diagram->probability(std::vector<double>(3, q)), q * q * (3 - 2 * q), 1e-15);
    EXPECT_NEAR(diagram->birnbaum(std::vector<double>(3, q))[1], 2 * q * (1 - q), 1e-15);
  }
}

/// The bridge: h(p) = 2p² + 2p³ − 5p⁴ + 2p⁵, minimal cuts {1,2}, {4,5}, {1,3,5}, {2,3,4},
/// structural importance 3/8 of the four outer elements and 1/8 of the middle one
/// (Barlow & Proschan 1975, chapters 1 and 2).
class Bridge : public testing::Test {
 protected:
  Gates gates;
  std::vector<GateId> x = variables(gates, 5);
  /// Fails where every path {1,4}, {2,5}, {1,3,5}, {2,3,4} has a failed element.
  GateId top = gates.all({gates.any({x[0], x[3]}), gates.any({x[1], x[4]}),
                          gates.any({x[0], x[2], x[4]}), gates.any({x[1], x[2], x[3]})});
};

TEST_F(Bridge, Probability) {
  const auto diagram = Diagram::build(gates, top);
  ASSERT_TRUE(diagram);
  for (double p : {0.5, 0.9, 0.99}) {
    const double works = p * p * (2 + p * (2 + p * (-5 + p * 2)));
    EXPECT_NEAR(1 - diagram->probability(std::vector<double>(5, 1 - p)), works, 1e-15);
  }
  EXPECT_NEAR(1 - diagram->probability(std::vector<double>(5, 0.1)), 0.97848, 1e-12);
}

TEST_F(Bridge, CutSetsAndImportance) {
  const auto diagram = Diagram::build(gates, top);
  ASSERT_TRUE(diagram);
  const auto cuts = diagram->cut_sets(5);
  ASSERT_TRUE(cuts);
  EXPECT_EQ(cuts->sets, sets_of({{0, 1}, {3, 4}, {0, 2, 4}, {1, 2, 3}}));
  EXPECT_EQ(diagram->birnbaum(std::vector<double>(5, 0.5)),
            (std::vector{0.375, 0.375, 0.125, 0.375, 0.375}));
  EXPECT_TRUE(single_points(gates, top).empty());
}

/// The pressure tank (Vesely, Goldberg, Roberts & Haasl, Fault Tree Handbook, NUREG-0492, 1981,
/// chapter VIII): rupture = T + K2 + S·(S1 + K1 + R).
TEST(KnownFaultTrees, PressureTank) {
  Gates gates;
  const std::vector<GateId> x = variables(gates, 6);  // T, K2, S, S1, K1, R
  const GateId k1_or_timer = gates.any({x[4], x[5]});
  const GateId current = gates.all({x[2], gates.any({x[3], k1_or_timer})});
  const GateId top = gates.any({x[0], gates.any({x[1], current})});
  const auto diagram = Diagram::build(gates, top);
  ASSERT_TRUE(diagram);
  const auto cuts = diagram->cut_sets(6);
  ASSERT_TRUE(cuts);
  EXPECT_EQ(cuts->sets, sets_of({{0}, {1}, {2, 3}, {2, 4}, {2, 5}}));
  EXPECT_EQ(single_points(gates, top), (std::vector{VariableId(0U), VariableId(1U)}));
}

/// Consecutive 2 of n: failure sets without two neighbours are counted by Fibonacci numbers, so
/// at p = 1/2 the system works with probability F(n+2)/2ⁿ (Chiang & Niu, Reliability of
/// consecutive-k-out-of-n:F system, IEEE Transactions on Reliability 30, 1981).
TEST(KnownFaultTrees, ConsecutiveTwoOfTwenty) {
  Gates gates;
  const std::vector<GateId> x = variables(gates, 20);
  std::vector<GateId> pairs;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    pairs.push_back(gates.all({x[i], x[i + 1]}));
  }
  const auto diagram = Diagram::build(gates, gates.any(pairs));
  ASSERT_TRUE(diagram);
  EXPECT_EQ(1 - diagram->probability(std::vector<double>(20, 0.5)), 17711 / std::pow(2.0, 20));
}

/// k of n has C(n, k) minimal cut sets, all of order k, and no more nodes than k (n − k + 1).
TEST(KnownFaultTrees, TenOfTwenty) {
  Gates gates;
  const GateId top = gates.at_least(10, variables(gates, 20));
  const auto diagram = Diagram::build(gates, top);
  ASSERT_TRUE(diagram);
  EXPECT_EQ(diagram->node_count(), 110U);
  const auto cuts = diagram->cut_sets(20, 5);
  ASSERT_TRUE(cuts);
  EXPECT_EQ(cuts->count_by_order[10], 184'756U);
  EXPECT_FALSE(cuts->complete);
}

}  // namespace
}  // namespace outlast::engines::faulttree
