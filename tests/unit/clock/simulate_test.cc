#include "clock/simulate.h"

#include <gtest/gtest.h>

#include "unit/clock/played.h"

namespace outlast::clock {
namespace {

using findings::Simulated;
using findings::Verdict;
using support::make_blueprint;

TEST(Simulate, AStandbyTakesOverAfterItWasNoticedAndSwitchedTo) {
  const auto day = played(kShop,
                          "scenario: x\nuntil: 10m\n"
                          "faults: [{at: 60s, for: 5m, fault: down, match: {component: db}, "
                          "replicas: 1}]\n");
  EXPECT_NEAR(day.down_s.value, 74, 2);
  EXPECT_TRUE(tells(day, "promoted after 74 s", "30 s of it detection"));
  EXPECT_TRUE(day.recovers);
}

// One of four gets a quarter of the requests until it is noticed; three carry all of them.
TEST(Simulate, ADeadReplicaCostsItsShareUntilItIsNoticed) {
  const auto day = played(kShop,
                          "scenario: x\nuntil: 10m\n"
                          "faults: [{at: 60s, for: 5m, fault: down, match: {component: web}, "
                          "replicas: 1}]\n");
  EXPECT_EQ(day.down_s.value, 0);
  EXPECT_NEAR(day.lossy_s.value, 20, 2);
  EXPECT_NEAR(day.lost_requests, 300.0 / 4 * 20, 300);
}

// A quarter of the requests go to one that answers most of them wrongly, as long as it does.
TEST(Simulate, AReplicaThatWorksBadlyIsNotLeftForItsHealthChecksPass) {
  for (const std::string error : {"60%", "100%"}) {
    const auto day = played(kShop,
                            "scenario: x\nuntil: 10m\n"
                            "faults: [{at: 60s, for: 5m, fault: degrade, match: {component: web}, "
                            "replicas: 1, error: " +
                                error + "}]\n");
    EXPECT_NEAR(day.lossy_s.value, 300, 3) << error;
    EXPECT_FALSE(tells(day, "dead replicas get no more requests")) << error;
  }
}

TEST(Simulate, AHealthyReplicaThatIsTakenForDeadLosesNoRequests) {
  const auto day = played(kShop,
                          "scenario: x\nuntil: 10m\n"
                          "faults: [{at: 60s, for: 5m, fault: missense, match: {component: web}, "
                          "replicas: 1}]\n");
  EXPECT_EQ(day.lossy_s.value, 0);
  EXPECT_LT(day.lost_requests, 1);
  EXPECT_TRUE(tells(day, "1 of 4 replicas taken for dead"));
}

TEST(Simulate, ABalancerThatFailsOpenGoesOnAskingAllThatAreTakenForDead) {
  const auto misjudged = [](const std::string& who) {
    return played(kShop,
                  "scenario: x\nuntil: 10m\n"
                  "faults: [{at: 60s, for: 5m, fault: missense, match: {component: " +
                      who + "}}]\n");
  };
  const auto behind_it = misjudged("web");
  EXPECT_LT(behind_it.lost_requests, 1);
  EXPECT_TRUE(tells(behind_it, "all taken for dead"));
  const auto behind_others = misjudged("db");  // nobody says that who calls it asks all the same
  EXPECT_EQ(behind_others.down_s.value, 300);
}

TEST(Simulate, WhatIsOverBeforeAnybodyNoticesIsNotToldToBeNoticed) {
  const auto day = played(kShop,
                          "scenario: x\nuntil: 10m\n"
                          "faults: [{at: 60s, for: 10s, fault: down, match: {component: web}, "
                          "replicas: 1}]\n");
  EXPECT_FALSE(tells(day, "dead replicas get no more requests"));
}

TEST(Simulate, BothEnginesTellTheSameOfAFailover) {
  const std::string scenario =
      "scenario: x\nuntil: 5m\n"
      "faults: [{at: 60s, for: 5m, fault: down, match: {component: db}, replicas: 1}]\n";
  const auto flow = played(kShop, scenario);
  const auto requests = played(kShop, scenario, Engine::requests);
  EXPECT_NEAR(flow.down_s.value, requests.down_s.value, 3);
  EXPECT_NEAR(flow.lost_requests, requests.lost_requests, 0.05 * flow.lost_requests);
}

TEST(Simulate, ARecoveryWaitsForWhatItIsDoneWith) {
  const std::string blueprint = std::string(kShop) + "  console: {type: external.identity}\n";
  const auto day =
      played(blueprint,
             "scenario: x\nuntil: 30m\nfaults:\n"
             "  - {id: gone, at: 1m, fault: degrade, match: {component: db}, error: 100%}\n"
             "  - {at: 1m, for: 10m, fault: down, match: {component: console}}\n"
             "recoveries: [{at: 5m, recovery: restart, ends: [gone], "
             "needs: [console]}]\n");
  EXPECT_GE(day.down_s.value, 9 * 60);
  EXPECT_TRUE(tells(day, "restart", "it waited for console"));
}

TEST(Simulate, ARecoveryThatNeedsWhatItBringsBackDoesNothing) {
  const auto day = played(kShop,
                          "scenario: x\nuntil: 20m\n"
                          "faults: [{id: a, at: 60s, for: 5m, fault: down, "
                          "match: {component: db}, error: 100%}]\n"
                          "recoveries: [{at: 2m, recovery: restart, ends: [a], needs: [db]}]\n");
  EXPECT_TRUE(tells(day, "restart: does nothing", "comes back without it"));
  EXPECT_EQ(told_at(day, "restart: does nothing"), 120);
}

TEST(Simulate, ADayOnWhichNobodyComesIsNoDay) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const base::MemoryFiles files(
      {{"day.yaml", std::string("scenario: x\nusers: 0\nuntil: 10m\nfaults: [{at: 1m, for: 1m, "
                                "fault: down, match: {component: db}}]\n")}});
  const auto day = import::read_scenario("day.yaml", files, sources, diagnostics);
  ASSERT_TRUE(day.has_value());
  const auto simulated = simulate(make_blueprint(std::string(kShop)), catalog::Catalog::built_in(),
                                  *day, {}, diagnostics);
  ASSERT_FALSE(simulated);
  EXPECT_NE(simulated.error().message.find("nobody comes in"), std::string::npos);
}

TEST(Simulate, ABreakerThatFlapsIsToldOnce) {
  std::string blueprint(kShop);
  blueprint.replace(blueprint.find("needs: [db]"), 11, "needs: [db], calls: {breaker: 50% in 2s}");
  const auto day = played(blueprint,
                          "scenario: x\nuntil: 15m\nfaults: [{at: 1m, for: 10m, fault: degrade, "
                          "match: {component: db}, error: 70%}]\n");
  const auto lines = std::count_if(day.story.begin(), day.story.end(), [](const auto& line) {
    return line.event.starts_with("breaker of calls to");
  });
  EXPECT_EQ(lines, 2);
  EXPECT_TRUE(tells(day, "times within"));
  EXPECT_GT(told_at(day, "breaker of calls to db closes"), 11 * 60);
}

TEST(Simulate, AZoneThatComesBackBringsItsReplicasWithIt) {
  const auto day = played(kShop,
                          "scenario: x\nuntil: 1h\n"
                          "faults: [{at: 1m, for: 10m, fault: down, match: {zone: us-east-1a}}]\n");
  EXPECT_NEAR(day.down_s.value, 74, 3) << "the standby lies in the other zone";
  EXPECT_TRUE(day.recovers);
}

TEST(Simulate, ACutBetweenZonesCostsWhatCrossesIt) {
  const auto day = played(kShop,
                          "scenario: x\nuntil: 20m\n"
                          "faults: [{at: 1m, for: 10m, fault: cut, match: {zone: us-east-1a}, "
                          "from: {zone: us-east-1b}}]\n");
  // Half of the balancer's requests cross to the web, and half of the web's to the primary.
  EXPECT_NEAR(day.lost_share, 0.75, 0.02);
}

TEST(Simulate, WhoIsDownByTheWayOutOfItsReplicasSaysSo) {
  const auto day = played(R"(
outlast: 1
name: shop
objectives: {users: {now: 100}}
journeys: {buy: {enters: web}}
components:
  web:
    type: aws.ec2
    region: us-east-1
    replicas: 3
    at_least: 2
    zones: [us-east-1a, us-east-1b, us-east-1c]
    needs: [{to: nat, local: us-east-1a}, {to: nat, local: us-east-1b}, {to: nat, local: us-east-1c}]
  nat: {type: aws.nat, region: us-east-1, zones: [us-east-1a]}
)",
                          "scenario: x\nuntil: 10m\n"
                          "faults: [{at: 1m, for: 5m, fault: down, match: {zone: us-east-1a}}]\n");
  const auto web = std::find_if(day.course.begin(), day.course.end(), [](const auto& step) {
    return step.component == "web" && step.condition == findings::Condition::down;
  });
  ASSERT_NE(web, day.course.end());
  EXPECT_EQ(web->cause, "needs nat");
}

