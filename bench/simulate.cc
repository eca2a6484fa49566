// What a day costs on the clock, and how many events a second request by request. Seconds are those
// the processor worked, so that other programs on the machine do not count.
//
//   a day      100 stations in ten chains of ten, a million users, the last of each chain slow for
//              ten minutes, then gone for a minute, then three times as many users within ten
//              minutes; every caller asks again, and so few times more that it recovers from each
//   requests   a balancer, an application and a database of 24 servers each, load 0.7; beside it a
//              loop that does only that, with the same random numbers (bench/tandem_simpy.py: SimPy)
//
// usage: simulate [day [HOURS...]]   (the day alone, up to each of these)

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <ctime>
#include <queue>
#include <string_view>
#include <vector>

#include "engines/simulation/draws.h"
#include "engines/simulation/flow_engine.h"
#include "engines/simulation/request_engine.h"

namespace {

using namespace outlast::engines::simulation;

constexpr std::size_t kChains = 10;
constexpr std::size_t kLinks = 10;
constexpr double kHour_s = 3600;

double seconds_since(std::clock_t begin) {
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

/// A chain whose stations work at 60 % at `per_s` requests.
/// in  apart  places in the line that tell its stations from those of others
void add_chain(Model& model, double per_s, std::size_t apart) {
  constexpr double kWork_s = 0.01;
  constexpr double kLoad = 0.6;
  const auto first = model.stations.size();
  for (std::size_t link = 0; link < kLinks; ++link) {
    Station station;
    station.name = fmt::format("station {}", first + link);
    station.servers = 8;
    station.replicas = static_cast<std::size_t>(per_s * kWork_s / kLoad / 8) + 1;
    station.service = {kWork_s, 1};
    station.queue_limit = 200 * station.replicas + apart;
    if (link + 1 < kLinks) {
      Call call;
      call.to = StationId(first + link + 1);
      call.timeout_s = 1;
      call.retry = {2, 0.1, 1, true, 0.05};
      station.calls = {model.calls.push_back(call)};
    }
    model.stations.push_back(station);
  }
  Call call;
  call.to = StationId(first);
  call.timeout_s = 10;
  const RatePoint kRates[] = {
      {0, per_s}, {18 * kHour_s, per_s}, {18 * kHour_s + 600, 3 * per_s}, {20 * kHour_s, per_s}};
  model.sources.push_back({fmt::format("users {}", first),
                           model.calls.push_back(call),
                           {std::begin(kRates), std::end(kRates)},
                           1});
}

Model make_day(double users, bool are_alike) {
  Model model;
  constexpr double kPerUser_s = 4.0 / 60;
  for (std::size_t chain = 0; chain < kChains; ++chain) {
    add_chain(model, users * kPerUser_s / kChains, are_alike ? 0 : chain);
  }
  const auto last_of = [](std::size_t chain) { return chain * kLinks + kLinks - 1; };
  const auto change_all = [&](double at_s, Quantity quantity, double value) {
    for (std::size_t chain = 0; chain < kChains; ++chain) {
      model.changes.push_back({at_s, quantity, last_of(chain), value, ""});
    }
  };
  change_all(6 * kHour_s, Quantity::speed, 0.25);
  change_all(6 * kHour_s + 600, Quantity::speed, 1);
  change_all(12 * kHour_s, Quantity::failing, 1);
  change_all(12 * kHour_s + 60, Quantity::failing, 0);
  return model;
}

void time_day(double users, double hours, bool are_alike) {
  const Model model = make_day(users, are_alike);
  RunOptions options;
  options.end_s = hours * kHour_s;
  options.step_s = 10;
  const std::clock_t begin = std::clock();
  const Outcome outcome = simulate_flow(model, options);
  fmt::print(
      "{:4.1f} h of a day, 100 stations{}, {:>9.0f} users {:7.2f} s, {} steps, served {:.4g}\n",
      hours, are_alike ? ", ten of each" : "", users, seconds_since(begin), outcome.work,
      mean_of(outcome.users[0].served, options.step_s, 0, options.end_s) * kChains);
}

constexpr std::array kWork_s = {0.001, 0.01, 0.004};
constexpr std::size_t kServers = 24;
constexpr double kRate = 0.7 * kServers / 0.01;
constexpr double kLong_s = 2000;

/// What the bare loop of anybody would be.
void time_loop() {
  struct Tier {
    std::size_t waiting = 0;
    std::size_t busy = 0;
  };
  using Next = std::pair<double, std::size_t>;  // tiers done before it; 0: a user comes
  std::priority_queue<Next, std::vector<Next>, std::greater<>> events;
  std::array<Tier, 3> tiers;
  Draws draws(1, 1);
  std::uint64_t work = 0;
  const std::clock_t begin = std::clock();
  events.push({draws.exponential() / kRate, 0});
  while (events.top().first < kLong_s) {
    const auto [now_s, done] = events.top();
    events.pop();
    ++work;
    const auto serve = [&, now = now_s](std::size_t tier) {
      ++tiers[tier].busy;
      events.push({now + kWork_s[tier] * draws.exponential(), tier + 1});
    };
    if (done == 0) {
      events.push({now_s + draws.exponential() / kRate, 0});
    } else {
      Tier& left = tiers[done - 1];
      --left.busy;
      if (left.waiting > 0) {
        --left.waiting;
        serve(done - 1);
      }
    }
    if (done < tiers.size() && tiers[done].busy < kServers) {
      serve(done);
    } else if (done < tiers.size()) {
      ++tiers[done].waiting;
    }
  }
  fmt::print("requests, {:<24} {:7.2f} million events a second\n", "a bare loop",
             static_cast<double>(work) / seconds_since(begin) / 1e6);
}

void time_requests(bool has_features) {
  Model model;
  for (std::size_t i = 0; i < kWork_s.size(); ++i) {
    Station station;
    station.name = fmt::format("tier {}", i);
    station.servers = kServers;
    station.service = {kWork_s[i], 1};
    if (i < 2) {
      Call call;
      call.to = StationId(i + 1);
      if (has_features) {
        call.timeout_s = 1;
        call.retry = {2, 0.1, 1, true, 0.2};
        call.breaker.share = 0.5;
      }
      station.calls = {model.calls.push_back(call)};
    }
    model.stations.push_back(station);
  }
  Call call;
  call.to = StationId(0);
  model.sources.push_back({"users", model.calls.push_back(call), {{0, kRate}}, 1});
  RunOptions options;
  options.end_s = kLong_s;
  const std::clock_t begin = std::clock();
  const Outcome outcome = simulate_requests(model, options);
  fmt::print("requests, {:<24} {:7.2f} million events a second\n",
             has_features ? "with all that callers do" : "bare",
             static_cast<double>(outcome.work) / seconds_since(begin) / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_day_alone = argc > 1 && std::string_view(argv[1]) == "day";
  // Up to the first trouble, past it, past the second, past the surge.
  std::vector<double> ends = {5, 11, 17, 24};
  if (is_day_alone && argc > 2) {
    ends.clear();
    for (int i = 2; i < argc; ++i) {
      ends.push_back(std::strtod(argv[i], nullptr));
    }
  }
  for (const double hours : ends) {
    time_day(1e6, hours, false);
  }
  time_day(1e4, ends.back(), false);
  time_day(1e6, ends.back(), true);
  if (is_day_alone) {
    return 0;
  }
  for (int run = 0; run < 3; ++run) {
    time_loop();
    time_requests(false);
    time_requests(true);
  }
}
