// What is not known of whom an incident hit is told as that, with how it ends either way.

#include <gtest/gtest.h>

#include <algorithm>

#include "replay/incidents_replayed.h"

namespace outlast {
namespace {

using findings::Verdict;
using findings::verdict_of;
using namespace support;

/// A site that is switched to a second edge; of the first one so much is known.
std::string switched_site(const std::string& traits) {
  return "outlast: 1\njourneys: {read: {enters: site}}\ncomponents:\n"
         "  site: {type: aws.route53, needs: [{any_of: [edge, other], at_least: 1, via: names, "
         "detect: 90s, takes: 60s}]}\n"
         "  names: {type: aws.route53}\n"
         "  edge: {type: cloudflare.cdn, traits: {" +
         traits + "}}\n  other: {type: aws.cloudfront}\n";
}

/// Down for less than the objective is survived, and is still not nothing.
TEST(Unknown, WhoMayHaveBeenDownForMinutesIsNotToldThatNothingWasThere) {
  const auto replay = replayed("cloudflare-2025-12-05", switched_site(""));
  EXPECT_EQ(verdict_of(replay), Verdict::unknown);
  EXPECT_EQ(replay.outcome.survives, Verdict::yes);
  EXPECT_EQ(replay.outcome.downtime_s, 150);
  ASSERT_TRUE(replay.spared.has_value());
  EXPECT_EQ(replay.spared->survives, Verdict::not_exposed);
  EXPECT_NE(replay.question.find("proxy"), std::string::npos) << replay.question;
}

/// What is left of a lease, or of a queue, decides; it is no lease for ever that nobody states.
TEST(Unknown, HowLongSomebodyDoesWithoutWhatIsLostIsAskedWhereItDecides) {
  for (const std::string need :
       {"to: users, strength: refresh, every: 15m", "to: table, strength: async"}) {
    const auto open = replayed("aws-2025-10-20", shop("{" + need + "}"));
    EXPECT_EQ(verdict_of(open), Verdict::unknown) << need;
    EXPECT_GT(open.outcome.downtime_s, kHour) << need;
    ASSERT_TRUE(open.spared.has_value()) << need;
    EXPECT_EQ(open.spared->downtime_s, 0) << need;
    EXPECT_NE(open.question.find("how long web can do without"), std::string::npos)
        << open.question;
    const auto stated = replayed("aws-2025-10-20", shop("{" + need + ", buffer: 24h}"));
    EXPECT_EQ(verdict_of(stated), Verdict::yes) << need;
    EXPECT_TRUE(stated.question.empty()) << stated.question;
  }
  const auto elsewhere =
      replayed("azure-2025-10-29", shop("{to: users, strength: refresh, every: 15m}"));
  EXPECT_EQ(verdict_of(elsewhere), Verdict::not_exposed);
}

/// Who loses nothing where it is hit need not know whether it is.
TEST(Unknown, WhereNothingIsLostEitherWayNothingIsAsked) {
  const auto replay = replayed("cloudflare-2025-12-05",
                               "outlast: 1\njourneys: {read: {enters: web}}\ncomponents:\n"
                               "  web: {type: aws.ec2, region: eu-west-1, zones: [a]}\n"
                               "  edge: {type: cloudflare.cdn}\n");
  EXPECT_EQ(verdict_of(replay), Verdict::not_exposed);
  EXPECT_FALSE(replay.spared.has_value());
}

TEST(Unknown, HalfACohortDecidesBetweenAPartAndNothing) {
  const auto half = replayed("cloudflare-2025-11-18", site("proxy: old"));
  EXPECT_EQ(verdict_of(half), Verdict::unknown);
  EXPECT_EQ(half.outcome.survives, Verdict::degraded);
  ASSERT_TRUE(half.spared.has_value());
  EXPECT_NE(half.question.find("bot_rules"), std::string::npos) << half.question;
  const auto with = [](const std::string& more) {
    return verdict_of(replayed("cloudflare-2025-11-18", site("proxy: old, " + more)));
  };
  EXPECT_EQ(with("bot_management: true"), Verdict::unknown);
  EXPECT_EQ(with("bot_management: true, bot_rules: true"), Verdict::degraded);
  EXPECT_EQ(with("bot_management: true, bot_rules: false"), Verdict::yes);
  EXPECT_EQ(with("bot_management: false"), Verdict::yes);
}

/// A site is behind one of two proxies: nobody is told the loss of both.
TEST(Unknown, OneStoryPlaysOneOfSeveralCohorts) {
  const auto open = replayed("cloudflare-2025-11-18", site(""));
  const auto worst = replayed("cloudflare-2025-11-18", site("proxy: new, bot_management: true"));
  EXPECT_EQ(verdict_of(open), Verdict::unknown);
  EXPECT_EQ(open.outcome.downtime_s, worst.outcome.downtime_s);
  EXPECT_EQ(open.outcome.degraded_s, worst.outcome.degraded_s);
  EXPECT_EQ(open.because, worst.because);
  EXPECT_TRUE(std::none_of(open.story.begin(), open.story.end(), [](const auto& step) {
    return step.cause.find("the old proxy") != std::string::npos;
  }));
}

TEST(Unknown, EachOtherCohortIsToldBesideTheWorst) {
  const auto open = replayed("cloudflare-2025-11-18", site(""));
  ASSERT_EQ(open.others.size(), 1U);
  EXPECT_EQ(open.others.front().traits, "proxy: old");
  EXPECT_EQ(open.others.front().outcome.survives, Verdict::degraded);
  EXPECT_EQ(open.others.front().outcome.downtime_s, 0);
  EXPECT_TRUE(replayed("cloudflare-2025-11-18", site("proxy: new")).others.empty());
  EXPECT_TRUE(replayed("cloudflare-2025-12-05", site("")).others.empty()) << "only one was hit";
}

/// Whose edge it is said to be is who it happened to.
TEST(Elsewhere, TheStoryNamesWhoPlaysThePart) {
  const auto day = incidents::transposed(incident("cloudflare-2025-12-05"), "edge_cdn", "azure");
  ASSERT_TRUE(day.has_value());
  const auto replay = replayed(*day,
                               "outlast: 1\njourneys: {read: {enters: edge}}\ncomponents:\n"
                               "  edge: {type: azure.frontdoor, traits: {proxy: old, "
                               "managed_rules: true}}\n");
  ASSERT_FALSE(replay.story.empty());
  EXPECT_EQ(replay.story.front().component, "azure");
  EXPECT_TRUE(std::none_of(replay.story.begin(), replay.story.end(),
                           [](const auto& step) { return step.component == "cloudflare"; }));
}

/// The first cause is over, and another one holds it: a story that ends with the first one is wrong.
TEST(Story, WhatHoldsItNextIsToldWhenTheFirstCauseIsOver) {
  const auto replay = replayed("cloudflare-2025-11-18",
                               "outlast: 1\njourneys: {buy: {enters: shop}}\ncomponents:\n"
                               "  shop: {type: cloudflare.workers, traits: {proxy: new, "
                               "bot_management: true}, needs: [carts]}\n"
                               "  carts: {type: cloudflare.kv}\n");
  const auto still = std::find_if(replay.story.begin(), replay.story.end(), [](const auto& step) {
    return step.component == "shop" && step.event.find("still") != std::string::npos;
  });
  ASSERT_NE(still, replay.story.end());
  EXPECT_EQ(still->at_s, 105 * kMinute);
  EXPECT_NE(still->cause.find("feature file"), std::string::npos) << still->cause;
  EXPECT_NE(still->cause.find("drawn anew"), std::string::npos) << still->cause;
}

}  // namespace
}  // namespace outlast
