#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "clock/mood.h"
#include "clock/surge.h"
#include "support/make_blueprint.h"

namespace outlast::clock {
namespace {

using findings::Condition;

std::vector<findings::TimedStep> story_of(const std::string& db, const std::string& users) {
  const auto bp = support::make_blueprint(
      "outlast: 1\nname: shop\nobjectives: {users: {" + users +
      ", requests_per_minute: 60}}\njourneys: {visit: {enters: lb}, look: {enters: shelf}}\n"
      "components:\n"
      "  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web]}\n"
      "  web: {type: aws.ec2, size: m6i.4xlarge, replicas: 20, region: us-east-1, zones: [a, b], "
      "needs: [db, {notes: async}], serving: {work: 1ms}}\n"
      "  db: {type: aws.ec2, region: us-east-1, zones: [a], " +
      db +
      "}\n"
      "  notes: {type: aws.sqs, region: us-east-1}\n"
      "  shelf: {type: aws.s3, region: us-east-1}\n");
  const auto surge =
      clock::surge_of(bp, catalog::Catalog::built_in(), surge_question_of(bp.objectives()));
  EXPECT_TRUE(surge.has_value());
  return surge ? surge->story : std::vector<findings::TimedStep>();
}

/// The last that is told of each component.
std::map<std::string, findings::TimedStep> last_of(const std::vector<findings::TimedStep>& story) {
  std::map<std::string, findings::TimedStep> last;
  for (const auto& step : story) {
    if (step.condition) {
      last[step.component] = step;
    }
  }
  return last;
}

TEST(SurgeStory, WhoCallsWhatIsFullIsDownBecauseOfIt) {
  const auto story = story_of("replicas: 1, size: m6i.large, serving: {work: 10ms, at_once: 2}",
                              "now: 100, peak: 2000, within: 10m");
  const auto last = last_of(story);
  ASSERT_EQ(last.count("db"), 1U);
  EXPECT_EQ(last.at("db").condition, Condition::down) << "it turns most away";
  EXPECT_EQ(last.at("db").event, kFailsMost);
  EXPECT_EQ(last.at("db").cause, "1 replica × 2 servers");
  for (const char* caller : {"lb", "web"}) {
    ASSERT_EQ(last.count(caller), 1U) << caller;
    EXPECT_EQ(last.at(caller).condition, Condition::down) << caller;
    EXPECT_EQ(last.at(caller).cause, "db is full") << caller;
  }
  EXPECT_EQ(last.count("notes"), 0U) << "nobody waits for it";
  EXPECT_EQ(last.count("shelf"), 0U) << "other users come to it";
  const auto first = [&](const std::string& component, Condition condition) {
    return std::find_if(story.begin(), story.end(),
                        [&](const auto& step) {
                          return step.component == component && step.condition == condition;
                        }) -
           story.begin();
  };
  EXPECT_LT(first("db", Condition::saturated), first("web", Condition::degraded));
  EXPECT_LT(first("web", Condition::degraded), first("web", Condition::down));
  EXPECT_TRUE(std::any_of(story.begin(), story.end(), [](const auto& step) {
    return step.component.empty() && step.event.starts_with("users lose more than one") &&
           step.cause == "db is full";
  }));
}

TEST(SurgeStory, WhatGrowsIsNoLongerFullAndItsCallersServeAgain) {
  const auto story = story_of(
      "replicas: 2, size: m6i.large, serving: {work: 10ms, at_once: 2}, "
      "scale: {min: 2, max: 40, target: cpu 60%, warm_up: 60s}",
      "now: 200, peak: 1500, within: 2m");
  const auto last = last_of(story);
  ASSERT_EQ(last.count("db"), 1U);
  EXPECT_EQ(last.at("db").condition, Condition::serving);
  EXPECT_EQ(last.at("db").event, "no longer full");
  ASSERT_EQ(last.count("web"), 1U);
  EXPECT_EQ(last.at("web").condition, Condition::serving);
  EXPECT_EQ(last.at("web").cause, "what it needs is good again");
  EXPECT_TRUE(std::any_of(story.begin(), story.end(), [](const auto& step) {
    return step.component == "db" && step.event.starts_with("autoscaler asks for");
  }));
}

TEST(SurgeStory, OfWhatIsCarriedThereIsNothingToTell) {
  EXPECT_TRUE(story_of("replicas: 20, size: m6i.4xlarge, serving: {work: 1ms}",
                       "now: 100, peak: 200, within: 10m")
                  .empty());
}

}  // namespace
}  // namespace outlast::clock