TEST(Simulate, ACutTakesNothingFromWhoGoesOutInItsOwnZone) {
  const std::string shop = R"(
outlast: 1
name: shop
objectives: {users: {now: 100}}
journeys: {buy: {enters: web}}
components:
  web:
    type: aws.ec2
    region: us-east-1
    replicas: 2
    zones: [us-east-1a, us-east-1b]
    needs: [{to: nat_a, local: us-east-1a}, {to: nat_b, local: us-east-1b}]
  nat_a: {type: aws.nat, region: us-east-1, zones: [us-east-1a]}
  nat_b: {type: aws.nat, region: us-east-1, zones: [us-east-1b]}
  cache: {type: aws.elasticache.node, region: us-east-1, zones: [us-east-1a]}
)";
  const std::string between = "{zone: us-east-1a}, from: {zone: us-east-1b}}]\n";
  const std::string cut =
      "scenario: x\nuntil: 20m\nfaults: [{at: 1m, for: 10m, fault: cut, match: ";
  EXPECT_LT(played(shop, cut + between).lost_share, 0.05) << "what is on its way at first";
  const std::string from_b = "{component: nat_b}, from: {zone: us-east-1b}}]\n";
  EXPECT_NEAR(played(shop, cut + from_b).lost_share, 0.5, 0.02) << "who is in that zone alone";
}

