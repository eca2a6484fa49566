// The pairs of examples/outages: what each day teaches, on the architectures that teach it.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "replay/incidents_replayed.h"
#include "support/root.h"

namespace outlast {
namespace {

using findings::Verdict;
using findings::verdict_of;
using namespace support;

constexpr std::array kDays = {"aws-2025-10-20", "azure-2025-10-29", "cloudflare-2025-11-18",
                              "cloudflare-2025-12-05"};

std::string example(const std::string& day, const std::string& name) {
  const std::string path =
      std::string(project_root()) + "/examples/outages/" + day + "/" + name + ".yaml";
  std::ifstream file(path);
  EXPECT_TRUE(file.good()) << path;
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

findings::Replay on(const std::string& day, const std::string& name) {
  return replayed(day, example(day, name));
}

TEST(Pairs, TheFragileOneFallsAndTheResilientOneStands) {
  for (const char* day : kDays) {
    for (const std::string model : {"servers", "services"}) {
      EXPECT_EQ(verdict_of(on(day, model + "-fragile")), Verdict::no) << day << " " << model;
      EXPECT_EQ(verdict_of(on(day, model + "-resilient")), Verdict::yes) << day << " " << model;
    }
  }
}

/// What a pair differs in is what the day teaches: the other days find no difference worth a fall.
TEST(Pairs, AShopThatWasNotThereIsNotHit) {
  EXPECT_EQ(verdict_of(replayed("azure-2025-10-29", example("aws-2025-10-20", "services-fragile"))),
            Verdict::not_exposed);
  EXPECT_EQ(verdict_of(replayed("aws-2025-10-20", example("azure-2025-10-29", "servers-fragile"))),
            Verdict::not_exposed);
}

TEST(Pairs, ServersThatRunAndHoldTheirConnectionsShowASmallDipAtMost) {
  const auto replay = on("aws-2025-10-20", "servers-resilient");
  EXPECT_EQ(replay.outcome.downtime_s, 0);
  EXPECT_LE(replay.outcome.degraded_s, 5 * kMinute);
}

TEST(Pairs, TheQuietShopFallsAtItsMorningAndNotBefore) {
  const auto replay = on("aws-2025-10-20", "servers-fragile");
  const auto falls = std::find_if(replay.story.begin(), replay.story.end(),
                                  [](const auto& step) { return step.component == "web"; });
  ASSERT_NE(falls, replay.story.end());
  EXPECT_DOUBLE_EQ(falls->at_s, 13 * kHour - (6 * kHour + 48 * kMinute));
  EXPECT_GT(replay.outcome.downtime_s, 4 * kHour);
}

TEST(Pairs, ServicesOfOneRegionLoseHoursInAllTheirZones) {
  EXPECT_GT(on("aws-2025-10-20", "services-fragile").outcome.downtime_s, 2 * kHour);
}

TEST(Pairs, TwoRegionsWithDataOfTheirOwnAreBackAfterTheirFailover) {
  EXPECT_LE(on("aws-2025-10-20", "services-resilient").outcome.downtime_s, 150);
}

TEST(Pairs, InTheCohortAboutThePublishedTimesAreLost) {
  const auto november = on("cloudflare-2025-11-18", "servers-fragile");
  EXPECT_NEAR(november.outcome.downtime_s, 190 * kMinute, 19 * kMinute);
  const auto december = on("cloudflare-2025-12-05", "servers-fragile");
  EXPECT_NEAR(december.outcome.downtime_s, 25 * kMinute, 2.5 * kMinute);
}

TEST(Pairs, ASecondEdgeBehindIndependentNamesCostsItsFailoverAtMost) {
  for (const char* day : {"cloudflare-2025-11-18", "cloudflare-2025-12-05"}) {
    EXPECT_LE(on(day, "servers-resilient").outcome.downtime_s, 120) << day;
  }
}

}  // namespace
}  // namespace outlast
