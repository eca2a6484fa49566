// What it takes to start something is waited for: launches, promotions, recoveries.

#include <gtest/gtest.h>

#include "unit/clock/played.h"

namespace outlast::clock {
namespace {

constexpr std::string_view kGroup = R"(
outlast: 1
name: shop
objectives: {users: {now: 100, requests_per_minute: 60}}
journeys: {visit: {enters: lb}}
components:
  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web]}
  web: {type: aws.autoscaling, size: m6i.large, replicas: 4, at_least: 1, region: us-east-1,
        zones: [a, b], scale: {min: 4, max: 8, warm_up: 60s}, needs: [{images: startup}]}
  images: {type: aws.s3, region: us-east-1}
)";

constexpr std::string_view kDead =
    "  - {at: 1m, fault: down, match: {component: web}, replicas: 1}\n";

double back_after(const std::string& faults) {
  const auto day = played(kGroup, "scenario: x\nuntil: 2h\nfaults:\n" + faults);
  return told_at(day, "1 of 4 replicas back") - 60;
}

TEST(Launches, AReplacementWaitsForAControlPlaneThatIsDownAndThenGoesOn) {
  const double free_s = back_after(std::string(kDead));
  ASSERT_GT(free_s, 60);
  const double waits_s =
      back_after(std::string(kDead) +
                 "  - {at: 1m, for: 30m, fault: down, plane: control, match: {component: web}}\n");
  EXPECT_NEAR(waits_s, 30 * 60 + free_s, 1);
}

TEST(Launches, AReplacementWaitsForALimit) {
  const double free_s = back_after(std::string(kDead));
  const std::string limit = "  - {at: 30s, for: 20m, fault: limit, match: {component: web}";
  EXPECT_NEAR(back_after(std::string(kDead) + limit + "}\n"), 20 * 60 - 30 + free_s, 1);
  EXPECT_NEAR(back_after(std::string(kDead) + limit + ", replicas: 4}\n"), free_s, 1)
      << "four may run, and three do";
  EXPECT_NEAR(back_after(std::string(kDead) + limit + ", replicas: 3}\n"), 20 * 60 - 30 + free_s,
              1);
}

TEST(Launches, ALimitThatBeginsLaterDoesNotStopWhatIsBeingStarted) {
  EXPECT_NEAR(back_after(std::string(kDead) +
                         "  - {at: 70s, for: 30m, fault: limit, match: {component: web}}\n"),
              back_after(std::string(kDead)), 1);
}

TEST(Launches, AReplacementWaitsForWhatItStartsFrom) {
  const double free_s = back_after(std::string(kDead));
  EXPECT_NEAR(
      back_after(std::string(kDead) + "  - {at: 50s, for: 15m, fault: degrade, error: 100%, "
                                      "match: {component: images}}\n"),
      15 * 60 - 10 + free_s, 1);
}

TEST(Launches, AnAutoscalerWaitsForWhatItsReplicasStartFrom) {
  const std::string surge = "  - {at: 1m, fault: surge, users: 1500}\n";
  const auto frozen = played(kGroup, "scenario: x\nuntil: 40m\nfaults:\n" + surge +
                                         "  - {at: 30s, for: 20m, fault: degrade, error: 100%, "
                                         "match: {component: images}}\n");
  EXPECT_TRUE(tells(frozen, "gets none"));
  EXPECT_GT(told_at(frozen, "replicas are up"), 20.5 * 60);
  const auto free = played(kGroup, "scenario: x\nuntil: 40m\nfaults:\n" + surge);
  EXPECT_LT(told_at(free, "replicas are up"), 10 * 60);
}

TEST(Launches, AStandbyIsPromotedOnceItsControlPlaneIsUp) {
  const std::string dead =
      "scenario: x\nuntil: 20m\nfaults:\n"
      "  - {at: 60s, for: 15m, fault: down, match: {component: db}, replicas: 1}\n";
  const auto day = played(
      kShop,
      dead + "  - {at: 50s, for: 5m, fault: down, plane: control, match: {component: db}}\n");
  // From 5:50 on it can be promoted; it was noticed by then, and takes 44 s.
  EXPECT_NEAR(day.down_s.value, 350 - 60 + 44, 2);
  EXPECT_TRUE(tells(day, "promoted", "it waited for its control plane"));
  const auto limited =
      played(kShop, dead + "  - {at: 50s, for: 5m, fault: limit, match: {component: db}}\n");
  EXPECT_NEAR(limited.down_s.value, 74, 2) << "nothing is launched for it";
}

TEST(Launches, AddedCapacityWaitsForALimit) {
  const auto day = played(kGroup,
                          "scenario: x\nuntil: 40m\nfaults:\n"
                          "  - {at: 1m, for: 20m, fault: limit, match: {component: web}}\n"
                          "recoveries: [{at: 5m, recovery: add_capacity, "
                          "match: {component: web}, replicas: 2}]\n");
  EXPECT_EQ(told_at(day, "2 replicas more"), 21 * 60);
}

TEST(Recoveries, WhatOnlyCallsWhatIsRecoveredIsUpForIt) {
  const auto day =
      played(kShop,
             "scenario: x\nuntil: 30m\nfaults:\n"
             "  - {id: gone, at: 1m, fault: degrade, match: {component: db}, "
             "error: 100%}\n"
             "recoveries: [{at: 5m, recovery: restart, ends: [gone], needs: [web]}]\n");
  EXPECT_EQ(told_at(day, "restart"), 5 * 60);
  EXPECT_TRUE(day.recovers);
}

TEST(Recoveries, WhatIsItselfRecoveredIsNotUpForIt) {
  const auto day = played(kShop,
                          "scenario: x\nuntil: 30m\nfaults:\n"
                          "  - {id: gone, at: 1m, fault: degrade, match: {component: db}, "
                          "error: 100%}\n"
                          "recoveries: [{at: 5m, recovery: restart, ends: [gone], needs: [db]}]\n");
  EXPECT_TRUE(tells(day, "cannot be done"));
}

TEST(Recoveries, WhatALaterOneBringsBackIsWaitedFor) {
  const std::string blueprint = std::string(kShop) + "  console: {type: external.identity}\n";
  const auto day =
      played(blueprint,
             "scenario: x\nuntil: 30m\nfaults:\n"
             "  - {id: gone, at: 1m, fault: degrade, match: {component: db}, error: 100%}\n"
             "  - {id: out, at: 1m, fault: degrade, match: {component: console}, error: 100%}\n"
             "recoveries:\n"
             "  - {at: 5m, recovery: restart, ends: [gone], needs: [console]}\n"
             "  - {at: 12m, recovery: repair, ends: [out]}\n");
  EXPECT_EQ(told_at(day, "restart"), 12 * 60);
}

TEST(Recoveries, WhatCannotBeSeenOrWorkedWithIsWaitedFor) {
  const std::string blueprint = std::string(kShop) + "  console: {type: external.identity}\n";
  for (const std::string plane : {"observe", "human", "control"}) {
    const auto day =
        played(blueprint,
               "scenario: x\nuntil: 30m\nfaults:\n"
               "  - {id: gone, at: 1m, fault: degrade, match: {component: db}, error: 100%}\n"
               "  - {at: 1m, for: 9m, fault: down, plane: " +
                   plane +
                   ", match: {component: console}}\n"
                   "recoveries: [{at: 5m, recovery: restart, ends: [gone], needs: [console]}]\n");
    EXPECT_EQ(told_at(day, "restart"), 10 * 60) << plane;
  }
}

}  // namespace
}  // namespace outlast::clock