TEST(Simulate, TheReasonIsWhatUsersFeel) {
  const std::string shop = R"(
outlast: 1
name: shop
objectives: {users: {now: 100}}
journeys: {buy: {enters: web}}
components:
  web: {type: aws.ec2, region: us-east-1, zones: [us-east-1a], needs: [{to: cache, strength: soft, loses: 0%}, db]}
  cache: {type: aws.elasticache.node, region: us-east-1, zones: [us-east-1a]}
  db: {type: aws.rds, region: us-east-1, zones: [us-east-1a]}
)";
  const auto day = played(shop,
                          "scenario: x\nuntil: 2h\n"
                          "faults: [{at: 1m, for: 30m, fault: down, match: {component: cache}}, "
                          "{at: 40m, for: 20m, fault: down, match: {component: db}}]\n");
  EXPECT_EQ(day.because, "db is down");
}

// A and B lead to each other once C is gone; nothing feeds the loop then. What A calls is the
// engine's, but B does not call A: it draws on the A in its zone, and that A's calls fail.
TEST(Simulate, AStandbyIsNotFedByANeighbourThatCallsIt) {
  const auto day = played(R"(
outlast: 1
name: loop
journeys: {main: {enters: A}}
components:
  A: {kind: compute, provider: any, region: r, scope: zone, zones: [a, b], replicas: 2, at_least: 1,
      needs: [{any_of: [C, B]}]}
  B: {kind: compute, provider: any, region: r, scope: zone, zones: [b, a], replicas: 2,
      redundancy: primary_standby, needs: [{to: A, kind: supply, local: true}]}
  C: {kind: compute, provider: any, region: r, scope: zone, zones: [b], replicas: 1}
)",
                          "scenario: x\nuntil: 26m\nusers: 60\n"
                          "faults: [{at: 1m, for: 10m, fault: down, match: {zone: rb}}]\n");
  EXPECT_GE(day.down_s.value, 595);
  EXPECT_TRUE(day.recovers);
}

