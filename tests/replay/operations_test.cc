// What a need names is all that it asks for: who only reads is not hit while only writing is lost.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <utility>
#include <vector>

#include "replay/incidents_replayed.h"

namespace outlast {
namespace {

using findings::Verdict;
using findings::verdict_of;
using namespace support;

/// A day on which the bucket cannot be found in for three hours, and written to for five.
incidents::Incident bucket_day() {
  incidents::Incident day = incident("aws-2017-02-28");
  const auto lost = [&](const char* id, std::vector<incidents::Operation> operations,
                        double hours) {
    incidents::Phase phase = day.phases.front();
    phase.id = id;
    phase.match.operations = std::move(operations);
    phase.at.value = 0;
    phase.until = phase.at;
    phase.until->value = hours * kHour;
    return phase;
  };
  day.phases = {lost("reads", {incidents::Operation::read, incidents::Operation::list}, 3),
                lost("writes", {incidents::Operation::write}, 5)};
  day.actions.clear();
  return day;
}

double down_s(const std::string& journey, const std::string& web, const std::string& more = "") {
  const auto replay = replayed(bucket_day(), "outlast: 1\njourneys: {buy: {enters: web" + journey +
                                                 "}}\ncomponents:\n"
                                                 "  web: {kind: compute, provider: own, needs: [" +
                                                 web + "]}\n" + more +
                                                 "  bucket: {type: aws.s3, region: us-east-1}\n");
  return replay.outcome.downtime_s;
}

TEST(Operations, WhoOnlyReadsLosesWhatReadingDoes) {
  EXPECT_EQ(down_s("", "bucket"), 5 * kHour);
  EXPECT_EQ(down_s("", "{to: bucket, operations: [read]}"), 3 * kHour);
  EXPECT_EQ(down_s("", "{to: bucket, operations: [write]}"), 5 * kHour);
  EXPECT_EQ(down_s(", operations: [read]", "bucket"), 3 * kHour);
}

TEST(Operations, WhatANeedNamesHoldsForAllBelowIt) {
  const std::string api = "  api: {kind: compute, provider: own, needs: [bucket]}\n";
  EXPECT_EQ(down_s("", "api", api), 5 * kHour);
  EXPECT_EQ(down_s("", "{to: api, operations: [read]}", api), 3 * kHour);
}

TEST(Operations, ACircleOfCallsAsksForWhatItIsAskedFor) {
  const std::string api =
      "  api: {kind: compute, provider: own, needs: [bucket, {to: web, operations: [read]}]}\n";
  EXPECT_EQ(down_s("", "{to: api, operations: [read]}", api), 3 * kHour);
  EXPECT_EQ(down_s("", "api", api), 5 * kHour);
}

TEST(Operations, WordsOfOnesOwnMayAskForAnything) {
  EXPECT_EQ(down_s(", operations: [login]", "bucket"), 5 * kHour);
}

/// Changes are another plane: an edge that crashes can still be asked for them, and one that serves
/// may refuse them.
TEST(Operations, WhoOnlyChangesTheEdgeIsNotHitByItsRequests) {
  const auto asking = [](const std::string& operations) {
    return replayed("azure-2025-10-29",
                    "outlast: 1\njourneys: {release: {enters: builds}}\ncomponents:\n"
                    "  builds: {kind: compute, provider: own, needs: [{to: edge" +
                        operations + "}]}\n  edge: {type: azure.frontdoor}\n");
  };
  EXPECT_NEAR(asking("").outcome.downtime_s, 3.5 * kHour, 0.2 * kHour);
  const auto changing = asking(", operations: [config]");
  const auto falls = std::find_if(changing.story.begin(), changing.story.end(),
                                  [](const auto& step) { return step.component == "builds"; });
  ASSERT_NE(falls, changing.story.end());
  EXPECT_EQ(falls->at_s, 109 * kMinute);
  EXPECT_NE(falls->cause.find("changes"), std::string::npos) << falls->cause;
}

/// The slow, obvious answer: who is asked for some operations asks all that it needs for those that
/// a need names too.
RC_GTEST_PROP(Operations, AgreeWithAskingOneByOne, ()) {
  constexpr int kServices = 5;
  const std::array<std::string, 4> words = {"", "read", "write", "read, write"};
  const std::array<unsigned, 4> masks = {7, 1, 2, 3};  // the third bit: whatever else there is
  std::vector<std::vector<std::pair<int, std::size_t>>> needs(kServices);
  std::string yaml = "outlast: 1\njourneys: {buy: {enters: s0}}\ncomponents:\n";
  for (int i = 0; i < kServices; ++i) {
    yaml += "  s" + std::to_string(i) + ": {kind: compute, provider: own, needs: [";
    for (int j = i + 1; j <= kServices; ++j) {
      if (*rc::gen::inRange(0, 2) == 1) {
        const auto word = static_cast<std::size_t>(*rc::gen::inRange(0, 4));
        needs[static_cast<std::size_t>(i)].emplace_back(j, word);
        yaml += std::string(needs[static_cast<std::size_t>(i)].size() > 1 ? ", " : "") + "{to: s" +
                std::to_string(j) +
                (words[word].empty() ? "" : ", operations: [" + words[word] + "]") + "}";
      }
    }
    yaml += "]}\n";
  }
  yaml += "  s" + std::to_string(kServices) + ": {type: aws.s3, region: us-east-1}\n";
  const std::function<double(int, unsigned)> down = [&](int at, unsigned asked) {
    if (at == kServices) {
      return (asked & 2U) != 0 ? 5 * kHour : (asked & 1U) != 0 ? 3 * kHour : 0;
    }
    double worst = 0;
    for (const auto& [target, word] : needs[static_cast<std::size_t>(at)]) {
      worst = std::max(worst, down(target, asked & masks[word]));
    }
    return worst;
  };
  const auto replay = replayed(bucket_day(), yaml, {.telling = replay::Telling::outcome});
  RC_ASSERT(replay.outcome.downtime_s == down(0, 7));
}

/// A credential that is renewed every quarter of an hour and lives for one lasts that much longer.
TEST(Operations, ACredentialThatCannotBeRenewedEnds) {
  const auto direct = replayed("aws-2025-10-20", shop("{to: users, strength: auth}"));
  const auto leased =
      replayed("aws-2025-10-20", shop("{to: users, strength: refresh, every: 15m, buffer: 1h}"));
  EXPECT_NEAR(direct.outcome.downtime_s - leased.outcome.downtime_s, 60 * kMinute - 7.5 * kMinute,
              1);
}

/// Who needs sign-in and does not say what for may be asking for that, or only for keys to check
/// tokens by: both are told.
TEST(Operations, WhoDoesNotSayThatItSignsInIsToldBothOutcomes) {
  const auto open = replayed("aws-2025-10-20", shop("users"));
  const auto signs_in = replayed("aws-2025-10-20", shop("{to: users, strength: auth}"));
  EXPECT_EQ(verdict_of(open), Verdict::unknown);
  ASSERT_TRUE(open.spared.has_value());
  EXPECT_EQ(open.spared->downtime_s, 0);
  EXPECT_EQ(open.outcome.downtime_s, signs_in.outcome.downtime_s);
  EXPECT_NE(open.question.find("what is asked of users by web"), std::string::npos)
      << open.question;
  const auto named = [](const std::string& operations) {
    return replayed("aws-2025-10-20", shop("{to: users, operations: [" + operations + "]}"));
  };
  EXPECT_EQ(verdict_of(named("auth")), Verdict::no);
  EXPECT_EQ(verdict_of(named("login")), Verdict::no);
  EXPECT_EQ(verdict_of(named("read")), Verdict::yes);
  EXPECT_EQ(named("auth").outcome.downtime_s, signs_in.outcome.downtime_s);
}

/// Queues are not polled for longer than functions fail: what waits in them is late, calls are not.
TEST(Operations, WorkInQueuesWaitsForWhoPollsThem) {
  const auto late = [](const std::string& way) {
    return replayed("aws-2025-10-20",
                    "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
                    "  web: {kind: compute, provider: own, needs: [" +
                        way +
                        "]}\n"
                        "  orders: {type: aws.sqs, region: us-east-1, needs: [work]}\n"
                        "  work: {type: aws.lambda, region: us-east-1}\n")
        .outcome;
  };
  EXPECT_GE(late("{to: orders, strength: async, buffer: 4d}").late_s, 292 * kMinute);
  EXPECT_EQ(late("{to: orders, strength: async, buffer: 4d}").downtime_s, 0);
  EXPECT_EQ(late("{to: work, operations: [read]}").downtime_s, 0);
}

/// As published: tokens were issued again an hour before the record was back.
TEST(Operations, SignInIsBackWhenThePublishedTimeSays) {
  const auto replay = replayed("aws-2025-10-20", shop("{to: users, strength: auth}"));
  EXPECT_EQ(replay.outcome.downtime_s, 91 * kMinute);
}

TEST(Operations, AStoryTellsForWhomSomethingIsBack) {
  const auto replay = replayed(bucket_day(),
                               "outlast: 1\njourneys: {read: {enters: pages}, put: {enters: "
                               "editor}}\ncomponents:\n"
                               "  pages: {kind: compute, provider: own, needs: [{to: bucket, "
                               "operations: [read]}]}\n"
                               "  editor: {kind: compute, provider: own, needs: [{to: bucket, "
                               "operations: [write]}]}\n"
                               "  bucket: {type: aws.s3, region: us-east-1}\n");
  const auto back = [&](const char* event) {
    const auto found = std::find_if(
        replay.story.begin(), replay.story.end(),
        [&](const auto& step) { return step.component == "bucket" && step.event == event; });
    return found == replay.story.end() ? -1 : found->at_s;
  };
  EXPECT_EQ(back("is back for read"), 3 * kHour);
  EXPECT_EQ(back("is back for write"), 5 * kHour);
  EXPECT_EQ(back("is back"), -1);
}

/// Words of the input's own name no operation of a provider: the story tells whose journey it is.
TEST(Operations, AStoryTellsWhichJourneyIsDown) {
  const auto replay = replayed("facebook-2021-10-04",
                               "outlast: 1\njourneys: {browse: {enters: web, operations: [read]}, "
                               "login: {enters: web, operations: [login]}}\ncomponents:\n"
                               "  web: {type: aws.ec2, region: us-west-2, zones: [a], needs: [{to: "
                               "people, operations: [login], strength: auth}]}\n"
                               "  people: {type: external.facebook_login}\n");
  EXPECT_TRUE(std::any_of(replay.story.begin(), replay.story.end(), [](const auto& step) {
    return step.component == "web" && step.event == "is down for login";
  }));
}

/// Accounts and the edge are everywhere, and changed from one region.
TEST(Operations, ChangesOfWhatIsGlobalFailElsewhereAndItsRequestsDoNot) {
  const auto asks = [](const std::string& need) {
    return replayed("aws-2025-10-20",
                    "outlast: 1\njourneys: {set_up: {enters: web}}\ncomponents:\n"
                    "  web: {type: aws.ec2, region: eu-west-1, zones: [a], needs: [" +
                        need + "]}\n  edge: {type: aws.cloudfront}\n  role: {type: aws.iam}\n");
  };
  for (const std::string to : {"edge", "role"}) {
    const auto changing = asks("{to: " + to + ", operations: [config]}");
    EXPECT_EQ(verdict_of(changing), Verdict::degraded) << to;
    EXPECT_EQ(changing.outcome.downtime_s, 0) << to;
    EXPECT_NEAR(changing.outcome.degraded_s, 3 * kHour + 15 * kMinute, kMinute) << to;
  }
  EXPECT_EQ(asks("{to: edge, operations: [read]}").outcome.degraded_s, 0);
}

TEST(Operations, WhatIsSoftlyNeededByANameIsMissed) {
  const auto soft = replayed("aws-2025-10-20", shop("{to: table, strength: soft, loses: 20%}"));
  EXPECT_EQ(verdict_of(soft), Verdict::degraded);
  EXPECT_NEAR(soft.outcome.degraded_s, 2 * kHour + 52 * kMinute, kMinute);
}

TEST(Operations, WhatWaitsInAQueueIsLateAndNotLost) {
  const auto queued = replayed("aws-2025-10-20", shop("{to: table, strength: async, buffer: 24h}"));
  EXPECT_EQ(queued.outcome.downtime_s, 0);
  EXPECT_NEAR(queued.outcome.late_s, 2 * kHour + 52 * kMinute, kMinute);
  EXPECT_EQ(verdict_of(queued), Verdict::yes);
}

}  // namespace
}  // namespace outlast
