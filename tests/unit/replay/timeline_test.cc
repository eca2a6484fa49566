#include "replay/timeline.h"

#include <gtest/gtest.h>

#include <cmath>

namespace outlast::replay {
namespace {

Timeline down(double begin, double end, double lost = 1) {
  return wave({.begins_s = begin, .fades_s = end, .lost = lost});
}

TEST(Timeline, IsConstantBetweenSteps) {
  const Timeline t = down(10, 20, 0.6);
  EXPECT_EQ(t.lost_at(9.9), 0);
  EXPECT_EQ(t.lost_at(10), 0.6);
  EXPECT_EQ(t.lost_at(19.9), 0.6);
  EXPECT_EQ(t.lost_at(20), 0);
  EXPECT_EQ(t.first(kDown), 10);
  EXPECT_EQ(t.over_s(), 20);
  EXPECT_EQ(t.time_at_least(0.7), 0);
}

TEST(Timeline, AWaveIsHalfWayInTheMiddleOfItsRise) {
  const Timeline t = wave({.begins_s = 0, .rises_s = 60, .fades_s = 600, .falls_s = 120});
  EXPECT_DOUBLE_EQ(t.first(kDown), 30);
  EXPECT_DOUBLE_EQ(t.time_at_least(kDown), 630);
  EXPECT_DOUBLE_EQ(t.over_s(), 720);
}

TEST(Timeline, AWaveThatFadesWhileItRisesIsCutShort) {
  const Timeline t = wave({.begins_s = 0, .rises_s = 100, .fades_s = 30, .falls_s = 100});
  EXPECT_LT(t.most_lost(), 0.35);
  EXPECT_EQ(t.time_at_least(kDown), 0);
  EXPECT_TRUE(wave({.begins_s = 10, .fades_s = 10}).is_never());
}

TEST(Timeline, WhatIsReachedOfARiseIsInTheMiddleOfItsSteps) {
  const Timeline t = wave({.begins_s = 0, .rises_s = 100, .fades_s = 1});
  EXPECT_DOUBLE_EQ(t.lost_at(0.52), 0.00525);
  EXPECT_LT(t.most_lost(), 0.01);
  EXPECT_DOUBLE_EQ(t.over_s(), 1);
}

TEST(Timeline, UsersFollowASwitchInAStraightLine) {
  const Timeline t = switched(down(0, 1000), {}, {}, {.detect_s = 10, .takes_s = 5, .ttl_s = 100});
  EXPECT_EQ(t.lost_at(14), 1);
  EXPECT_NEAR(t.lost_at(65), 0.5, 0.05);
  EXPECT_EQ(t.over_s(), 115);
}

TEST(Timeline, WhoKeepsOldAddressesFollowsLater) {
  const Timeline t =
      switched(down(0, 1000), {}, {},
               {.detect_s = 10, .takes_s = 5, .ttl_s = 100, .stale = 0.2, .stale_s = 300});
  EXPECT_NEAR(t.lost_at(116), 0.2, 0.01);
  EXPECT_NEAR(t.lost_at(215), 0.1, 0.01);
  EXPECT_EQ(t.lost_at(316), 0);
}

TEST(Timeline, AtLeastTwoOfThreeIsTheSecondWorst) {
  const Timeline t = lost_by_at_least(2, {down(0, 10), down(5, 20), down(8, 9, 0.5)});
  EXPECT_EQ(t, down(5, 10));
  EXPECT_EQ(worst_of({down(0, 10), down(5, 20)}), down(0, 20));
  EXPECT_TRUE(lost_by_at_least(2, {down(0, 10)}).is_never());
}

TEST(Timeline, ABufferPutsOffEachStretch) {
  const Timeline twice = worst_of({down(0, 10), down(100, 200)});
  EXPECT_EQ(after_buffer(twice, 20, 0), down(120, 200));
  EXPECT_EQ(after_buffer(down(0, 10), 2, 5), down(2, 15));
}

TEST(Timeline, ASwitchActsOnceItIsNoticedAndWhatSwitchesIsUp) {
  EXPECT_EQ(switched(down(0, 100), {}, {}, {10, 5}), down(0, 15));
  EXPECT_EQ(switched(down(0, 100), down(0, 40), {}, {10, 5}), down(0, 45));
  EXPECT_EQ(switched(down(0, 100), down(0, 400), {}, {10, 5}), down(0, 100));
  EXPECT_EQ(switched(down(0, 100), {}, down(20, 30), {10, 5}),
            worst_of({down(0, 15), down(20, 30)}));
  // A loss of one request in three is not noticed.
  EXPECT_EQ(switched(down(0, 100, 0.3), {}, {}, {10, 5}), down(0, 100, 0.3));
  EXPECT_EQ(switched(down(0, 100, 0.3), {}, {}, {10, 5, 0.2}), down(0, 15, 0.3));
  EXPECT_EQ(switched(down(0, 100), down(40, 60), {}, {10, 5}), down(0, 15));
  EXPECT_EQ(switched(down(0, 100), down(40, 60), {}, {0, 0, kDown, false}), down(40, 60));
}

TEST(Timeline, WhatNeverEndsIsUnbounded) {
  const Timeline t({{5, 1}});
  EXPECT_TRUE(std::isinf(t.over_s()));
  EXPECT_TRUE(std::isinf(t.time_at_least(kDown)));
  EXPECT_TRUE(std::isinf(t.first_below(kDown, 6)));
}

}  // namespace
}  // namespace outlast::replay