// B is fed by A, and A without B only by D, to which C switches. Without C the loop is not fed.
TEST(Simulate, ALoopIsNotFedByASwitchThatIsDown) {
  const auto day = played(R"(
outlast: 1
name: loop
journeys: {main: {enters: A}}
components:
  A: {kind: compute, provider: any, region: r, needs: [{any_of: [B, D], via: C}]}
  B: {kind: compute, provider: any, region: r, needs: [{to: A, kind: supply}]}
  C: {kind: compute, provider: any, region: r}
  D: {kind: compute, provider: any, region: r}
)",
                          "scenario: x\nuntil: 26m\nusers: 60\n"
                          "faults: [{at: 1m, for: 10m, fault: down, match: {component: C}}]\n");
  EXPECT_GE(day.down_s.value, 595);
  EXPECT_TRUE(day.recovers);
}

TEST(Simulate, AnAutoscalerWithoutCapacityCannotGrow) {
  const std::string grows =
      R"(
outlast: 1
name: shop
objectives: {users: {now: 100, requests_per_minute: 60}}
journeys: {visit: {enters: web}}
components:
  web: {type: aws.ec2, size: m6i.large, replicas: 1, region: us-east-1, zones: [a, b],
        scale: {min: 1, max: 10, target: cpu 60%, warm_up: 60s}}
)";
  const std::string surge =
      "scenario: x\nuntil: 40m\nfaults:\n  - {at: 1m, fault: surge, users: 600}\n";
  const std::string frozen =
      surge + "  - {at: 1m, for: 30m, fault: limit, match: {component: web}}\n";
  const auto free = played(grows, surge);
  const auto stuck = played(grows, frozen);
  EXPECT_LT(free.lossy_s.value, stuck.lossy_s.value);
  EXPECT_TRUE(tells(stuck, "gets none"));
  EXPECT_FALSE(tells(free, "gets none"));
}

TEST(Simulate, WhatNothingBringsBackIsNotSaidToRecover) {
  const auto day =
      played(kShop,
             "scenario: x\nuntil: 20m\n"
             "faults: [{at: 1m, fault: degrade, match: {component: db}, error: 90%}]\n");
  EXPECT_FALSE(day.recovers);
  EXPECT_EQ(day.survives, Verdict::no);
}

