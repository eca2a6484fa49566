// Requests of journeys that fare differently: each loses what it needs, and nothing that others need.

#include <gtest/gtest.h>

#include "clock/kinds.h"
#include "unit/clock/played.h"

namespace outlast::clock {
namespace {

using findings::JourneyFate;

/// Readers and buyers by one way; `needs` are those of what both come to.
std::string by_one_way(const std::string& needs, const std::string& more = "") {
  return R"(
outlast: 1
name: shop
objectives: {users: {now: 300, requests_per_minute: 60}}
journeys:
  browse: {enters: lb, operations: [read], weight: 60%}
  buy: {enters: lb, operations: [read, write], weight: 40%}
components:
  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web]}
  web: {type: aws.ec2, size: m6i.large, replicas: 4, at_least: 1, region: us-east-1, zones: [a, b],
        needs: [)" +
         needs + "]" + more + R"(}
  db: {type: aws.rds.postgres, size: db.m5.large, region: us-east-1, zones: [a, b], replicas: 2,
       redundancy: primary_standby}
)";
}

std::string down_for_5m(const std::string& what) {
  return "scenario: x\nuntil: 15m\nfaults: [{at: 60s, for: 5m, fault: down, match: {component: " +
         what + "}]\n";
}

JourneyFate fate(const findings::Simulated& day, const std::string& journey) {
  const auto found = std::find_if(day.journeys.begin(), day.journeys.end(),
                                  [&](const auto& each) { return each.name == journey; });
  EXPECT_NE(found, day.journeys.end());
  return found == day.journeys.end() ? JourneyFate{} : *found;
}

class Kinds : public testing::TestWithParam<Engine> {};
INSTANTIATE_TEST_SUITE_P(BothEngines, Kinds, testing::Values(Engine::flow, Engine::requests));

TEST_P(Kinds, AFaultOfWritesTakesAllFromWhoWritesAndNothingFromWhoReads) {
  for (const std::string hit : {"web}, operations: [write]", "db}, operations: [write]"}) {
    const auto day = played(by_one_way("db"), down_for_5m(hit), GetParam());
    EXPECT_EQ(fate(day, "browse").lost_requests, 0) << hit;
    EXPECT_NEAR(fate(day, "buy").down_s, 300, 5) << hit;
    EXPECT_NEAR(fate(day, "buy").lost_requests, 300 * 0.4 * 300, 1500) << hit;
    EXPECT_TRUE(tells(day, "loses 100 % of the requests to write")) << hit;
  }
}

TEST_P(Kinds, WhatOnlyWritersNeedTakesNothingFromReaders) {
  const auto day =
      played(by_one_way("{to: db, operations: [write]}"), down_for_5m("db}, error: 1"), GetParam());
  EXPECT_EQ(fate(day, "browse").lost_requests, 0);
  EXPECT_NEAR(fate(day, "buy").down_s, 300, 5);
}

// Readers share connections, threads and a breaker with writers, and still get theirs.
TEST_P(Kinds, RetriesOfWritersAreWritesToo) {
  const auto day = played(
      by_one_way("db",
                 ", serving: {threads: 100}, calls: {timeout: 1s, retries: 2, backoff: 50ms, "
                 "connections: 50}"),
      down_for_5m("db}, operations: [write]"), GetParam());
  EXPECT_EQ(fate(day, "browse").lost_requests, 0);
  EXPECT_NEAR(fate(day, "buy").down_s, 300, 5);
}

TEST_P(Kinds, ReplicasThatFailWritesFailTheirShareOfThem) {
  const auto day =
      played(by_one_way("db"), down_for_5m("web}, replicas: 1, operations: [write]"), GetParam());
  EXPECT_EQ(fate(day, "browse").lost_requests, 0);
  EXPECT_NEAR(fate(day, "buy").lost_requests, 300 * 0.4 * 300 / 4, 1000);
}

TEST_P(Kinds, AFaultMayBeOfAnOperationThatAJourneyNamesItself) {
  std::string shop = by_one_way("db");
  shop.replace(shop.find("[read, write]"), 13, "[read, order]");
  const auto day = played(shop, down_for_5m("web}, operations: [order]"), GetParam());
  EXPECT_EQ(fate(day, "browse").lost_requests, 0);
  EXPECT_NEAR(fate(day, "buy").down_s, 300, 5);
  EXPECT_TRUE(tells(day, "loses 100 % of the requests to order"));
}

TEST(KindsOfFaults, AnOperationThatNobodyHasIsAMistake) {
  base::Diagnostics diagnostics;
  blueprint::ScenarioFault fault;
  fault.own_operations = {"wriet"};
  check_operations(support::make_blueprint(by_one_way("db")), fault, diagnostics);
  ASSERT_TRUE(diagnostics.has_errors());
  EXPECT_EQ(diagnostics.items().front().help, "did you mean \"write\"?");
}

TEST(KindsOfFaults, WhatIsNotAskedForHitsNobodyAndIsTold) {
  const auto day = played(by_one_way("db"), down_for_5m("db}, operations: [config]"));
  EXPECT_EQ(day.lost_requests, 0);
  EXPECT_TRUE(tells(day, "nobody here asks it for config", "of the scenario"));
}

// Of a journey that names no operations nothing says that it does without writes.
TEST(KindsOfFaults, WhoNamesNoOperationsTakesAll) {
  const auto day = played(kShop, down_for_5m("db}, operations: [write]"));
  EXPECT_NEAR(day.down_s.value, 300, 5);
}

}  // namespace
}  // namespace outlast::clock
