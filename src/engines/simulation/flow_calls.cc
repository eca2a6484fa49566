#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engines/simulation/flow_run.h"

namespace outlast::engines::simulation {
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

/// Whoever asks again asks any of the alternatives, as a balancer deals whatever comes.
void FlowRun::deal_again(std::size_t index, std::size_t attempt, double mass) {
  const std::vector<CallId>& calls = choices_[index].calls;
  if (calls.size() == 1) {
    ask(calls.front().index, attempt, mass);
    return;
  }
  double all = 0;
  for (const CallId id : calls) {
    all += calls_[id.index].now.rate();
  }
  for (const CallId id : calls) {
    const double share = all > 0 ? calls_[id.index].now.rate() / all : id == calls.front() ? 1 : 0;
    ask(id.index, attempt, mass * share);
  }
}

/// Of those who will fail at an attempt and ask again, more who do so within this step.
double FlowRun::more_ahead(FlowCall& call, std::size_t attempt) const {
  const Attempts& now = call.attempts[attempt];
  const double backoff_s = now.backoff_s * (call.now.retry.jitter ? 0.5 : 1);
  const double after_s = call.fails_after_s + backoff_s;
  if (now.share <= 0 || after_s >= length_s_) {
    return 0;
  }
  double& ahead = call.attempts[attempt + 1].ahead;
  const double more = std::max(0.0, (1 - after_s / length_s_) * now.share * now.asked - ahead);
  ahead += more;
  return more;
}

/// In a step longer than it takes to fail and ask again, some of those who will ask again do so
/// within the step: as many as in the step before. They are made up for when they fail, so that in
/// the end nobody asks more often than he should.
void FlowRun::bring_forward(std::size_t index) {
  const FlowChoice& choice = choices_[index];
  for (std::size_t k = 0; k + 1 < choice.granted.size(); ++k) {
    double more = 0;
    for (const CallId id : choice.calls) {
      more += more_ahead(calls_[id.index], k);
    }
    if (more > 0) {
      deal_again(index, k + 1, more);
    }
  }
}

/// What became of those who asked tells what will become of the next.
void FlowRun::end_attempts() {
  for (FlowCall& call : calls_) {
    for (Attempts& attempts : call.attempts) {
      attempts.share = attempts.asked > 0 ? std::min(1.0, attempts.again / attempts.asked) : 0;
      attempts.asked = attempts.again = 0;
    }
  }
  for (FlowChoice& choice : choices_) {
    for (Granted& granted : choice.granted) {
      granted.share = granted.failed > 0 ? granted.again / granted.failed : granted.share;
      granted.failed = granted.again = 0;
    }
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
  FlowChoice& choice = choices_[call.choice];
  record(index, 0, mass);
  const Retry& how = call.now.retry;
  double again = attempt < how.most && call.now.waits ? mass : 0;
  if (how.budget < kForever) {
    again = std::clamp(how.budget * choice.asked.firsts - choice.asked.retries, 0.0, again);
  }
  choice.asked.retries += again;
  choice.granted[attempt].failed += mass;
  choice.granted[attempt].again += again;
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
      how.jitter
          ? static_cast<int>(std::clamp(std::ceil(backoff_s / choice.again.bin_s()), 1.0, 8.0))
          : 1;
  for (int piece = 0; piece < pieces; ++piece) {
    const double share = how.jitter ? (piece + 0.5) / pieces : 1;
    choice.again.put(attempt + 1, at_s + backoff_s * share, again / pieces);
  }
}

void FlowRun::succeed(std::size_t index, std::size_t attempt, double mass, const Fate& fate,
                      double took_s) {
  if (mass <= 0) {
    return;
  }
  FlowCall& call = calls_[index];
  const double good = mass * fate.good;
  record(index, good, 0);
  if (call.source != kUnbounded) {
    FlowUsers& users = sources_[call.source].step;
    users.served += good;
    double before_s = 0;
    for (std::size_t k = 0; k < attempt; ++k) {
      before_s += fate.answered_s + call.attempts[k].backoff_s;
    }
    users.latency += good * (fate.answered_s + before_s);
  }
  fail(index, attempt, mass - good, now_s_ + std::max(0.0, fate.failed_s - took_s));
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
    const Fate& fate = fate_of(call, sojourn_s);
    const double late = station.is_dropping ? 1 : fate.late;
    const double left = crowd.mass * (1 - gone);
    succeed(index, crowd.attempt, left * (1 - late), fate, call.now.timeout_s);
    fail(index, crowd.attempt, left * late, now_s_);
  }
}

/// A breaker that has been open long enough lets one call try: it fares as most would.
void FlowRun::try_breaker(std::size_t index) {
  FlowCall& call = calls_[index];
  if (!call.breaker.is_due(now_s_) || !call.breaker.lets_through(now_s_)) {
    return;
  }
  const Prospect& there = station_of(call).prospect;
  const Fate& fate = fate_of(call, there.sojourn_s);
  const double good = (1 - there.refused) * (1 - call.now.failing) * (1 - fate.late) * fate.good;
  record(index, good >= 0.5 ? 1 : 0, good >= 0.5 ? 0 : 1);
}

}  // namespace outlast::engines::simulation
