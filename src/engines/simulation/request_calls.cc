#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engines/simulation/request_run.h"

namespace outlast::engines::simulation {

bool RequestRun::is_cached(CallState& call) {
  return call.now.cache.items > 0 && call.draws.uniform() < call.cache.hits(call.now.cache);
}

void RequestRun::ask(std::uint32_t call, VisitIndex parent, double born_s, std::uint8_t attempt) {
  CallState& state = calls_[call];
  GuardState& guard = guards_[state.guard];
  if (!guard.breaker.lets_through(now_s_)) {
    tell_caller(call, parent, born_s, false);
    return;
  }
  if (state.now.failing > 0 && state.draws.uniform() < state.now.failing) {
    record(call, false);
    failed_attempt(call, parent, born_s, attempt);
    return;
  }
  if (guard.in_use >= guard.connections && guard.line.size() >= guard.places) {
    record(call, false);
    failed_attempt(call, parent, born_s, attempt);
    return;
  }
  const VisitIndex v = visits_.add();
  visits_.call[v] = call;
  visits_.parent[v] = parent;
  visits_.born_s[v] = born_s;
  visits_.attempt[v] = attempt;
  const bool is_user = parent == Visits::kNone && state.now.waits;
  if (!is_user && !state.now.waits) {
    visits_.set(v, Visits::detached);
  }
  if (state.now.timeout_s < kForever && !visits_.has(v, Visits::detached)) {
    state.patience.push_back({now_s_ + state.now.timeout_s, v, visits_.generation[v]});
    if (!state.has_timeout_event) {
      schedule_next_timeout(call);
    }
  }
  if (guard.connections != kUnbounded) {
    if (guard.in_use >= guard.connections) {
      guard.line.push_back(v);
      return;
    }
    ++guard.in_use;
    visits_.set(v, Visits::has_connection);
  }
  arrive(v);
}

void RequestRun::schedule_next_timeout(std::uint32_t call) {
  auto& patience = calls_[call].patience;
  while (!patience.empty()) {
    const Patience& oldest = patience.front();
    if (visits_.generation[oldest.visit] == oldest.generation) {
      break;
    }
    patience.pop_front();
  }
  calls_[call].has_timeout_event = !patience.empty();
  if (!patience.empty()) {
    push(patience.front().until_s, EventKind::timeout, call);
  }
}

void RequestRun::end_patience(std::uint32_t call) {
  auto& patience = calls_[call].patience;
  const Patience oldest = patience.pop_front();
  if (visits_.generation[oldest.visit] == oldest.generation) {
    give_up(oldest.visit);
  }
  schedule_next_timeout(call);
}

void RequestRun::give_up(VisitIndex v) {
  const std::uint32_t call = visits_.call[v];
  visits_.set(v, Visits::given_up);
  release_connection(v);
  record(call, false);
  failed_attempt(call, visits_.parent[v], visits_.born_s[v], visits_.attempt[v]);
}

void RequestRun::release_connection(VisitIndex v) {
  if (visits_.has(v, Visits::has_connection)) {
    visits_.clear(v, Visits::has_connection);
    GuardState& guard = guards_[calls_[visits_.call[v]].guard];
    --guard.in_use;
    hand_out(guard);
  }
}

/// Connections that are free go to those who wait, but for who gave up meanwhile.
void RequestRun::hand_out(GuardState& guard) {
  while (!guard.line.empty() && guard.in_use < guard.connections) {
    const VisitIndex next = guard.line.pop_front();
    if (visits_.has(next, Visits::given_up)) {
      visits_.remove(next);
      continue;
    }
    ++guard.in_use;
    visits_.set(next, Visits::has_connection);
    arrive(next);
  }
}

/// Each replica of a caller has connections of its own.
void RequestRun::size_guard(GuardState& guard) {
  const Call& call = model_.calls[guard.guarded.calls.front()];
  const std::size_t callers =
      guard.guarded.from.exists() ? stations_[guard.guarded.from.index].now.replicas : 1;
  guard.connections = Guarded::of_replicas(call.pool, callers);
  guard.places = Guarded::of_replicas(call.pool_line, callers);
  hand_out(guard);
}

void RequestRun::record(std::uint32_t call, bool is_good) {
  (is_good ? calls_[call].fate.good : calls_[call].fate.bad) += 1;
  const auto turn =
      guards_[calls_[call].guard].breaker.record(now_s_, is_good ? 1 : 0, is_good ? 0 : 1);
  if (turn != BreakerState::Turn::none) {
    add_to_trace(outcome_, now_s_,
                 fmt::format("breaker of calls to {} {}", model_.stations[calls_[call].now.to].name,
                             turn == BreakerState::Turn::opened ? "opens" : "closes"),
                 calls_[call].now.to);
  }
}

/// What would become of a call that is made now, by what stands at the stations that it reaches: for
/// calls that nobody makes.
double RequestRun::outlook(CallId id) const {
  std::vector<double> known(stations_.size(), -1);
  return outlook_of(id, known);
}

double RequestRun::outlook_of(CallId id, std::vector<double>& known) const {
  const Call& call = calls_[id.index].now;
  const StationState& station = stations_[call.to.index];
  const Lane& lane = station.lanes.front();
  const auto servers = static_cast<double>(
      std::max<std::size_t>(1, station.replicas_of_lane() * station.now.servers));
  const double wait_s =
      static_cast<double>(lane.queue.size()) * station.now.service.mean_s / station.speed / servers;
  const bool is_late = wait_s + station.now.service.mean_s / station.speed > call.timeout_s;
  const bool is_refused = station.now.replicas == 0 ||
                          lane.queue.size() >= station.now.queue_limit ||
                          guards_[calls_[id.index].guard].breaker.is_open();
  return is_late || is_refused ? 0 : (1 - call.failing) * outlook_of(call.to, call.kind, known);
}

/// in  kind   of the requests that come
///     known  by station, negative where it is not known yet: each is looked at once
double RequestRun::outlook_of(StationId id, std::size_t kind, std::vector<double>& known) const {
  double& good = known[id.index];
  if (good >= 0) {
    return good;
  }
  const Station& station = stations_[id.index].now;
  good = 1 - station.failing;
  double failing = 0;  // of the alternatives under way
  for (std::size_t i = 0; i < station.calls.size(); ++i) {
    const Call& call = calls_[station.calls[i].index].now;
    if (call.kind != kind) {
      continue;
    }
    const double fails = call.is_needed && call.waits ? 1 - outlook_of(station.calls[i], known) : 0;
    failing += std::min(1.0, call.rate_of_kind()) * fails;
    if (call.choice == 0 || is_last_alternative(i, station.calls)) {
      good *= 1 - std::min(1.0, failing);
      failing = 0;
    }
  }
  return good;
}

/// Whoever asks again asks any of the alternatives, as a balancer deals whatever comes.
void RequestRun::ask_again(std::uint32_t call, VisitIndex parent, double born_s,
                           std::uint8_t attempt) {
  const std::vector<CallId>& calls = choices_[calls_[call].choice].calls;
  if (calls.size() > 1) {
    double all = 0;
    for (const CallId id : calls) {
      all += calls_[id.index].now.rate();
    }
    double drawn = calls_[call].draws.uniform() * all;
    for (const CallId id : calls) {
      drawn -= calls_[id.index].now.rate();
      if (drawn < 0) {
        call = id.index;
        break;
      }
    }
  }
  ask(call, parent, born_s, attempt);
}

/// The visit is over; whoever still waits for it is told.
void RequestRun::answer(VisitIndex v, bool is_good) {
  const std::uint32_t call = visits_.call[v];
  CallState& state = calls_[call];
  release_connection(v);
  const bool is_awaited = !visits_.has(v, Visits::given_up) && !visits_.has(v, Visits::detached);
  const VisitIndex parent = visits_.parent[v];
  const double born_s = visits_.born_s[v];
  const std::uint8_t attempt = visits_.attempt[v];
  visits_.remove(v);
  if (!is_awaited) {
    return;
  }
  record(call, is_good);
  if (is_good && state.now.cache.items > 0) {  // by who asked: what comes too late he does not keep
    state.cache.full += (state.cache.room - state.cache.full) / state.now.cache.items;
  }
  if (is_good) {
    tell_caller(call, parent, born_s, true);
  } else {
    failed_attempt(call, parent, born_s, attempt);
  }
}

void RequestRun::failed_attempt(std::uint32_t call, VisitIndex parent, double born_s,
                                std::uint8_t attempt) {
  CallState& state = calls_[call];
  const Retry& how = state.now.retry;
  ChoiceState& choice = choices_[state.choice];
  if (attempt >= how.most || !choice.budget.take(now_s_)) {
    tell_caller(call, parent, born_s, false);
    return;
  }
  const auto next_attempt = static_cast<std::uint8_t>(attempt + 1);
  if (how.backoff_s <= 0) {
    ask_again(call, parent, born_s, next_attempt);
    return;
  }
  double wait_s = std::ldexp(how.backoff_s, attempt);
  wait_s = std::min(wait_s, how.backoff_most_s > 0 ? how.backoff_most_s : how.backoff_s);
  wait_s *= how.jitter ? state.draws.uniform() : 1;
  const VisitIndex v = visits_.add();
  visits_.call[v] = call;
  visits_.parent[v] = parent;
  visits_.born_s[v] = born_s;
  visits_.attempt[v] = next_attempt;
  push(now_s_ + wait_s, EventKind::retry, v);
}

void RequestRun::tell_caller(std::uint32_t call, VisitIndex parent, double born_s, bool is_good) {
  if (parent != Visits::kNone) {
    CallTracks::Sums& missed = choices_[calls_[call].choice].missed;
    missed.asked += 1;
    missed.missed += is_good ? 0 : 1;
    if (is_good || !calls_[call].now.is_needed) {
      go_on(parent);
    } else {
      finish(parent, false);
    }
    return;
  }
  if (!calls_[call].now.waits) {
    return;
  }
  SourceState& source = sources_[source_of_call_[call]];
  if (is_good) {
    source.served += 1;
    source.latency_s += now_s_ - born_s;
  } else {
    source.failed += 1;
  }
}

}  // namespace outlast::engines::simulation
