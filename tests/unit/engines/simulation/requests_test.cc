#include "engines/simulation/request_engine.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "engines/simulation/flow_engine.h"
#include "support/make_model.h"

namespace outlast::engines::simulation {
namespace {

using tests::add_behind;
using tests::one_station;

double served(const Outcome& outcome) {
  return mean_of(outcome.users[0].served, outcome.step_s, 0, outcome.ended_s);
}

Outcome run(const Model& model, double end_s = 200, std::uint64_t seed = 1) {
  EXPECT_TRUE(check_model(model));
  RunOptions options;
  options.end_s = end_s;
  options.seed = seed;
  return simulate_requests(model, options);
}

TEST(Requests, SameSeedSameTracksOtherSeedOthers) {
  const Model model = one_station(300, 4, 0.01, 0.1, 2);
  const Outcome a = run(model);
  EXPECT_EQ(a.users[0].served, run(model).users[0].served);
  EXPECT_NE(a.users[0].served, run(model, 200, 2).users[0].served);
}

TEST(Requests, OneStationMoreChangesNoArrival) {
  Model model = one_station(50, 4, 0.01);
  const Outcome before = run(model);
  add_behind(model, "database", 4, 0.01);
  EXPECT_EQ(before.users[0].offered, run(model).users[0].offered);
}

TEST(Requests, UsersComeAsTheirRateRises) {
  Model model = one_station(0, 100, 0.001);
  model.sources[0].rate = {{0, 0}, {100, 1000}, {150, 0}};
  const Outcome outcome = run(model);
  EXPECT_NEAR(mean_of(outcome.users[0].offered, 1, 0, 100), 500, 15);
  EXPECT_NEAR(mean_of(outcome.users[0].offered, 1, 40, 60), 500, 25);
  EXPECT_EQ(mean_of(outcome.users[0].offered, 1, 151, 200), 0);
}

TEST(Requests, ASlotHeldWhileWaitingIsWhatRunsOut) {
  // Four servers could do 400 a second, but eight slots are held for 10 + 100 ms.
  for (const bool is_bound : {false, true}) {
    Model model = one_station(200, 4, 0.01);
    model.stations[StationId(0)].slots = is_bound ? 8 : kUnbounded;
    add_behind(model, "database", 1000, 0.1);
    EXPECT_NEAR(served(run(model)), is_bound ? 8 / 0.11 : 200, is_bound ? 4 : 10);
  }
}

TEST(Requests, APoolOfConnectionsBoundsWhatGetsThrough) {
  Model model = one_station(200, 100, 0.001, 1);
  const CallId call = add_behind(model, "database", 1000, 0.1);
  model.calls[call].pool = 10;
  EXPECT_NEAR(mean_of(run(model).stations[StationId(1)].done, 1, 20, 200), 100, 5);
}

TEST(Requests, AShortLineForConnectionsRefusesTheRest) {
  Model model = one_station(200, 100, 0.001, 1);
  const CallId call = add_behind(model, "database", 1000, 0.1);
  model.calls[call].pool = 10;
  model.calls[call].pool_line = 5;
  RunOptions options;
  options.end_s = 200;
  for (const Outcome& outcome : {run(model), simulate_flow(model, options)}) {
    EXPECT_NEAR(mean_of(outcome.users[0].served, 1, 20, 200), 100, 6);
    EXPECT_NEAR(mean_of(outcome.users[0].failed, 1, 20, 200), 100, 6);
    EXPECT_LT(mean_of(outcome.users[0].latency, 1, 20, 200), 0.3) << "nobody waits for long";
  }
}

TEST(Requests, ABreakerOpensAndClosesAgain) {
  Model model = one_station(100, 100, 0.001);
  const CallId call = add_behind(model, "database", 10, 0.01);
  model.calls[call].breaker = {0.5, 10, 5, 20};
  model.changes = {{50, Quantity::failing, 1, 1, "database fails"},
                   {80, Quantity::failing, 1, 0, "database is well"}};
  const Outcome outcome = run(model);
  EXPECT_LT(mean_of(outcome.stations[StationId(1)].arrived, 1, 60, 80), 1);
  EXPECT_NEAR(mean_of(outcome.users[0].served, 1, 100, 200), 100, 5);
  ASSERT_GE(outcome.trace.size(), 4U);
  EXPECT_EQ(outcome.trace[1].what, "breaker of calls to database opens");
  EXPECT_EQ(outcome.trace.back().what, "breaker of calls to database closes");
}

TEST(Requests, ASoftCallThatFailsFailsNobody) {
  for (const bool is_needed : {true, false}) {
    Model model = one_station(100, 100, 0.001);
    const CallId call = add_behind(model, "cache", 10, 0.01);
    model.calls[call].is_needed = is_needed;
    model.stations[StationId(1)].failing = 1;
    EXPECT_NEAR(served(run(model)), is_needed ? 0 : 100, 5);
  }
}

TEST(Requests, AColdCacheFillsOnlyByWorkThatSucceeds) {
  Model model = one_station(100, 100, 0.001);
  const CallId call = add_behind(model, "database", 100, 0.001);
  model.calls[call].cache = {1000, 0.9, 0};
  const Outcome outcome = run(model, 400);
  const auto& asked = outcome.stations[StationId(1)].arrived;
  EXPECT_GT(mean_of(asked, 1, 0, 5), 60);
  EXPECT_NEAR(mean_of(asked, 1, 300, 400), 10, 3);
  model.stations[StationId(1)].failing = 1;
  EXPECT_NEAR(mean_of(run(model, 400).stations[StationId(1)].arrived, 1, 300, 400), 100, 5);
}

/// 400 a second come to an empty cache before a database that answers 250, after a line of 1.2 s: who
/// waits half a second keeps no answer, so the line stays.
TEST(Requests, AnswersThatComeTooLateFillNoCache) {
  Model model = one_station(400, 100, 0.001);
  const CallId call = add_behind(model, "database", 5, 0.02);
  model.stations[StationId(1)].queue_limit = 300;
  model.calls[call].cache = {4000, 0.9, 0};
  const auto served_at_last = [&](double timeout_s) {
    model.calls[call].timeout_s = timeout_s;
    RunOptions options;
    options.end_s = 200;
    const double flow =
        mean_of(simulate_flow(model, options).users[0].served, options.step_s, 150, 200);
    const double requests = mean_of(run(model, 200).users[0].served, options.step_s, 150, 200);
    return std::pair(flow, requests);
  };
  const auto [flow, requests] = served_at_last(0.5);
  EXPECT_LT(flow, 60);
  EXPECT_LT(requests, 60);
  const auto [patient_flow, patient_requests] = served_at_last(5);
  EXPECT_NEAR(patient_flow, 400, 4);
  EXPECT_NEAR(patient_requests, 400, 8);
}

TEST(Requests, NobodyWaitsForWhatIsHandedOver) {
  Model model = one_station(100, 100, 0.001);
  const CallId call = add_behind(model, "queue", 1, 1);
  model.calls[call].waits = false;
  const Outcome outcome = run(model);
  EXPECT_NEAR(served(outcome), 100, 5);
  EXPECT_GT(outcome.stations[StationId(1)].waiting.back(), 10'000);
}

TEST(Requests, LastInFirstOutServesThoseWhoStillWait) {
  for (const Discipline discipline :
       {Discipline::fifo, Discipline::lifo, Discipline::controlled_delay}) {
    Model model = one_station(200, 1, 0.01, 0.2);
    model.stations[StationId(0)].discipline = discipline;
    const double good = mean_of(run(model).users[0].served, 1, 50, 200);
    EXPECT_GE(good, discipline == Discipline::fifo ? 0 : 70) << static_cast<int>(discipline);
    EXPECT_LE(good, discipline == Discipline::fifo ? 1 : 105) << static_cast<int>(discipline);
  }
}

TEST(Requests, AnAutoscalerGrowsAfterItsStartAndNoFurtherThanItsMost) {
  Model model = one_station(100, 1, 0.01);
  model.stations[StationId(0)].replicas = 2;
  model.sources[0].rate = {{0, 100}, {100, 100}, {101, 1000}};
  Autoscaler scaler;
  scaler.station = StationId(0);
  scaler.fewest = 2;
  scaler.most = 15;
  scaler.period_s = 10;
  scaler.start_s = 30;
  model.autoscalers = {scaler};
  for (const auto simulate : {simulate_requests, simulate_flow}) {
    RunOptions options;
    options.end_s = 600;
    const Outcome outcome = simulate(model, options);
    const Track& replicas = outcome.stations[StationId(0)].replicas;
    EXPECT_EQ(replicas[130], 2);
    EXPECT_GT(replicas[150], 2);
    EXPECT_EQ(*std::max_element(replicas.begin(), replicas.end()), 15);
    EXPECT_GE(replicas.back(), 14);
  }
}

TEST(Requests, ARunOverBudgetEndsAndSaysSo) {
  RunOptions options;
  options.end_s = 1e9;
  options.budget = 10'000;
  const Model model = one_station(100, 2, 0.01);
  for (const auto simulate : {simulate_requests, simulate_flow}) {
    const Outcome outcome = simulate(model, options);
    EXPECT_TRUE(outcome.is_cut_off);
    EXPECT_LT(outcome.ended_s, 1e9);
  }
}

}  // namespace
}  // namespace outlast::engines::simulation
