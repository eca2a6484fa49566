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

TEST(Bounds, OfAllLieBetweenIndependenceAndTheLeastLikely) {
  Model m;
  m.top = m.gates.all(m.add(2));
  const Bounds between = bounds(m.gates, m.top, std::vector{0.1, 0.2});
  EXPECT_NEAR(between.low, 0.02, 1e-15);
  EXPECT_EQ(between.high, 0.1);
}

TEST(Bounds, OfAnyLieBetweenTheMostLikelyAndIndependence) {
  Model m;
  m.top = m.gates.any(m.add(2));
  const Bounds between = bounds(m.gates, m.top, std::vector{0.1, 0.2});
  EXPECT_EQ(between.low, 0.2);
  EXPECT_NEAR(between.high, 0.28, 1e-15);
}

TEST(Bounds, OfTwoOfThreeUseMarkovAndAPair) {
  Model m;
  m.top = m.gates.at_least(2, m.add(3));
  const Bounds between = bounds(m.gates, m.top, std::vector{1e-3, 1e-3, 1e-3});
  EXPECT_NEAR(between.low, 1e-6, 1e-18);
  EXPECT_NEAR(between.high, 1.5e-3, 1e-15);
}

TEST(Bounds, ManyUnlikelyEventsStayUnlikely) {
  Model m;
  m.top = m.gates.any(m.add(1000));
  const Bounds between = bounds(m.gates, m.top, std::vector<double>(1000, 1e-20));
  EXPECT_NEAR(between.high / 1e-17, 1.0, 1e-10);
}

RC_GTEST_PROP(BoundsLaws, ContainTheTruth, ()) {
  const Model m = random_model(12);
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

}  // namespace
}  // namespace outlast::engines::faulttree
