#include "engines/simulation/alike.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "engines/simulation/flow_engine.h"

namespace outlast::engines::simulation {
namespace {

constexpr double kEnd_s = 90;

Call call_to(StationId to) {
  Call call;
  call.to = to;
  call.timeout_s = 2;
  return call;
}

void add_call(Model& model, StationId from, const Call& call) {
  model.stations[from].calls.push_back(model.calls.push_back(call));
}

StationId add_station(Model& model, std::size_t servers) {
  Station station;
  station.name = fmt::format("station {}", model.stations.size());
  station.servers = servers;
  station.service = {0.02, 1};
  station.queue_limit = 500;
  return model.stations.push_back(station);
}

void add_users(Model& model, StationId entry, double per_s) {
  Call call = call_to(entry);
  call.timeout_s = 10;
  model.sources.push_back({fmt::format("users {}", model.sources.size()),
                           model.calls.push_back(call),
                           {{0, per_s}, {20, per_s}, {40, 2 * per_s}},
                           1});
}

/// Each calls two others, `levels` deep.
Model tree_of(std::size_t levels) {
  Model model;
  const std::size_t stations = (std::size_t{1} << levels) - 1;
  for (std::size_t s = 0; s < stations; ++s) {
    add_station(model, 4);
  }
  for (std::size_t s = 0; 2 * s + 2 < stations; ++s) {
    add_call(model, StationId(s), call_to(StationId(2 * s + 1)));
    add_call(model, StationId(s), call_to(StationId(2 * s + 2)));
  }
  add_users(model, StationId(0), 120);
  return model;
}

bool has_retries(unsigned seed) {
  return seed % 2 == 1;
}

/// Layers of stations of a few kinds, each calling some of the next layer.
Model random_model(unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t n) { return random() % n; };
  Model model;
  std::vector<StationId> above;
  for (std::size_t i = 0; i < 3; ++i) {
    above.push_back(add_station(model, 8));
    add_users(model, above.back(), 40);
  }
  for (int layer = 0; layer < 3; ++layer) {
    std::vector<StationId> here;
    for (std::size_t i = 0; i < 6; ++i) {
      here.push_back(add_station(model, 6 + 2 * below(2)));
    }
    Call call = call_to(here.front());
    call.retry.most = has_retries(seed) ? below(3) : 0;
    call.retry.backoff_s = 0.2;
    call.retry.budget = below(2) == 0 ? 0.2 : kForever;
    call.cache = below(3) == 0 ? Cache{400, 0.5, 0} : Cache{};
    call.is_needed = below(4) > 0;
    const bool is_dealt = below(2) == 0;
    const std::size_t wide = 2 + below(2);
    for (const StationId from : above) {
      const std::size_t first = below(2) * wide;
      for (std::size_t i = 0; i < wide; ++i) {
        call.to = here[(first + i) % here.size()];
        call.choice = is_dealt ? 1 : 0;
        call.per_request = is_dealt ? 1 / static_cast<double>(wide) : 1;
        add_call(model, from, call);
      }
    }
    above = here;
  }
  model.changes.push_back({45, Quantity::failing, below(model.stations.size()), 0.7, ""});
  model.changes.push_back({60, Quantity::speed, below(model.stations.size()), 0.3, ""});
  return model;
}

/// The same, but for what never happens: no two stations are alike.
Model told_apart(Model model) {
  for (std::size_t s = 0; s < model.stations.size(); ++s) {
    model.changes.push_back(
        {2 * kEnd_s, Quantity::failing, s, 1 / (1 + static_cast<double>(s)), ""});
  }
  return model;
}

Outcome stepped(const Model& model) {
  EXPECT_TRUE(check_model(model));
  RunOptions options;
  options.end_s = kEnd_s;
  return simulate_flow(model, options);
}

/// in  off  relative to the most that it ever is
void expect_same(const Track& a, const Track& b, double off, const std::string& what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  double most = 1;
  for (const double value : b) {
    most = std::max(most, std::fabs(value));
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_NEAR(a[i], b[i], off * most) << what << ", second " << i;
  }
}

void expect_same(const Model& model, const Outcome& a, const Outcome& b, double off) {
  for (std::size_t s = 0; s < a.users.size(); ++s) {
    const std::string& name = model.sources[s].name;
    expect_same(a.users[s].offered, b.users[s].offered, off, name);
    expect_same(a.users[s].served, b.users[s].served, off, name);
    expect_same(a.users[s].failed, b.users[s].failed, off, name);
    expect_same(a.users[s].latency, b.users[s].latency, off, name);
  }
  for (const StationId id : base::ids<StationId>(a.stations.size())) {
    const std::string& name = model.stations[id].name;
    expect_same(a.stations[id].arrived, b.stations[id].arrived, off, name);
    expect_same(a.stations[id].wasted, b.stations[id].wasted, off, name);
    expect_same(a.stations[id].present, b.stations[id].present, off, name);
  }
  for (const CallId id : base::ids<CallId>(a.calls.size())) {
    expect_same(a.calls[id].asked, b.calls[id].asked, off, "asked");
    expect_same(a.calls[id].missed, b.calls[id].missed, off, "missed");
  }
}

TEST(Alike, OfATreeOneStationALevelIsStepped) {
  const auto one_of_each = lumped(tree_of(7));
  ASSERT_TRUE(one_of_each);
  EXPECT_EQ(one_of_each->model.stations.size(), 7U);
  EXPECT_EQ(one_of_each->model.calls.size(), 7U) << "users' too";
}

TEST(Alike, WhatHappensToOneTellsItsWayApartAndNoMore) {
  Model model = tree_of(7);
  model.changes.push_back({30, Quantity::failing, model.stations.size() - 1, 0.5, ""});
  const auto one_of_each = lumped(model);
  ASSERT_TRUE(one_of_each);
  // On each of seven levels the one on its way; of what it passes by, one station a level.
  EXPECT_EQ(one_of_each->model.stations.size(), 7U + (6 + 5 + 4 + 3 + 2 + 1));
}

TEST(Alike, WhatIsNotAlikeStaysAsItIs) {
  EXPECT_FALSE(lumped(told_apart(tree_of(5))));
  Model breakers = tree_of(5);
  for (Call& call : breakers.calls) {
    call.breaker.share = 0.5;
  }
  EXPECT_FALSE(lumped(breakers)) << "each opens by itself, and is told";
}

TEST(Alike, ATreeFaresAsIfEachStationWereSteppedByItself) {
  Model model = tree_of(5);
  model.changes.push_back({30, Quantity::failing, model.stations.size() - 1, 0.5, ""});
  ASSERT_TRUE(lumped(model));
  expect_same(model, stepped(model), stepped(told_apart(model)), 1e-6);
}

TEST(Alike, OfWhatIsDealtAmongAlternativesOneOfEachIsStepped) {
  Model model;
  const StationId root = add_station(model, 8);
  for (std::size_t called = 1; called <= 3; ++called) {
    for (const double share : {0.3, 0.7}) {
      Call call = call_to(add_station(model, 4));
      call.choice = called;
      call.per_request = share;
      add_call(model, root, call);
    }
  }
  add_users(model, root, 150);
  const auto one_of_each = lumped(model);
  ASSERT_TRUE(one_of_each);
  EXPECT_EQ(one_of_each->model.stations.size(), 3U);
  expect_same(model, stepped(model), stepped(told_apart(model)), 1e-6);
}

TEST(Alike, WhateverIsCalledFaresAsIfEachStationWereSteppedByItself) {
  int lumps = 0;
  for (unsigned seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    const Model model = random_model(seed);
    lumps += lumped(model) ? 1 : 0;
    const Outcome a = stepped(model);
    const Outcome b = stepped(told_apart(model));
    if (!has_retries(seed)) {
      expect_same(model, a, b, 1e-4);
      continue;
    }
    // While callers ask again, a rounding may make a step end sooner or later, and that is a wave: a
    // work that is longer by 1e-12 moves as much. All in all it is the same.
    for (const StationId id : base::ids<StationId>(a.stations.size())) {
      const double done = mean_of(b.stations[id].done, 1, 0, kEnd_s);
      EXPECT_NEAR(mean_of(a.stations[id].done, 1, 0, kEnd_s), done, 0.01 * (1 + done));
    }
  }
  EXPECT_GT(lumps, 10);
}

}  // namespace
}  // namespace outlast::engines::simulation
