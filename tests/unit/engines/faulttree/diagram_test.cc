#include "engines/faulttree/diagram.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <thread>

#include "models.h"

namespace outlast::engines::faulttree {
namespace {

using base::GateId;

TEST(Diagram, ConstantsNeedNoNodes) {
  base::Gates gates;
  gates.add_variable();
  const auto never = Diagram::build(gates, gates.never());
  const auto always = Diagram::build(gates, gates.always(), Budget{0});
  ASSERT_TRUE(never && always);
  EXPECT_EQ(never->node_count(), 0U);
  EXPECT_EQ(never->probability(std::vector{0.5}), 0.0);
  EXPECT_EQ(always->probability(std::vector{0.5}), 1.0);
  EXPECT_EQ(always->birnbaum(std::vector{0.5}), std::vector{0.0});
}

TEST(Diagram, AVariableIsItsProbability) {
  Model m;
  m.add(2);
  m.top = m.gates.variable(base::VariableId(1U));
  const auto diagram = Diagram::build(m.gates, m.top);
  ASSERT_TRUE(diagram);
  EXPECT_EQ(diagram->node_count(), 1U);
  EXPECT_EQ(diagram->probability(std::vector{0.5, 0.125}), 0.125);
  EXPECT_EQ(diagram->birnbaum(std::vector{0.5, 0.125}), (std::vector{0.0, 1.0}));
}

TEST(Diagram, SmallProbabilitiesKeepTheirDigits) {
  Model m;
  const std::vector<GateId> x = m.add(3);
  m.top = m.gates.all(x);
  const auto diagram = Diagram::build(m.gates, m.top);
  ASSERT_TRUE(diagram);
  EXPECT_NEAR(diagram->probability(std::vector{1e-40, 1e-40, 1e-40}) / 1e-120, 1.0, 1e-14);
}

TEST(Diagram, AtLeastKOfManyTakesNoCombinations) {
  Model m;
  m.top = m.gates.at_least(50, m.add(100));
  const auto diagram = Diagram::build(m.gates, m.top);
  ASSERT_TRUE(diagram);
  EXPECT_EQ(diagram->node_count(), 50U * 51U);
}

TEST(Diagram, GroupsOverSharedZonesGrowLinearly) {
  const Model small = zonal_groups(100);
  const Model large = zonal_groups(1000);
  const auto a = Diagram::build(small.gates, small.top);
  const auto b = Diagram::build(large.gates, large.top);
  ASSERT_TRUE(a && b);
  EXPECT_LE(a->node_count(), 11U * 100U);
  EXPECT_LE(b->node_count(), 11U * 1000U);
}

TEST(Diagram, GroupsOverSharedZonesAreExact) {
  const std::size_t groups = 1000;
  const Model m = zonal_groups(groups);
  const auto diagram = Diagram::build(m.gates, m.top);
  ASSERT_TRUE(diagram);
  const double q = 1e-3;
  const double two_of_three = 3 * q * q - 2 * q * q * q;
  const double one_of_two = 2 * q - q * q;
  const double up = (1 - q) * (std::pow(1 - q, 3) * std::pow(1 - two_of_three, groups) +
                               3 * q * std::pow(1 - q, 2) * std::pow(1 - one_of_two, groups));
  const std::vector<double> p(m.gates.variable_count(), q);
  EXPECT_NEAR(diagram->probability(p), 1 - up, 1e-12);
}

/// Zones of one region multiply, those of several add up, though one `any` joins all groups.
TEST(Diagram, RegionsAreAskedOneAfterTheOther) {
  Model m;
  const GateId provider = m.add();
  std::vector<GateId> down;
  std::vector<std::vector<GateId>> zones;
  zones.reserve(20);
  for (int region = 0; region < 20; ++region) {
    zones.push_back(m.add(3));
  }
  for (std::size_t group = 0; group < 400; ++group) {
    std::vector<GateId> replicas;
    for (GateId zone : zones[group % zones.size()]) {
      replicas.push_back(m.gates.any({m.add(), zone, provider}));
    }
    down.push_back(m.gates.at_least(2, replicas));
  }
  const auto diagram = Diagram::build(m.gates, m.gates.any(down));
  ASSERT_TRUE(diagram);
  EXPECT_LE(diagram->node_count(), 11U * 400U);
}

/// Three replicas that each reach the world through any of 30 core groups.
TEST(Diagram, WhatIsSharedAlikeIsInterleaved) {
  Model m;
  std::vector<std::vector<GateId>> cut_off(3);
  for (int core = 0; core < 30; ++core) {
    const GateId core_down = m.gates.all(m.add(5));
    for (std::vector<GateId>& replica : cut_off) {
      replica.push_back(m.gates.any({core_down, m.add()}));
    }
  }
  std::vector<GateId> down;
  down.reserve(cut_off.size());
  for (std::vector<GateId>& replica : cut_off) {
    down.push_back(m.gates.any({m.add(), m.gates.all(replica)}));
  }
  const auto diagram = Diagram::build(m.gates, m.gates.at_least(2, down));
  ASSERT_TRUE(diagram);
  EXPECT_LE(diagram->node_count(), 5000U);
}

TEST(Diagram, LongChainsDoNotOverflowTheStack) {
  Model flat;
  flat.top = flat.gates.any(flat.add(100'000));
  const auto any = Diagram::build(flat.gates, flat.top);
  ASSERT_TRUE(any);
  EXPECT_EQ(any->node_count(), 100'000U);
  EXPECT_GT(any->probability(std::vector<double>(100'000, 1e-3)), 0.999);

  Model nested;
  nested.top = nested.add();
  for (int i = 0; i < 100'000; ++i) {
    nested.top = nested.gates.any({nested.add(), nested.top});
  }
  const auto chain = Diagram::build(nested.gates, nested.top);
  ASSERT_TRUE(chain);
  EXPECT_EQ(chain->node_count(), 100'001U);

  Model turns;
  turns.top = turns.add();
  for (int i = 0; i < 50'000; ++i) {
    turns.top = turns.gates.any({turns.add(), turns.gates.all({turns.add(), turns.top})});
  }
  const auto alternating = Diagram::build(turns.gates, turns.top);
  ASSERT_TRUE(alternating);
  EXPECT_EQ(alternating->node_count(), 100'001U);
  EXPECT_EQ(alternating->birnbaum(std::vector<double>(100'001, 0.5)).size(), 100'001U);
}

/// Two long diagrams that have to be walked side by side to the end.
TEST(Diagram, DeepOperationsDoNotOverflowTheStack) {
  Model m;
  std::vector<GateId> pairs;
  const std::vector<GateId> x = m.add(50'000);
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    pairs.push_back(m.gates.all({x[i], x[i + 1]}));
  }
  const GateId two_in_a_row = m.gates.any(pairs);
  const auto diagram = Diagram::build(m.gates, m.gates.all({two_in_a_row, m.gates.any(x)}));
  ASSERT_TRUE(diagram);
  EXPECT_LE(diagram->node_count(), 200'000U);
}

TEST(Diagram, BuildingTwiceGivesTheSame) {
  const Model m = tangle(16);
  const auto first = Diagram::build(m.gates, m.top);
  const auto second = Diagram::build(m.gates, m.top);
  ASSERT_TRUE(first && second);
  const std::vector<double> p(m.gates.variable_count(), 0.3);
  EXPECT_EQ(first->node_count(), second->node_count());
  EXPECT_EQ(first->probability(p), second->probability(p));
  EXPECT_EQ(first->birnbaum(p), second->birnbaum(p));
}

TEST(Diagram, OverBudgetSaysSoAndBoundsStillHold) {
  const Model m = tangle(40);
  const auto small = Diagram::build(m.gates, m.top, Budget{500});
  ASSERT_FALSE(small);
  EXPECT_EQ(small.error().nodes, 500U);
  const auto large = Diagram::build(m.gates, m.top);
  ASSERT_TRUE(large);
  for (double q : {1e-4, 0.1, 0.5, 0.9}) {
    const std::vector<double> p(m.gates.variable_count(), q);
    const Bounds between = bounds(m.gates, m.top, p);
    EXPECT_LE(between.low, large->probability(p));
    EXPECT_GE(between.high, large->probability(p));
  }
}

TEST(Diagram, MayBeAskedFromSeveralThreads) {
  const Model m = zonal_groups(200);
  const auto diagram = Diagram::build(m.gates, m.top);
  ASSERT_TRUE(diagram);
  const std::vector<double> p(m.gates.variable_count(), 0.01);
  const double expected = diagram->probability(p);
  std::vector<double> answers(4);
  std::vector<std::thread> threads;
  threads.reserve(answers.size());
  for (double& answer : answers) {
    threads.emplace_back([&] { answer = diagram->probability(p); });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(answers, std::vector<double>(4, expected));
}

RC_GTEST_PROP(DiagramLaws, ProbabilityIsThatOfAllAssignments, ()) {
  const Model m = random_model(14);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const auto diagram = Diagram::build(m.gates, m.top);
  RC_ASSERT(diagram.has_value());
  RC_ASSERT(std::abs(diagram->probability(p) - BruteForce(m).probability(p)) <= 1e-12);
}

RC_GTEST_PROP(DiagramLaws, BirnbaumIsTheDifferenceAVariableMakes, ()) {
  const Model m = random_model(10);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const auto diagram = Diagram::build(m.gates, m.top);
  RC_ASSERT(diagram.has_value());
  const std::vector<double> importance = diagram->birnbaum(p);
  RC_ASSERT(importance.size() == p.size());
  const BruteForce brute(m);
  for (std::size_t i = 0; i < p.size(); ++i) {
    std::vector<double> with = p;
    std::vector<double> without = p;
    with[i] = 1.0;
    without[i] = 0.0;
    const double difference = brute.probability(with) - brute.probability(without);
    RC_ASSERT(std::abs(importance[i] - difference) <= 1e-12);
    RC_ASSERT(importance[i] >= 0.0);
    RC_ASSERT(importance[i] <= 1.0);
  }
}

RC_GTEST_PROP(DiagramLaws, MoreLikelyEventsNeverMakeTheTopLessLikely, ()) {
  const Model m = random_model(14);
  std::vector<double> p = random_probabilities(m.gates.variable_count());
  const auto diagram = Diagram::build(m.gates, m.top);
  RC_ASSERT(diagram.has_value());
  const double before = diagram->probability(p);
  double& raised = p[draw_below(p.size())];
  raised += (1.0 - raised) * static_cast<double>(draw_below(101)) / 100.0;
  const double after = diagram->probability(p);
  RC_ASSERT(after >= before - 1e-15);
  RC_ASSERT(after <= 1.0);
}

RC_GTEST_PROP(DiagramLaws, NodeCountDoesNotDependOnTheRun, ()) {
  const Model m = random_model(14);
  const auto first = Diagram::build(m.gates, m.top);
  const auto second = Diagram::build(m.gates, m.top);
  RC_ASSERT(first.has_value());
  RC_ASSERT(first->node_count() == second->node_count());
}

RC_GTEST_PROP(DiagramLaws, AnyBudgetGivesTheTruthOrNothing, ()) {
  const Model m = random_model(10);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const auto diagram = Diagram::build(m.gates, m.top, Budget{draw_below(60)});
  if (diagram) {
    RC_ASSERT(std::abs(diagram->probability(p) - BruteForce(m).probability(p)) <= 1e-12);
  }
}

}  // namespace
}  // namespace outlast::engines::faulttree
