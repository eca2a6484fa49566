/// Load, queues and callers as flows.
///
/// Problem: what a million users and hours of trouble do to stations with queues, where callers
/// give up and ask again, without looking at requests. Method: the number L present at a station
/// follows L' = λ − μ G⁻¹(L), where G maps load to the number present at rest; so it is exact at
/// rest and right under overload, and in between moves towards rest as fast as the work allows.
/// The line is kept by age: what came when, by which call, at which attempt. So work whose caller
/// has given up is still done and counts as waste, and who is answered in time is known from where
/// in the line he stood, with the scatter of the queue at rest about it. What gave up comes again.
///
/// Stations are stepped callers first, so that a request passes all of them within a step; what a
/// caller can expect of those it calls is foreseen the other way round, from their queues.
/// Steps are at most a tenth of the shortest patience while anything moves, double while nothing
/// does, begin small after a change, and never pass one, nor a look of an autoscaler, a breaker
/// that may try, or the end of a step of the series.
///
/// Ends: each step moves the clock on. Limits: answers from below arrive as of now, not later; a
/// station's outflow is as even as its inflow; budgets of retries are shared by a whole call.

#include "engines/simulation/flow_engine.h"

#include <algorithm>
#include <cmath>

#include "engines/simulation/flow_run.h"

