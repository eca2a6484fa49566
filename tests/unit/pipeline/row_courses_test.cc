#include "pipeline/row_courses.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/analysed.h"

namespace outlast::pipeline {
namespace {

using findings::Condition;
using findings::SurvivalRow;
using support::row;

constexpr const char* kTwoJourneys = R"(
outlast: 1
objectives: { users: { now: 1000, requests_per_minute: 6 } }
journeys:
  buy: { enters: web, weight: 25%, value: 3600 USD/hour }
  look: { enters: pages, weight: 75% }
components:
  web: { type: aws.ec2, zones: [a], replicas: 2, needs: [db, { to: mail, strength: soft, loses: 10% }] }
  pages: { type: aws.ec2, zones: [a, b], replicas: 2, at_least: 1 }
  mail: { type: aws.ec2, zones: [a] }
  db: { type: aws.ec2, zones: [a], needs: [] }
)";

const std::vector<double>& track(const SurvivalRow& of, std::string_view name) {
  static const std::vector<double> none;
  for (const auto& one : of.series.tracks) {
    if (one.name == name) {
      return one.values;
    }
  }
  return none;
}

double back_s(const SurvivalRow& of, const std::string& component) {
  for (const auto& step : of.story) {
    if (step.component == component && step.event == "is back") {
      return step.at_s;
    }
  }
  return -1;
}

TEST(RowCourses, UsersAreDownForAsLongAsTheTableSays) {
  const auto analysis = support::analysed(kTwoJourneys);
  const SurvivalRow& zone = row(analysis, "zone", "outage");
  ASSERT_TRUE(zone.down_s && std::isfinite(*zone.down_s));
  EXPECT_DOUBLE_EQ(back_s(zone, "web"), *zone.down_s);
  const auto& lost = track(zone, "lost_fraction");
  double lost_s = 0;
  for (const double share : lost) {
    lost_s += share >= 0.25 ? zone.series.step_s : 0;  // all of those who buy
  }
  EXPECT_NEAR(lost_s, *zone.down_s, 1.5 * zone.series.step_s);
  EXPECT_EQ(lost.back(), 0);
}

TEST(RowCourses, WhatIsNeededIsNotBackLaterThanWhoNeedsIt) {
  const auto analysis = support::analysed(kTwoJourneys);
  for (const SurvivalRow& each : analysis.survival) {
    const double db = back_s(each, "db");
    const double web = back_s(each, "web");
    EXPECT_TRUE(db < 0 || web < 0 || db <= web) << each.worst_case << each.mode;
    for (std::size_t i = 1; i < each.story.size(); ++i) {
      EXPECT_LE(each.story[i - 1].at_s, each.story[i].at_s);
    }
  }
}

TEST(RowCourses, AnsweredIsWhatIsMadeAndNotLost) {
  const auto analysis = support::analysed(kTwoJourneys);
  const SurvivalRow& zone = row(analysis, "zone", "outage");
  const auto& lost = track(zone, "lost_fraction");
  const auto& offered = track(zone, "offered_per_s");
  const auto& served = track(zone, "served_per_s");
  ASSERT_EQ(served.size(), lost.size());
  for (std::size_t i = 0; i < lost.size(); ++i) {
    EXPECT_DOUBLE_EQ(offered[i], 100);  // 1,000 users, six a minute each
    EXPECT_DOUBLE_EQ(served[i], offered[i] * (1 - lost[i]));
  }
}

TEST(RowCourses, WhatIsLostIsWorthItsHours) {
  const auto analysis = support::analysed(kTwoJourneys);
  const SurvivalRow& zone = row(analysis, "zone", "outage");
  const auto& worth = track(zone, "loss_usd");
  ASSERT_FALSE(worth.empty());
  EXPECT_NEAR(worth.back(), *zone.down_s, 1.5 * zone.series.step_s);  // a dollar a second
  EXPECT_EQ(worth.front(), 0);
}

TEST(RowCourses, ReplicasThatAreHitAreBackInTheEnd) {
  const auto analysis = support::analysed(kTwoJourneys);
  const SurvivalRow& zone = row(analysis, "zone", "outage");
  const auto& replicas = track(zone, "replicas");
  ASSERT_FALSE(replicas.empty());
  EXPECT_LT(replicas.front(), replicas.back());
}

TEST(RowCourses, WhatHasNoEndHasNoReturn) {
  const auto analysis = support::analysed(R"(
outlast: 1
journeys: { visit: { enters: db } }
components:
  db: { type: aws.rds.postgres, zones: [a] }
)");
  const SurvivalRow& zone = row(analysis, "zone", "destroyed");
  ASSERT_TRUE(zone.down_s && std::isinf(*zone.down_s));
  EXPECT_EQ(back_s(zone, "db"), -1);
  EXPECT_EQ(track(zone, "lost_fraction").back(), 1);
}

TEST(RowCourses, WhereTheLengthIsNotKnownTheOrderAloneIsTold) {
  const auto analysis = support::analysed(kTwoJourneys);
  for (const SurvivalRow& each : analysis.survival) {
    if (each.event.exists() && !each.down_s) {
      EXPECT_TRUE(each.story.empty()) << each.worst_case;
      EXPECT_TRUE(each.series.tracks.empty()) << each.worst_case;
    }
  }
}

}  // namespace
}  // namespace outlast::pipeline
