// What load does alone is no fault's harm, and who leads calls sees load too.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "clock/carried.h"
#include "clock/frontier.h"
#include "clock/software_rows.h"
#include "clock/surge.h"
#include "unit/clock/played.h"

namespace outlast::clock {
namespace {

using findings::Verdict;

/// A part that carries some 190 requests a second, in front of a payment provider.
std::string small_shop(int users) {
  return "outlast: 1\nname: shop\nobjectives: {users: {now: " + std::to_string(users) +
         ", requests_per_minute: 60}}\njourneys: {visit: {enters: web}}\ncomponents:\n"
         "  web: {type: aws.ec2, size: m6i.large, replicas: 2, at_least: 1, region: us-east-1, "
         "zones: [a, b], needs: [{pay: soft}]}\n  pay: {type: external.payment}\n";
}

const std::string kPay =
    "scenario: x\nuntil: 20m\n"
    "faults: [{at: 5m, for: 5m, fault: down, match: {component: pay}}]\n";

TEST(LoadAlone, IsToldBesideWhatTheFaultsAdd) {
  const auto crowded = played(small_shop(4000), kPay);
  ASSERT_TRUE(crowded.alone);
  EXPECT_GT(crowded.down_s.value, 15 * 60);
  EXPECT_NEAR(crowded.alone->down_s.value, crowded.down_s.value, 5);
  EXPECT_NEAR(crowded.alone->added_down_s.value, 0, 5);
  EXPECT_TRUE(crowded.because.starts_with("load alone does it, faults or not")) << crowded.because;
}

TEST(LoadAlone, OfADayWithoutFaultsNothingIsSetApart) {
  EXPECT_FALSE(played(small_shop(100),
                      "scenario: x\nuntil: 10m\n"
                      "faults: [{at: 1m, fault: surge, users: 200}]\n")
                   .alone);
}

TEST(LoadAlone, WhatIsOnlyUnderWayIsNotLost) {
  // A longer answer, and within patience: for a while more come than are answered.
  const auto day = played(small_shop(300),
                          "scenario: x\nuntil: 4m\nfaults: [{at: 1m, for: 1m, "
                          "fault: degrade, match: {component: web}, slower: 1.2}]\n");
  EXPECT_LT(day.lost_requests, 1);
  EXPECT_EQ(day.lossy_s.value, 0);
}

TEST(LoadAlone, WhatChanceAloneTipsOverIsNotSurvived) {
  const auto day = [](const std::string& calls) {
    return played(
        "outlast: 1\nname: x\nobjectives: {users: {now: 1000, requests_per_minute: 6}}\n"
        "journeys: {visit: {enters: lb}}\ncomponents:\n"
        "  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web, {pay: soft}], calls: "
        "{" +
            calls +
            "}}\n  web: {type: aws.ec2, size: m6i.large, region: us-east-1, zones: [a]}\n"
            "  pay: {type: external.payment}\n",
        kPay);
  };
  const auto tipped = day("timeout: 50ms, retries: 3");
  EXPECT_EQ(tipped.survives, Verdict::unknown);
  EXPECT_TRUE(tipped.because.starts_with("chance alone fills web")) << tipped.because;
  EXPECT_EQ(day("timeout: 50ms").because.find("chance"), std::string::npos);
}

TEST(LoadAlone, AFrontierTellsWhatNoSurgeIsNeededFor) {
  const auto found = frontier_of(
      support::make_blueprint(
          "outlast: 1\nname: x\nobjectives: {users: {now: 600, requests_per_minute: 6}}\n"
          "journeys: {visit: {enters: lb}}\ncomponents:\n"
          "  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web], calls: "
          "{timeout: 60ms, retries: 9}}\n"
          "  web: {type: aws.ec2, size: m6i.large, region: us-east-1, zones: [a]}\n"),
      catalog::Catalog::built_in(), std::nullopt);
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->is_down_at_rest);
  EXPECT_TRUE(found->by_chance.starts_with("chance alone fills web")) << found->by_chance;
}

TEST(LoadAlone, ASlowServerIsNotBlamedForIt) {
  std::vector<blueprint::Assumption> assumptions;
  const auto row = software_rows(support::make_blueprint(small_shop(20000)),
                                 catalog::Catalog::built_in(), assumptions)
                       .front();
  EXPECT_EQ(row.survives, Verdict::unknown);
  EXPECT_NE(row.because.front().find("load alone is more than is carried"), std::string::npos)
      << row.because.front();
}

/// Two thousand servers that call each other as a tree.
std::string tree_of_servers(bool are_alike) {
  constexpr std::size_t kServers = 2000;
  std::string tree =
      "outlast: 1\nobjectives: {users: {now: 2000, requests_per_minute: 4}}\n"
      "journeys: {visit: {enters: c0}}\ncomponents:\n";
  for (std::size_t i = 0; i < kServers; ++i) {
    tree += fmt::format(
        "  c{}: {{type: aws.ec2, region: us-east-1, zones: [a, b], replicas: 2, "
        "serving: {{queue: {}}}, needs: [",
        i, are_alike ? 1000 : 1000 + i);
    for (std::size_t child = 2 * i + 1; child < std::min(2 * i + 3, kServers); ++child) {
      tree += fmt::format("c{},", child);
    }
    tree += "]}\n";
  }
  return tree;
}

TEST(SoftwareRows, WhatCannotBeFollowedIsNotKnownToBeSurvived) {
  const auto bp = support::make_blueprint(tree_of_servers(false));
  std::vector<blueprint::Assumption> assumptions;
  for (const auto& row : software_rows(bp, catalog::Catalog::built_in(), assumptions)) {
    EXPECT_EQ(row.survives, Verdict::unknown) << row.worst_case;
    EXPECT_EQ(row.because.front(), "the load could not be followed") << row.worst_case;
  }
}

TEST(SoftwareRows, AsManyThatAreAlikeAreFollowed) {
  const auto bp = support::make_blueprint(tree_of_servers(true));
  std::vector<blueprint::Assumption> assumptions;
  for (const auto& row : software_rows(bp, catalog::Catalog::built_in(), assumptions)) {
    EXPECT_NE(row.because.front(), "the load could not be followed") << row.worst_case;
  }
}

constexpr std::string_view kTwoSites = R"(
outlast: 1
name: shop
objectives: {users: {now: 100, requests_per_minute: 60}}
journeys: {visit: {enters: lb}}
components:
  lb: {type: aws.alb, region: us-east-1, zones: [a, b],
       needs: [{any_of: [small, large], via: dns, detect: 30s, takes: 10s}]}
  dns: {type: aws.route53}
  small: {type: aws.ec2, size: m6i.large, replicas: 1, region: us-east-1, zones: [a]}
  large: {type: aws.ec2, size: m6i.24xlarge, replicas: 4, region: us-east-1, zones: [b]}
)";

