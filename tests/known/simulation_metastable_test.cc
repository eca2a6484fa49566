/// Metastable failures (Bronson et al. 2021; Huang et al. 2022): ten servers of 100 requests a
/// second, patience 0.2 s, a retry at once when it ends; for ten seconds servers are five times as
/// slow. Afterwards some recover and others never do.
#include <gtest/gtest.h>

#include "engines/simulation/flow_engine.h"
#include "engines/simulation/request_engine.h"
#include "support/make_model.h"

namespace outlast::engines::simulation {
namespace {

constexpr double kTrigger_s = 60;
constexpr double kOver_s = 70;
constexpr double kEnd_s = kOver_s + 600;

Model triggered(double rate, std::size_t retries) {
  Model model = tests::one_station(rate, 10, 0.01, 0.2, retries);
  model.changes = {{kTrigger_s, Quantity::speed, 0, 0.2, "servers slow"},
                   {kOver_s, Quantity::speed, 0, 1, "servers well"}};
  return model;
}

Station& station_of(Model& model) {
  return model.stations[StationId(0)];
}

/// Runs both engines and hands each outcome over.
template <class Check>
void on_both(const Model& model, Check check) {
  ASSERT_TRUE(check_model(model));
  RunOptions options;
  options.end_s = kEnd_s;
  {
    SCOPED_TRACE("requests");
    check(simulate_requests(model, options));
  }
  {
    SCOPED_TRACE("flow");
    check(simulate_flow(model, options));
  }
}

void expect_recovery(const Model& model, double after_s, double before_s) {
  on_both(model, [&](const Outcome& outcome) {
    const Recovery recovery = recovery_after(outcome, kOver_s);
    ASSERT_TRUE(recovery.recovers);
    EXPECT_GE(recovery.at_s - kOver_s, after_s);
    EXPECT_LE(recovery.at_s - kOver_s, before_s);
  });
}

void expect_goodput_stays(const Model& model, double rate, double low, double high) {
  on_both(model, [&](const Outcome& outcome) {
    EXPECT_FALSE(recovery_after(outcome, kOver_s).recovers);
    const double share = mean_of(outcome.users[0].served, outcome.step_s, kEnd_s - 100, kEnd_s);
    EXPECT_GE(share / rate, low);
    EXPECT_LE(share / rate, high);
  });
}

TEST(Metastable, WithoutRetriesTheBacklogDrains) {
  expect_recovery(triggered(700, 0), 0, 60);
}

TEST(Metastable, FewEnoughRetriesDrainAfterMinutesOfServingNobody) {
  // 240 · 4 < 1000: whatever is backed up must drain, at 40 a second.
  const Model model = triggered(240, 3);
  expect_recovery(model, 100, 200);
  on_both(model, [](const Outcome& outcome) {
    EXPECT_LT(mean_of(outcome.users[0].served, outcome.step_s, kOver_s + 10, kOver_s + 80), 12);
  });
}

TEST(Metastable, RetriesKeepTheQueueFullForEver) {
  expect_goodput_stays(triggered(500, 3), 500, 0, 0.005);
  expect_goodput_stays(triggered(700, 3), 700, 0, 0.005);
}

TEST(Metastable, DroppingWhoGaveUpKeepsAFewServed) {
  Model model = triggered(700, 3);
  station_of(model).drops_expired = true;
  expect_goodput_stays(model, 700, 0.07, 0.1);
}

TEST(Metastable, AShortQueueRecovers) {
  for (const double rate : {500.0, 700.0}) {
    Model model = triggered(rate, 3);
    station_of(model).queue_limit = 100;
    expect_recovery(model, 0, 35);
  }
}

TEST(Metastable, QueuesApartThatDropRecoverWithinSeconds) {
  Model model = triggered(700, 3);
  station_of(model).replicas = 10;
  station_of(model).servers = 1;
  station_of(model).queues_apart = true;
  station_of(model).drops_expired = true;
  expect_recovery(model, 0, 10);
}

TEST(Metastable, JitteredBackoffAloneDoesNotHelp) {
  Model model = triggered(500, 3);
  station_of(model).drops_expired = true;
  model.calls[CallId(0)].retry.backoff_s = 1;
  model.calls[CallId(0)].retry.jitter = true;
  expect_goodput_stays(model, 500, 0.18, 0.25);
}

TEST(Metastable, ABudgetOfRetriesRecovers) {
  Model model = triggered(700, 3);
  model.calls[CallId(0)].retry.budget = 0.1;
  expect_recovery(model, 0, 120);
}

}  // namespace
}  // namespace outlast::engines::simulation
