// What is dead gets requests until that is noticed: a replay and a row of the survival table say the
// same of it.

#include <gtest/gtest.h>

#include <algorithm>

#include "failure/events.h"
#include "failure/impact.h"
#include "replay/incidents_replayed.h"

namespace outlast {
namespace {

using findings::Verdict;
using findings::verdict_of;
using namespace support;

/// The first journey's impact of a zone's outage, as the survival table has it.
failure::PathImpact zone_falls(const blueprint::Blueprint& bp, const std::string& zone) {
  const auto& catalog = catalog::Catalog::built_in();
  const failure::Dependence dependence(bp);
  const auto paths = failure::list_paths(bp);
  failure::ImpactFinder finder(bp, catalog, dependence, paths, 1);
  for (const auto& event : failure::list_events(bp, catalog)) {
    if (event.kind == failure::EventKind::zone_outage && bp[event.group].name == zone) {
      const auto impact = finder.impact_of(event);
      EXPECT_FALSE(impact.paths.empty());
      return impact.paths.empty() ? failure::PathImpact() : impact.paths.front();
    }
  }
  ADD_FAILURE() << "no zone " << zone;
  return {};
}

std::string parts(const std::string& text) {
  return "outlast: 1\njourneys: {buy: {enters: lb}}\ncomponents:\n" + text;
}

const std::string kBalancer =
    "  lb: {type: aws.alb, region: us-east-1, zones: [us-east-1a, us-east-1b], needs: [web]}\n";

/// Architectures that all serve on when one zone falls.
const std::vector<std::string> kServing = {
    parts(kBalancer +
          "  web: {type: aws.ec2, region: us-east-1, zones: [us-east-1a, us-east-1b], replicas: 4, "
          "at_least: 2}\n"),
    parts(kBalancer +
          "  web: {type: aws.ec2, region: us-east-1, zones: [us-east-1b], replicas: 2, at_least: "
          "1}\n"),
    parts(kBalancer +
          "  web: {type: aws.ec2, region: us-east-1, zones: [us-east-1a, us-east-1b, us-east-1c], "
          "replicas: 3, at_least: 1, needs: [db, {to: cache, strength: soft}]}\n"
          "  db: {type: aws.dynamodb, region: us-east-1}\n"
          "  cache: {type: aws.ec2, region: us-east-1, zones: [us-east-1a]}\n"),
    parts("  lb: {type: aws.route53, needs: [{any_of: [one, two, three]}]}\n"
          "  one: {type: aws.ec2, region: us-east-1, zones: [us-east-1a]}\n"
          "  two: {type: aws.ec2, region: us-east-1, zones: [us-east-1b]}\n"
          "  three: {type: aws.ec2, region: eu-west-1, zones: [eu-west-1a]}\n"),
    parts("  lb: {type: aws.route53, needs: [{any_of: [one, two], detect: 20s, takes: 25s}, web]}\n"
          "  one: {type: aws.ec2, region: us-east-1, zones: [us-east-1a]}\n"
          "  two: {type: aws.ec2, region: us-east-1, zones: [us-east-1b]}\n"
          "  web: {type: aws.ec2, region: us-east-1, zones: [us-east-1a, us-east-1b], replicas: 2, "
          "at_least: 1}\n"),
};

TEST(Masked, AReplayAndARowLoseTheSameUntilItIsNoticed) {
  for (const std::string& text : kServing) {
    const auto bp = make_blueprint(text);
    const auto falls = zone_falls(bp, "us-east-1a");
    const auto replay = replayed("aws-2021-12-22", text);
    EXPECT_NE(verdict_of(replay), Verdict::no) << text;
    ASSERT_GT(falls.masked_share, 0) << text;
    EXPECT_NEAR(replay.outcome.users, falls.masked_share, 1e-9) << text;
    EXPECT_NEAR(replay.outcome.over_s, falls.masked_s, 1e-9) << text;
    EXPECT_FALSE(replay.because.empty()) << text;
  }
}

/// One of two regions loses its database; who calls both alike loses half until that is noticed.
TEST(Masked, WhoCallsBothRegionsAlikeLosesHalfAtFirst) {
  const auto replay = replayed(
      "aws-2025-10-20",
      parts("  lb: {type: aws.route53, needs: [{any_of: [east, west], detect: 20s, takes: 10s}]}\n"
            "  east: {type: aws.ec2, region: us-east-1, zones: [us-east-1a], needs: [table]}\n"
            "  table: {type: aws.dynamodb, region: us-east-1}\n"
            "  west: {type: aws.ec2, region: us-west-2, zones: [us-west-2a]}\n"));
  EXPECT_EQ(verdict_of(replay), Verdict::yes);
  EXPECT_EQ(replay.outcome.users, 0.5);
  EXPECT_EQ(replay.outcome.downtime_s, 30);
}

/// What loses a part of its requests answers the rest: no check finds it, and it keeps its share.
TEST(Masked, APartThatNobodyNoticesIsLostForAsLongAsItLasts) {
  const auto replay = replayed(
      "aws-2025-10-20",
      parts("  lb: {type: aws.route53, needs: [{any_of: [east, west], detect: 20s, takes: 10s}]}\n"
            "  east: {type: aws.nlb, region: us-east-1}\n"
            "  west: {type: aws.nlb, region: us-west-2}\n"));
  EXPECT_GT(replay.outcome.users, 0);
  EXPECT_LT(replay.outcome.users, 0.5);
  EXPECT_GT(replay.outcome.degraded_s, kHour);
  EXPECT_EQ(replay.outcome.downtime_s, 0);
}

TEST(Masked, WhatNothingRestsOnLosesNothing) {
  EXPECT_EQ(replayed("aws-2021-12-22",
                     parts("  lb: {type: aws.alb, region: us-east-1, zones: [us-east-1b]}\n"))
                .outcome.users,
            0);
}

}  // namespace
}  // namespace outlast
