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
  const auto replay = replayed(kAws, shop("{to: table, pool: 3h}"));
  EXPECT_EQ(verdict_of(replay), Verdict::yes);
  EXPECT_EQ(replay.outcome.downtime_s, 0);
}

TEST(Aws20251020, CallingTheDatabaseCostsItsPhase) {
  const auto replay = replayed(kAws, shop("table"));
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  EXPECT_NEAR(replay.outcome.downtime_s, 2.6 * kHour, 0.1 * kHour);
  EXPECT_EQ(replay.outcome.users, 1);
  EXPECT_NE(replay.because.front().find("name of the database"), std::string::npos);
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
  EXPECT_GT(replay.outcome.downtime_s, 2 * kHour);
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
  EXPECT_EQ(replay.outcome.downtime_s, database.outcome.downtime_s);
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

/// A service that is quiet at night and stands with what that needs.
std::string quiet(const std::string& web, const std::string& busy_from = "13:00") {
  return shop(
      "{to: table, pool: 3h}", "zones: [a, b], scale: {max: 40, target: cpu 60%}, " + web,
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
  EXPECT_EQ(enough.outcome.users, 0);
  EXPECT_EQ(verdict_of(enough), Verdict::yes);
}

TEST(Aws20251020, BegunTwoHoursLaterTheQuietServiceFallsTwoHoursSooner) {
  const auto as_it_was = replayed(kAws, quiet("replicas: 4"));
  const auto later =
      replayed(kAws, quiet("replicas: 4"), {.starts_at_s = 8 * kHour + 48 * kMinute});
  EXPECT_NEAR(later.outcome.downtime_s, as_it_was.outcome.downtime_s + 2 * kHour, 1);
  EXPECT_GE(as_it_was.at_worst_time.downtime_s, later.outcome.downtime_s);
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

}  // namespace
}  // namespace outlast
