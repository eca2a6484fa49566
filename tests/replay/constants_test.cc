// The constant cannot be copied: when the incident or the architecture moves, the number does.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/units.h"
#include "replay/incidents_replayed.h"

namespace outlast {
namespace {

using namespace support;

std::string seconds(int value) {
  return std::to_string(value) + "s";
}

/// The incident of names that are lost, on a shop that calls the database so.
findings::Replay calling(const std::string& need) {
  return replayed("aws-2025-10-20", shop(need), {.telling = replay::Telling::outcome});
}

RC_GTEST_PROP(Constants, ConnectionsThatLiveLongerNeverLoseMore, ()) {
  const int pool = *rc::gen::inRange(1, 4 * 3600);
  const auto shorter = calling("{to: table, pool: " + seconds(pool) + "}");
  const auto longer = calling("{to: table, pool: " + seconds(pool + 600) + "}");
  RC_ASSERT(longer.outcome.downtime_s <= shorter.outcome.downtime_s);
  // Their ages are spread evenly: half of them have ended after half of their life.
  const double phase_s = calling("table").outcome.downtime_s;
  const double step_s = pool / 20.0;
  RC_ASSERT(std::abs(shorter.outcome.downtime_s - std::max(0.0, phase_s - pool / 2.0)) <= step_s);
  RC_ASSERT(shorter.outcome.users > 0);
  RC_ASSERT(longer.outcome.users <= shorter.outcome.users);
}

RC_GTEST_PROP(Constants, AddressesThatAreKeptLongerComeBackLater, ()) {
  const int ttl = *rc::gen::inRange(1, 3600);
  const auto shorter = calling("{to: table, ttl: " + seconds(ttl) + "}");
  const auto longer = calling("{to: table, ttl: " + seconds(2 * ttl) + "}");
  RC_ASSERT(longer.outcome.over_s > shorter.outcome.over_s);
  const double repaired_s = calling("table").outcome.over_s;
  RC_ASSERT(std::abs(longer.outcome.over_s - repaired_s - 2 * ttl) < 1);
}

RC_GTEST_PROP(Constants, ASlowerPushBeginsLaterAndASlowerRevertEndsLater, ()) {
  const double factor = *rc::gen::inRange(2, 6);
  const std::string hit = site("proxy: old, managed_rules: true");
  const auto& as_it_was = incident("cloudflare-2025-12-05");
  incidents::Incident pushed = as_it_was;
  pushed.phases.front().reaches->value *= factor;
  incidents::Incident reverted = as_it_was;
  for (auto& action : reverted.actions) {
    if (action.reaches) {
      action.reaches->value *= factor;
    }
  }
  const double before = replayed(as_it_was, hit).outcome.downtime_s;
  RC_ASSERT(replayed(pushed, hit).outcome.downtime_s < before);
  RC_ASSERT(replayed(reverted, hit).outcome.downtime_s > before);
}

RC_GTEST_PROP(Constants, ASlowerFailoverCostsWhatItTakesMore, ()) {
  const int detect = *rc::gen::inRange(1, 600);
  const int takes = *rc::gen::inRange(1, 600);
  const auto replay =
      replayed("cloudflare-2025-11-18", site_with_second_edge(seconds(detect), seconds(takes)),
               {.telling = replay::Telling::outcome});
  RC_ASSERT(std::abs(replay.outcome.downtime_s - detect - takes) < 1);
}

/// A group of so many servers, two of which carry the night, on a day that grows tenfold at 13:00.
findings::Replay growing(int replicas, double starts_at_s) {
  return replayed("aws-2025-10-20",
                  "outlast: 1\nobjectives: {users: {now: 100, day: {\"13:00\": 1000, "
                  "\"23:00\": 100}}}\njourneys: {buy: {enters: web}}\ncomponents:\n"
                  "  web: {type: aws.ec2, region: us-east-1, zones: [a, b], at_least: 2, "
                  "scale: {max: 60}, replicas: " +
                      std::to_string(replicas) + "}\n",
                  {.starts_at_s = starts_at_s});
}

RC_GTEST_PROP(Constants, EachServerMoreThatStandsLosesLess, ()) {
  const int replicas = *rc::gen::inRange(2, 19);
  const double at = 6 * kHour + 48 * kMinute;
  const auto few = growing(replicas, at);
  const auto more = growing(replicas + 1, at);
  RC_ASSERT(more.outcome.users < few.outcome.users);
  RC_ASSERT(std::abs(few.outcome.users - (1 - replicas / 20.0)) < 1e-9);
  RC_ASSERT(few.because.front().find(std::to_string(replicas) + " replicas") != std::string::npos);
}

RC_GTEST_PROP(Constants, BegunLaterTheMorningComesSooner, ()) {
  const int minutes = *rc::gen::inRange(0, 6 * 60);
  const double begins = 6 * kHour + minutes * kMinute;
  const auto falls_at = [](const findings::Replay& replay) {
    const auto falls = std::find_if(replay.story.begin(), replay.story.end(),
                                    [](const auto& step) { return step.component == "web"; });
    return falls == replay.story.end() ? -1 : falls->at_s;
  };
  RC_ASSERT(std::abs(falls_at(growing(4, begins)) - (13 * kHour - begins)) < 1);
}

RC_GTEST_PROP(Constants, ALongerFirstPhaseCostsWhoeverCallsItAsMuchMore, ()) {
  const int minutes = *rc::gen::inRange(1, 120);
  incidents::Incident longer = incident("aws-2025-10-20");
  for (auto& action : longer.actions) {
    if (!action.ends.empty() && action.ends.front() == longer.phases.front().id) {
      action.at.value += minutes * kMinute;
    }
  }
  const double before = calling("table").outcome.downtime_s;
  const double after =
      replayed(longer, shop("table"), {.telling = replay::Telling::outcome}).outcome.downtime_s;
  RC_ASSERT(std::abs(after - before - minutes * kMinute) < 1);
}

TEST(Constants, TheCauseNamesTheHourItFell) {
  const auto replay = growing(4, 7 * kHour);
  const auto falls = std::find_if(replay.story.begin(), replay.story.end(),
                                  [](const auto& step) { return step.component == "web"; });
  ASSERT_NE(falls, replay.story.end());
  EXPECT_NE(falls->cause.find("it is 13:00 UTC"), std::string::npos) << falls->cause;
}

TEST(Constants, TheCauseNamesWhatWasChanged) {
  const auto pooled = replayed("aws-2025-10-20", shop("{to: table, pool: 30m}"));
  ASSERT_FALSE(pooled.because.empty());
  EXPECT_NE(pooled.because.front().find("connections live up to 30 min (pool)"), std::string::npos);
  const auto kept = replayed("aws-2025-10-20", shop("{to: table, ttl: 5m}"));
  ASSERT_FALSE(kept.because.empty());
  EXPECT_NE(kept.because.front().find("kept 5 min (ttl)"), std::string::npos);
}

/// An unrelated component changes nothing.
TEST(Constants, WhatHasNothingToDoWithItChangesNothing) {
  const auto alone = replayed("aws-2025-10-20", shop("table"));
  const auto beside =
      replayed("aws-2025-10-20",
               shop("table") + "  other: {type: aws.rds.mysql, region: eu-west-1, zones: [a]}\n");
  EXPECT_EQ(alone.outcome.downtime_s, beside.outcome.downtime_s);
  EXPECT_EQ(alone.story.size(), beside.story.size());
}

}  // namespace
}  // namespace outlast
