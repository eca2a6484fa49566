/// Calls dealt among four targets of which one turns twenty times as slow: the flow engine against
/// the request engine, at the balancer and one station further up.
#include <gtest/gtest.h>

#include "engines/simulation/flow_engine.h"
#include "engines/simulation/request_engine.h"
#include "support/make_model.h"

namespace outlast::engines::simulation {
namespace {

using tests::add_behind;
using tests::one_station;

constexpr std::size_t kTargets = 4;
constexpr double kSlow_s = 10;

/// The last station of a model deals its calls among four targets; the last of them turns slow.
void deal_among_targets(Model& model, std::size_t servers, double timeout_s,
                        std::size_t retries = 0) {
  const StationId balancer(model.stations.size() - 1);
  for (std::size_t i = 0; i < kTargets; ++i) {
    Station target;
    target.name = "target " + std::to_string(i);
    target.servers = servers;
    target.service = {0.01, 1};
    target.queue_limit = 1000;
    Call call;
    call.to = model.stations.push_back(target);
    call.per_request = 1.0 / kTargets;
    call.choice = 1;
    call.timeout_s = timeout_s;
    call.retry.most = retries;
    model.stations[balancer].calls.push_back(model.calls.push_back(call));
  }
  model.changes = {
      {kSlow_s, Quantity::speed, model.stations.size() - 1, 0.05, "twenty times as slow"}};
}

struct Window {
  double from_s = 30;
  double to_s = 60;
};

/// Share of users who are served, and how fast; unless told otherwise long after the target has
/// turned slow.
void expect_agreement(const Model& model, double least, double most, Window window = {}) {
  ASSERT_TRUE(check_model(model));
  RunOptions options;
  options.end_s = window.to_s;
  const Outcome flow = simulate_flow(model, options);
  const Outcome requests = simulate_requests(model, options);
  const auto mean = [&](const Track& track) {
    return mean_of(track, options.step_s, window.from_s, window.to_s);
  };
  const auto served = [&](const Outcome& outcome) {
    return mean(outcome.users[0].served) / mean(outcome.users[0].offered);
  };
  EXPECT_GT(served(requests), least);
  EXPECT_LT(served(requests), most);
  EXPECT_NEAR(served(flow), served(requests), 0.02);
  EXPECT_NEAR(mean(flow.users[0].latency) / mean(requests.users[0].latency), 1, 0.1);
}

TEST(Targets, OneThatIsFullTakesItsShareAlone) {
  Model model = one_station(200, 100, 0.001, 2);
  deal_among_targets(model, 2, kForever);
  expect_agreement(model, 0.72, 0.78);
}

TEST(Targets, OneThatIsFullTakesItsShareTwoHopsUp) {
  Model model = one_station(200, 100, 0.002, 5);
  model.calls[add_behind(model, "balancer", 100, 0.001)].timeout_s = 2;
  deal_among_targets(model, 2, kForever);
  expect_agreement(model, 0.72, 0.78);
}

TEST(Targets, OneThatIsSlowIsLateAsOftenAsItsAnswersScatter) {
  Model model = one_station(200, 100, 0.001, 0.3);
  deal_among_targets(model, 40, kForever);
  expect_agreement(model, 0.92, 0.96);
}

TEST(Targets, OneThatIsSlowIsLateAsOftenTwoHopsUp) {
  Model model = one_station(200, 100, 0.002, 0.3);
  (void)add_behind(model, "balancer", 100, 0.001);
  deal_among_targets(model, 40, kForever);
  expect_agreement(model, 0.92, 0.96);
}

TEST(Targets, AskingTheBalancerAgainFindsAnotherTarget) {
  Model model = one_station(200, 100, 0.002, 5);
  const CallId call = add_behind(model, "balancer", 100, 0.001);
  model.calls[call].timeout_s = 1;
  model.calls[call].retry.most = 2;
  deal_among_targets(model, 2, kForever);
  expect_agreement(model, 0.95, 1);
}

TEST(Targets, APoolIsFullOfConnectionsThatWaitForTheSlowOne) {
  Model model = one_station(200, 100, 0.002, 5);
  const CallId call = add_behind(model, "balancer", 100, 0.001);
  model.calls[call].timeout_s = 1;
  model.calls[call].pool = 200;
  deal_among_targets(model, 2, kForever);
  expect_agreement(model, 0.7, 0.8);
}

/// One pool for all targets, as a client has one for a service: those who wait for the slow target
/// hold connections that calls to the others would need. With a pool for each, three in four are
/// served.
TEST(Targets, ConnectionsToAllOfThemAreUsedUpByTheSlowOne) {
  for (const bool are_together : {true, false}) {
    Model model = one_station(200, 100, 0.002, 5);
    deal_among_targets(model, 2, 1);
    for (const CallId id : model.stations[StationId(0)].calls) {
      model.calls[id].together = are_together ? 1 : 0;
      model.calls[id].pool = 30;
      model.calls[id].pool_line = 0;
    }
    expect_agreement(model, are_together ? 0.4 : 0.75, are_together ? 0.52 : 0.82);
  }
}

/// Where there is a line for connections, calls to the others wait behind those to the slow one.
TEST(Targets, CallsWaitForConnectionsThatTheSlowOneHolds) {
  Model model = one_station(200, 100, 0.002, 5);
  deal_among_targets(model, 2, 1);
  for (const CallId id : model.stations[StationId(0)].calls) {
    model.calls[id].together = 1;
    model.calls[id].pool = 30;
  }
  expect_agreement(model, 0.7, 0.8, {40, 160});
}

/// A quarter of the calls fails: enough for a breaker that all of them share.
TEST(Targets, ABreakerOfAllOfThemOpensForTheSlowOne) {
  Model model = one_station(200, 100, 0.002, 5);
  deal_among_targets(model, 2, 1);
  for (const CallId id : model.stations[StationId(0)].calls) {
    model.calls[id].together = 1;
    model.calls[id].breaker = {0.2, 5, 1000, 20};
  }
  ASSERT_TRUE(check_model(model));
  RunOptions options;
  options.end_s = 60;
  for (const Outcome& outcome :
       {simulate_flow(model, options), simulate_requests(model, options)}) {
    EXPECT_GT(mean_of(outcome.users[0].served, 1, 0, 10), 190);
    EXPECT_LT(mean_of(outcome.users[0].served, 1, 40, 60), 1);
  }
}

/// A caller that has grown has the connections of all its replicas.
TEST(Targets, EachReplicaOfACallerBringsItsOwnConnections) {
  Model model = one_station(200, 100, 0.002, 5);
  const CallId call = add_behind(model, "store", 1000, 0.1);
  model.calls[call].pool = 10;
  model.changes = {{60, Quantity::replicas, 0, 2, "one more"}};
  RunOptions options;
  options.end_s = 120;
  for (const Outcome& outcome :
       {simulate_flow(model, options), simulate_requests(model, options)}) {
    EXPECT_NEAR(mean_of(outcome.stations[StationId(1)].done, 1, 30, 60), 100, 5);
    EXPECT_NEAR(mean_of(outcome.stations[StationId(1)].done, 1, 80, 120), 200, 8);
  }
}

/// What a request can do without is missed: told beside, and nobody fails for it.
TEST(Targets, CallsThatAreNotNeededAreMissedAsOftenInBothEngines) {
  Model model = one_station(200, 100, 0.002, 5);
  const CallId call = add_behind(model, "extra", 10, 0.02);
  model.calls[call].is_needed = false;
  model.calls[call].retry.most = 1;
  model.changes = {{30, Quantity::failing, 1, 0.5, "every other one fails"}};
  RunOptions options;
  options.end_s = 90;
  for (const Outcome& outcome :
       {simulate_flow(model, options), simulate_requests(model, options)}) {
    const CallTracks& tracks = outcome.calls[call];
    EXPECT_NEAR(mean_of(tracks.asked, 1, 40, 90), 200, 8);
    EXPECT_LT(mean_of(tracks.missed, 1, 0, 30), 0.1);
    EXPECT_NEAR(mean_of(tracks.missed, 1, 40, 90), 50, 4);
    EXPECT_NEAR(mean_of(outcome.users[0].served, 1, 40, 90), 200, 8);
  }
}

TEST(Targets, EachCallIsHeldAgainstItsOwnPatience) {
  Model model = one_station(200, 100, 0.002, 5);
  deal_among_targets(model, 2, 1);
  expect_agreement(model, 0.7, 0.8);
}

TEST(Targets, WhoAsksAgainIsDealtAnew) {
  Model model = one_station(200, 100, 0.002, 5);
  deal_among_targets(model, 2, 1, 1);
  for (const CallId id : model.stations[StationId(0)].calls) {
    model.calls[id].retry.backoff_s = 0.1;  // asked at once, a full queue is surely full again
  }
  expect_agreement(model, 0.92, 0.96, {35, 60});
}

/// Three times as many calls are more than a target can take; a quarter more is not.
TEST(Targets, DealtAnewTheSlowOneRecovers) {
  Model model = one_station(480, 100, 0.002, 5);
  deal_among_targets(model, 2, 1, 2);
  model.changes.push_back(
      {40, Quantity::speed, model.stations.size() - 1, 1, "as fast as the others"});
  expect_agreement(model, 0.97, 0.99, {25, 40});
  expect_agreement(model, 0.999, 1.001, {80, 110});
}

TEST(Targets, ABudgetIsOfAllAlternativesTogether) {
  Model model = one_station(200, 100, 0.002, 5);
  deal_among_targets(model, 2, 1, 1);
  for (const CallId id : model.stations[StationId(0)].calls) {
    model.calls[id].retry.budget = 0.1;
  }
  expect_agreement(model, 0.8, 0.85);
}

TEST(Targets, APartOfACallGoesAnotherWay) {
  Model model = one_station(200, 100, 0.002, 5);
  deal_among_targets(model, 2, 1);
  const std::vector<CallId> calls = model.stations[StationId(0)].calls;
  model.calls[calls.front()].per_request = 0.5;
  model.changes.push_back({kSlow_s, Quantity::call_part, calls.back().index, 0, "left out"});
  expect_agreement(model, 0.999, 1.001);
}

TEST(Targets, AlternativesAreAskedAgainAlike) {
  Model model = one_station(200, 100, 0.002, 5);
  deal_among_targets(model, 2, 1, 1);
  model.calls[model.stations[StationId(0)].calls.back()].retry.most = 2;
  EXPECT_FALSE(check_model(model));
}

}  // namespace
}  // namespace outlast::engines::simulation
