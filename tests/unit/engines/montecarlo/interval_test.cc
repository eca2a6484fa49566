#include "engines/montecarlo/interval.h"

#include <gtest/gtest.h>

namespace outlast::engines::montecarlo {
namespace {

constexpr double kZ = 1.959963984540054;

TEST(ScoreInterval, IsWilsonsWhereAHitIsOne) {
  const Interval interval = score_interval({100, 0.1, 0.1}, kZ);  // 10 of 100
  EXPECT_NEAR(interval.low, 0.05522914, 1e-8);
  EXPECT_NEAR(interval.high, 0.17436566, 1e-8);
}

TEST(ScoreInterval, IsNeverEmpty) {
  EXPECT_EQ(score_interval({1000, 0, 0}, kZ).low, 0);
  EXPECT_NEAR(score_interval({1000, 0, 0}, kZ).high, kZ * kZ / (1000 + kZ * kZ), 1e-12);
  EXPECT_EQ(score_interval({1000, 1, 1}, kZ).high, 1);
  EXPECT_LT(score_interval({1000, 1, 1}, kZ).low, 0.9999);
  EXPECT_EQ(score_interval({0, 0, 0}, kZ).high, 1);
}

TEST(ScoreInterval, OfSmallHitsIsShorter) {
  const Interval whole = score_interval({1000, 0.01, 0.01}, kZ);
  const Interval halves = score_interval({1000, 0.01, 0.005}, kZ);
  EXPECT_LT(halves.high - halves.low, whole.high - whole.low);
  EXPECT_LT(halves.low, 0.01);
  EXPECT_GT(halves.high, 0.01);
}

TEST(ScoreInterval, SeenFromBothEndsIsTheSame) {
  const Interval few = score_interval({500, 0.02, 0.02}, kZ);
  const Interval many = score_interval({500, 0.98, 0.98}, kZ);
  EXPECT_NEAR(few.low, 1 - many.high, 1e-12);
  EXPECT_NEAR(few.high, 1 - many.low, 1e-12);
}

}  // namespace
}  // namespace outlast::engines::montecarlo
