// How many users are carried: one answer for all who ask.
//
// Problem. That no part is full does not yet mean that users are served: of a part that is nearly
// full some wait longer than a caller waits, and what is then asked again fills it. Method: users of
// one number are let in, with groups as large as they may be, until nothing moves any more; then it
// is counted what is lost. Of numbers the largest is found by bisection.

#include "clock/carried.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.h"
#include "clock/impatience.h"
#include "clock/tipping.h"
#include "engines/simulation/flow_engine.h"

namespace outlast::clock {

namespace simulation = engines::simulation;

namespace {

constexpr double kServed = 0.99;

}  // namespace

tl::unexpected<base::Error> too_long(std::string_view what, const LoadModel& load) {
  const auto hastiest = hastiest_call(load);
  if (!hastiest) {
    return base::fail(
        fmt::format("{} takes too many steps to be followed: many parts are called", what),
        "ask about one of the journeys");
  }
  const auto& call = load.model.calls[*hastiest];
  const auto from = load.ways[hastiest->index].from;
  return base::fail(
      fmt::format("{} takes too many steps to be followed: {} gives up on {} after {}", what,
                  from.exists() ? load.model.stations[from].name : "who asks",
                  load.model.stations[call.to].name, base::format_duration({call.timeout_s})),
      "give that call more patience, or ask about one of the journeys");
}

void set_replicas(simulation::Station& station, std::size_t replicas) {
  if (station.queue_limit != simulation::kUnbounded) {
    station.queue_limit = station.queue_limit / station.replicas * replicas;
  }
  station.replicas = replicas;
}

std::optional<bool> carries(const LoadModel& load, double users) {
  LoadModel tried = load;
  for (const auto& scaler : tried.model.autoscalers) {
    auto& station = tried.model.stations[scaler.station];
    set_replicas(station, std::max(station.replicas, scaler.most));
  }
  tried.model.autoscalers.clear();
  set_users(tried, {{0, users}});
  simulation::RunOptions how;
  how.step_s = 10;
  how.end_s = 300;
  constexpr double kCounted_s = 100;
  constexpr std::uint64_t kTrialWork = 5'000'000;
  how.budget = kTrialWork;
  const auto outcome = simulation::simulate_flow(tried.model, how);
  if (outcome.is_cut_off) {
    return std::nullopt;
  }
  double offered = 0;
  double served = 0;
  for (const auto& source : outcome.users) {
    offered += simulation::mean_of(source.offered, how.step_s, how.end_s - kCounted_s, how.end_s);
    served += simulation::mean_of(source.served, how.step_s, how.end_s - kCounted_s, how.end_s);
  }
  constexpr double kWhile_s = 3600;
  return served >= kServed * offered && !tipping_of(tried.model, kWhile_s).is_likely;
}

std::optional<double> carried_users(const LoadModel& load, double most) {
  if (!std::isfinite(most) || most <= 0) {
    return most;
  }
  auto is_carried = carries(load, most);
  if (!is_carried || *is_carried) {
    return is_carried ? std::optional(most) : std::nullopt;
  }
  constexpr double kNear = 0.02;
  double low = 0;
  double high = most;
  while (high - low > kNear * high && high > kNear) {
    const double middle = (low + high) / 2;
    is_carried = carries(load, middle);
    if (!is_carried) {
      return std::nullopt;
    }
    (*is_carried ? low : high) = middle;
  }
  return low;
}

void grow_for(LoadModel& load, double users) {
  for (const auto& scaler : load.model.autoscalers) {
    auto& station = load.model.stations[scaler.station];
    const double per_s = load.parts[scaler.station.index].visits * users * load.requests_per_user_s;
    const double replicas =
        per_s * station.service.mean_s / static_cast<double>(station.servers) / scaler.target;
    const double most = static_cast<double>(std::max(scaler.most, station.replicas));
    const auto needed = static_cast<std::size_t>(std::ceil(std::clamp(replicas, 0.0, most)));
    set_replicas(station, std::max(station.replicas, needed));
  }
}

}  // namespace outlast::clock
