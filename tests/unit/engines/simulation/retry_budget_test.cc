#include <gtest/gtest.h>

#include "engines/simulation/flow_engine.h"
#include "engines/simulation/request_engine.h"
#include "engines/simulation/retry_budget.h"
#include "support/make_model.h"

namespace outlast::engines::simulation {
namespace {

constexpr double kRate = 200;
constexpr double kTrouble_s = 60;

/// Everything fails for a minute; each caller would ask twice more.
Model trouble_at(double from_s) {
  Model model = tests::one_station(kRate, 10, 0.01, 1, 2);
  model.calls[CallId(0)].retry.backoff_s = 0.2;
  model.calls[CallId(0)].retry.budget = 0.1;
  model.changes = {{from_s, Quantity::failing, 0, 1, "down"},
                   {from_s + kTrouble_s, Quantity::failing, 0, 0, "up"}};
  return model;
}

template <class Engine>
double retries_of(const Model& model, Engine simulate, double from_s) {
  RunOptions options;
  options.end_s = from_s + kTrouble_s + 30;
  const Outcome outcome = simulate(model, options);
  const double from = from_s - 1;
  const double length_s = options.end_s - from;
  return length_s * (mean_of(outcome.stations[StationId(0)].arrived, 1, from, options.end_s) -
                     mean_of(outcome.users[0].offered, 1, from, options.end_s));
}

/// What ten seconds of calls bring, and what comes while it lasts; however long it was quiet before.
TEST(RetryBudget, NoQuietHourIsSavedUp) {
  const double most = 0.1 * kRate * (kTrouble_s + 10);
  for (const double quiet_s : {60.0, 1800.0}) {
    const Model model = trouble_at(quiet_s);
    ASSERT_TRUE(check_model(model));
    EXPECT_NEAR(retries_of(model, simulate_flow, quiet_s), most, 0.05 * most) << quiet_s;
    EXPECT_NEAR(retries_of(model, simulate_requests, quiet_s), most, 0.15 * most) << quiet_s;
  }
}

TEST(RetryBudget, NothingIsSavedWhereNothingIsAsked) {
  Model model = trouble_at(200);
  model.sources[0].rate = {{0, kRate}, {100, kRate}, {100.001, 0}, {199, 0}, {199.001, kRate}};
  const double most = 0.1 * kRate * (kTrouble_s + 1);
  EXPECT_NEAR(retries_of(model, simulate_flow, 200), most, 0.05 * most);
  EXPECT_NEAR(retries_of(model, simulate_requests, 200), most, 0.15 * most);
}

TEST(RetryBudget, FewCallsGetTheirShareToo) {
  RetryBudget budget({3, 0, 0, false, 0.1, 10});
  int granted = 0;
  for (int second = 0; second < 10000; second += 10) {
    budget.first(second);
    granted += budget.take(second) ? 1 : 0;
  }
  EXPECT_NEAR(granted, 100, 5);
}

}  // namespace
}  // namespace outlast::engines::simulation
