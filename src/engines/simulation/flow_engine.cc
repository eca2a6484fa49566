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
/// caller can expect of those it calls is foreseen the other way round, from their queues. Steps
/// are as long as what a station meets changes by two parts in a hundred, within a tenth of the
/// shortest patience and the step of the series; they begin small after a change, and never pass
/// one, nor a look of an autoscaler, a breaker that may try, or the end of a step of the series.
/// Where a step is longer than it takes to ask again, who will do so within it is known from the
/// step before (`bring_forward`), so that long steps have as many retries as short ones; and who
/// fails does so evenly over a step, so that a step of another length makes no wave. Where
/// nothing changes at all, there are no steps: flow_rest.cc. How long a step is: flow_steps.cc.
///
/// Ends: each step moves the clock on. Limits: what becomes of a call is known when its station has
/// done its own work, by how those it calls stand then, though users are told when they would be; a
/// station's outflow is as even as its inflow; budgets of retries are shared by a whole call.

#include "engines/simulation/flow_engine.h"

#include <algorithm>
#include <cmath>

#include "base/assert.h"
#include "engines/simulation/alike.h"
#include "engines/simulation/flow_run.h"

namespace outlast::engines::simulation {
FlowRun::FlowRun(const Model& model, const RunOptions& options)
    : model_(model),
      options_(options),
      shown_(model.stations.size()),
      conductor_(model_, outcome_) {
  add_guards();
  add_calls();
  order_ = callers_first(model_);
  step_s_ = fine_s_;
  const std::size_t kinds = kinds_in(model_);
  for (const Station& station : model_.stations) {
    stations_.emplace_back().now = station;
    stations_.back().kinds.resize(kinds > 1 ? kinds : 0);
  }
  for (const CallId id : base::ids<CallId>(model_.calls.size())) {
    const StationId to = model_.calls[id].to;
    stations_[to.index].callers.push_back(id.index);
    stations_[to.index].is_pool = to.index >= shown_;
  }
  for (const FlowGuard& guard : guards_) {
    size_pool(guard);
  }
  outcome_.step_s = options.step_s;
  outcome_.users.resize(model.sources.size());
  outcome_.stations = TracksByStation(shown_);
  outcome_.calls = base::IdVector<CallId, CallTracks>(model.calls.size());
  for (auto id = order_.rbegin(); id != order_.rend(); ++id) {
    reshape(stations_[id->index]);
    foresee(id->index);
  }
  for (std::size_t i = 0; i < model.sources.size(); ++i) {
    FlowCall& call = calls_[model.sources[i].call.index];
    sources_.emplace_back(choices_[call.choice].again.bin_s());
    pass_points(i);
    call.source = i;
    FlowStation& entry = station_of(call);
    if (entry.callers.size() == 1) {
      entry.arrival_cv2 = model.sources[i].cv2;
    }
  }
}

void FlowRun::add_calls() {
  fine_s_ = std::min(0.25, options_.step_s);
  for (const Call& call : model_.calls) {
    if (call.breaker.share <= 1) {
      fine_s_ = std::min(fine_s_, call.breaker.window_s / 40);
    }
    if (call.timeout_s < kForever) {
      fine_s_ = std::min(fine_s_, std::max(call.timeout_s / 10, 1e-3));
    }
  }
  for (const Call& call : model_.calls) {
    calls_.emplace_back(call);
  }
  for (std::size_t g = 0; g < guards_.size(); ++g) {
    const FlowGuard& guard = guards_[g];
    for (std::size_t i = 0; i < guard.guarded.calls.size(); ++i) {
      FlowCall& call = calls_[guard.guarded.calls[i].index];
      call.guard = g;
      call.onward = guard.pool.exists() ? model_.stations[guard.pool].calls[i] : CallId();
    }
  }
  for (std::vector<CallId>& calls : choices_of(model_)) {
    double waits_s = 0;
    for (const CallId id : calls) {
      const Call& call = model_.calls[id];
      waits_s = std::max(waits_s, std::max(call.retry.backoff_s, call.retry.backoff_most_s) +
                                      (call.timeout_s < kForever ? call.timeout_s : 0));
      calls_[id.index].choice = choices_.size();
    }
    constexpr double kBins = 8192;
    const Retry& retry = model_.calls[calls.front()].retry;
    choices_.emplace_back(std::move(calls), retry, std::max(fine_s_ / 2, waits_s / kBins));
  }
}

/// Pools make calls of their own, so what guards a call is known once they are there.
void FlowRun::add_guards() {
  for (const Guarded& guarded : guarded_calls(model_)) {
    if (model_.calls[guarded.calls.front()].pool != kUnbounded) {
      add_pool(guarded.calls);
    }
  }
  for (Guarded& guarded : guarded_calls(model_)) {
    const Call& first = model_.calls[guarded.calls.front()];
    guards_.emplace_back(std::move(guarded), first.breaker);
    guards_.back().pool = first.to.index >= shown_ ? first.to : StationId();
  }
}

/// A pool is a station whose servers are connections, each busy until the answer.
void FlowRun::add_pool(const std::vector<CallId>& calls) {
  Station pool;
  pool.name = "connections to " + model_.stations[model_.calls[calls.front()].to].name;
  pool.servers = model_.calls[calls.front()].pool;
  pool.service = {1e-6, 1};
  for (const CallId id : calls) {
    Call onward;
    onward.to = model_.calls[id].to;
    onward.kind = model_.calls[id].kind;
    onward.choice = calls.size() > 1 ? 1 + onward.kind : 0;
    pool.calls.push_back(model_.calls.push_back(onward));
  }
  const StationId there = model_.stations.push_back(pool);
  for (const CallId id : calls) {
    model_.calls[id].to = there;
  }
}

/// Each replica of a caller has connections of its own.
void FlowRun::size_pool(const FlowGuard& guard) {
  if (!guard.pool.exists()) {
    return;
  }
  const StationId from = guard.guarded.from;
  const std::size_t callers = from.exists() ? stations_[from.index].now.replicas : 1;
  Station& pool = stations_[guard.pool.index].now;
  pool.replicas = std::max<std::size_t>(1, callers);
  pool.queue_limit =
      Guarded::of_replicas(model_.calls[guard.guarded.calls.front()].pool_line, callers);
}

/// Ends with the last whole step of the series.
Outcome FlowRun::run() {
  std::size_t series = 1;
  const auto last = static_cast<std::size_t>(options_.end_s / options_.step_s + 1e-9);
  const std::uint64_t most_steps = options_.budget / (1 + shown_ + outcome_.calls.size());
  for (std::size_t i = 0; i < shown_; ++i) {
    outcome_.stations[StationId(i)].reserve(std::min<std::size_t>(last, most_steps));
  }
  while (series <= last) {
    if (outcome_.work >= most_steps || options_.is_stopped()) {
      outcome_.is_cut_off = true;
      outcome_.is_over_budget = outcome_.work >= most_steps;
      break;
    }
    ++outcome_.work;
    const double series_s = options_.step_s * static_cast<double>(series);
    if (conductor_.next_s() <= now_s_) {
      act();
    }
    if (const double to_s = rests_to_s(series_s); to_s > now_s_) {
      rest(to_s);
    } else {
      advance(next_step_s(series_s));
    }
    if (now_s_ >= series_s) {
      ++series;
      end_series_step();
    }
  }
  for (std::size_t i = 0; i < shown_; ++i) {
    write_tracks(i);
  }
  check_conservation();
  outcome_.ended_s = now_s_;
  return std::move(outcome_);
}

void FlowRun::advance(double to_s) {
  begin_step(to_s);
  users_come();
  for (std::size_t c = 0; c < choices_.size(); ++c) {
    choices_[c].again.take_due(now_s_, [&](std::size_t k, double mass) { deal_again(c, k, mass); });
  }
  for (const Source& source : model_.sources) {
    bring_forward(calls_[source.call.index].choice);
  }
  for (const StationId id : order_) {
    run_station(id.index);
  }
  for (std::size_t c = 0; c < calls_.size(); ++c) {
    end_patience(c);
  }
  end_attempts();
  for (FlowStation& station : stations_) {
    station.series.add(station.step);
  }
  for (FlowChoice& choice : choices_) {
    choice.missed_series.add(choice.missed);
    choice.budget.pass(length_s_);
  }
  tell_what_is_due();
  choose_step(foresee_all());
  look_for_rest();
}

void FlowRun::begin_step(double to_s) {
  wake();
  for (FlowStation& station : stations_) {
    station.step = {};
  }
  for (FlowSource& source : sources_) {
    source.step = {};
  }
  length_s_ = to_s - now_s_;
  OUTLAST_ASSERT(length_s_ > 0, "each step moves the clock on");
  now_s_ = to_s;
  for (FlowCall& call : calls_) {
    call.step_fate = {};
  }
  for (FlowGuard& guard : guards_) {
    try_breaker(guard);
  }
  for (FlowChoice& choice : choices_) {
    choice.budget.begin();
    choice.missed = {};
  }
}

void FlowRun::apply(const Change& what) {
  has_changed_ = true;
  apply_change(what, *this, stations_, calls_);
}

void FlowRun::set_replicas(StationId id, std::size_t replicas) {
  has_changed_ = true;
  stations_[id.index].now.replicas = replicas;
  for (const FlowGuard& guard : guards_) {
    if (guard.guarded.from == id) {
      size_pool(guard);
    }
  }
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
  options_.tell_step();
  constexpr std::size_t kTogether = 32;
  const double s = options_.step_s;
  for (std::size_t i = 0; i < shown_; ++i) {
    FlowStation& station = stations_[i];
    station.ended.push_back({station.series, static_cast<double>(station.now.replicas)});
    if (station.ended.size() == kTogether) {
      write_tracks(i);
    }
  }
  for (FlowStation& station : stations_) {
    station.total.add(station.series);
    station.series = {};
  }
  for (FlowChoice& choice : choices_) {
    const CallId first = choice.calls.front();
    if (first.index < outcome_.calls.size()) {
      outcome_.calls[first].add(model_.calls[first], choice.missed_series, s);
    }
    choice.missed_series = {};
  }
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    FlowUsers& sums = sources_[i].series;
    UserTracks& tracks = outcome_.users[i];
    // However short the line, the tail of a wait goes on for ever: that is nobody.
    constexpr double kNobody = 1e-9;
    sums.failed = sums.failed > kNobody * sums.offered ? sums.failed : 0;
    tracks.offered.push_back(sums.offered / s);
    tracks.served.push_back(sums.served / s);
    tracks.failed.push_back(sums.failed / s);
    tracks.latency.push_back(sums.served > 0 ? sums.latency / sums.served : 0);
    sums = {};
  }
}

