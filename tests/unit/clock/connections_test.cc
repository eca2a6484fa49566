#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "clock/carried.h"
#include "clock/load_model.h"
#include "clock/surge.h"
#include "support/make_blueprint.h"
#include "unit/clock/played.h"

namespace outlast::clock {
namespace {

std::string shop(const std::string& calls) {
  return "outlast: 1\nname: shop\njourneys: {visit: {enters: web}}\ncomponents:\n"
         "  web: {type: aws.ec2, size: m6i.4xlarge, replicas: 3, at_least: 1, region: us-east-1, "
         "zones: [a], calls: {" +
         calls +
         "}, needs: [db]}\n"
         "  db: {type: aws.rds.mysql, size: db.m5.large, replicas: 1, region: us-east-1, zones: "
         "[a]}\n";
}

TEST(Connections, EachReplicaOfACallerHasItsOwn) {
  const auto bp = support::make_blueprint(shop("connections: 4, waiting: 2"));
  const auto load = load_model_of(bp, catalog::Catalog::built_in(), Strain::likely);
  for (std::size_t i = 0; i < load.ways.size(); ++i) {
    if (load.ways[i].from.exists()) {
      const auto& call = load.model.calls[engines::simulation::CallId(i)];
      EXPECT_EQ(call.pool, 4U);
      EXPECT_EQ(call.pool_line, 2U);
    }
  }
}

TEST(Connections, TooFewOfThemLoseRequestsThatAllPartsHaveRoomFor) {
  const auto lost = [](const std::string& calls) {
    const auto surge = surge_of(support::make_blueprint(shop(calls)), catalog::Catalog::built_in(),
                                {100, 2000, 60});
    EXPECT_TRUE(surge.has_value());
    return surge ? surge->lost_share : 1;
  };
  const double with_room = lost("connections: 1000");
  EXPECT_LT(with_room, 0.02);
  EXPECT_GT(lost("connections: 1, waiting: 0, timeout: 1s"), 2 * with_room);
}

/// A name that is gone is no loss yet to who keeps its address, whatever that says.
TEST(Connections, WhoKeepsAnOldAddressGoesOnWithANameThatHasNone) {
  const auto lost = [](const std::string& keeps) {
    return played(
        "outlast: 1\nname: shop\nobjectives: {users: {now: 300}}\n"
        "journeys: {visit: {enters: web}}\ncomponents:\n"
        "  web: {type: aws.ec2, size: m6i.large, needs: [{to: db, ttl: 60s" +
            keeps +
            "}]}\n"
            "  db: {type: aws.rds.mysql, size: db.m5.large}\n",
        "scenario: x\nuntil: 30m\nfaults: [{at: 5m, for: 10m, fault: unresolve, match: "
        "{component: db}}]\n");
  };
  const auto all = lost("");
  EXPECT_NEAR(all.lost_share, 1, 1e-3);
  const auto most = lost(", stale: 40%, stale_for: 30d");
  EXPECT_NEAR(most.lost_share, 0.6, 0.01);
  EXPECT_NEAR(most.lost_requests / all.lost_requests, 0.6, 0.01);
  const auto unsaid = lost(", stale: 40%");
  EXPECT_TRUE(std::any_of(
      unsaid.assumptions.begin(), unsaid.assumptions.end(),
      [](const auto& assumed) { return assumed.name.find("old addresses") != std::string::npos; }));
}

TEST(Connections, WhatTakesTooManyStepsNamesTheCallThatIsGivenUpSoonest) {
  const auto told = [](const std::string& calls) {
    const auto load = load_model_of(support::make_blueprint(shop(calls)),
                                    catalog::Catalog::built_in(), Strain::likely);
    return too_long("the surge", load).value().message;
  };
  EXPECT_NE(told("timeout: 5ms").find("web gives up on db after 5 ms"), std::string::npos)
      << told("timeout: 5ms");
  EXPECT_NE(told("timeout: 5s").find("many parts are called"), std::string::npos);
}

}  // namespace
}  // namespace outlast::clock