TEST(Simulate, AmountsOfWhichNothingWouldComeAreRefusedWithTheirPlace) {
  const auto code_of = [](const std::string& fault) {
    base::Sources sources;
    base::Diagnostics diagnostics;
    const base::MemoryFiles files(
        {{"day.yaml", "scenario: x\nuntil: 5m\nfaults: [{at: 1m, " + fault + "}]\n"}});
    const auto day = import::read_scenario("day.yaml", files, sources, diagnostics);
    if (day) {
      SimulateOptions options;
      (void)simulate(support::make_blueprint(std::string(kShop)), catalog::Catalog::built_in(),
                     *day, options, diagnostics);
    }
    return diagnostics.items().empty() ? std::string() : diagnostics.items().front().code;
  };
  const std::string web = ", match: {component: web}";
  EXPECT_EQ(code_of("fault: down, replicas: 0" + web), "OUT-E1807");
  EXPECT_EQ(code_of("fault: down, share: 0%" + web), "OUT-E1807");
  EXPECT_EQ(code_of("fault: degrade, slower: 0.5" + web), "OUT-E1807");
  EXPECT_EQ(code_of("fault: degrade, slower: 1" + web), "OUT-E1807");
  EXPECT_EQ(code_of("fault: degrade, error: 0%" + web), "OUT-E1807");
  EXPECT_EQ(code_of("fault: cut, match: {zone: us-east-1a}, from: {zone: us-east-1a}"),
            "OUT-E1807");
  EXPECT_EQ(code_of("fault: down, replicas: 99" + web), "OUT-E1814");
  EXPECT_EQ(code_of("fault: down, replicas: 4" + web), "");
}

TEST(Simulate, OfOneSecondCausesAreToldBeforeWhatComesOfThem) {
  const auto day = played(kShop,
                          "scenario: x\nuntil: 10m\n"
                          "faults: [{at: 60.4s, for: 200.3s, fault: degrade, "
                          "match: {component: db}, error: 100%}]\n");
  ASSERT_GE(day.story.size(), 2U);
  EXPECT_EQ(day.story.front().event, "is down");
  EXPECT_TRUE(day.story[1].event.starts_with("users are down"));
  EXPECT_EQ(day.story.back().event, "users are served again");
}

TEST(Simulate, AStoppedRunSaysSo) {
  const std::atomic<bool> stop = true;
  base::Sources sources;
  base::Diagnostics diagnostics;
  const base::MemoryFiles files(
      {{"day.yaml", std::string("scenario: x\nfaults: [{at: 1m, fault: surge, users: 5}]\n")}});
  const auto day = import::read_scenario("day.yaml", files, sources, diagnostics);
  ASSERT_TRUE(day.has_value());
  SimulateOptions options;
  options.stop = &stop;
  const auto simulated = simulate(make_blueprint(std::string(kShop)), catalog::Catalog::built_in(),
                                  *day, options, diagnostics);
  ASSERT_TRUE(simulated && *simulated);
  EXPECT_TRUE((*simulated)->is_partial);
  EXPECT_EQ((*simulated)->survives, Verdict::unknown);
}

/// Two servers for 200 a second, and 50 threads for 1,600; once payments take two seconds, for 25.
TEST(Simulate, ThreadsThatSlowCallsHoldAreToldThoughServersRunOutFirstAtRest) {
  const auto day = played(
      "outlast: 1\nname: shop\nobjectives: {users: {now: 60, requests_per_minute: 60}}\n"
      "journeys: {visit: {enters: web}}\ncomponents:\n"
      "  web: {type: aws.ec2, region: us-east-1, zones: [a], needs: [payments],\n"
      "        serving: {work: 10ms, at_once: 2, threads: 50}}\n"
      "  payments: {type: aws.ec2, region: us-east-1, zones: [a],\n"
      "             serving: {work: 20ms, at_once: 1000}}\n",
      "scenario: x\nuntil: 10m\n"
      "faults: [{at: 2m, for: 5m, fault: degrade, match: {component: payments}, slower: 100}]\n");
  EXPECT_TRUE(tells(day, "full: all its threads are held"));
  EXPECT_GT(told_at(day, "full: all its threads are held"), 119);
}

