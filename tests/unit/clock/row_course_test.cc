#include "clock/row_course.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace outlast::clock {
namespace {

using findings::Condition;

/// Ten minutes; from the first one on half of the requests fail for two minutes.
findings::Simulated day() {
  findings::Simulated out;
  out.step_s = 1;
  for (int s = 0; s < 600; ++s) {
    const double failed = s >= 60 && s < 180 ? 5 : 0;
    out.offered.push_back(10);
    out.served.push_back(10 - failed);
    out.failed.push_back(failed);
    out.latency_s.push_back(0.1);
  }
  out.story = {{60, "web", "web", "is slow", "it", findings::Told::scenario}};
  out.conditions = {{60, "web", Condition::degraded, ""}, {180, "web", Condition::serving, ""}};
  return out;
}

const std::vector<double>& track(const findings::SurvivalRow& row, std::string_view name) {
  const auto& all = row.series.tracks;
  return std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == name; })
      ->values;
}

TEST(RowCourse, BeginsWithTheFault) {
  findings::SurvivalRow row;
  row.survives = findings::Verdict::degraded;
  tell_course(day(), 60, true, row);
  ASSERT_EQ(row.story.size(), 2U);
  EXPECT_EQ(row.story[0].at_s, 0);
  EXPECT_EQ(row.story[0].condition, Condition::degraded);
  EXPECT_EQ(row.story[1].at_s, 120);
  EXPECT_EQ(row.story[1].condition, Condition::serving);
  const auto& lost = track(row, "lost_fraction");
  EXPECT_DOUBLE_EQ(lost.front(), 0.5);
  EXPECT_DOUBLE_EQ(lost.back(), 0);
}

TEST(RowCourse, ThinningLosesNoRequest) {
  findings::SurvivalRow row;
  row.survives = findings::Verdict::no;
  tell_course(day(), 60, true, row);
  double failed = 0;
  for (const double per_s : track(row, "failed_per_s")) {
    failed += per_s * row.series.step_s;
  }
  EXPECT_DOUBLE_EQ(failed, 600);
  EXPECT_LT(track(row, "failed_per_s").size(), 120U);
}

TEST(RowCourse, OfUnknownUsersTheShareAloneIsTold) {
  findings::SurvivalRow row;
  row.survives = findings::Verdict::no;
  tell_course(day(), 60, false, row);
  EXPECT_EQ(row.series.tracks.size(), 1U);
}

TEST(RowCourse, WhatIsNotKnownHasNone) {
  findings::SurvivalRow unknown;
  unknown.survives = findings::Verdict::unknown;
  tell_course(day(), 60, true, unknown);
  EXPECT_TRUE(unknown.story.empty());
  EXPECT_TRUE(unknown.series.tracks.empty());
}

}  // namespace
}  // namespace outlast::clock
