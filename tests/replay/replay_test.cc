#include "replay/replay.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "replay/incidents_replayed.h"

namespace outlast {
namespace {

using findings::Verdict;
using findings::verdict_of;
using namespace support;

constexpr const char* kAws = "aws-2025-10-20";

TEST(Aws20251020, RunningServersWithPooledConnectionsAreNotDown) {
  const auto replay = replayed(kAws, shop("{to: table, pool: 30d}"));
  EXPECT_EQ(verdict_of(replay), Verdict::yes);
  EXPECT_EQ(replay.outcome.downtime_s, 0);
  EXPECT_GT(replay.outcome.users, 0);
}

TEST(Aws20251020, NoPoolThatIsClosedWithinHoursIsSoldAsEnough) {
  for (const char* pool : {"1h", "3h", "4h"}) {
    const auto replay = replayed(kAws, shop(std::string("{to: table, pool: ") + pool + "}"));
    EXPECT_TRUE(findings::is_graver(verdict_of(replay), Verdict::yes)) << pool;
    EXPECT_TRUE(std::none_of(replay.prevented_by.begin(), replay.prevented_by.end(),
                             [](const auto& one) { return one.adds.empty(); }));
  }
}

TEST(Aws20251020, CallingTheDatabaseCostsItsPhase) {
  const auto replay = replayed(kAws, shop("table"));
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  EXPECT_NEAR(replay.outcome.downtime_s, 2.7 * kHour, 0.1 * kHour);
  EXPECT_EQ(replay.outcome.users, 1);
  EXPECT_NE(replay.because.front().find("name of the database"), std::string::npos);
}

/// Those who keep the old address for longer than it says go on with it.
TEST(Aws20251020, AnAddressThatIsKeptWhateverItSaysIsNotLost) {
  const auto lost = [](const std::string& kept) {
    return replayed(kAws, shop("{to: table, ttl: 5m" + kept + "}"));
  };
  const auto none = lost("");
  const auto some = lost(", stale: 20%, stale_for: 1d");
  EXPECT_EQ(none.outcome.users, 1);
  EXPECT_LT(some.outcome.users, 0.85);
  EXPECT_GT(some.outcome.users, 0.8);
  const auto most = lost(", stale: 60%, stale_for: 30d");
  EXPECT_EQ(most.outcome.downtime_s, 0);
  EXPECT_LT(lost(", stale: 60%, stale_for: 1h").outcome.downtime_s, none.outcome.downtime_s);
}

TEST(Aws20251020, WhatNobodySaysOfConnectionsIsTold) {
  const auto tells = [](const std::string& need) {
    const auto all = replayed(kAws, shop(need)).assumptions;
    return std::any_of(all.begin(), all.end(),
                       [](const auto& one) { return one.name == "connections of web"; });
  };
  EXPECT_TRUE(tells("table"));
  EXPECT_FALSE(tells("{to: table, pool: 10m}"));
  EXPECT_FALSE(tells("{to: users, strength: auth}"));
}

/// What is taken to lie elsewhere is not hit, which is no more than that.
TEST(Aws20251020, ARegionThatIsTakenFromOthersIsTold) {
  const auto tells = [](const std::string& region) {
    const auto all = replayed(kAws,
                              "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
                              "  web: {type: aws.ec2, region: us-west-2, needs: [table]}\n"
                              "  table: {type: aws.dynamodb" +
                                  region + "}\n")
                         .assumptions;
    return std::any_of(all.begin(), all.end(),
                       [](const auto& one) { return one.name == "table: region"; });
  };
  EXPECT_TRUE(tells(""));
  EXPECT_FALSE(tells(", region: us-west-2"));
}

TEST(Aws20251020, WhenASwitchActsIsToldWhereNobodySaysSo) {
  const auto tells = [](const std::string& via) {
    const auto all =
        replayed(kAws,
                 "outlast: 1\njourneys: {buy: {enters: site}}\ncomponents:\n"
                 "  site: {type: aws.route53, needs: [{any_of: [east, west], at_least: "
                 "1, via: names" +
                     via +
                     "}]}\n"
                     "  names: {type: aws.route53}\n"
                     "  east: {type: aws.lambda, region: us-east-1}\n"
                     "  west: {type: aws.lambda, region: us-west-2}\n")
            .assumptions;
    return std::any_of(all.begin(), all.end(),
                       [](const auto& one) { return one.name == "when site switches"; });
  };
  EXPECT_TRUE(tells(", detect: 90s, takes: 60s"));
  EXPECT_FALSE(tells(", detect: 90s, takes: 60s, notices: 20%"));
}

TEST(Aws20251020, MoreZonesAloneDoNotHelp) {
  const auto one = replayed(kAws, shop("table"));
  const auto three = replayed(kAws, shop("table", "zones: [a, b, c], replicas: 6, at_least: 2"));
  EXPECT_EQ(one.outcome.downtime_s, three.outcome.downtime_s);
  EXPECT_EQ(verdict_of(three), Verdict::no);
}

TEST(Aws20251020, SigningInThroughTheRegionCostsHours) {
  const auto replay = replayed(kAws, shop("{to: users, strength: auth}"));
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  EXPECT_GT(replay.outcome.downtime_s, kHour);
  EXPECT_GT(replay.outcome.degraded_s, 2.5 * kHour);  // once more through the balancers
}

TEST(Aws20251020, LaunchingForEachRequestCostsMostOfTheDay) {
  const auto replay = replayed(kAws, shop("{to: workers, operations: [launch]}"));
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  EXPECT_GT(replay.outcome.downtime_s, 10 * kHour);
}

TEST(Aws20251020, WithoutTheWorkOfComingBackOnlyTheFirstPhaseIsLeft) {
  incidents::Incident without = incident(kAws);
  std::erase_if(without.phases, [](const auto& phase) { return phase.is_recovery_work; });
  const auto replay = replayed(without, shop("{to: workers, operations: [launch]}"));
  const auto database = replayed(kAws, shop("table"));
  EXPECT_NEAR(replay.outcome.downtime_s, database.outcome.downtime_s, 15 * kMinute);
}

/// The provider's own words: errors until 09:40, a quarter of an hour after the record was back.
TEST(Aws20251020, TheEmptyRecordIsRememberedAfterItIsMended) {
  const auto replay = replayed(kAws, shop("table"));
  EXPECT_NEAR(replay.outcome.downtime_s, 2 * kHour + 44.5 * kMinute, kMinute);
  EXPECT_NEAR(replay.outcome.degraded_s, 2 * kHour + 52 * kMinute, kMinute);
}

/// The way back led through what was down: the story says so, and how it was found all the same.
TEST(Aws20251020, TheStoryTellsWhatStoodInTheWayOfTheProvider) {
  incidents::Incident day = incident(kAws);
  const auto told = [&](const std::string& part) {
    const auto story = replayed(day, shop("table")).story;
    const auto found = std::find_if(story.begin(), story.end(), [&](const auto& step) {
      return (step.event + ": " + step.cause).find(part) != std::string::npos;
    });
    return found == story.end() ? -1 : found->at_s;
  };
  EXPECT_EQ(told("needs key_value_store, which is down too"), 0);
  EXPECT_EQ(told("reach the database in another way"), 2 * kHour + 37 * kMinute);
  for (auto& action : day.actions) {
    action.needs.clear();
  }
  EXPECT_EQ(told("the way back is blocked"), -1);
}

/// Sign-in to the provider itself is one for all regions, and so is whom warehouses ask.
TEST(Aws20251020, WhatAsksTheRegionForAllOthersFailsElsewhereToo) {
  const auto elsewhere = [](const std::string& type, const std::string& region) {
    return replayed(kAws,
                    "outlast: 1\njourneys: {report: {enters: web}}\ncomponents:\n"
                    "  web: {type: aws.ec2, region: eu-west-1, zones: [a], needs: "
                    "[{to: who, strength: auth}]}\n  who: {type: " +
                        type + region + "}\n");
  };
  const auto warehouse = elsewhere("aws.redshift", ", region: eu-west-1");
  EXPECT_EQ(verdict_of(warehouse), Verdict::no);
  EXPECT_NEAR(warehouse.outcome.downtime_s, 92 * kMinute, kMinute);
  const auto console = elsewhere("aws.iam", "");
  EXPECT_EQ(verdict_of(console), Verdict::no);
  EXPECT_NEAR(console.outcome.downtime_s, 94 * kMinute, kMinute);
  EXPECT_EQ(verdict_of(elsewhere("aws.sts", ", region: eu-west-1")), Verdict::not_exposed);
  const auto tokens = elsewhere("aws.sts", ", region: us-east-1");
  EXPECT_NEAR(tokens.outcome.downtime_s, 91 * kMinute, kMinute);
  EXPECT_GT(tokens.outcome.degraded_s, 2.5 * kHour);
}

TEST(Aws20251020, TwoRegionsWithDataOfTheirOwnSurvive) {
  const auto replay =
      replayed(kAws,
               "outlast: 1\njourneys: {buy: {enters: site}}\ncomponents:\n"
               "  site: {type: aws.route53, needs: [{any_of: [east, west], at_least: "
               "1, via: names, detect: 90s, takes: 60s}]}\n"
               "  names: {type: aws.route53}\n"
               "  east: {type: aws.ec2, region: us-east-1, zones: [a], needs: [te]}\n"
               "  west: {type: aws.ec2, region: us-west-2, zones: [a], needs: [tw]}\n"
               "  te: {type: aws.dynamodb, region: us-east-1}\n"
               "  tw: {type: aws.dynamodb, region: us-west-2}\n");
  EXPECT_EQ(verdict_of(replay), Verdict::yes);
  EXPECT_NEAR(replay.outcome.downtime_s, 150, 1);
}

/// What is there already, and only waits too long: told to act earlier it is enough, and costs nothing.
TEST(Aws20251020, ASwitchThatWaitsForHalfIsToldToActEarlier) {
  const auto regions = [](const std::string& notices) {
    return replayed(kAws,
                    "outlast: 1\njourneys: {buy: {enters: site}}\ncomponents:\n"
                    "  site: {type: aws.route53, needs: [{any_of: [east, west], at_least: "
                    "1, via: names, detect: 90s, takes: 60s" +
                        notices +
                        "}]}\n  names: {type: aws.route53}\n"
                        "  east: {type: aws.lambda, region: us-east-1}\n"
                        "  west: {type: aws.lambda, region: us-west-2}\n");
  };
  const auto waits = regions("");
  EXPECT_EQ(verdict_of(waits), Verdict::degraded);
  ASSERT_FALSE(waits.prevented_by.empty());
  EXPECT_EQ(waits.prevented_by.front().what, "switching of site once 5 % is lost (notices: 5%)");
  EXPECT_EQ(waits.prevented_by.front().outcome.survives, Verdict::yes);
  const auto early = regions(", notices: 5%");
  EXPECT_EQ(verdict_of(early), Verdict::yes);
  EXPECT_EQ(early.outcome.degraded_s, waits.prevented_by.front().outcome.degraded_s);
}

/// A service that is quiet at night and stands with what that needs.
std::string quiet(const std::string& web, const std::string& busy_from = "13:00") {
  return shop(
      "{to: table, pool: 30d}", "zones: [a, b], scale: {max: 40, target: cpu 60%}, " + web,
      "{users: {now: 100, busy: {from: \"" + busy_from + "\", until: \"23:00\", users: 1000}}}");
}

TEST(Aws20251020, AQuietServiceFallsWhenItMustGrowAndNotBefore) {
  const auto replay = replayed(kAws, quiet("replicas: 4"));
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  const auto falls = std::find_if(replay.story.begin(), replay.story.end(),
                                  [](const auto& step) { return step.component == "web"; });
  ASSERT_NE(falls, replay.story.end());
  EXPECT_DOUBLE_EQ(falls->at_s, 13 * kHour - (6 * kHour + 48 * kMinute));
  EXPECT_NE(falls->cause.find("busy hours"), std::string::npos);
}

TEST(Aws20251020, MoreStandingReplicasLoseLess) {
  const auto few = replayed(kAws, quiet("replicas: 4, at_least: 2"));
  const auto more = replayed(kAws, quiet("replicas: 8, at_least: 2"));
  const auto enough = replayed(kAws, quiet("replicas: 20, at_least: 2"));
  EXPECT_GT(few.outcome.users, more.outcome.users);
  EXPECT_LT(enough.outcome.users, 0.01);
  EXPECT_EQ(verdict_of(enough), Verdict::yes);
}

TEST(Aws20251020, BegunTwoHoursLaterTheQuietServiceFallsTwoHoursSooner) {
  const auto as_it_was = replayed(kAws, quiet("replicas: 4"));
  const auto later =
      replayed(kAws, quiet("replicas: 4"), {.starts_at_s = 8 * kHour + 48 * kMinute});
  EXPECT_NEAR(later.outcome.downtime_s, as_it_was.outcome.downtime_s + 2 * kHour, 1);
  EXPECT_GE(as_it_was.at_worst_time.downtime_s, later.outcome.downtime_s);
}

/// The same time down is worse when more come: at 13:00 it hits all of the day's users.
TEST(Aws20251020, TheWorstTimeIsWhenMostUsersAreThere) {
  const auto replay = replayed(
      kAws, shop("table", "zones: [a]",
                 "{users: {now: 300, day: {\"00:00\": 300, \"13:00\": 2000, \"23:00\": 300}}}"));
  EXPECT_EQ(replay.at_worst_time.downtime_s, replay.outcome.downtime_s);
  EXPECT_EQ(replay.worst_time_s, 13 * kHour);
  const double lost_min = 157 + 15 / 2.0;  // until the empty record is forgotten, too
  EXPECT_NEAR(replay.outcome.user_minutes.value_or(0), 300 * lost_min, 300 * 0.1);
  EXPECT_NEAR(replay.at_worst_time.user_minutes.value_or(0), 2000 * lost_min, 2000 * 0.1);
  EXPECT_FALSE(replayed(kAws, shop("table")).outcome.user_minutes.has_value());
}

TEST(Aws20251020, ElsewhereItHitsThoseWhoAreThere) {
  const std::string seoul =
      "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
      "  web: {type: aws.ec2, region: ap-northeast-2, zones: [a], needs: [table]}\n"
      "  table: {type: aws.dynamodb, region: ap-northeast-2}\n";
  EXPECT_EQ(verdict_of(replayed(kAws, seoul)), Verdict::not_exposed);
  const auto there = incidents::transposed(incident(kAws), "region", "ap-northeast-2");
  ASSERT_TRUE(there.has_value());
  EXPECT_EQ(verdict_of(replayed(*there, seoul)), Verdict::no);
}

TEST(Aws20251020, ARegionThatIsNotKnownIsPlayedBothWays) {
  const auto replay = replayed(kAws,
                               "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
                               "  web: {type: aws.ec2, zones: [a], needs: [table]}\n"
                               "  table: {type: aws.dynamodb}\n");
  EXPECT_EQ(verdict_of(replay), Verdict::unknown);
  EXPECT_NE(replay.question.find("region"), std::string::npos);
}

/// A group that grows over a day; whoever says nothing else is in Virginia.
std::string growing(const std::string& users, const std::string& region = "us-east-1",
                    const std::string& at_least = "2") {
  return "outlast: 1\nobjectives: {users: {" + users +
         "}}\njourneys: {buy: {enters: web}}\ncomponents:\n"
         "  web: {type: aws.ec2, region: " +
         region + ", zones: [a, b], replicas: 4, at_least: " + at_least +
         ", scale: {min: 2, max: 40}}\n";
}

TEST(Aws20251020, ADayOfLevelsAndBusyHoursAreTheSame) {
  const auto levels = replayed(kAws, growing("now: 100, day: {\"13:00\": 1000, \"23:00\": 100}"));
  const auto busy =
      replayed(kAws, growing("now: 100, busy: {from: \"13:00\", until: \"23:00\", users: 1000}"));
  EXPECT_GT(levels.outcome.downtime_s, kHour);
  EXPECT_EQ(levels.outcome.downtime_s, busy.outcome.downtime_s);
  EXPECT_EQ(levels.outcome.users, busy.outcome.users);
}

TEST(Aws20251020, ASteeperDayLosesMore) {
  const auto rising = [](int most) {
    return replayed(kAws, growing("now: 100, day: {\"00:00\": 100, \"10:00\": 300, \"12:00\": " +
                                  std::to_string(most) + "}"));
  };
  EXPECT_GT(rising(2000).outcome.users, rising(1000).outcome.users);
  EXPECT_GT(rising(1000).outcome.users, rising(400).outcome.users);
}

TEST(Aws20251020, AGroupThatShrankAtNightDoesNotGrowAgain) {
  // It begins in the evening: four servers are wanted, then two, and two is what is left.
  const std::string day = "now: 100, day: {\"00:00\": 50, \"08:00\": 100, \"20:00\": 100}";
  const auto replay = replayed(kAws, growing(day, "us-east-1", "4"), {.starts_at_s = 22 * kHour});
  const auto falls = std::find_if(replay.story.begin(), replay.story.end(),
                                  [](const auto& step) { return step.component == "web"; });
  ASSERT_NE(falls, replay.story.end());
  EXPECT_DOUBLE_EQ(falls->at_s, 10 * kHour);
  EXPECT_NE(falls->cause.find("no more than 2 replicas"), std::string::npos);
  EXPECT_DOUBLE_EQ(replay.outcome.users, 0.5);
}

TEST(Aws20251020, AGroupAtItsMaximumShrinksToo) {
  const std::string day = "now: 100, day: {\"00:00\": 50, \"08:00\": 100, \"20:00\": 100}";
  const auto most = [&](const std::string& scale) {
    return replayed(kAws,
                    "outlast: 1\nobjectives: {users: {" + day +
                        "}}\njourneys: {buy: {enters: web}}\ncomponents:\n  web: {type: aws.ec2, "
                        "region: us-east-1, zones: [a, b], replicas: 4, at_least: 4" +
                        scale + "}\n",
                    {.starts_at_s = 22 * kHour})
        .outcome.users;
  };
  EXPECT_DOUBLE_EQ(most(", scale: {min: 2, max: 4}"), 0.5);
  EXPECT_DOUBLE_EQ(most(", scale: {min: 2, max: 5}"), 0.5);
  // What does not follow its users stands, and so does what may not go below what it has.
  EXPECT_DOUBLE_EQ(most(""), 0);
  EXPECT_DOUBLE_EQ(most(", scale: {min: 4, max: 4}"), 0);
}

TEST(Aws20251020, WhereNobodySaysTheUsualDayOfTheRegionIsTakenAndTold) {
  const auto replay = replayed(kAws, growing("peak: 100000"));
  EXPECT_EQ(verdict_of(replay), Verdict::degraded);
  ASSERT_FALSE(replay.assumptions.empty());
  EXPECT_EQ(replay.assumptions.front().name, "load over the day");
  ASSERT_FALSE(replay.because.empty());
  EXPECT_NE(replay.because.front().find("usual day"), std::string::npos);
  const auto unknown_clock = incidents::transposed(incident(kAws), "region", "nowhere-1");
  ASSERT_TRUE(unknown_clock.has_value());
  EXPECT_EQ(replayed(*unknown_clock, growing("peak: 100000", "nowhere-1")).outcome.users, 0);
}

TEST(Aws20251020, AClusterOfUnknownCloudIsNotKnownToBeElsewhere) {
  const std::string anywhere =
      "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
      "  web: {kind: compute, replicas: 2}\n";
  const auto replay = replayed(kAws, anywhere);
  EXPECT_EQ(verdict_of(replay), Verdict::unknown);
  EXPECT_NE(replay.question.find("the cloud"), std::string::npos) << replay.question;
  EXPECT_EQ(verdict_of(replayed("azure-2025-10-29", anywhere)), Verdict::not_exposed)
      << "a machine is no edge, wherever it is";
  const auto elsewhere = replayed(kAws,
                                  "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
                                  "  web: {kind: compute, provider: hoster, replicas: 2}\n");
  EXPECT_EQ(verdict_of(elsewhere), Verdict::not_exposed);
}

TEST(Cloudflare20251118, InTheCohortItCostsAboutThePublishedTime) {
  const auto replay = replayed("cloudflare-2025-11-18", site("proxy: new, bot_management: true"));
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  EXPECT_NEAR(replay.outcome.downtime_s, 190 * kMinute, 19 * kMinute);
}

TEST(Cloudflare20251118, OutsideTheCohortItCostsNothing) {
  const auto replay = replayed("cloudflare-2025-11-18", site("proxy: new, bot_management: false"));
  EXPECT_EQ(replay.outcome.downtime_s, 0);
  EXPECT_EQ(replay.outcome.users, 0);
}

TEST(Cloudflare20251118, ASecondEdgeBehindIndependentNamesCostsItsFailover) {
  const auto replay = replayed("cloudflare-2025-11-18", site_with_second_edge("60s", "60s"));
  EXPECT_NE(verdict_of(replay), Verdict::no);
  EXPECT_LE(replay.outcome.downtime_s, 120);
  EXPECT_GT(replay.outcome.downtime_s, 0);
}

/// While the first edge limps back it is not gone back to: what is lost ends with the failover, which
/// begins once half is lost.
TEST(Cloudflare20251118, WhoSwitchedStaysUntilTheFirstEdgeIsGood) {
  const auto replay = replayed("cloudflare-2025-11-18", site_with_second_edge("60s", "60s"));
  const double spreads_s = incident("cloudflare-2025-11-18").phases.front().reaches->value;
  EXPECT_LE(replay.outcome.over_s, spreads_s + 120);
  EXPECT_EQ(verdict_of(replay), Verdict::yes);
}

TEST(Cloudflare20251205, InTheCohortItCostsAboutTwentyFiveMinutes) {
  const auto replay = replayed("cloudflare-2025-12-05", site("proxy: old, managed_rules: true"));
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  EXPECT_NEAR(replay.outcome.downtime_s, 25 * kMinute, 2.5 * kMinute);
  EXPECT_EQ(replay.outcome.users, 1) << "a share of customers is not one of users";
}

TEST(Cloudflare20251205, WhoDoesNotKnowItsProxyIsToldBothOutcomes) {
  const auto replay = replayed("cloudflare-2025-12-05", site(""));
  EXPECT_EQ(verdict_of(replay), Verdict::unknown);
  ASSERT_TRUE(replay.spared.has_value());
  EXPECT_EQ(replay.spared->downtime_s, 0);
  EXPECT_GT(replay.outcome.downtime_s, 20 * kMinute);
  EXPECT_NE(replay.question.find("managed_rules"), std::string::npos);
}

TEST(Azure20251029, BehindTheEdgeHoursAreLostAndASecondEdgeSavesThem) {
  const std::string one =
      "outlast: 1\njourneys: {read: {enters: edge}}\ncomponents:\n"
      "  edge: {type: azure.frontdoor, needs: [web]}\n"
      "  web: {type: azure.vm, region: westeurope, zones: [\"1\"]}\n";
  const auto replay = replayed("azure-2025-10-29", one);
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  EXPECT_GT(replay.outcome.downtime_s, 2 * kHour);
  ASSERT_FALSE(replay.prevented_by.empty());
  EXPECT_EQ(replay.prevented_by.front().components, std::vector<std::string>{"edge"});
  EXPECT_EQ(verdict_of(replayed("cloudflare-2025-11-18", one)), Verdict::not_exposed);
}

const findings::Prevention* prevention_called(const findings::Replay& replay, const char* what) {
  const auto found = std::find_if(replay.prevented_by.begin(), replay.prevented_by.end(),
                                  [&](const auto& one) { return one.what.starts_with(what); });
  return found == replay.prevented_by.end() ? nullptr : &*found;
}

/// Balancers lost one request in ten: a switch that waits for half of them to be lost never acts.
std::string fronts(const std::string& need) {
  return "outlast: 1\njourneys: {buy: {enters: names}}\ncomponents:\n"
         "  names: {type: aws.route53, needs: [" +
         need +
         "]}\n"
         "  dns: {type: aws.route53}\n"
         "  front: {type: aws.nlb, region: us-east-1, needs: [web]}\n"
         "  other: {type: aws.nlb, region: eu-west-1, needs: [web_there]}\n"
         "  web: {type: aws.ec2, region: us-east-1, zones: [a, b], replicas: 2}\n"
         "  web_there: {type: aws.ec2, region: eu-west-1, zones: [a, b], replicas: 2}\n";
}

/// By the clock's own word: a model of that size takes minutes.
TEST(Load, WhatIsTooMuchForTheClockIsJudgedByItsStructureAndTold) {
  std::string text = site_with_second_edge("60s", "60s");
  text.replace(0, 11, "outlast: 1\nobjectives: {users: {now: 100}}\n");
  const replay::Weigher beyond = [](const auto&, double, Verdict survived) {
    return std::optional(replay::Weight{.survives = survived, .is_beyond = true});
  };
  const auto weighed = replayed("cloudflare-2025-11-18", text, {.weigher = beyond});
  const auto by_structure = replayed("cloudflare-2025-11-18", text);
  EXPECT_EQ(verdict_of(weighed), verdict_of(by_structure));
  EXPECT_EQ(weighed.outcome.downtime_s, by_structure.outcome.downtime_s);
  ASSERT_FALSE(weighed.because.empty());
  EXPECT_NE(weighed.because.front().find("too much for the clock"), std::string::npos);
}

TEST(Preventions, WhatIsToldIsWhatTheChangedArchitectureSays) {
  const auto one = replayed(kAws, fronts("front"));
  ASSERT_EQ(verdict_of(one), Verdict::degraded);
  const auto* told = prevention_called(one, "a second front");
  ASSERT_NE(told, nullptr);
  EXPECT_NE(told->what.find("notices: 5%"), std::string::npos) << told->what;
  const std::string two = "{any_of: [front, other], at_least: 1, via: dns, detect: 0s, takes: 0s";
  const auto early = replayed(kAws, fronts(two + ", notices: 5%}"));
  EXPECT_EQ(told->outcome.downtime_s, early.outcome.downtime_s);
  EXPECT_EQ(told->outcome.degraded_s, early.outcome.degraded_s);
  EXPECT_EQ(told->outcome.survives, verdict_of(early));
  EXPECT_EQ(verdict_of(replayed(kAws, fronts(two + "}"))), Verdict::degraded);
}

/// A web tier elsewhere is nothing without a balancer and a database there.
TEST(Preventions, ASecondOneIsPricedWithAllThatItBringsAlong) {
  const auto replay = replayed(
      kAws,
      "outlast: 1\nobjectives: {users: {now: 100, day: {\"13:00\": 1000, \"23:00\": 100}}}\n"
      "journeys: {buy: {enters: lb}}\ncomponents:\n"
      "  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web]}\n"
      "  web: {type: aws.ec2, region: us-east-1, zones: [a, b], replicas: 2, at_least: 2, "
      "scale: {max: 60}, needs: [db]}\n"
      "  db: {type: aws.rds.mysql, region: us-east-1, zones: [a]}\n"
      "  far: {type: aws.s3, region: eu-west-1}\n");
  const auto* second = prevention_called(replay, "a second web");
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(second->components, (std::vector<std::string>{"db", "lb", "web"}));
}

/// What is hit below something that is not: a second edge before the same sign-in saves nobody.
TEST(Preventions, ASecondOneBringsAlongWhatWasHitFarBelowIt) {
  const auto replay = replayed(
      "cloudflare-2025-11-18",
      "outlast: 1\njourneys: {read: {enters: edge}}\ncomponents:\n"
      "  edge: {type: cloudflare.cdn, traits: {proxy: new, bot_management: true}, needs: [web]}\n"
      "  web: {type: aws.ec2, region: eu-west-1, zones: [a], needs: [{to: login, strength: "
      "auth}]}\n"
      "  login: {type: cloudflare.zerotrust}\n");
  const auto* second = prevention_called(replay, "a second edge");
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(second->components, (std::vector<std::string>{"edge", "login"}));
}

TEST(Preventions, TheOneThatHelpsIsFoundAmongManyThatWereHit) {
  std::string many = shop("table");
  for (int i = 0; i < 70; ++i) {
    many += "  other" + std::to_string(i) + ": {type: aws.ec2, region: us-east-1, zones: [a]}\n";
  }
  const auto few = replayed(kAws, shop("table"));
  const auto replay = replayed(kAws, many);
  EXPECT_EQ(replay.hit, few.hit);  // no user leads to the others
  ASSERT_EQ(replay.prevented_by.size(), few.prevented_by.size());
  for (std::size_t i = 0; i < few.prevented_by.size(); ++i) {
    EXPECT_EQ(replay.prevented_by[i].what, few.prevented_by[i].what);
  }
}

TEST(Replay, WhatACacheKeepsIsAnsweredWhileWhatItStandsBeforeIsDown) {
  EXPECT_EQ(verdict_of(replayed("aws-2025-10-20", shop("table"))), Verdict::no);
  const auto cached = replayed("aws-2025-10-20", shop("{to: table, cached: {hits: 95%}}"));
  EXPECT_EQ(verdict_of(cached), Verdict::degraded);
  EXPECT_EQ(cached.outcome.downtime_s, 0);
  EXPECT_GT(cached.outcome.degraded_s, kHour);
}

}  // namespace
}  // namespace outlast