TEST(Routing, AnOverloadedTargetIsSwitchedAwayFromInBothEngines) {
  const std::string day = "scenario: x\nuntil: 3m\nfaults: [{at: 1m, fault: surge, users: 900}]\n";
  for (const Engine engine : {Engine::flow, Engine::requests}) {
    const auto surged = played(kTwoSites, day, engine);
    const double at_s = told_at(surged, "calls go to large");
    EXPECT_GE(at_s, 60 + 40);
    EXPECT_LT(at_s, 60 + 40 + 45) << "once most of its calls fail";
    EXPECT_GT(surged.served[125], 800) << "large carries all of them";
    EXPECT_GT(told_at(surged, "calls go to small"), at_s + 30) << "small has been well as long";
  }
}

TEST(Routing, WhoIsDeadIsLeftOutUntilItIsBack) {
  const auto day = played(R"(
outlast: 1
name: two
objectives: {users: {now: 300, requests_per_minute: 60}}
journeys: {visit: {enters: lb}}
components:
  lb: {type: aws.alb, region: us-east-1, zones: [a, b],
       needs: [{any_of: [x, y], detect: 10s, takes: 0s}]}
  x: {type: aws.ec2, size: m6i.large, replicas: 1, region: us-east-1, zones: [a]}
  y: {type: aws.ec2, size: m6i.large, replicas: 1, region: us-east-1, zones: [b]}
)",
                          "scenario: x\nuntil: 12m\n"
                          "faults: [{at: 2m, for: 5m, fault: down, match: {component: x}}]\n");
  EXPECT_NEAR(told_at(day, "deals among 1 of 2"), 130, 1.5);
  EXPECT_NEAR(told_at(day, "deals among 2 of 2"), 430, 1.5);
  EXPECT_GT(day.lossy_s.value, 200) << "the other one is too small for all";
}

