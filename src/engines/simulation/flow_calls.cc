#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/pinned_math.h"
#include "engines/simulation/flow_run.h"

namespace outlast::engines::simulation {
namespace {

double power(double x, double exponent) {
  return x <= 0 ? 0 : base::pinned_exp(exponent * base::pinned_log(x));
}

}  // namespace

void FlowRun::ask(std::size_t index, std::size_t attempt, double mass) {
  FlowCall& call = calls_[index];
  if (mass <= 0) {
    return;
  }
  call.attempts[attempt].asked += mass;
  if (call.breaker.is_open()) {
    give_up(index, mass);
    return;
  }
  const double lost = mass * call.now.failing;
  call.attempts[attempt].incoming += mass - lost;
  fail(index, attempt, lost, now_s_);
}

/// In a step longer than it takes to fail and ask again, some of those who will ask again do so
/// within the step: as many as in the step before. They are made up for when they fail, so that in
/// the end nobody asks more often than he should.
void FlowRun::bring_forward(std::size_t index) {
  FlowCall& call = calls_[index];
  for (std::size_t k = 0; k + 1 < call.attempts.size(); ++k) {
    const double backoff_s = call.attempts[k].backoff_s * (call.now.retry.jitter ? 0.5 : 1);
    const double after_s = call.fails_after_s + backoff_s;
    if (call.attempts[k].share <= 0 || after_s >= length_s_) {
      continue;
    }
    double& ahead = call.attempts[k + 1].ahead;
    const double more =
        (1 - after_s / length_s_) * call.attempts[k].share * call.attempts[k].asked - ahead;
    if (more > 0) {
      ahead += more;
      ask(index, k + 1, more);
    }
  }
}

/// What became of those who asked tells what will become of the next.
void FlowRun::end_attempts(FlowCall& call) const {
  for (Attempts& attempts : call.attempts) {
    attempts.share = attempts.asked > 0 ? std::min(1.0, attempts.again / attempts.asked) : 0;
    attempts.asked = attempts.again = 0;
  }
}

void FlowRun::give_up(std::size_t index, double mass) {
  if (calls_[index].source != kUnbounded) {
    sources_[calls_[index].source].step.failed += mass;
  }
}

void FlowRun::record(std::size_t index, double good, double bad) {
  for (CallFate* fate : {&calls_[index].fate, &calls_[index].step_fate}) {
    fate->good += good;
    fate->bad += bad;
  }
  const auto turn = calls_[index].breaker.record(now_s_, good, bad, length_s_);
  if (turn != BreakerState::Turn::none) {
    step_s_ = std::min(step_s_, 0.01);
    add_to_trace(outcome_, now_s_,
                 fmt::format("breaker of calls to {} {}", station_of(calls_[index]).now.name,
                             turn == BreakerState::Turn::opened ? "opens" : "closes"),
                 calls_[index].now.to.index < shown_ ? calls_[index].now.to : StationId());
  }
}

void FlowRun::fail(std::size_t index, std::size_t attempt, double mass, double at_s) {
  if (mass <= 0) {
    return;
  }
  FlowCall& call = calls_[index];
  record(index, 0, mass);
  const Retry& how = call.now.retry;
  double again = attempt < how.most && call.now.waits ? mass : 0;
  if (how.budget < kForever) {
    again = std::clamp(how.budget * call.asked.firsts - call.asked.retries, 0.0, again);
  }
  call.asked.retries += again;
  give_up(index, mass - again);
  if (again <= 0) {
    return;
  }
  call.attempts[attempt].again += again;
  double& ahead = call.attempts[attempt + 1].ahead;
  const double made = std::min(ahead, again);
  ahead -= made;
  again -= made;
  if (again <= 0) {
    return;
  }
  const double backoff_s = call.attempts[attempt].backoff_s;
  // Jitter spreads them evenly; more pieces than bins would tell nothing.
  const int pieces =
      how.jitter ? static_cast<int>(std::clamp(std::ceil(backoff_s / call.again.bin_s()), 1.0, 8.0))
                 : 1;
  for (int piece = 0; piece < pieces; ++piece) {
    const double share = how.jitter ? (piece + 0.5) / pieces : 1;
    call.again.put(attempt + 1, at_s + backoff_s * share, again / pieces);
  }
}

void FlowRun::succeed(std::size_t index, std::size_t attempt, double mass, double took_s,
                      double at_s) {
  if (mass <= 0) {
    return;
  }
  FlowCall& call = calls_[index];
  const Prospect& there = station_of(call).prospect;
  const double good = mass * there.good;
  record(index, good, 0);
  if (call.source != kUnbounded) {
    FlowUsers& users = sources_[call.source].step;
    users.served += good;
    double before_s = 0;
    for (std::size_t k = 0; k < attempt; ++k) {
      before_s += std::min(call.now.timeout_s, took_s) + call.attempts[k].backoff_s;
    }
    users.latency += good * (took_s + there.answer_s + before_s);
  }
  fail(index, attempt, mass - good, at_s + there.answer_s);
}

/// Those whose patience ends: what of them is still in the line is, but for chance, too late.
void FlowRun::end_patience(std::size_t index) {
  FlowCall& call = calls_[index];
  const FlowStation& station = station_of(call);
  while (!call.patience.empty() && call.patience.front().until_s <= now_s_) {
    const Crowd crowd = call.patience.pop_front();
    const double gone = std::clamp((station.queue.gone() - crowd.first) / crowd.length, 0.0, 1.0);
    const double ahead = crowd.first + crowd.length * (1 + gone) / 2 - station.queue.gone();
    const double rate = static_cast<double>(station.map->shape().servers) / station.held_s;
    const double sojourn_s = now_s_ - length_s_ / 2 - crowd.arrived_s + std::max(0.0, ahead) / rate;
    const double late = station.is_dropping ? 1 : late_share(call, sojourn_s);
    const double left = crowd.mass * (1 - gone);
    succeed(index, crowd.attempt, left * (1 - late), call.now.timeout_s, now_s_);
    fail(index, crowd.attempt, left * late, now_s_);
  }
}

double FlowRun::late_share(FlowCall& call, double sojourn_s) {
  if (call.now.timeout_s == kForever) {
    return 0;
  }
  const Prospect& there = station_of(call).prospect;
  const double at_rest_s = there.service_s + there.waits * there.mean_wait_s;
  const double behind_s = std::max(0.0, sojourn_s - at_rest_s);
  const double left_s = call.now.timeout_s - there.answer_s - behind_s;
  LateShare& late = call.late;
  if (late.left_s != left_s || late.waits != there.waits || late.mean_wait_s != there.mean_wait_s ||
      late.service_s != there.service_s) {
    late = {
        left_s, there.waits, there.mean_wait_s, there.service_s,
        sojourn_beyond(left_s, there.waits, there.mean_wait_s, there.service_s, there.is_fixed)};
  }
  return late.share;
}

/// What a request meets that comes now; of what the station calls it must be known already.
void FlowRun::foresee(std::size_t index) {
  FlowStation& station = stations_[index];
  Prospect& next = station.prospect;
  const auto servers = static_cast<double>(station.map->shape().servers);
  const double lanes = station.now.queues_apart
                           ? static_cast<double>(std::max<std::size_t>(1, station.now.replicas))
                           : 1;
  const double mass = station.queue.mass() / lanes;
  const double rate = station.state.load * (1 - station.state.refused) / station.held_s;
  next.service_s = station.held_s;
  next.is_fixed = station.now.service.cv2 < 0.5;
  next.sojourn_s = rate > 0 ? std::max(mass / rate, station.held_s) : station.held_s;
  const double error = station.now.replicas == 0 ? 1 : station.now.failing;
  next.refused = 1 - (1 - station.state.refused) * (1 - error);

  // Requests vary about the wait at rest of today's arrivals; past full use as they do below it.
  const double offered = station.arriving_per_s / lanes * station.held_s / servers;
  const double use =
      std::min({station.state.load / servers, offered <= 1 ? offered : 1 / offered, 0.999});
  const AtRest rest = station.map->shape().places == kUnbounded
                          ? station.map->of_load(use * servers)
                          : AtRest{use * servers, use * servers, 0};
  const double waiting = std::max(0.0, rest.present - rest.load);
  const double variability = std::max(station.map->shape().variability, 1e-9);
  next.waits = use > 0 ? std::clamp(waiting * (1 - use) / (use * variability), 0.0, 1.0) : 0;
  next.mean_wait_s =
      next.waits > 0 && rest.load > 0 ? waiting / rest.load * station.held_s / next.waits : 0;

  next.good = 1;
  next.answer_s = 0;
  double failing = 0;  // of the alternatives under way
  std::size_t choice = 0;
  for (const CallId id : station.now.calls) {
    FlowCall& call = calls_[id.index];
    foresee_call(call);
    const double missed = call.now.cache.items > 0 ? 1 - call.now.cache.hits * call.cache_full : 1;
    const double calls = call.now.per_request * missed;
    const double fails = call.now.waits && call.now.is_needed ? 1 - call.succeeds : 0;
    if (call.now.choice == 0 || call.now.choice != choice) {
      next.good *= 1 - failing;
      failing = 0;
      choice = call.now.choice;
    }
    if (choice != 0) {
      failing = std::min(1.0, failing + calls * fails);
    } else {
      next.good *= calls <= 1 ? 1 - calls * fails : power(1 - fails, calls);
    }
    if (call.now.waits) {
      next.answer_s += calls * call.response_s;
    }
  }
  next.good *= 1 - failing;
  if (station.passes_to.exists()) {
    station.now.service.mean_s = std::max(1e-6, next.answer_s);
    next.answer_s = 0;
  }
}

void FlowRun::foresee_call(FlowCall& call) {
  const Prospect& there = station_of(call).prospect;
  if (call.breaker.is_open()) {
    call.succeeds = call.response_s = 0;
    return;
  }
  const double late = late_share(call, there.sojourn_s);
  const double arrives = (1 - there.refused) * (1 - call.now.failing);
  call.attempt_good = arrives * (1 - late) * there.good;
  const double answered_s = std::min(call.now.timeout_s, there.sojourn_s + there.answer_s);
  const double late_s = call.now.timeout_s == kForever ? answered_s : call.now.timeout_s;
  const double attempt_s = arrives * ((1 - late) * answered_s + late * late_s);
  const double fails = 1 - call.attempt_good;
  call.fails_after_s =
      fails > 0 ? arrives * ((1 - late) * (1 - there.good) * answered_s + late * late_s) / fails
                : 0;
  const bool is_out_of_budget = call.asked.retries >= call.now.retry.budget * call.asked.firsts;
  const std::size_t most = is_out_of_budget ? 0 : call.now.retry.most;
  double asks = 1;
  call.response_s = 0;
  for (std::size_t k = 0; k <= most; ++k) {
    call.response_s += asks * attempt_s;
    asks *= 1 - call.attempt_good;
    if (k < most) {
      call.response_s += asks * call.attempts[k].backoff_s * (call.now.retry.jitter ? 0.5 : 1);
    }
  }
  call.succeeds = 1 - asks;
}

/// A breaker that has been open long enough lets one call try: it fares as most would.
void FlowRun::try_breaker(std::size_t index) {
  FlowCall& call = calls_[index];
  if (!call.breaker.is_due(now_s_) || !call.breaker.lets_through(now_s_)) {
    return;
  }
  const Prospect& there = station_of(call).prospect;
  const double good = (1 - there.refused) * (1 - call.now.failing) *
                      (1 - late_share(call, there.sojourn_s)) * there.good;
  record(index, good >= 0.5 ? 1 : 0, good >= 0.5 ? 0 : 1);
}

}  // namespace outlast::engines::simulation
