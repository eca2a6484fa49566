// Requests of two kinds at one station: each makes the calls of its kind, and both share what is
// there. The flow engine against the request engine, and against arithmetic.

#include <gtest/gtest.h>

#include "engines/simulation/flow_engine.h"
#include "engines/simulation/request_engine.h"
#include "support/make_model.h"

namespace outlast::engines::simulation {
namespace {

/// 60 readers and 40 writers a second; one station calls another for both, with one pool.
Model readers_and_writers(std::size_t pool) {
  Model model = tests::one_station(60, 100, 0.005, 5);
  Call writes = model.calls[CallId(0)];
  writes.kind = 1;
  model.sources.push_back({"writers", model.calls.push_back(writes), {{0, 40}}, 1});
  const CallId reads = tests::add_behind(model, "store", 20, 0.02);
  const double shares[] = {0.6, 0.4};
  for (std::size_t kind = 0; kind < 2; ++kind) {
    Call call = model.calls[reads];
    call.kind = kind;
    call.per_request = call.among = shares[kind];
    call.pool = pool;
    call.together = 1;
    call.timeout_s = 1;
    call.retry.most = 2;
    if (kind == 0) {
      model.calls[reads] = call;
    } else {
      model.stations[StationId(0)].calls.push_back(model.calls.push_back(call));
    }
  }
  return model;
}

class TwoKinds : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Pools, TwoKinds, testing::Values(kUnbounded, 10));

TEST_P(TwoKinds, WhatFailsForOneIsNothingToTheOther) {
  Model model = readers_and_writers(GetParam());
  model.calls[CallId(3)].failing = 1;
  ASSERT_TRUE(check_model(model));
  RunOptions options;
  options.end_s = 60;
  for (const Outcome& outcome :
       {simulate_flow(model, options), simulate_requests(model, options)}) {
    const auto mean = [&](const Track& track) { return mean_of(track, 1, 10, 60); };
    EXPECT_NEAR(mean(outcome.users[0].served), 60, 4);
    EXPECT_EQ(mean(outcome.users[0].failed), 0);
    EXPECT_EQ(mean(outcome.users[1].served), 0);
    EXPECT_NEAR(mean(outcome.users[1].failed), 40, 4);
    EXPECT_NEAR(mean(outcome.stations[StationId(1)].arrived), 60, 4);
  }
}

TEST_P(TwoKinds, ShareServersAndConnections) {
  const Model model = readers_and_writers(GetParam());
  RunOptions options;
  options.end_s = 60;
  for (const Outcome& outcome :
       {simulate_flow(model, options), simulate_requests(model, options)}) {
    const auto mean = [&](const Track& track) { return mean_of(track, 1, 10, 60); };
    EXPECT_NEAR(mean(outcome.users[0].served), 60, 4);
    EXPECT_NEAR(mean(outcome.users[1].served), 40, 4);
    EXPECT_NEAR(mean(outcome.stations[StationId(1)].busy), 100 * 0.02, 0.2);
    EXPECT_NEAR(mean(outcome.users[0].latency), mean(outcome.users[1].latency), 0.003);
  }
}

}  // namespace
}  // namespace outlast::engines::simulation
