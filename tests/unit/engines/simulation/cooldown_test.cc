#include <gtest/gtest.h>

#include <algorithm>

#include "engines/simulation/flow_engine.h"
#include "engines/simulation/request_engine.h"
#include "support/make_model.h"

namespace outlast::engines::simulation {
namespace {

/// Users who become many after a minute, and few again after ten; a group that follows at half a
/// step's growth, and looks every ten seconds.
Model following_group() {
  Model model = tests::one_station(40, 1, 0.01);
  model.stations[StationId(0)].queue_limit = 50;
  model.sources[0].rate = {{0, 40}, {60, 40}, {61, 500}, {600, 500}, {601, 40}};
  Autoscaler scaler;
  scaler.station = StationId(0);
  scaler.most = 10;
  scaler.period_s = 10;
  scaler.looks_in = 2;
  scaler.start_s = 5;
  scaler.growth_most = 2;
  model.autoscalers = {scaler};
  return model;
}

/// When the number of replicas changes, in a run of half an hour.
std::vector<double> changes_in(const Outcome& outcome) {
  const Track& replicas = outcome.stations[StationId(0)].replicas;
  std::vector<double> changes;
  for (std::size_t i = 1; i < replicas.size(); ++i) {
    if (replicas[i] != replicas[i - 1]) {
      changes.push_back(static_cast<double>(i) * outcome.step_s);
    }
  }
  return changes;
}

template <class Check>
void on_both(const Model& model, Check check) {
  ASSERT_TRUE(check_model(model));
  RunOptions options;
  options.end_s = 1800;
  check(changes_in(simulate_flow(model, options)));
  check(changes_in(simulate_requests(model, options)));
}

double least_gap(const std::vector<double>& changes) {
  double least_s = kForever;
  for (std::size_t i = 1; i < changes.size(); ++i) {
    least_s = std::min(least_s, changes[i] - changes[i - 1]);
  }
  return least_s;
}

TEST(Cooldown, WithoutOneAGroupGrowsAtEveryLook) {
  on_both(following_group(), [](const std::vector<double>& changes) {
    ASSERT_GE(changes.size(), 4U);
    EXPECT_LE(least_gap(changes), 20);
    EXPECT_LT(changes[2], 140);
  });
}

TEST(Cooldown, AGroupGrowsAgainWhenItIsOver) {
  Model model = following_group();
  model.autoscalers[0].rests_out_s = 100;
  on_both(model, [](const std::vector<double>& changes) {
    ASSERT_GE(changes.size(), 4U);
    EXPECT_GE(changes[1] - changes[0], 100);
    EXPECT_GE(changes[2] - changes[1], 100);
  });
}

TEST(Cooldown, AGroupShrinksOnceNobodyHasNeededItForSoLong) {
  Model model = following_group();
  model.autoscalers[0].rests_in_s = 300;
  on_both(model, [](const std::vector<double>& changes) {
    const auto shrinks =
        std::find_if(changes.begin(), changes.end(), [](double at_s) { return at_s > 600; });
    ASSERT_NE(shrinks, changes.end());
    EXPECT_GE(*shrinks, 895);
    EXPECT_LE(*shrinks, 930);
  });
}

}  // namespace
}  // namespace outlast::engines::simulation
