// Between which ends an outage lies, and what keeps replicas from being started elsewhere.

#include <gtest/gtest.h>

#include <algorithm>

#include "replay/incidents_replayed.h"
#include "replay/luck.h"

namespace outlast {
namespace {

using namespace support;

findings::Replay ranged(const std::string& id, const std::string& yaml) {
  return replayed(id, yaml, {.telling = replay::Telling::range});
}

TEST(Range, WhatWasPublishedHasOneEnd) {
  const auto replay = ranged("aws-2025-10-20", shop("table"));
  ASSERT_TRUE(replay.range.has_value());
  EXPECT_EQ(replay.range->least.downtime_s, replay.outcome.downtime_s);
  EXPECT_EQ(replay.range->most.downtime_s, replay.outcome.downtime_s);
}

TEST(Range, WhatIsOurEstimateHasTwo) {
  const auto replay = ranged("azure-2025-10-29",
                             "outlast: 1\njourneys: {read: {enters: edge}}\ncomponents:\n"
                             "  edge: {type: azure.frontdoor}\n");
  ASSERT_TRUE(replay.range.has_value());
  EXPECT_LT(replay.range->least.downtime_s, replay.outcome.downtime_s);
  EXPECT_GT(replay.range->most.downtime_s, replay.outcome.downtime_s);
}

/// Whatever is at one of them: good luck never loses more, bad luck never less.
TEST(Range, TheMiddleLiesBetweenTheEnds) {
  const std::string all =
      "outlast: 1\njourneys: {buy: {enters: web}, sign: {enters: login}, read: {enters: edge}}\n"
      "components:\n"
      "  web: {type: aws.ec2, region: us-east-1, zones: [a, c], replicas: 4, at_least: 3, "
      "relocates: true, scale: {max: 40}, needs: [table]}\n"
      "  table: {type: aws.dynamodb, region: us-east-1}\n"
      "  login: {type: external.kakao_login}\n"
      "  edge: {type: cloudflare.cdn, traits: {proxy: new, bot_management: true}}\n";
  for (const auto& incident : incidents::archive()) {
    const auto replay = ranged(incident.id, all);
    ASSERT_TRUE(replay.range.has_value());
    EXPECT_LE(replay.range->least.downtime_s, replay.outcome.downtime_s) << incident.id;
    EXPECT_GE(replay.range->most.downtime_s, replay.outcome.downtime_s) << incident.id;
    EXPECT_LE(replay.range->least.degraded_s, replay.range->most.degraded_s) << incident.id;
  }
}

/// A loss that grows is noticed and switched away from; one that stays small goes on.
TEST(Range, TheLeastIsNeverMoreThanTheMost) {
  const auto replay = ranged(
      "dyn-2016-10-21",
      "outlast: 1\njourneys: {site: {enters: users}}\ncomponents:\n"
      "  users: {kind: other, provider: own, needs: [{any_of: [names, names2], at_least: 1}, "
      "app]}\n"
      "  names: {type: external.dyn}\n  names2: {type: aws.route53}\n"
      "  app: {kind: compute, provider: own, replicas: 2, at_least: 1}\n");
  ASSERT_TRUE(replay.range.has_value());
  const auto& range = *replay.range;
  EXPECT_LT(range.least.degraded_s, range.most.degraded_s);
  EXPECT_LT(range.least.users, range.most.users);
  EXPECT_FALSE(findings::is_graver(range.least.survives, range.most.survives));
  EXPECT_LE(range.least.degraded_s, replay.outcome.degraded_s);
  EXPECT_GE(range.most.degraded_s, replay.outcome.degraded_s);
  EXPECT_LE(range.least_by_journey.front().degraded_s, range.most_by_journey.front().degraded_s);
}

/// Of services that come back one after the other one is down, then well, never in part.
TEST(Range, OneOfThoseThatComeBackOneByOneIsBackAtOnceAndItIsNotKnownWhen) {
  const std::string login =
      "outlast: 1\njourneys: {sign: {enters: web}}\ncomponents:\n"
      "  web: {kind: compute, provider: own, needs: [login]}\n"
      "  login: {type: external.kakao_login}\n";
  incidents::Incident day = incident("pangyo-2022-10-15");
  const auto restart = std::find_if(day.actions.begin(), day.actions.end(),
                                    [](const auto& action) { return action.is_one_by_one; });
  ASSERT_NE(restart, day.actions.end());
  const double begins_s = phase_of(day, "kakao_down").at.value;
  const auto back_s = [&](double turn) {
    return restart->at.value + turn * restart->reaches->value - begins_s;
  };
  const auto replay = ranged(day.id, login);
  EXPECT_NEAR(replay.outcome.downtime_s, back_s(0.5), 1);
  EXPECT_EQ(replay.outcome.degraded_s, replay.outcome.downtime_s);
  EXPECT_NEAR(replay.range->least.downtime_s, back_s(0.1), 1);
  EXPECT_NEAR(replay.range->most.downtime_s, back_s(0.9), 1);
  restart->is_one_by_one = false;
  const auto shared = replayed(day, login);
  EXPECT_GT(shared.outcome.degraded_s, shared.outcome.downtime_s) << "more and more for everybody";
}

TEST(Range, NoFigureThatIsReadInASourceMoves) {
  for (const auto& incident : incidents::archive()) {
    const auto bad = replay::estimated(incident, replay::Luck::bad);
    for (std::size_t i = 0; i < incident.phases.size(); ++i) {
      const auto& before = incident.phases[i];
      const auto& after = bad.phases[i];
      EXPECT_EQ(before.at.value, after.at.value);
      if (before.error && before.error->trust != catalog::Trust::estimate) {
        EXPECT_EQ(before.error->value, after.error->value) << incident.id << " " << before.id;
      }
      if (before.until && before.until->trust != catalog::Trust::estimate) {
        EXPECT_EQ(before.until->value, after.until->value) << incident.id << " " << before.id;
      }
    }
  }
}

/// A zone without power, of which servers are started anew in the next one.
const char* const kTwoZones =
    "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
    "  web: {type: aws.ec2, region: us-east-1, zones: [us-east-1a, us-east-1b], replicas: 2, "
    "at_least: 2, relocates: true}\n";

/// The same day, on which nothing can be launched for so long.
incidents::Incident without_launches(double hours) {
  auto day = *incidents::transposed(incident("aws-2021-12-22"), "facility", "us-east-1a");
  std::erase_if(day.phases, [](const auto& phase) { return phase.match.place.empty(); });
  if (hours > 0) {
    incidents::Phase launches = phase_of(incident("aws-2025-10-20"), "launches_fail");
    launches.what = "launches fail";
    launches.follows.clear();
    launches.at.value = 0;
    launches.until->value = hours * kHour;
    day.phases.push_back(launches);
  }
  return day;
}

TEST(Held, NothingIsStartedElsewhereWhileNothingCanBeLaunched) {
  const double free = replayed(without_launches(0), kTwoZones).outcome.downtime_s;
  EXPECT_GT(free, 5 * kMinute);
  EXPECT_LT(free, kHour);
  const auto held = replayed(without_launches(2), kTwoZones);
  EXPECT_NEAR(held.outcome.downtime_s, 2 * kHour + free, 2 * kMinute);
  const auto told = [&](const char* event) {
    return std::find_if(held.story.begin(), held.story.end(),
                        [&](const auto& step) { return step.event == event; });
  };
  ASSERT_NE(told("cannot be started elsewhere"), held.story.end());
  EXPECT_EQ(told("cannot be started elsewhere")->cause, "launches fail");
  ASSERT_NE(told("is being started elsewhere"), held.story.end());
}

TEST(Held, WhoWouldWaitForLongerThanTheZoneTakesWaitsForTheZone) {
  const double zone_s = replayed(without_launches(100), kTwoZones).outcome.downtime_s;
  EXPECT_LT(zone_s, 24 * kHour);
  EXPECT_EQ(replayed(without_launches(200), kTwoZones).outcome.downtime_s, zone_s);
}

/// What is lost twice is told twice, and what was good in between is told too.
TEST(Stories, EachStretchIsToldWithItsOwnCause) {
  const auto replay = replayed("aws-2025-10-20", shop("{to: users, strength: auth}"));
  std::vector<std::string> events;
  for (const auto& step : replay.story) {
    if (step.component == "web") {
      events.push_back(step.event);
    }
  }
  EXPECT_EQ(events, (std::vector<std::string>{"is down", "is back", "loses 30 % of its requests",
                                              "is back"}));
  const auto again = std::find_if(replay.story.begin(), replay.story.end(), [](const auto& step) {
    return step.component == "web" && step.event.starts_with("loses");
  });
  ASSERT_NE(again, replay.story.end());
  EXPECT_NE(again->cause.find("through the balancers"), std::string::npos) << again->cause;
}

TEST(Stories, WhoIsSwitchedAwayIsBackWhenItIs) {
  const auto replay = replayed("cloudflare-2025-12-05",
                               "outlast: 1\njourneys: {read: {enters: site}}\ncomponents:\n"
                               "  site: {type: aws.route53, needs: [{any_of: [edge, other], "
                               "at_least: 1, via: names, detect: 60s, takes: 60s}]}\n"
                               "  names: {type: aws.route53}\n"
                               "  edge: {type: cloudflare.cdn, traits: {proxy: old, managed_rules: "
                               "true}}\n  other: {type: aws.cloudfront}\n");
  const auto back = std::find_if(replay.story.begin(), replay.story.end(), [](const auto& step) {
    return step.component == "site" && step.event == "is back";
  });
  ASSERT_NE(back, replay.story.end());
  EXPECT_LT(back->at_s, 3 * kMinute);
  EXPECT_EQ(back->cause, "it goes on without what is hit");
}

TEST(Stories, TheCauseIsToldBeforeWhoNeedsIt) {
  const auto replay = replayed("cloudflare-2025-12-05", site("proxy: old, managed_rules: true"));
  const auto at = [&](const std::string& component) {
    return std::find_if(replay.story.begin(), replay.story.end(),
                        [&](const auto& step) { return step.component == component; });
  };
  EXPECT_LT(at("cloudflare"), at("edge"));
  const auto shop_story = replayed("aws-2017-02-28",
                                   "outlast: 1\njourneys: {buy: {enters: a_web}}\ncomponents:\n"
                                   "  a_web: {kind: compute, provider: own, needs: [z_bucket]}\n"
                                   "  z_bucket: {type: aws.s3, region: us-east-1}\n")
                              .story;
  const auto first = [&](const std::string& component) {
    return std::find_if(shop_story.begin(), shop_story.end(),
                        [&](const auto& step) { return step.component == component; });
  };
  EXPECT_LT(first("z_bucket"), first("a_web"));
}

TEST(Stories, TheCauseNamesHowFastAChangeSpread) {
  const auto slower = [] {
    auto day = incident("cloudflare-2025-12-05");
    day.phases.front().reaches->value *= 2;
    return day;
  }();
  const auto cause = [](const findings::Replay& replay) {
    return std::find_if(replay.story.begin(), replay.story.end(),
                        [](const auto& step) { return step.component == "edge"; })
        ->cause;
  };
  const std::string hit = site("proxy: old, managed_rules: true");
  EXPECT_NE(cause(replayed("cloudflare-2025-12-05", hit)).find("everywhere within 60 s"),
            std::string::npos);
  EXPECT_NE(cause(replayed(slower, hit)).find("everywhere within 2 min"), std::string::npos);
}

TEST(Stories, ASwitchThatIsDownTooIsNamed) {
  const auto replay =
      replayed("dyn-2016-10-21",
               "outlast: 1\njourneys: {read: {enters: site}}\ncomponents:\n"
               "  site: {kind: compute, provider: own, needs: [{any_of: [one, two], "
               "at_least: 1, via: switch, detect: 60s, takes: 60s}]}\n"
               "  switch: {kind: compute, provider: own, needs: [names]}\n"
               "  one: {kind: compute, provider: own, needs: [names]}\n"
               "  two: {kind: compute, provider: own}\n"
               "  names: {type: external.dyn}\n");
  EXPECT_TRUE(std::any_of(replay.story.begin(), replay.story.end(), [](const auto& step) {
    return step.component == "site" &&
           step.cause.find("switch, which switches, is down too") != std::string::npos;
  }));
}

/// What is well itself and cannot be reached is what those who need it are down by.
TEST(Story, WhatCannotBeReachedIsToldBeforeWhoNeedsIt) {
  for (const std::string need : {"table", "{to: table, strength: soft, loses: 20%}"}) {
    const auto replay = replayed("aws-2025-10-20", shop(need));
    const auto& story = replay.story;
    const auto told = [&](const std::string& component, findings::Condition condition) {
      return std::find_if(story.begin(), story.end(), [&](const auto& step) {
        return step.component == component && step.condition == condition;
      });
    };
    const auto lost = told("table", findings::Condition::down);
    const auto found = told("table", findings::Condition::serving);
    ASSERT_NE(lost, story.end()) << need;
    ASSERT_NE(found, story.end()) << need;
    EXPECT_NE(lost->cause.find("answers with no address"), std::string::npos) << lost->cause;
    EXPECT_LT(lost->at_s, found->at_s);
    EXPECT_LT(lost, told("web", findings::Condition::down));
  }
}

/// Of what was hit itself nothing else had to come back.
TEST(Story, WhatWasHitItselfIsBackOnceTheProviderIsDone) {
  const auto replay = replayed("cloudflare-2025-12-05", site("proxy: old, managed_rules: true"));
  const auto back = std::find_if(replay.story.begin(), replay.story.end(), [](const auto& step) {
    return step.component == "edge" && step.event == "is back";
  });
  ASSERT_NE(back, replay.story.end());
  EXPECT_EQ(back->cause, "the provider is done");
}

TEST(Story, NobodyIsCutOffFromWhatNobodyAsksFor) {
  const auto replay = replayed("aws-2025-10-20", shop("users"));
  EXPECT_TRUE(std::none_of(replay.story.begin(), replay.story.end(),
                           [](const auto& step) { return step.component == "table"; }));
}

}  // namespace
}  // namespace outlast
