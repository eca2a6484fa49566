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
  const double phase_s = calling("table").outcome.downtime_s;
  RC_ASSERT(shorter.outcome.downtime_s == std::max(0.0, phase_s - pool));
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

TEST(Constants, TheCauseNamesWhatWasChanged) {
  const auto pooled = replayed("aws-2025-10-20", shop("{to: table, pool: 30m}"));
  ASSERT_FALSE(pooled.because.empty());
  EXPECT_NE(pooled.because.front().find("connections lived 30 min (pool)"), std::string::npos);
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
