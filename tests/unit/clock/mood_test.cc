#include "clock/mood.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "unit/clock/played.h"

namespace outlast::clock {
namespace {

/// So many of a hundred requests a second are lost, in the mean, for `lost_s` of ten minutes.
Asked drawn(double lost, int lost_s) {
  std::mt19937 random(7);
  Asked asked;
  for (int i = 0; i < 600; ++i) {
    const double share = i >= 60 && i < 60 + lost_s ? lost : 0;
    std::binomial_distribution<int> failing(100, share);
    const int failed = failing(random);
    asked.offered.push_back(100);
    asked.failed.push_back(failed);
    asked.served.push_back(100 - failed);
  }
  return asked;
}

double down_s(const Asked& asked) {
  const auto moods = moods_of(asked, 1, true);
  return static_cast<double>(std::count(moods.steps.begin(), moods.steps.end(), Mood::down));
}

TEST(Mood, ChanceAboutHalfIsNoDowntime) {
  EXPECT_EQ(down_s(drawn(0.45, 300)), 0);
  EXPECT_EQ(down_s(drawn(0.48, 300)), 0);
}

TEST(Mood, ALittleMoreThanHalfIsDownThroughout) {
  EXPECT_NEAR(down_s(drawn(0.54, 300)), 300, 10);
  EXPECT_NEAR(down_s(drawn(0.6, 300)), 300, 5);
}

TEST(Mood, AShortOutageKeepsItsLength) {
  EXPECT_EQ(down_s(drawn(1, 3)), 3);
  EXPECT_EQ(down_s(drawn(1, 300)), 300);
}

TEST(Mood, NearHalfIsTold) {
  EXPECT_NEAR(moods_of(drawn(0.48, 300), 1, true).near_half_s, 300, 15);
  EXPECT_NEAR(moods_of(drawn(0.8, 300), 1, true).near_half_s, 0, 5);
}

TEST(Mood, BothEnginesAgreeNearHalf) {
  for (const auto& [error, down_s] : {std::pair("47%", 0.0), {"50%", 0.0}, {"54%", 300.0}}) {
    const std::string day =
        std::string("scenario: x\nuntil: 8m\nfaults: [{at: 1m, for: 5m, fault: ") +
        "degrade, match: {component: db}, error: " + error + "}]\n";
    const auto flow = played(kShop, day);
    const auto requests = played(kShop, day, Engine::requests);
    EXPECT_NEAR(flow.down_s.value, down_s, 2) << error;
    EXPECT_NEAR(requests.down_s.value, down_s, 10) << error;
    EXPECT_NEAR(flow.near_half_s, 300, 10) << error;
    EXPECT_NEAR(requests.near_half_s, 300, 30) << error;
  }
}

}  // namespace
}  // namespace outlast::clock
