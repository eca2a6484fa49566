// What must hold of every replay, whatever the incident and the architecture.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "replay/incidents_replayed.h"
#include "support/root.h"

namespace outlast {
namespace {

using findings::Verdict;
using namespace support;

/// The architectures of the pairs, and some of which a part is hit and another is not.
std::vector<std::string> architectures() {
  std::vector<std::string> all = {
      shop("table"),
      shop("{to: table, operations: [read]}", "zones: [a, c], replicas: 4, at_least: 2"),
      shop("{to: table, strength: soft, loses: 20%}"),
      shop("{to: users, strength: auth}"),
      site("proxy: new, bot_management: true"),
      site(""),
      site_with_second_edge("30s", "60s"),
  };
  const std::string root = std::string(project_root()) + "/examples/outages";
  std::set<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".yaml") {
      paths.insert(entry.path().string());
    }
  }
  for (const std::string& path : paths) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    all.push_back(text.str());
  }
  return all;
}

template <class Law>
void for_every_replay(const Law& law) {
  for (const std::string& text : architectures()) {
    const auto bp = make_blueprint(text);
    const failure::Dependence dependence(bp);
    for (const auto& incident : incidents::archive()) {
      SCOPED_TRACE(incident.id + "\n" + text);
      law(bp, incident,
          replay::replay_of(bp, catalog::Catalog::built_in(), dependence, incident,
                            incidents::roles(), {}));
    }
  }
}

TEST(Laws, TheVerdictIsThatOfTheTimesAndTheData) {
  for_every_replay([](const auto& bp, const auto&, const findings::Replay& replay) {
    const auto& outcome = replay.outcome;
    const double rto = replay.objective.rto.value;
    bool fails = replay.data.kind == failure::DataLoss::Kind::all ||
                 (replay.data.kind == failure::DataLoss::Kind::seconds &&
                  replay.data.seconds > replay.objective.rpo.value);
    for (std::size_t i = 0; i < replay.journeys.size(); ++i) {
      const auto& journey = replay.journeys[i];
      const bool is_low = bp.journeys().begin()[static_cast<std::ptrdiff_t>(i)].importance ==
                          blueprint::Importance::low;
      fails = fails || (journey.downtime_s > rto && !is_low);
      EXPECT_LE(journey.downtime_s, journey.degraded_s);
      EXPECT_LE(journey.downtime_s, outcome.downtime_s);
    }
    if (outcome.survives != Verdict::not_exposed) {
      EXPECT_EQ(outcome.survives == Verdict::no, fails);
    } else {
      EXPECT_EQ(outcome.downtime_s, 0);
      EXPECT_EQ(outcome.users, 0);
    }
    if (outcome.survives == Verdict::no || outcome.survives == Verdict::degraded) {
      EXPECT_TRUE(!replay.because.empty() || replay.data.kind != failure::DataLoss::Kind::none);
    }
  });
}

/// Users never ask for what a component of a story has lost after all was over.
TEST(Laws, AStoryIsToldInTimeAndOfWhatIsThere) {
  for_every_replay([](const auto& bp, const auto& incident, const findings::Replay& replay) {
    std::set<std::string> ids;
    for (const auto& component : bp.components()) {
      ids.insert(component.id);
    }
    double before_s = 0;
    for (const auto& step : replay.story) {
      EXPECT_GE(step.at_s, before_s);
      before_s = step.at_s;
      EXPECT_FALSE(step.cause.empty());
      EXPECT_EQ(step.condition.has_value(), ids.contains(step.component)) << step.component;
      EXPECT_EQ(step.cause.find("what it needs is not there"), std::string::npos) << step.event;
    }
    for (const std::string& id : replay.hit) {
      EXPECT_TRUE(ids.contains(id)) << id;
    }
    EXPECT_EQ(replay.incident, incident.id);
  });
}

TEST(Laws, WhatWouldHavePreventedItIsBetter) {
  for_every_replay([](const auto&, const auto&, const findings::Replay& replay) {
    const auto harm = [](Verdict verdict) {
      return verdict == Verdict::no ? 2 : verdict == Verdict::degraded ? 1 : 0;
    };
    for (const auto& prevention : replay.prevented_by) {
      EXPECT_LT(harm(prevention.outcome.survives), harm(replay.outcome.survives))
          << prevention.what;
    }
    EXPECT_FALSE(findings::is_graver(replay.outcome.survives, replay.at_worst_time.survives));
    EXPECT_TRUE(replay.at_worst_time.user_minutes >= replay.outcome.user_minutes ||
                findings::is_graver(replay.at_worst_time.survives, replay.outcome.survives));
  });
}

TEST(Causes, ASoftNeedThatIsNotMetIsNamed) {
  const auto replay = replayed("aws-2025-10-20", shop("{to: table, strength: soft, loses: 20%}"));
  EXPECT_EQ(verdict_of(replay), Verdict::degraded);
  ASSERT_FALSE(replay.because.empty());
  EXPECT_NE(replay.because.front().find("web does without"), std::string::npos);
  EXPECT_NE(replay.because.front().find("no address"), std::string::npos);
}

/// Writing fails for longer than reading; who only reads is not told of it.
TEST(Stories, WhatNobodyAsksForIsNotTold) {
  const auto told_of_writing = [](const std::string& operations) {
    const auto replay = replayed(
        "aws-2017-02-28",
        "outlast: 1\njourneys: {buy: {enters: web}}\ncomponents:\n"
        "  web: {type: aws.ec2, region: us-west-2, zones: [a], needs: [{to: store, operations: [" +
            operations + "]}]}\n  store: {type: aws.s3, region: us-east-1}\n");
    return std::any_of(replay.story.begin(), replay.story.end(), [](const auto& step) {
      return step.event.find("cannot be placed") != std::string::npos;
    });
  };
  EXPECT_FALSE(told_of_writing("read"));
  EXPECT_TRUE(told_of_writing("write"));
}

}  // namespace
}  // namespace outlast