/// Many steps at a time: eight tracks of each station lie far apart.
void FlowRun::write_tracks(std::size_t index) {
  const double s = options_.step_s;
  StationTracks& tracks = outcome_.stations[StationId(index)];
  for (const auto& [sums, replicas] : stations_[index].ended) {
    tracks.arrived.push_back(sums.arrived / s);
    tracks.refused.push_back(sums.refused / s);
    tracks.done.push_back(sums.done / s);
    tracks.wasted.push_back(sums.wasted / s);
    tracks.waiting.push_back(sums.waiting / s);
    tracks.busy.push_back(sums.busy / s);
    tracks.present.push_back(sums.present / s);
    tracks.replicas.push_back(replicas);
  }
  stations_[index].ended.clear();
}

/// Who came to a station was refused, is done, or is there.
void FlowRun::check_conservation() const {
  constexpr double kRounding = 1e-6;
  for (const FlowStation& station : stations_) {
    StationSums all = station.total;
    all.add(station.series);
    OUTLAST_ASSERT(std::fabs(all.arrived - all.refused - all.done - station.queue.mass()) <=
                       kRounding * (1 + all.arrived),
                   "who came is gone or there");
  }
}

Outcome simulate_flow(const Model& model, const RunOptions& options) {
  if (const auto one_of_each = lumped(model)) {
    FlowRun run(one_of_each->model, options);
    return told_of_all(run.run(), *one_of_each);
  }
  FlowRun run(model, options);
  return run.run();
}

}  // namespace outlast::engines::simulation
