/// Request-level simulation.
///
/// Problem: M requests a second through stations with queues; callers give up, ask again, and the
/// work they gave up on goes on. Method: one clock, one ordered queue of events, and for each
/// attempt at a station one *visit* in arrays. A visit waits, works, then makes the calls of its
/// station one after the other (each a visit of its own), then answers. Who is answered by whom is
/// the `parent`; a caller that gives up only marks the visit. Timeouts of one call all last alike,
/// so they end in the order in which they began: they wait in a ring of their own, of which only
/// the oldest stands in the event queue, and those of answered calls are skipped when they come up.
/// So the event queue holds busy servers, sources and retries, and stays small.
///
/// Ends: time moves on with every event but for chains within one instant, whose length retries,
/// calls and the order of stations bound.

#include "engines/simulation/request_engine.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "engines/simulation/request_run.h"

namespace outlast::engines::simulation {
namespace {

/// Streams of random numbers: by the names of stations, so that one more changes no other's.
Draws draws_for(const RunOptions& options, std::string_view what, std::string_view name) {
  return {options.seed, base::stable_hash(fmt::format("{} {}", what, name))};
}

}  // namespace

RequestRun::RequestRun(const Model& model, const RunOptions& options)
    : model_(model), options_(options), conductor_(model, outcome_) {
  for (const Station& station : model.stations) {
    stations_.push_back({station, 1, {}, {}, draws_for(options, "station", station.name)});
    set_replicas(StationId(stations_.size() - 1), station.replicas);
  }
  source_of_call_.assign(model.calls.size(), 0);
  for (const CallId id : base::ids<CallId>(model.calls.size())) {
    const Call& call = model.calls[id];
    const std::string name = fmt::format("{} {}", id.index, model.stations[call.to].name);
    calls_.push_back(
        {call, {}, false, CacheState(call.cache), 0, 0, {}, draws_for(options, "call", name)});
  }
  for (Guarded& guarded : guarded_calls(model)) {
    const Breaker& breaker = model.calls[guarded.calls.front()].breaker;
    for (const CallId id : guarded.calls) {
      calls_[id.index].guard = guards_.size();
    }
    guards_.push_back({std::move(guarded), BreakerState(breaker), kUnbounded, kUnbounded, 0, {}});
    size_guard(guards_.back());
  }
  for (std::vector<CallId>& calls : choices_of(model)) {
    for (const CallId id : calls) {
      calls_[id.index].choice = choices_.size();
    }
    const Retry& retry = model.calls[calls.front()].retry;
    choices_.push_back({std::move(calls), RetryBudget(retry), {}});
  }
  outcome_.calls = base::IdVector<CallId, CallTracks>(model.calls.size());
  outcome_.step_s = options.step_s;
  outcome_.is_random = true;
  outcome_.stations = TracksByStation(model.stations.size());
  outcome_.users.resize(model.sources.size());
  for (std::size_t i = 0; i < model.sources.size(); ++i) {
    const Source& source = model.sources[i];
    source_of_call_[source.call.index] = static_cast<std::uint32_t>(i);
    sources_.push_back({ArrivalClock(source, draws_for(options, "source", source.name))});
  }
}

Outcome RequestRun::run() {
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    push(sources_[i].clock.next_s(), EventKind::arrival, i);
  }
  schedule_conductor();
  push(options_.step_s, EventKind::step, 1);
  // Steps go on for ever, so there is always a next event.
  while (events_.next().at_s <= options_.end_s * (1 + 1e-12)) {
    if (outcome_.work >= options_.budget || options_.is_stopped()) {
      outcome_.is_cut_off = true;
      outcome_.is_over_budget = outcome_.work >= options_.budget;
      break;
    }
    ++outcome_.work;
    const Event event = events_.next();
    events_.pop();
    now_s_ = event.at_s;
    handle(event);
  }
  for (StationState& station : stations_) {
    station.meter.check(now_s_);
  }
  outcome_.ended_s = now_s_;
  return std::move(outcome_);
}

void RequestRun::handle(const Event& event) {
  switch (static_cast<EventKind>(event.kind)) {
    case EventKind::arrival:
      user_comes(event.subject);
      break;
    case EventKind::work_done:
      end_work(event.subject);
      break;
    case EventKind::timeout:
      end_patience(event.subject);
      break;
    case EventKind::retry: {
      const VisitIndex v = event.subject;
      const auto call = visits_.call[v];
      const auto parent = visits_.parent[v];
      const double born_s = visits_.born_s[v];
      const std::uint8_t attempt = visits_.attempt[v];
      visits_.remove(v);
      ask_again(call, parent, born_s, attempt);
      break;
    }
    case EventKind::conduct:
      (void)conductor_.act(now_s_, *this);
      schedule_conductor();
      break;
    case EventKind::step:
      end_step();
      push(options_.step_s * static_cast<double>(event.subject + 1), EventKind::step,
           event.subject + 1);
      break;
  }
}

void RequestRun::user_comes(std::uint32_t index) {
  SourceState& source = sources_[index];
  const std::uint32_t call = model_.sources[index].call.index;
  source.offered += 1;
  choices_[calls_[call].choice].budget.first(now_s_);
  push(source.clock.next_s(), EventKind::arrival, index);
  ask(call, Visits::kNone, now_s_, 0);
}

void RequestRun::apply(const Change& what) {
  apply_change(what, *this, stations_, calls_);
}

void RequestRun::set_replicas(StationId id, std::size_t replicas) {
  StationState& station = stations_[id.index];
  station.now.replicas = replicas;
  const std::size_t lanes = station.now.queues_apart ? std::max<std::size_t>(1, replicas) : 1;
  if (lanes > station.lanes.size()) {
    station.lanes.resize(lanes);
  }
  for (Lane& lane : station.lanes) {
    begin_next(station, lane);
  }
  for (GuardState& guard : guards_) {
    if (guard.guarded.from == id) {
      size_guard(guard);
    }
  }
}

double RequestRun::use_since_last(StationId id, double now_s) {
  StationState& station = stations_[id.index];
  return station.meter.use_since_last(
      now_s, static_cast<double>(station.now.replicas * station.now.servers));
}

void RequestRun::schedule_conductor() {
  if (const double at_s = conductor_.next_s(); at_s < kForever) {
    push(at_s, EventKind::conduct, 0);
  }
}

void RequestRun::end_step() {
  options_.tell_step();
  for (std::size_t i = 0; i < stations_.size(); ++i) {
    StationTracks& tracks = outcome_.stations[StationId(i)];
    stations_[i].meter.flush(now_s_, options_.step_s, tracks);
    tracks.replicas.push_back(static_cast<double>(stations_[i].now.replicas));
  }
  for (ChoiceState& choice : choices_) {
    outcome_.calls[choice.calls.front()].add(model_.calls[choice.calls.front()], choice.missed,
                                             options_.step_s);
    choice.missed = {};
  }
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    SourceState& source = sources_[i];
    UserTracks& users = outcome_.users[i];
    users.offered.push_back(source.offered / options_.step_s);
    users.served.push_back(source.served / options_.step_s);
    users.failed.push_back(source.failed / options_.step_s);
    users.latency.push_back(source.served > 0 ? source.latency_s / source.served : 0);
    source.offered = source.served = source.failed = source.latency_s = 0;
  }
}

Outcome simulate_requests(const Model& model, const RunOptions& options) {
  RequestRun run(model, options);
  return run.run();
}

}  // namespace outlast::engines::simulation