namespace outlast::engines::simulation {
namespace {

/// After something changed.
constexpr double kFirstStep_s = 0.01;

/// What users of a source bring within [from, to).
double brought(const Source& source, double from_s, double to_s) {
  // Rates are straight between points, and steps end at them.
  return (to_s - from_s) *
         (rate_at(source.rate, from_s) + rate_at(source.rate, std::nextafter(to_s, from_s))) / 2;
}

}  // namespace

FlowRun::FlowRun(const Model& model, const RunOptions& options)
    : model_(model),
      options_(options),
      shown_(model.stations.size()),
      conductor_(model_, outcome_) {
  add_pools();
  order_ = callers_first(model_);
  fine_s_ = std::min(0.25, options.step_s);
  for (const CallId id : base::ids<CallId>(model_.calls.size())) {
    const Call& call = model_.calls[id];
    calls_.push_back({call,
                      BreakerState(call.breaker),
                      {},
                      {},
                      call.cache.full_at_start,
                      0,
                      0,
                      1,
                      0,
                      1,
                      kUnbounded});
    calls_.back().incoming.assign(call.retry.most + 1, 0.0);
    if (call.breaker.share <= 1) {
      fine_s_ = std::min(fine_s_, call.breaker.window_s / 40);
    }
    if (call.timeout_s < kForever) {
      fine_s_ = std::min(fine_s_, std::max(call.timeout_s / 10, 1e-3));
    }
  }
  step_s_ = fine_s_;
  for (const Station& station : model_.stations) {
    FlowStation& state = stations_.emplace_back();
    state.now = station;
  }
  for (const CallId id : base::ids<CallId>(model_.calls.size())) {
    const StationId to = model_.calls[id].to;
    stations_[to.index].callers.push_back(id.index);
    if (to.index >= shown_) {
      stations_[to.index].passes_to = stations_[to.index].now.calls.front();
    }
  }
  outcome_.step_s = options.step_s;
  outcome_.users.resize(model.sources.size());
  outcome_.stations = base::IdVector<StationId, StationTracks>(shown_);
  users_.resize(model.sources.size());
  for (auto id = order_.rbegin(); id != order_.rend(); ++id) {
    reshape(stations_[id->index]);
    foresee(id->index);
  }
  for (std::size_t i = 0; i < model.sources.size(); ++i) {
    calls_[model.sources[i].call.index].source = i;
    FlowStation& entry = station_of(calls_[model.sources[i].call.index]);
    if (entry.callers.size() == 1) {
      entry.arrival_cv2 = model.sources[i].cv2;
    }
  }
}

/// A pool is a station whose servers are connections, each busy until the answer.
void FlowRun::add_pools() {
  for (std::size_t i = 0; i < model_.calls.size(); ++i) {
    const Call call = model_.calls[CallId(i)];
    if (call.pool == kUnbounded) {
      continue;
    }
    Call onward;
    onward.to = call.to;
    const CallId next = model_.calls.push_back(onward);
    Station pool;
    pool.name = "connections to " + model_.stations[call.to].name;
    pool.servers = call.pool;
    pool.service = {1e-6, 1};
    pool.calls = {next};
    model_.calls[CallId(i)].to = model_.stations.push_back(pool);
  }
}

/// Ends with the last whole step of the series.
Outcome FlowRun::run() {
  std::size_t series = 1;
  const auto last = static_cast<std::size_t>(options_.end_s / options_.step_s + 1e-9);
  while (series <= last) {
    if (outcome_.work >= options_.budget || options_.is_stopped()) {
      outcome_.is_cut_off = true;
      break;
    }
    ++outcome_.work;
    const double series_s = options_.step_s * static_cast<double>(series);
    // Sums of steps miss a round time by their last bits; a sliver of a step would be left.
    if (conductor_.next_s() <= now_s_ && conductor_.act(now_s_, *this)) {
      step_s_ = std::min(fine_s_, kFirstStep_s);
    }
    const double next_s = next_step_s();
    constexpr double kSliver = 1e-9;
    advance(next_s > series_s - kSliver ? series_s : next_s);
    if (now_s_ >= series_s) {
      ++series;
      end_series_step();
    }
  }
  outcome_.ended_s = now_s_;
  return std::move(outcome_);
}

double FlowRun::longest_by_rates() const {
  double longest_s = kForever;
  for (const Source& source : model_.sources) {
    const double rate = rate_at(source.rate, now_s_);
    const double soon = rate_at(source.rate, now_s_ + fine_s_);
    const double slope = std::fabs(soon - rate) / fine_s_;
    constexpr double kMostChange = 0.02;
    if (slope > 0) {
      longest_s = std::min(longest_s, kMostChange * std::max(rate, 1.0) / slope);
    }
    for (const RatePoint& point : source.rate) {
      if (point.at_s > now_s_) {
        longest_s = std::min(longest_s, std::max(point.at_s - now_s_, 1e-9));
        break;
      }
    }
  }
  return longest_s;
}

double FlowRun::next_step_s() const {
  double length_s = step_s_;
  const double by_rates_s = longest_by_rates();
  if (by_rates_s < length_s) {
    length_s = std::max(by_rates_s, std::min(fine_s_, by_rates_s * 50));
  }
  for (const Source& source : model_.sources) {
    for (const RatePoint& point : source.rate) {
      if (point.at_s > now_s_) {
        length_s = std::min(length_s, point.at_s - now_s_);
        break;
      }
    }
  }
  double next_s = std::min(now_s_ + length_s, conductor_.next_s());
  for (const FlowCall& call : calls_) {
    if (call.breaker.is_open() && !call.breaker.is_due(now_s_)) {
      next_s = std::min(next_s, call.breaker.open_until_s());
    }
  }
  return next_s;
}

void FlowRun::advance(double to_s) {
  length_s_ = to_s - now_s_;
  now_s_ = to_s;
  for (std::size_t c = 0; c < calls_.size(); ++c) {
    try_breaker(c);
  }
  users_come();
  while (!again_.empty() && again_.front().due_s <= now_s_) {
    std::pop_heap(again_.begin(), again_.end(), std::greater<>());
    const Again again = again_.back();
    again_.pop_back();
    ask(again.call, again.attempt, again.mass);
  }
  is_moving_ = false;
  for (const StationId id : order_) {
    run_station(id.index);
  }
  for (std::size_t c = 0; c < calls_.size(); ++c) {
    end_patience(c);
  }
  for (auto id = order_.rbegin(); id != order_.rend(); ++id) {
    FlowStation& station = stations_[id->index];
    const Prospect before = station.prospect;
    foresee(id->index);
    const Prospect& now = station.prospect;
    const double sojourn_s = now.sojourn_s + now.answer_s;
    is_moving_ = is_moving_ ||
                 std::fabs(sojourn_s - before.sojourn_s - before.answer_s) > 0.02 * sojourn_s ||
                 std::fabs(now.refused - before.refused) > 0.01;
  }
  is_moving_ = is_moving_ || has_many_retries() ||
               std::any_of(calls_.begin(), calls_.end(),
                           [](const FlowCall& call) { return call.breaker.may_open(); });
  step_s_ = std::min(2 * step_s_, is_moving_ ? fine_s_ : options_.step_s);
}

/// Some calls always fail by chance, so at rest there are always retries to come. Only where they
/// are so many that it matters when in a long step they come does something move.
bool FlowRun::has_many_retries() const {
  constexpr double kFew = 1e-3;  // of what comes in a second
  double per_s = 0;
  for (const Source& source : model_.sources) {
    per_s += rate_at(source.rate, now_s_);
  }
  double waiting = 0;
  for (const Again& again : again_) {
    waiting += again.mass;
    if (waiting > kFew * per_s) {
      return true;
    }
  }
  return false;
}

void FlowRun::users_come() {
  for (std::size_t i = 0; i < model_.sources.size(); ++i) {
    const double mass = brought(model_.sources[i], now_s_ - length_s_, now_s_);
    const std::size_t call = model_.sources[i].call.index;
    users_[i].offered += mass;
    calls_[call].firsts += mass;
    ask(call, 0, mass);
  }
}

void FlowRun::apply(const Change& what) {
  apply_change(what, *this, stations_, calls_);
}

void FlowRun::set_replicas(StationId id, std::size_t replicas) {
  stations_[id.index].now.replicas = replicas;
}

double FlowRun::use_since_last(StationId id, double now_s) {
  FlowStation& station = stations_[id.index];
  const double length_s = now_s - station.use_since_s;
  const auto servers = static_cast<double>(station.now.replicas * station.now.servers);
  const double use = length_s > 0 && servers > 0 ? station.use_area / length_s / servers : 0;
  station.use_area = 0;
  station.use_since_s = now_s;
  return use;
}

void FlowRun::end_series_step() {
  const double s = options_.step_s;
  for (std::size_t i = 0; i < shown_; ++i) {
    FlowStation& station = stations_[i];
    StationTracks& tracks = outcome_.stations[StationId(i)];
    const std::pair<Track*, double*> sums[] = {
        {&tracks.arrived, &station.arrived}, {&tracks.refused, &station.refused},
        {&tracks.done, &station.done},       {&tracks.wasted, &station.wasted},
        {&tracks.waiting, &station.waiting}, {&tracks.busy, &station.busy},
        {&tracks.present, &station.present}};
    for (const auto& [track, sum] : sums) {
      track->push_back(*sum / s);
      *sum = 0;
    }
    tracks.replicas.push_back(static_cast<double>(station.now.replicas));
  }
  for (std::size_t i = 0; i < users_.size(); ++i) {
    UserTracks& tracks = outcome_.users[i];
    FlowUsers& users = users_[i];
    tracks.offered.push_back(users.offered / s);
    tracks.served.push_back(users.served / s);
    tracks.failed.push_back(users.failed / s);
    tracks.latency.push_back(users.served > 0 ? users.latency / users.served : 0);
    users = {};
  }
}

Outcome simulate_flow(const Model& model, const RunOptions& options) {
  FlowRun run(model, options);
  return run.run();
}

}  // namespace outlast::engines::simulation
