/// Queues at rest against their closed forms (Erlang 1917; Pollaczek 1930, Khinchine 1932).
#include <gtest/gtest.h>

#include <cmath>

#include "engines/simulation/flow_engine.h"
#include "engines/simulation/request_engine.h"
#include "engines/simulation/stationary.h"
#include "support/make_model.h"

namespace outlast::engines::simulation {
namespace {

struct Truth {
  double present;
  double refused_share;
};

/// Twenty batch means of each of twenty seeds; the truth lies in the 99.9 % interval of each.
void expect_at_rest(const Model& model, Truth truth, double batch_s) {
  constexpr std::size_t kBatches = 20;
  constexpr double kStudent = 3.883;  // 99.95 % point, 19 degrees of freedom
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    RunOptions options;
    options.seed = seed;
    options.step_s = batch_s;
    options.end_s = batch_s * (kBatches + 1);
    const Outcome outcome = simulate_requests(model, options);
    const auto& tracks = outcome.stations[StationId(0)];
    const auto check = [&](auto value_of, double expected, const char* what) {
      double sum = 0;
      double squares = 0;
      for (std::size_t i = 1; i <= kBatches; ++i) {
        const double x = value_of(i);
        sum += x;
        squares += x * x;
      }
      const double mean = sum / kBatches;
      const double variance = (squares - kBatches * mean * mean) / (kBatches - 1);
      EXPECT_NEAR(mean, expected, kStudent * std::sqrt(variance / kBatches) + 1e-12)
          << what << ", seed " << seed;
    };
    check([&](std::size_t i) { return tracks.present[i]; }, truth.present, "present");
    check([&](std::size_t i) { return tracks.refused[i] / tracks.arrived[i]; }, truth.refused_share,
          "refused");
  }
  RunOptions options;
  options.end_s = 3000 * model.stations[StationId(0)].service.mean_s;
  options.step_s = options.end_s / 30;
  const Outcome flow = simulate_flow(model, options);
  const auto& tracks = flow.stations[StationId(0)];
  EXPECT_NEAR(tracks.present.back(), truth.present, 0.05 * truth.present) << "flow";
  EXPECT_NEAR(tracks.refused.back() / tracks.arrived.back(), truth.refused_share,
              0.05 * truth.refused_share)
      << "flow";
}

TEST(AtRest, OneServerHoldsRhoOverOneMinusRho) {
  expect_at_rest(tests::one_station(0.7, 1, 1), {0.7 / 0.3, 0}, 5000);
}

TEST(AtRest, ManyServersWaitByErlangsDelayFormula) {
  EXPECT_NEAR(erlang_c(2, 1), 1.0 / 3, 1e-12);  // by hand: states 1, 1, 1/2, 1/4, …
  const double waits = erlang_c(8, 6.4);
  expect_at_rest(tests::one_station(640, 8, 0.01), {6.4 + waits * 0.8 / 0.2, 0}, 20);
}

TEST(AtRest, WithoutAPlaceToWaitErlangsLossFormulaHolds) {
  Model model = tests::one_station(10, 10, 1);
  model.stations[StationId(0)].queue_limit = 0;
  const double lost = erlang_b(10, 10);
  EXPECT_NEAR(lost, 0.2146, 5e-5);  // a classical value of the loss tables
  expect_at_rest(model, {10 * (1 - lost), lost}, 300);
}

TEST(AtRest, FewPlacesRefuseAndHold) {
  // M/M/2/2+3 by its five-state chain, summed directly.
  Model model = tests::one_station(3, 2, 0.5);
  model.stations[StationId(0)].queue_limit = 3;
  double weight = 1;
  double total = 1;
  double present = 0;
  for (int n = 1; n <= 5; ++n) {
    weight *= 1.5 / std::min(n, 2);
    total += weight;
    present += n * weight;
  }
  expect_at_rest(model, {present / total, weight / total}, 1000);
}

TEST(AtRest, VariableServiceWaitsByPollaczekAndKhinchine) {
  for (const double cv2 : {0.0, 0.4, 0.8, 4.0}) {
    Model model = tests::one_station(0.6, 1, 1);
    model.stations[StationId(0)].service.cv2 = cv2;
    expect_at_rest(model, {0.6 + 0.36 * (1 + cv2) / (2 * 0.4), 0}, cv2 > 1 ? 10000 : 2000);
  }
}

TEST(AtRest, OverloadedPlacesStayFullWithoutOverflow) {
  Model model = tests::one_station(1e6, 4, 0.01);
  model.stations[StationId(0)].queue_limit = 1000;
  RunOptions options;
  options.end_s = 10;
  const Outcome flow = simulate_flow(model, options);
  EXPECT_NEAR(flow.stations[StationId(0)].present.back(), 1004, 1);
  EXPECT_NEAR(flow.users[0].served.back(), 400, 1);
}

/// G/G/c: the flow engine by Allen and Cunneen against the request engine.
TEST(AtRest, VariableArrivalsAndServiceAgreeWithinFifteenPercent) {
  for (const double cv2 : {0.5, 2.0, 4.0}) {
    Model model = tests::one_station(64, 8, 0.1);
    model.sources[0].cv2 = cv2;
    model.stations[StationId(0)].service.cv2 = cv2;
    RunOptions options;
    options.step_s = 100;
    options.end_s = 40000;
    const Outcome requests = simulate_requests(model, options);
    options.end_s = 2000;
    const Outcome flow = simulate_flow(model, options);
    const double exact =
        mean_of(requests.stations[StationId(0)].present, options.step_s, 1000, 40000);
    EXPECT_NEAR(flow.stations[StationId(0)].present.back(), exact, 0.15 * exact) << "cv² " << cv2;
  }
}

}  // namespace
}  // namespace outlast::engines::simulation
