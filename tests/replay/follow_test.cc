// Users follow a switch of names as their addresses run out.

#include <gtest/gtest.h>

#include "replay/incidents_replayed.h"

namespace outlast {
namespace {

using findings::Verdict;
using findings::verdict_of;
using namespace support;

constexpr double kSwitch_s = 150;

findings::Replay with_addresses(const std::string& kept) {
  return replayed("cloudflare-2025-12-05",
                  "outlast: 1\njourneys: {read: {enters: site}}\ncomponents:\n"
                  "  site: {type: aws.route53, needs: [{any_of: [edge, other], at_least: 1, via: "
                  "names, detect: 90s, takes: 60s" +
                      kept +
                      "}]}\n  names: {type: aws.route53}\n"
                      "  edge: {type: cloudflare.cdn, traits: {proxy: old, managed_rules: true}}\n"
                      "  other: {type: aws.cloudfront}\n");
}

TEST(Follow, HalfHaveFollowedAfterHalfOfTheirTtl) {
  EXPECT_EQ(with_addresses("").outcome.downtime_s, kSwitch_s);
  const auto soon = with_addresses(", ttl: 10m");
  EXPECT_NEAR(soon.outcome.downtime_s, kSwitch_s + 5 * kMinute, kMinute);
  EXPECT_GT(soon.outcome.degraded_s, kSwitch_s + 9 * kMinute);
}

TEST(Follow, WhoHardlyFollowsIsDownUntilItIsOver) {
  const auto replay = with_addresses(", ttl: 2h");
  EXPECT_EQ(verdict_of(replay), Verdict::no);
  EXPECT_NEAR(replay.outcome.downtime_s, 24 * kMinute, kMinute);
}

TEST(Follow, StaleAddressesLoseTheirShareUntilTheyAreGone) {
  const auto replay = with_addresses(", ttl: 1m, stale: 20%, stale_for: 2h");
  EXPECT_NEAR(replay.outcome.downtime_s, kSwitch_s + kMinute / 2, kMinute);
  EXPECT_NEAR(replay.outcome.degraded_s, 25 * kMinute, kMinute);
  EXPECT_TRUE(replay.assumptions.empty() ||
              replay.assumptions.front().name.find("old addresses") == std::string::npos);
  const auto unsaid = with_addresses(", ttl: 1m, stale: 20%");
  ASSERT_FALSE(unsaid.assumptions.empty());
  EXPECT_NE(unsaid.assumptions.front().name.find("old addresses are kept"), std::string::npos);
}

}  // namespace
}  // namespace outlast
