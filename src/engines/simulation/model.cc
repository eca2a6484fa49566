#include "engines/simulation/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace outlast::engines::simulation {
namespace {

bool is_share(double value) {
  return value >= 0 && value <= 1;
}

base::Result<void> check_station(const Model& model, const Station& station) {
  const auto wrong = [&](std::string_view what) {
    return base::fail(fmt::format("{}: {}", station.name, what));
  };
  if (station.servers == 0) {
    return wrong("has no server");
  }
  if (!(station.service.mean_s >= 0) || !std::isfinite(station.service.mean_s) ||
      !(station.service.cv2 >= 0) || !std::isfinite(station.service.cv2)) {
    return wrong("service time: not a length of time");
  }
  if (!is_share(station.failing)) {
    return wrong("failing: not a share");
  }
  const bool calls_exist = std::all_of(station.calls.begin(), station.calls.end(),
                                       [&](CallId id) { return id.index < model.calls.size(); });
  return calls_exist ? base::Result<void>() : wrong("makes a call that is not there");
}

base::Result<void> check_call(const Model& model, const Call& call) {
  if (call.to.index >= model.stations.size()) {
    return base::fail("a call goes to a station that is not there");
  }
  const auto wrong = [&](std::string_view what) {
    return base::fail(fmt::format("call of {}: {}", model.stations[call.to].name, what));
  };
  constexpr double kMostCalls = 1000;
  if (!(call.per_request >= 0) || call.per_request > kMostCalls) {
    return wrong("calls for each request: not from 0 to 1000");
  }
  constexpr std::size_t kMostRetries = 100;
  if (!(call.timeout_s > 0) || call.retry.most > kMostRetries || !(call.retry.backoff_s >= 0) ||
      !(call.retry.budget >= 0) || !(call.retry.saved_s > 0)) {
    return wrong(
        "timeout must be positive, retries from 0 to 100, backoff and budget no less than 0, and "
        "what is saved of it positive");
  }
  if (!(call.breaker.share > 0) || !(call.breaker.window_s > 0) || !(call.breaker.open_s > 0)) {
    return wrong("breaker: share, window and time open must be positive");
  }
  if (!is_share(call.failing) || !is_share(call.part)) {
    return wrong("failing, or its part: not a share");
  }
  constexpr std::size_t kMostKinds = 1000;
  if (!is_share(call.among) || call.among <= 0 || call.kind >= kMostKinds) {
    return wrong("of its kind is no share of the requests, or there are too many kinds");
  }
  if (!is_share(call.cache.hits) || !is_share(call.cache.full_at_start) || call.pool == 0) {
    return wrong("cache: hits and fill are shares; a pool has a connection");
  }
  return {};
}

/// Who asks again may ask any of the alternatives: as many times, as soon, and as urgently.
base::Result<void> check_choices(const Model& model) {
  for (const std::vector<CallId>& choice : choices_of(model)) {
    const Call& first = model.calls[choice.front()];
    const bool are_alike = std::all_of(choice.begin(), choice.end(), [&](CallId id) {
      const Call& call = model.calls[id];
      return call.retry == first.retry && call.is_needed == first.is_needed &&
             call.waits == first.waits && call.kind == first.kind;
    });
    if (!are_alike) {
      return base::fail(fmt::format("alternatives of {}: are not asked again alike",
                                    model.stations[first.to].name));
    }
  }
  return {};
}

/// Connections and a breaker that calls have together are those of any of them.
base::Result<void> check_guarded(const Model& model) {
  for (const Guarded& guarded : guarded_calls(model)) {
    const Call& first = model.calls[guarded.calls.front()];
    const bool are_alike = std::all_of(guarded.calls.begin(), guarded.calls.end(), [&](CallId id) {
      const Call& call = model.calls[id];
      return call.pool == first.pool && call.pool_line == first.pool_line &&
             call.breaker == first.breaker && call.timeout_s == first.timeout_s;
    });
    if (!are_alike) {
      return base::fail(fmt::format("calls of {} that share a pool and a breaker: are not alike",
                                    model.stations[first.to].name));
    }
  }
  return {};
}

base::Result<void> check_source(const Model& model, const Source& source) {
  if (source.call.index >= model.calls.size()) {
    return base::fail(source.name + ": makes a call that is not there");
  }
  double before_s = -kForever;
  for (const RatePoint& point : source.rate) {
    if (!(point.at_s > before_s) || !(point.per_s >= 0) || !std::isfinite(point.per_s)) {
      return base::fail(source.name + ": rates must come by time, none of them negative");
    }
    before_s = point.at_s;
  }
  return {};
}

base::Result<void> check_changes(const Model& model) {
  double before_s = 0;
  for (const Change& change : model.changes) {
    const std::size_t subjects = is_of_call(change.quantity)      ? model.calls.size()
                                 : is_of_station(change.quantity) ? model.stations.size()
                                                                  : model.routers.size();
    if (change.subject >= subjects) {
      return base::fail("a change is of something that is not there");
    }
    if (!(change.at_s >= before_s)) {
      return base::fail("changes must come by time, none before the start");
    }
    before_s = change.at_s;
    const bool must_be_share =
        change.quantity == Quantity::failing || change.quantity == Quantity::cache_full ||
        change.quantity == Quantity::cache_room || change.quantity == Quantity::cache_answers ||
        change.quantity == Quantity::call_part || change.quantity == Quantity::call_failing;
    const bool may_be_negative = change.quantity == Quantity::more_replicas;
    if ((!(change.value >= 0) && !may_be_negative) || !std::isfinite(change.value) ||
        (must_be_share && change.value > 1)) {
      return base::fail("a change to a value without meaning");
    }
  }
  return {};
}

base::Result<void> check_autoscaler(const Model& model, const Autoscaler& scaler) {
  if (scaler.station.index >= model.stations.size()) {
    return base::fail("an autoscaler is of a station that is not there");
  }
  if (scaler.fewest > scaler.most || !(scaler.target > 0) || scaler.target > 1 ||
      !(scaler.period_s > 0) || !(scaler.start_s >= 0) || scaler.looks_out == 0 ||
      scaler.looks_in == 0 || !(scaler.growth_most > 1) || !(scaler.rests_out_s >= 0) ||
      !(scaler.rests_in_s >= 0)) {
    return base::fail(model.stations[scaler.station].name +
                      ": an autoscaler needs fewest ≤ most, a target within (0, 1], a period, "
                      "looks, a growth above 1, and rests that are not negative");
  }
  return {};
}

base::Result<void> check_router(const Model& model, const Router& router) {
  for (const auto& target : router.targets) {
    const bool is_known = std::all_of(
        target.calls.begin(), target.calls.end(),
        [&](const auto& led) { return led.first.index < model.calls.size() && led.second >= 0; });
    if (!is_known || !(target.weight > 0)) {
      return base::fail(target.name + ": is led calls that are not there");
    }
  }
  const bool is_within = router.from.index < model.stations.size() || !router.from.exists();
  if (!is_within || !(router.detect_s >= 0) || !(router.takes_s >= 0) || !(router.ttl_s >= 0) ||
      !(router.notices > 0) || router.notices > 1 || !is_share(router.stale) ||
      (router.stale > 0 && !(router.stale_s >= router.ttl_s))) {
    return base::fail("who leads calls needs lengths of time and a share within (0, 1]");
  }
  return {};
}

}  // namespace