TEST(Simulate, ADayThatTakesTooManyStepsSaysHowFarItWasFollowed) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const base::MemoryFiles files({{"day.yaml", std::string("scenario: x\nuntil: 1h\nfaults: [{at: "
                                                          "1m, fault: surge, users: 5000}]\n")}});
  const auto day = import::read_scenario("day.yaml", files, sources, diagnostics);
  ASSERT_TRUE(day.has_value());
  SimulateOptions options;
  options.most_work = 1000;
  const auto simulated = simulate(make_blueprint(std::string(kShop)), catalog::Catalog::built_in(),
                                  *day, options, diagnostics);
  ASSERT_TRUE(simulated && *simulated);
  EXPECT_TRUE((*simulated)->is_partial);
  EXPECT_TRUE((*simulated)->took_too_long);
  EXPECT_LT((*simulated)->ended_s, 3600);
  EXPECT_EQ((*simulated)->survives, Verdict::unknown);
  EXPECT_NE((*simulated)->because.find("too many steps"), std::string::npos);
}

/// Sign-in that fails is felt by who asks for it: the same needs as in a replay of an outage (A-88).
TEST(Simulate, SignInThatFailsHitsAllNeedsThatAskForIt) {
  const auto down_s = [](const std::string& need) {
    return played(
               "outlast: 1\nname: shop\nobjectives: {users: {now: 300, requests_per_minute: "
               "60}}\njourneys: {visit: {enters: web}}\ncomponents:\n"
               "  web: {type: aws.ec2, size: m6i.large, replicas: 4, region: us-east-1, zones: "
               "[a], needs: [" +
                   need +
                   "]}\n"
                   "  people: {type: aws.cognito, region: us-east-1}\n",
               "scenario: day\nuntil: 20m\nfaults:\n"
               "  - {fault: down, at: 1m, for: 10m, match: {component: people}, operations: "
               "[auth]}\n")
        .down_s.value;
  };
  EXPECT_NEAR(down_s("{to: people, strength: auth}"), 600, 10);
  EXPECT_NEAR(down_s("{to: people, operations: [login]}"), 600, 10);
  EXPECT_NEAR(down_s("{to: people, operations: [auth]}"), 600, 10);
  EXPECT_EQ(down_s("{to: people, operations: [read]}"), 0);
}

/// The same as in the survival table (A-271): a cache that does not serve answers nothing.
TEST(Simulate, ACacheAnswersNothingWhileWhatItNeedsIsDown) {
  const auto down_s = [](const std::string& of_cache) {
    return played(
               "outlast: 1\nname: shop\nobjectives: {users: {now: 300, requests_per_minute: "
               "60}}\njourneys: {visit: {enters: web}}\ncomponents:\n"
               "  web: {type: aws.ec2, size: m6i.large, replicas: 4, region: us-east-1, zones: "
               "[a], needs: [{to: db, cached: {in: cache, hits: 90%}}, {to: cache, strength: "
               "soft}]}\n"
               "  cache: {type: aws.elasticache.redis, region: us-east-1, zones: [a], needs: [" +
                   of_cache +
                   "]}\n"
                   "  db: {type: aws.rds.postgres, region: us-east-1, zones: [a], needs: [store]}\n"
                   "  store: {type: external.payment}\n",
               "scenario: day\nuntil: 20m\nfaults:\n"
               "  - {fault: down, at: 1m, for: 10m, match: {component: store}}\n")
        .down_s.value;
  };
  EXPECT_EQ(down_s(""), 0);
  EXPECT_GE(down_s("store"), 600) << "and until the store has started again";
}

TEST(Simulate, WhatIsLostIsWorthTheValueOfItsTime) {
  std::string text(kShop);
  text.replace(text.find("{enters: lb}"), 12, "{enters: lb, value: 900 USD/hour}");
  const auto day = played(text,
                          "scenario: x\nuntil: 40m\nfaults: [{at: 5m, for: 20m, fault: degrade, "
                          "error: 100%, match: {component: lb}}]\n");
  ASSERT_EQ(day.journeys.size(), 1U);
  EXPECT_NEAR(day.journeys.front().usd_lost, 300, 15) << "a third of an hour";
  EXPECT_NEAR(day.journeys.front().usd_lost,
              900.0 * day.journeys.front().lost_requests / (300 * 3600), 1e-6);
}

}  // namespace
}  // namespace outlast::clock
