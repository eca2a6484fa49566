#include "reproduction/mechanisms.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace outlast::reproduction {
namespace {

constexpr double kMinute = 60;

TEST(Draws, TheFirstBadOneFollowsFromTheShareThatIsUpgraded) {
  // A tenth more at each draw: all good with 0.9, 0.9 · 0.8 = 0.72, 0.504, 0.3024, 0.1512, 0.06048.
  const When when = first_bad({.every_s = 5 * kMinute, .upgraded_per_s = 0.1 / (5 * kMinute)});
  EXPECT_DOUBLE_EQ(when.low_s, 1 * 5 * kMinute);
  EXPECT_DOUBLE_EQ(when.at_s, 4 * 5 * kMinute);
  EXPECT_DOUBLE_EQ(when.high_s, 6 * 5 * kMinute);
}

TEST(Draws, AllAreBadFromTheFirstOneAfterTheUpgrade) {
  EXPECT_DOUBLE_EQ(all_bad_from({.every_s = 300, .upgraded_per_s = 1.0 / 1000}), 1200);
  EXPECT_FALSE(std::isfinite(all_bad_from({.every_s = 300, .upgraded_per_s = 0})));
}

TEST(Draws, WhatIsPutInLeavesWithTheNextFile) {
  EXPECT_DOUBLE_EQ(next_draw(301, 300), 600);
  EXPECT_DOUBLE_EQ(next_draw(600, 300), 600);
}

TEST(Draws, NoneIsEverBadWhereNothingIsUpgraded) {
  EXPECT_FALSE(first_bad({.every_s = 300, .upgraded_per_s = 0}).comes());
}

RC_GTEST_PROP(Draws, AFasterUpgradeIsNeverLater, ()) {
  const double every_s = *rc::gen::inRange(10, 1000);
  const double upgraded_per_s = *rc::gen::inRange(1, 1000) / 1e6;
  const Draws slow{every_s, upgraded_per_s};
  const Draws fast{every_s, 2 * upgraded_per_s};
  RC_ASSERT(first_bad(fast).at_s <= first_bad(slow).at_s);
  RC_ASSERT(all_bad_from(fast) <= all_bad_from(slow));
  RC_ASSERT(first_bad(slow).at_s <= all_bad_from(slow));
}

Channel staged() {
  return {.steps = {0.01, 0.1, 1},
          .propagates_s = 600,
          .bake_s = 60,
          .activation_s = 300,
          .is_watched = true,
          .requests_per_s = 1e6};
}

TEST(Channel, ACrashAfterTheGatePassesItAndSpoilsTheLastGoodState) {
  const Spread spread = spread_of(staged());
  EXPECT_DOUBLE_EQ(spread.first_s, 300);
  ASSERT_TRUE(spread.all_s.has_value());
  EXPECT_DOUBLE_EQ(*spread.all_s, 600 + 2 * 60 + 300) << "two stages are watched before all";
  EXPECT_TRUE(spread.is_poisoned);
}

TEST(Channel, AGateThatWaitsLongerThanTheCrashStopsItAtTheFirstStage) {
  Channel channel = staged();
  channel.bake_s = 301;
  const Spread spread = spread_of(channel);
  EXPECT_FALSE(spread.all_s.has_value());
  EXPECT_DOUBLE_EQ(spread.reached, 0.01);
  EXPECT_FALSE(spread.is_poisoned);
}

TEST(Channel, AGateThatNobodyAsksOrThatMeetsNoRequestStopsNothing) {
  Channel channel = staged();
  channel.bake_s = 400;
  channel.is_watched = false;
  EXPECT_TRUE(spread_of(channel).all_s.has_value());
  channel.is_watched = true;
  channel.requests_per_s = 0;
  EXPECT_TRUE(spread_of(channel).all_s.has_value());
}

TEST(Channel, AStateThatHasToProveItselfIsNotSpoiled) {
  Channel channel = staged();
  channel.validated = true;
  const Spread spread = spread_of(channel);
  EXPECT_TRUE(spread.all_s.has_value());
  EXPECT_FALSE(spread.is_poisoned);
}

TEST(Work, CollapsesWhereItOutlastsThePatienceOfThoseWhoAsk) {
  EXPECT_TRUE(collapses({.takes_s = 601, .gives_up_s = 600}));
  EXPECT_FALSE(collapses({.takes_s = 600, .gives_up_s = 600}));
  EXPECT_FALSE(collapses({.takes_s = 601, .gives_up_s = 600, .is_admitted = true}));
  EXPECT_FALSE(collapses({.takes_s = 1e9, .gives_up_s = std::nullopt}));
}

}  // namespace
}  // namespace outlast::reproduction