TEST(Routing, WhatIsDownCannotSwitch) {
  const auto day = played(kTwoSites,
                          "scenario: x\nuntil: 20m\nfaults:\n"
                          "  - {at: 1m, for: 15m, fault: down, match: {component: small}}\n"
                          "  - {at: 30s, for: 5m, fault: down, match: {component: dns}}\n");
  EXPECT_NEAR(told_at(day, "calls go to large"), 330 + 10, 1.5);
}

TEST(Cuts, CallsOfOneRequestAreLostTogether) {
  const auto day = played(R"(
outlast: 1
name: shop
objectives: {users: {now: 50, requests_per_minute: 60}}
journeys: {visit: {enters: web}}
components:
  web: {type: aws.ec2, size: m6i.large, replicas: 4, at_least: 1, region: us-east-1, zones: [a, b],
        needs: [db, cache], calls: {timeout: 1s, retries: 3}}
  db: {type: aws.rds.postgres, size: db.m5.large, region: us-east-1, zones: [a, b], replicas: 2,
       redundancy: primary_standby}
  cache: {type: aws.elasticache.redis, region: us-east-1, zones: [a]}
)",
                          "scenario: x\nuntil: 10m\n"
                          "faults: [{at: 1m, for: 5m, fault: cut, match: {zone: us-east-1a}, "
                          "from: {zone: us-east-1b}}]\n");
  // What lies in b reaches neither, however often it asks; what lies in a reaches both.
  EXPECT_NEAR(day.lost_share, 0.5, 0.02);
  EXPECT_EQ(day.gravest, "web: 50 % of its calls to db get nowhere");
}

TEST(Cuts, TakeTheWayThatTheyNameAlone) {
  const auto day = played(R"(
outlast: 1
name: shop
objectives: {users: {now: 50, requests_per_minute: 60}}
journeys: {visit: {enters: web}}
components:
  web: {type: aws.ec2, size: m6i.large, replicas: 4, at_least: 1, region: us-east-1, zones: [a, b],
        needs: [stock]}
  stock: {type: aws.ec2, size: m6i.large, replicas: 2, at_least: 1, region: us-east-1, zones: [a, b]}
)",
                          "scenario: x\nuntil: 10m\n"
                          "faults: [{at: 1m, for: 5m, fault: cut, "
                          "match: {component: stock, zone: us-east-1a}, "
                          "from: {component: web, zone: us-east-1b}}]\n");
  // Half of web lies in b, and half of its calls lead to a; the way from a to b is whole.
  EXPECT_NEAR(day.lost_share, 0.25, 0.02);
}

std::string stored_in(const std::string& zones, const std::string& at_least) {
  return R"(
outlast: 1
name: shop
objectives: {users: {now: 50, requests_per_minute: 60}}
journeys: {visit: {enters: web}}
components:
  web: {type: aws.ec2, size: m6i.large, replicas: 2, at_least: 1, region: us-east-1, zones: [a, b],
        needs: [db]}
  db: {type: aws.ec2, size: m6i.large, holds: orders, region: us-east-1, zones: )" +
         zones + ", replicas: 3, at_least: " + at_least + "}\n";
}

