/// P(recovers), where the same trigger may or may not be survived: which of the two is chance, request
/// by request, and one answer where requests flow. The flow engine's edge, the length of a trigger
/// beyond which it does not recover, must lie where the referee's outcomes turn from nearly always
/// to hardly ever.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "engines/simulation/flow_engine.h"
#include "engines/simulation/request_engine.h"
#include "support/make_model.h"

namespace outlast::engines::simulation {
namespace {

constexpr double kTrigger_s = 5;
constexpr double kAfterwards_s = 60;  // a line that drains has done so within ten
constexpr std::size_t kRuns = 40;

using Trigger = std::function<Model(double lasts_s)>;

template <class Engine>
bool recovers(const Trigger& trigger, double lasts_s, std::uint64_t seed, Engine simulate) {
  RunOptions options;
  options.end_s = kTrigger_s + std::ceil(lasts_s) + kAfterwards_s;
  options.seed = seed;
  return recovery_after(simulate(trigger(lasts_s), options), kTrigger_s + lasts_s).recovers;
}

/// The length of a trigger up to which requests that flow recover, within a hundredth.
double edge_of(const Trigger& trigger) {
  double good_s = 0.02;
  double bad_s = 100;
  EXPECT_TRUE(recovers(trigger, good_s, 1, simulate_flow));
  EXPECT_FALSE(recovers(trigger, bad_s, 1, simulate_flow));
  while (bad_s / good_s > 1.01) {
    const double middle_s = std::sqrt(good_s * bad_s);
    (recovers(trigger, middle_s, 1, simulate_flow) ? good_s : bad_s) = middle_s;
  }
  return good_s;
}

/// The share of the referee's runs that recover.
double chance_of(const Trigger& trigger, double lasts_s) {
  double good = 0;
  for (std::uint64_t seed = 1; seed <= kRuns; ++seed) {
    good += recovers(trigger, lasts_s, seed, simulate_requests) ? 1 : 0;
  }
  return good / kRuns;
}

/// in  apart  how much shorter, or longer, a trigger must be for its outcome to be sure
void expect_edge_where_chance_turns(const Trigger& trigger, double apart) {
  ASSERT_TRUE(check_model(trigger(1)));
  const double edge_s = edge_of(trigger);
  EXPECT_GE(chance_of(trigger, edge_s / apart), 0.95) << "edge at " << edge_s << " s";
  EXPECT_LE(chance_of(trigger, edge_s * apart), 0.05) << "edge at " << edge_s << " s";
}

/// Half used, patience of 0.2 s, three retries at once: once the line is longer than that, they keep
/// it full for ever.
Model keeps_itself_full(std::size_t servers) {
  return tests::one_station(50.0 * static_cast<double>(servers), servers, 0.01, 0.2, 3);
}

Trigger slow(std::size_t servers) {
  return [servers](double lasts_s) {
    Model model = keeps_itself_full(servers);
    model.changes = {{kTrigger_s, Quantity::speed, 0, 0.2, "servers slow"},
                     {kTrigger_s + lasts_s, Quantity::speed, 0, 1, "servers well"}};
    return model;
  };
}

Trigger crowded(std::size_t servers) {
  return [servers](double lasts_s) {
    Model model = keeps_itself_full(servers);
    const double rate = model.sources[0].rate.front().per_s;
    constexpr double kAtOnce_s = 1e-3;
    model.sources[0].rate = {{0, rate},
                             {kTrigger_s, rate},
                             {kTrigger_s + kAtOnce_s, 4 * rate},
                             {kTrigger_s + kAtOnce_s + lasts_s, 4 * rate},
                             {kTrigger_s + 2 * kAtOnce_s + lasts_s, rate}};
    return model;
  };
}

TEST(Bistable, SlowServers) {
  expect_edge_where_chance_turns(slow(20), 1.5);
}

TEST(Bistable, OfManySlowServersChanceLeavesLess) {
  expect_edge_where_chance_turns(slow(100), 1.2);
}

TEST(Bistable, ASurge) {
  expect_edge_where_chance_turns(crowded(20), 1.5);
}

TEST(Bistable, OfALargeSurgeChanceLeavesLess) {
  expect_edge_where_chance_turns(crowded(100), 1.2);
}

}  // namespace
}  // namespace outlast::engines::simulation
