#include "engines/simulation/answers.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engines/simulation/model.h"
#include "engines/simulation/stationary.h"

namespace outlast::engines::simulation {
namespace {

Answers one_of_four_slow() {
  Answers all;
  all.add({0.75, 0, 0.01, 1});
  all.add({0.25, 1, 0.2, 1});
  return all;
}

TEST(Answers, MergingKeepsMeanAndSuccess) {
  Answers all;
  for (int i = 0; i < 20; ++i) {
    all.add({0.05, 0.1 * i, 0.01 * i, i % 4 == 0 ? 0.0 : 1.0});
  }
  EXPECT_EQ(all.size(), Answers::kMost);
  EXPECT_NEAR(all.mean_s(), 0.11 * 9.5, 1e-9);
  EXPECT_NEAR(all.good(), 0.75, 1e-12);
}

TEST(Answers, SlowOnesStayApartThroughManyCalls) {
  const Answers thrice = one_of_four_slow().repeated(3);
  EXPECT_NEAR(thrice.mean_s(), 3 * one_of_four_slow().mean_s(), 1e-9);
  double fast = 0;
  for (const AnswerPart& part : thrice) {
    fast += part.mean_s() < 0.5 ? part.share : 0;
  }
  EXPECT_NEAR(fast, 0.75 * 0.75 * 0.75, 1e-12);
}

TEST(Answers, WhoFailsAsksNobodyElse) {
  Answers all;
  all.add({0.5, 1, 0, 0});
  all.fill();
  all.then(one_of_four_slow());
  EXPECT_NEAR(all.good(), 0.5, 1e-12);
  EXPECT_NEAR(all.mean_s(), 0.5 + 0.5 * one_of_four_slow().mean_s(), 1e-12);
}

TEST(Answers, ThoseInTimeHaveTheMeanOfACutExponential) {
  const AnswerPart part{1, 0.1, 0.5, 1};
  const double u = (0.4 - 0.1) / 0.5;
  const double mean_s = 0.1 + 0.5 - 0.3 * std::exp(-u) / (1 - std::exp(-u));
  EXPECT_NEAR(within(part, 0.4).mean_s(), mean_s, 1e-12);
  EXPECT_EQ(within(part, kForever), part);
  EXPECT_NEAR(mean_within(part, 0.4), 0.1 + 0.5 * (1 - std::exp(-u)), 1e-12);
}

TEST(Answers, SumsOfThreeExponentialsAreThoseOfTheirDensities) {
  // By stages: alike means are an Erlang distribution, P(X > t) = e^-x (1 + x + x²/2).
  const double x = 3;
  EXPECT_NEAR(sojourn_beyond(3, {1, 1}, 1, false, 1), std::exp(-x) * (1 + x + x * x / 2), 1e-3);
  EXPECT_NEAR(sojourn_beyond(3, {1, 2}, 1, false, 1e-9), 2 * std::exp(-1.5) - std::exp(-3.0), 1e-3);
  EXPECT_NEAR(sojourn_beyond(3, {0, 2}, 1, false, 2), 2 * std::exp(-1.5) - std::exp(-3.0), 1e-12);
}

}  // namespace
}  // namespace outlast::engines::simulation