findings::Simulated cut_apart(const std::string& blueprint, Engine engine) {
  return played(blueprint,
                "scenario: x\nuntil: 10m\nfaults: [{at: 1m, for: 5m, fault: cut, match: "
                "{zone: us-east-1a}, from: {zone: us-east-1b}}]\n",
                engine);
}

TEST(Cuts, ReplicasThatReachTooFewOfTheOthersTakeNoWrites) {
  for (const Engine engine : {Engine::flow, Engine::requests}) {
    // Two lie in a, one in b, and two are a quorum: b's is alone.
    const auto apart = cut_apart(stored_in("[a, b]", "2"), engine);
    EXPECT_TRUE(tells(apart, "1 of 3 replicas cut off from too many of the others"));
    EXPECT_FALSE(tells(apart, "both sides"));
    // The third, in c, reaches both: either side has two.
    const auto with_a_third = cut_apart(stored_in("[a, b, c]", "2"), engine);
    EXPECT_FALSE(tells(with_a_third, "cut off"));
    EXPECT_FALSE(tells(with_a_third, "both sides"));
  }
}

TEST(Cuts, WhereEitherSideIsEnoughItIsNotKnownWhoTakesWrites) {
  const auto day = cut_apart(stored_in("[a, b]", "1"), Engine::flow);
  EXPECT_TRUE(tells(day, "both sides of the cut may go on taking writes"));
  EXPECT_EQ(day.survives, findings::Verdict::unknown);
  EXPECT_EQ(day.because, "both sides of db may go on taking writes");
}

TEST(Cuts, ABalancerLeavesOutWhatItCannotReach) {
  const std::string shop = R"(
outlast: 1
name: shop
objectives: {users: {now: 50, requests_per_minute: 60}}
journeys: {visit: {enters: lb}}
components:
  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web]}
  web: {type: aws.ec2, size: m6i.large, replicas: 3, at_least: 1, region: us-east-1, zones: [a, b],
        switching: {detect: 20s, takes: 0s}}
)";
  const std::string cut =
      "scenario: x\nuntil: 5m\nfaults: [{at: 1m, for: 3m, fault: cut, match: {zone: us-east-1a}, "
      "from: {zone: us-east-1b}}]\n";
  for (const Engine engine : {Engine::flow, Engine::requests}) {
    const auto day = played(shop, cut, engine);
    EXPECT_NEAR(day.lossy_s.value, 20, 3);
    EXPECT_NEAR(day.lost_requests, 20 * 50 / 2.0, 120);
    EXPECT_NEAR(told_at(day, "deals among 1 of 2"), 80, 3);
  }
}

/// At their high end the reviews are too few for all who come, and nobody says what they are worth;
/// what fails, nobody needs.
TEST(LoadAlone, ThatCostsUsersSomethingAtWorstIsNoHarmOfTheFaults) {
  const auto day = played(
      "outlast: 1\nname: shop\n"
      "objectives: {users: {now: 100, requests_per_minute: 60}}\n"
      "journeys: {visit: {enters: web}}\n"
      "components:\n"
      "  web: {type: aws.ec2, size: m6i.24xlarge, replicas: 4, region: us-east-1, zones: [a],\n"
      "        needs: [{to: reviews, strength: soft}]}\n"
      "  reviews: {type: aws.ec2, size: m6i.large, replicas: 1, region: us-east-1, zones: [a]}\n"
      "  spare: {type: external.identity}\n",
      "scenario: x\nuntil: 1h\n"
      "faults: [{at: 1m, for: 10m, fault: down, match: {component: spare}}]\n");
  EXPECT_EQ(day.survives, Verdict::unknown) << day.because;
  EXPECT_NE(day.because.find("losing something between 0 s and"), std::string::npos) << day.because;
  EXPECT_NE(day.because.find("at worst by load alone"), std::string::npos) << day.because;
}

