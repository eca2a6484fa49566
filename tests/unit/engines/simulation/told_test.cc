#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "engines/simulation/flow_engine.h"
#include "engines/simulation/request_engine.h"
#include "support/make_model.h"

namespace outlast::engines::simulation {
namespace {

/// Who is let in at once waits at what is called then: he is served when that has answered.
TEST(Told, NobodyIsServedBeforeHeIsAnswered) {
  Model model = tests::one_station(100, 100, 0.001, 10);
  (void)tests::add_behind(model, "web", 2, 0.01);
  model.sources[0].rate = {{0, 100}, {10, 100}, {10.001, 400}, {25, 400}, {25.001, 100}};
  RunOptions options;
  options.end_s = 90;
  const UserTracks flow = simulate_flow(model, options).users[0];
  EXPECT_LE(*std::max_element(flow.served.begin(), flow.served.end()), 205) << "two servers";
  const UserTracks requests = simulate_requests(model, options).users[0];
  EXPECT_NEAR(mean_of(flow.served, 1, 12, 27), mean_of(requests.served, 1, 12, 27), 10);
  EXPECT_NEAR(mean_of(flow.failed, 1, 32, 35), mean_of(requests.failed, 1, 32, 35), 20);
}

/// Of all who came, the share that was served or failed.
double told_share(const Model& model, double end_s) {
  RunOptions options;
  options.end_s = end_s;
  const UserTracks flow = simulate_flow(model, options).users[0];
  const auto sum = [](const Track& track) {
    return std::accumulate(track.begin(), track.end(), 0.0);
  };
  return (sum(flow.served) + sum(flow.failed)) / sum(flow.offered);
}

TEST(Told, WhoeverCameIsToldInTheEnd) {
  Model model = tests::one_station(0, 100, 0.001, 10);
  (void)tests::add_behind(model, "web", 2, 0.01);
  model.sources[0].rate = {{0, 400}, {20, 400}, {20.001, 0}};
  EXPECT_NEAR(told_share(model, 60), 1, 1e-3);
}

TEST(Told, WhoeverCameAfterARestIsToldToo) {
  Model model = tests::one_station(560, 8, 0.01, 0.1, 2);
  model.stations[StationId(0)].queue_limit = 1000;
  model.calls[CallId(0)].retry.backoff_s = 1;
  model.calls[CallId(0)].retry.jitter = true;
  model.sources[0].rate = {{0, 560},      {30, 560}, {30.001, 1120}, {31, 1120},
                           {31.001, 560}, {60, 560}, {60.001, 0}};
  EXPECT_NEAR(told_share(model, 70), 1, 1e-3);
}

}  // namespace
}  // namespace outlast::engines::simulation
