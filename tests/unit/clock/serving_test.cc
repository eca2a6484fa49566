#include <gtest/gtest.h>

#include <string>

#include "clock/load_model.h"
#include "clock/surge.h"
#include "support/make_blueprint.h"

namespace outlast::clock {
namespace {

namespace simulation = engines::simulation;

/// A web tier before an API that is slow to answer.
std::string shop(const std::string& web, const std::string& api,
                 const std::string& need = "{to: api}") {
  return "outlast: 1\nname: shop\n"
         "objectives: {users: {now: 100, peak: 3000, within: 2m, requests_per_minute: 60}}\n"
         "journeys: {visit: {enters: web}}\ncomponents:\n"
         "  web: {type: aws.ec2, size: m6i.4xlarge, replicas: 2, at_least: 1, region: us-east-1, "
         "zones: [a], needs: [" +
         need + "], serving: {work: 1ms" + web +
         "}}\n"
         "  api: {type: external.payment, serving: {" +
         api + "}}\n";
}

LoadModel load_of(const std::string& text, Strain strain = Strain::likely) {
  return load_model_of(support::make_blueprint(text), catalog::Catalog::built_in(), strain);
}

const simulation::Station& station_of(const LoadModel& load, const std::string& name) {
  for (const auto& station : load.model.stations) {
    if (station.name == name) {
      return station;
    }
  }
  ADD_FAILURE() << "no station " << name;
  return load.model.stations[simulation::StationId(0)];
}

TEST(Serving, WhatIsStatedGoesBeforeWhatIsUsual) {
  const auto load =
      load_of(shop(", threads: 30, queue: 7, order: lifo, drops_expired: true, at_once: 5",
                   "work: 200ms, at_once: 64, varies: 0.5, order: controlled_delay"));
  const auto& web = station_of(load, "web");
  EXPECT_EQ(web.service.mean_s, 0.001);
  EXPECT_EQ(web.servers, 5U);
  EXPECT_EQ(web.slots, 30U);
  EXPECT_EQ(web.queue_limit, 14U) << "7 of each of two replicas";
  EXPECT_EQ(web.discipline, simulation::Discipline::lifo);
  EXPECT_TRUE(web.drops_expired);
  const auto& api = station_of(load, "api");
  EXPECT_EQ(api.service.mean_s, 0.2);
  EXPECT_EQ(api.service.cv2, 0.5);
  EXPECT_EQ(api.servers, 64U) << "a third party grows by itself only where nobody bounds it";
  EXPECT_EQ(api.discipline, simulation::Discipline::controlled_delay);
}

findings::Surge surge_of(const std::string& text) {
  const auto bp = support::make_blueprint(text);
  const auto surge =
      clock::surge_of(bp, catalog::Catalog::built_in(), surge_question_of(bp.objectives()));
  EXPECT_TRUE(surge.has_value());
  return surge.value_or(findings::Surge());
}

/// 2 × 10 threads of 0.101 s each let 198 requests a second through, of a user each; its 32
/// processors have room for 32,000.
TEST(Serving, ThreadsThatWaitForASlowCallFillAPartThatHasNothingToDo) {
  const auto surge = surge_of(shop(", threads: 10", "work: 100ms, at_once: 1000"));
  ASSERT_TRUE(surge.saturates_first.has_value());
  EXPECT_EQ(surge.saturates_first->name, "web");
  EXPECT_EQ(surge.saturates_first->limit, "2 replicas × 10 threads");
  EXPECT_NEAR(surge.saturates_first->at_users, 194, 2);
  EXPECT_GT(surge.saturates_first->use.back(), 0.95);
  EXPECT_GT(surge.lost_share, 0.5);
  EXPECT_EQ(surge.survives, findings::Verdict::no);
  const auto with_room = surge_of(shop(", threads: 1000", "work: 100ms, at_once: 1000"));
  EXPECT_EQ(with_room.survives, findings::Verdict::yes);
}

TEST(Serving, ConnectionsThatRunOutAreNamed) {
  const std::string text = shop("", "work: 100ms, at_once: 1000");
  const auto surge = surge_of(
      std::string(text).replace(text.find("serving"), 0, "calls: {connections: 5, timeout: 5s}, "));
  ASSERT_TRUE(surge.saturates_first.has_value());
  EXPECT_EQ(surge.saturates_first->limit, "2 replicas × 5 connections to api");
  EXPECT_NEAR(surge.saturates_first->at_users, 98, 3);
}

TEST(Serving, ACacheIsWhatTheCallsOfACallerAreSparedOnceItIsFull) {
  const auto load = load_of(
      shop("", "work: 100ms, at_once: 1000", "{to: api, cached: {hits: 75%, items: 1000}}"));
  EXPECT_NEAR(load.parts[1].visits, 0.25, 1e-9);
  for (std::size_t i = 0; i < load.ways.size(); ++i) {
    if (load.ways[i].from.exists()) {
      const auto& call = load.model.calls[simulation::CallId(i)];
      EXPECT_EQ(call.cache.hits, 0.75);
      EXPECT_EQ(call.cache.items, 1000);
      EXPECT_EQ(call.per_request, 1);
    }
  }
}

TEST(Serving, WhatACacheAnswersIsARangeWhereNobodyStatesIt) {
  const auto hits = [](Strain strain) {
    const auto load =
        load_of(shop("", "work: 100ms, at_once: 1000", "{to: api, cached: {}}"), strain);
    return 1 - load.parts[1].visits;
  };
  EXPECT_NEAR(hits(Strain::likely), 0.9, 1e-9);
  EXPECT_NEAR(hits(Strain::low), 0.98, 1e-9);
  EXPECT_NEAR(hits(Strain::high), 0.7, 1e-9);
}

}  // namespace
}  // namespace outlast::clock