TEST(Requests, AreRepeatedForAnInterval) {
  const std::string lossy =
      "scenario: x\nuntil: 2m\nfaults: [{at: 30s, for: 1m, fault: degrade, "
      "match: {component: web}, error: 2%}]\n";
  const auto day = played(small_shop(100), lossy, Engine::requests, 3);
  EXPECT_EQ(day.runs, 3U);
  EXPECT_LT(day.lossy_s.low, day.lossy_s.value);
  EXPECT_GT(day.lossy_s.high, day.lossy_s.value);
  for (const std::size_t runs : {1U, 12U}) {
    EXPECT_EQ(played(small_shop(100), lossy, Engine::requests, runs).runs, runs);
  }
}

/// At their high end the servers are too few, at the likely one they are not: neither engine knows.
TEST(Requests, AtBothEndsOfWhatNobodyStatedSayWhatTheFlowSays) {
  std::string shop = small_shop(150);
  shop.replace(shop.find("objectives: {"), 13,
               "objectives: {recovery: {software: {rto: 20s, rpo: 0s}}, ");
  const std::string pay =
      "scenario: x\nuntil: 1m\nfaults: [{at: 5s, for: 10s, fault: degrade, "
      "match: {component: web}, error: 50%}]\n";
  const auto flow = played(shop, pay);
  const auto requests = played(shop, pay, Engine::requests);
  for (const auto& day : {flow, requests}) {
    EXPECT_EQ(day.survives, Verdict::unknown) << day.because;
    EXPECT_LT(day.down_s.low, 20);
    EXPECT_GT(day.down_s.high, 25);
    EXPECT_NE(day.because.find("by what nobody stated"), std::string::npos) << day.because;
  }
  EXPECT_NEAR(requests.down_s.high, flow.down_s.high, 5);
}

// Callers give up after 250 ms: before its servers are full too many calls are late.
const std::string kHasty =
    "outlast: 1\nname: x\nobjectives: {users: {now: 100, peak: 1000, within: 10m, "
    "requests_per_minute: 60}}\njourneys: {visit: {enters: lb}}\ncomponents:\n"
    "  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web], "
    "calls: {timeout: 250ms, retries: 3}}\n"
    "  web: {type: aws.ec2, size: m6i.large, replicas: 3, region: us-east-1, zones: [a, b], "
    "scale: {min: 3, max: 9, warm_up: 60s}}\n";

TEST(Carried, SurgeAndFrontierAgreeOnWhatIsCarried) {
  const auto bp = support::make_blueprint(kHasty);
  const auto& catalog = catalog::Catalog::built_in();
  const auto surge = surge_of(bp, catalog, {100, 1000, 600});
  ASSERT_TRUE(surge);
  const double most = surge->max_sustainable_users.value;
  const auto beyond = frontier_of(bp, catalog, 1.05 * most);
  ASSERT_TRUE(beyond);
  EXPECT_TRUE(beyond->is_down_at_rest);
  // Where it is not down at rest a frontier takes many runs: the same is asked directly.
  EXPECT_EQ(carries(load_model_of(bp, catalog, Strain::likely), 0.98 * most), true);
  EXPECT_LE(most, 0.98 * 9 * 2 * 100);
}

TEST(Carried, OfSeveralThatAreFullFromTheStartTheTightestIsFirst) {
  const auto bp = support::make_blueprint(small_shop(10));
  const auto surge = surge_of(bp, catalog::Catalog::built_in(), {1000, 100'000, 900});
  ASSERT_TRUE(surge && surge->saturates_first);
  EXPECT_EQ(surge->at_s, 0);
  const auto fast = surge_of(bp, catalog::Catalog::built_in(), {100, 900'000, 900});
  ASSERT_TRUE(fast && fast->saturates_first);
  EXPECT_NEAR(fast->saturates_first->at_users, 0.98 * 400, 1)
      << "within the first step, as many as its servers work for";
}

}  // namespace
}  // namespace outlast::clock
