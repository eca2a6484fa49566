#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "engines/faulttree/diagram.h"
#include "models.h"

namespace outlast::engines::faulttree {
namespace {

using base::GateId;

TEST(Bounds, AreExactWhereNothingIsLeftToAsk) {
  Model m;
  m.top = m.add();
  const std::vector<double> p{0.3};
  EXPECT_EQ(bounds(m.gates, m.top, p).low, 0.3);
  EXPECT_EQ(bounds(m.gates, m.top, p).high, 0.3);
  EXPECT_EQ(bounds(m.gates, m.gates.never(), p).high, 0.0);
  EXPECT_EQ(bounds(m.gates, m.gates.always(), p).low, 1.0);
}

/// Three gates over two variables each, of which all share the last.
std::vector<GateId> sharing(Model& m) {
  const GateId shared = m.add();
  std::vector<GateId> gates;
  for (const GateId own : m.add(3)) {
    gates.push_back(m.gates.any({own, shared}));
  }
  return gates;
}

TEST(Bounds, OfAllThatShareLieBetweenIndependenceAndTheLeastLikely) {
  Model m;
  std::vector<GateId> gates = sharing(m);
  gates.pop_back();
  m.top = m.gates.all(gates);
  const Bounds between = bounds(m.gates, m.top, std::vector{0.0625, 0.04, 0.2, 0.0});
  EXPECT_NEAR(between.low, 0.1 * 0.25, 1e-15);
  EXPECT_NEAR(between.high, 0.1, 1e-15);
}

TEST(Bounds, OfAnyThatShareLieBetweenTheMostLikelyAndIndependence) {
  Model m;
  const GateId shared = m.add();
  m.top = m.gates.any({m.gates.all({shared, m.add()}), m.gates.all({shared, m.add()})});
  const Bounds between = bounds(m.gates, m.top, std::vector{0.5, 0.2, 0.4});
  EXPECT_NEAR(between.low, 0.2, 1e-15);
  EXPECT_NEAR(between.high, 0.28, 1e-15);
}

TEST(Bounds, OfTwoOfThreeThatShareUseMarkovAndAPair) {
  Model m;
  m.top = m.gates.at_least(2, sharing(m));
  const double of_each = 1 - (1 - 1e-4) * (1 - 9e-4);
  const Bounds between = bounds(m.gates, m.top, std::vector{1e-4, 9e-4, 9e-4, 9e-4});
  EXPECT_NEAR(between.low / (of_each * of_each), 1.0, 1e-12);
  EXPECT_NEAR(between.high / (1.5 * of_each), 1.0, 1e-12);
}

TEST(Bounds, AreExactWhereNothingIsShared) {
  Model m;
  const std::vector<GateId> x = m.add(7);
  m.top = m.gates.any({m.gates.all({x[0], x[1]}), m.gates.at_least(2, {x[2], x[3], x[4]}),
                       m.gates.all({x[5], x[6]})});
  const std::vector<double> p{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7};
  const Bounds between = bounds(m.gates, m.top, p);
  const double two_of_three = 0.3 * 0.4 * 0.5 + 0.7 * 0.4 * 0.5 + 0.3 * 0.6 * 0.5 + 0.3 * 0.4 * 0.5;
  const double truth = 1 - (1 - 0.02) * (1 - two_of_three) * (1 - 0.42);
  EXPECT_NEAR(between.low, truth, 1e-13);
  EXPECT_NEAR(between.high, truth, 1e-13);
}

TEST(Bounds, WhatIsSettledTiesNothingTogether) {
  Model m;
  m.top = m.gates.at_least(2, sharing(m));
  const Bounds between = bounds(m.gates, m.top, std::vector{0.0, 0.1, 0.1, 0.1});
  EXPECT_NEAR(between.low, 0.028, 1e-15);
  EXPECT_NEAR(between.high, 0.028, 1e-15);
}

TEST(Bounds, ManyUnlikelyEventsStayUnlikely) {
  Model m;
  m.top = m.gates.any(m.add(1000));
  const Bounds between = bounds(m.gates, m.top, std::vector<double>(1000, 1e-20));
  EXPECT_NEAR(between.high / 1e-17, 1.0, 1e-10);
}

TEST(Bounds, OfWhatIsNegatedElsewhereAreNoWiderThanThePartsAlone) {
  Model m;
  const GateId a = m.add(), b = m.add();
  const GateId no_a = m.gates.negation(base::VariableId(0U));
  m.top = m.gates.any({m.gates.all({a, b}), m.gates.all({no_a, m.add()})});
  const Bounds between = bounds(m.gates, m.top, std::vector{0.5, 1e-6, 1e-4});
  EXPECT_NEAR(between.low / 5e-5, 1.0, 1e-12);            // the likelier of the two
  EXPECT_NEAR(between.high / (5e-7 + 5e-5), 1.0, 1e-12);  // both of them
}

TEST(Bounds, OfThreeOfFourThatShareLeaveTheLikeliestOut) {
  Model m;
  const GateId a = m.add();
  const GateId no_a = m.gates.negation(base::VariableId(0U));
  m.top = m.gates.at_least(3, {a, no_a, m.add(), m.add()});
  const Bounds between = bounds(m.gates, m.top, std::vector{0.5, 0.01, 0.02});
  EXPECT_EQ(between.low, 0.0);
  EXPECT_NEAR(between.high, 0.03, 1e-12);  // without a and its opposite: one of the other two
}

void contain_the_truth(const Model& m) {
  std::vector<double> p = random_probabilities(m.gates.variable_count());
  if (*rc::gen::arbitrary<bool>()) {
    for (double& value : p) {
      value *= 1e-3;
    }
  }
  const Bounds between = bounds(m.gates, m.top, p);
  const double truth = BruteForce(m).probability(p);
  RC_ASSERT(0.0 <= between.low);
  RC_ASSERT(between.low <= between.high);
  RC_ASSERT(between.high <= 1.0);
  RC_ASSERT(between.low <= truth + 1e-13);
  RC_ASSERT(truth - 1e-13 <= between.high);
}

RC_GTEST_PROP(BoundsLaws, ContainTheTruth, ()) {
  contain_the_truth(random_model(12));
}

RC_GTEST_PROP(BoundsLaws, ContainTheTruthOfWhatIsNegated, ()) {
  contain_the_truth(random_model_with_negation(12));
}

}  // namespace
}  // namespace outlast::engines::faulttree
