#include <gtest/gtest.h>

#include "engines/simulation/flow_engine.h"
#include "support/make_model.h"

namespace outlast::engines::simulation {
namespace {

/// A chain the last of which becomes too slow: whoever gives up on it asks again, without end, and
/// all moves to a beat of half a second. Beside it somebody calls something else.
/// in  grows  he calls the more the longer it lasts: so little that nothing comes of it, but no rest
Model storm(bool grows = false) {
  constexpr std::size_t kLinks = 9;
  Model model = tests::one_station(6667, 8, 0.01, 10);
  for (std::size_t link = 0; link < kLinks; ++link) {
    Call& call = model.calls[tests::add_behind(model, "link", 8, 0.01)];
    call.timeout_s = 1;
    call.retry = {2, 0.1, 1, true, 0.05};
  }
  for (Station& station : model.stations) {
    station.replicas = 14;
    station.queue_limit = 200 * station.replicas;
  }
  model.changes.push_back({60, Quantity::speed, kLinks, 0.25, ""});
  Call call;
  call.to = model.stations.push_back(model.stations[StationId(0)]);
  model.stations[call.to].calls.clear();
  model.sources.push_back(
      {"others", model.calls.push_back(call), {{0, 1}, {660, grows ? 1 + 1e-6 : 1}}, 1});
  return model;
}

Outcome played(const Model& model) {
  RunOptions options;
  options.end_s = 660;
  options.step_s = 10;
  return simulate_flow(model, options);
}

TEST(Rest, GoesOnByWholeBeatsAsStepsWould) {
  const Outcome rested = played(storm());
  const Outcome stepped = played(storm(true));
  EXPECT_LT(rested.work, stepped.work / 10);
  const auto expect_same = [](const Track& one, const Track& other) {
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
      EXPECT_NEAR(one[i], other[i], 1e-4 * (1 + other[i])) << i;
    }
  };
  for (const StationId id : base::ids<StationId>(rested.stations.size())) {
    const StationTracks& a = rested.stations[id];
    const StationTracks& b = stepped.stations[id];
    expect_same(a.arrived, b.arrived);
    expect_same(a.refused, b.refused);
    expect_same(a.done, b.done);
    expect_same(a.wasted, b.wasted);
    expect_same(a.present, b.present);
    expect_same(a.busy, b.busy);
  }
  expect_same(rested.users[0].served, stepped.users[0].served);
  expect_same(rested.users[0].failed, stepped.users[0].failed);
}

TEST(Rest, OfABeatEndsWithWhatChanges) {
  Model model = storm();
  model.changes.push_back({400, Quantity::speed, 9, 1, ""});
  const UserTracks users = played(model).users[0];
  EXPECT_NEAR(mean_of(users.served, 10, 600, 660), 6667, 1);
  EXPECT_LT(mean_of(users.served, 10, 300, 400), 6667 / 2);
}

}  // namespace
}  // namespace outlast::engines::simulation