base::Result<void> check_model(const Model& model) {
  base::Result<void> ok;
  for (const Station& station : model.stations) {
    ok = ok ? check_station(model, station) : ok;
  }
  for (const Call& call : model.calls) {
    ok = ok ? check_call(model, call) : ok;
  }
  for (const Source& source : model.sources) {
    ok = ok ? check_source(model, source) : ok;
  }
  for (const Autoscaler& scaler : model.autoscalers) {
    ok = ok ? check_autoscaler(model, scaler) : ok;
  }
  for (const Router& router : model.routers) {
    ok = ok ? check_router(model, router) : ok;
  }
  ok = ok ? check_changes(model) : ok;
  ok = ok ? check_choices(model) : ok;
  ok = ok ? check_guarded(model) : ok;
  if (ok && callers_first(model).size() != model.stations.size()) {
    return base::fail("stations call each other in a circle");
  }
  return ok;
}

std::vector<StationId> callers_first(const Model& model) {
  std::vector<std::size_t> callers(model.stations.size(), 0);
  for (const Station& station : model.stations) {
    for (const CallId call : station.calls) {
      ++callers[model.calls[call].to.index];
    }
  }
  std::vector<StationId> order;
  for (const StationId id : base::ids<StationId>(model.stations.size())) {
    if (callers[id.index] == 0) {
      order.push_back(id);
    }
  }
  for (std::size_t next = 0; next < order.size(); ++next) {
    for (const CallId call : model.stations[order[next]].calls) {
      const StationId to = model.calls[call].to;
      if (--callers[to.index] == 0) {
        order.push_back(to);
      }
    }
  }
  return order;
}

std::vector<std::vector<CallId>> choices_of(const Model& model) {
  std::vector<std::vector<CallId>> choices;
  std::vector<bool> is_made(model.calls.size(), false);
  for (const Station& station : model.stations) {
    std::size_t before = 0;
    for (const CallId id : station.calls) {
      const std::size_t choice = model.calls[id].choice;
      if (choice == 0 || choice != before) {
        choices.emplace_back();
      }
      choices.back().push_back(id);
      is_made[id.index] = true;
      before = choice;
    }
  }
  for (const CallId id : base::ids<CallId>(model.calls.size())) {
    if (!is_made[id.index]) {  // by users
      choices.push_back({id});
    }
  }
  return choices;
}

std::size_t kinds_in(const Model& model) {
  std::size_t most = 0;
  for (const Call& call : model.calls) {
    most = std::max(most, call.kind);
  }
  return most + 1;
}

std::vector<Guarded> guarded_calls(const Model& model) {
  std::vector<Guarded> all;
  std::vector<bool> is_made(model.calls.size(), false);
  for (const StationId from : base::ids<StationId>(model.stations.size())) {
    std::map<std::size_t, std::size_t> place;  // of those together, among all
    for (const CallId id : model.stations[from].calls) {
      const std::size_t together = model.calls[id].together;
      const auto known = together == 0 ? place.end() : place.find(together);
      if (known == place.end()) {
        place[together] = all.size();
        all.push_back({from, {id}});
      } else {
        all[known->second].calls.push_back(id);
      }
      is_made[id.index] = true;
    }
  }
  for (const CallId id : base::ids<CallId>(model.calls.size())) {
    if (!is_made[id.index]) {  // by users
      all.push_back({StationId(), {id}});
    }
  }
  return all;
}

double rate_at(const std::vector<RatePoint>& points, double at_s) {
  if (points.empty()) {
    return 0;
  }
  const auto after = std::upper_bound(points.begin(), points.end(), at_s,
                                      [](double t, const RatePoint& p) { return t < p.at_s; });
  if (after == points.begin()) {
    return at_s < points.front().at_s ? 0 : points.front().per_s;
  }
  const RatePoint& from = *(after - 1);
  if (after == points.end()) {
    return from.per_s;
  }
  return from.per_s + (after->per_s - from.per_s) * (at_s - from.at_s) / (after->at_s - from.at_s);
}

}  // namespace outlast::engines::simulation
