#include <gtest/gtest.h>

#include "unit/clock/played.h"

namespace outlast::clock {
namespace {

using findings::Verdict;

/// The shop, with reviews that only visits show, and by a share of their value.
std::string shop_with(const std::string& loses) {
  std::string blueprint(kShop);
  blueprint.replace(blueprint.find("now: 300"), 8, "now: 20");
  const std::string all = "journeys: {visit: {enters: lb}}";
  blueprint.replace(blueprint.find(all), all.size(),
                    "journeys:\n  visit: {enters: lb, operations: [read], weight: 60%}\n"
                    "  buy: {enters: lb, operations: [write], weight: 40%}");
  const std::string needs = "needs: [db]";
  blueprint.replace(blueprint.find(needs), needs.size(),
                    "needs: [db, {to: reviews, strength: soft, operations: [read]" + loses + "}]");
  return blueprint + "  reviews: {type: external.identity}\n";
}

constexpr std::string_view kReviewsFail =
    "scenario: x\nuntil: 30m\n"
    "faults: [{at: 1m, for: 10m, fault: degrade, match: {component: reviews}, error: 100%}]\n";

TEST(Missed, WhatUsersCanDoWithoutCostsTheShareOfItsValue) {
  const auto day = played(shop_with(", loses: 20%"), std::string(kReviewsFail));
  EXPECT_EQ(day.down_s.value, 0);
  EXPECT_EQ(day.lossy_s.value, 0);
  EXPECT_NEAR(day.partly_s.value, 600, 3);
  ASSERT_EQ(day.journeys.size(), 2U);
  EXPECT_NEAR(day.journeys[0].value_lost_low, 0.2, 1e-6);
  EXPECT_NEAR(day.journeys[0].value_lost_high, 0.2, 1e-6);
  EXPECT_EQ(day.journeys[1].partly_s, 0) << "who buys sees no reviews";
  EXPECT_TRUE(tells(day, "users go without reviews"));
  EXPECT_TRUE(tells(day, "users have reviews again"));
}

TEST(Missed, ForLongerThanItMayBeDownIsDegraded) {
  std::string longer(kReviewsFail);
  longer.replace(longer.find("for: 10m"), 8, "for: 16m");
  EXPECT_EQ(played(shop_with(", loses: 20%"), std::string(kReviewsFail)).survives, Verdict::yes);
  EXPECT_EQ(played(shop_with(", loses: 20%"), longer).survives, Verdict::degraded);
  EXPECT_EQ(played(shop_with(""), longer).survives, Verdict::degraded)
      << "as the survival table has it where nobody says how much it is";
}

TEST(Missed, BothEnginesTellTheSame) {
  const std::string blueprint = shop_with(", loses: 20%");
  const std::string half =
      "scenario: x\nuntil: 3m\n"
      "faults: [{at: 1m, for: 1m, fault: degrade, match: {component: reviews}, error: 50%}]\n";
  const auto flow = played(blueprint, half);
  const auto requests = played(blueprint, half, Engine::requests);
  EXPECT_NEAR(flow.partly_s.value, requests.partly_s.value, 6);
  EXPECT_NEAR(flow.journeys[0].value_lost_high, 0.1, 1e-3);
  EXPECT_NEAR(requests.journeys[0].value_lost_high, 0.1, 0.05);
}

}  // namespace
}  // namespace outlast::clock
