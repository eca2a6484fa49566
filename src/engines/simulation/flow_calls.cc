#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engines/simulation/flow_run.h"

namespace outlast::engines::simulation {
void FlowRun::ask(std::size_t index, std::size_t attempt, double mass) {
  FlowCall& call = calls_[index];
  if (mass <= 0) {
    return;
  }
  call.attempts[attempt].asked += mass;
  if (guard_of(call).breaker.is_open()) {
    give_up(index, mass);
    return;
  }
  const double lost = mass * call.now.failing;
  call.attempts[attempt].incoming += mass - lost;
  fail(index, attempt, lost, Failure::at_once);
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

Comeback FlowRun::comeback_of(const FlowCall& call, std::size_t attempt) const {
  return {length_s_, call.attempts[attempt].backoff_s, call.now.retry.jitter};
}

/// Share of those who fail so long after some moment of this step that ask again before it ends.
double FlowRun::due_within(const Comeback& comeback, double after_s) const {
  return after_s < length_s_ ? comeback.by(length_s_ - after_s) : 0;
}

/// Of those who will fail at an attempt and ask again, more who do so within this step.
double FlowRun::more_ahead(FlowCall& call, std::size_t attempt) const {
  const Attempts& now = call.attempts[attempt];
  double wanted = 0;
  if (std::any_of(now.known.begin(), now.known.end(),
                  [](const Failing& known) { return known.mass > 0; })) {
    const Comeback comeback = comeback_of(call, attempt);
    for (std::size_t how = 0; how < kFailures; ++how) {
      const Failing& known = now.known[how];
      if (known.mass > 0) {
        const bool is_later = how == static_cast<std::size_t>(Failure::later);
        wanted +=
            known.mass * (is_later ? length_s_ : now.asked) * due_within(comeback, known.after_s);
      }
    }
  }
  double& ahead = call.attempts[attempt + 1].ahead;
  const double more = std::max(0.0, wanted - ahead);
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
    for (std::size_t k = 0; k < call.attempts.size(); ++k) {
      Attempts& attempts = call.attempts[k];
      if (attempts.again_at_once > 0) {
        ask_later(call, k, std::exchange(attempts.again_at_once, 0), 0);
      }
      for (std::size_t how = 0; how < kFailures; ++how) {
        Failing& failing = attempts.failing[how];
        const bool is_later = how == static_cast<std::size_t>(Failure::later);
        const double of = is_later ? length_s_ : attempts.asked;
        attempts.known[how] =
            failing.mass > 0 && of > 0
                ? Failing{is_later ? failing.mass / of : std::min(1.0, failing.mass / of),
                          failing.after_s / failing.mass}
                : Failing();
        failing = {};
      }
      attempts.asked = 0;
    }
  }
  for (FlowChoice& choice : choices_) {
    for (Granted& granted : choice.granted) {
      granted.share = granted.failed > 0 ? granted.again / granted.failed : granted.share;
      granted.failed = granted.again = 0;
    }
  }
}

/// Users are told evenly over a length of time as long as this step, and so much later than it.
void FlowRun::tell_users(std::size_t index, Told what, double mass, double after_s) {
  constexpr int kParts = 4;
  const double within = std::max(0.0, 1 - after_s / length_s_);
  FlowUsers& step = sources_[index].step;
  AgainBins& told = sources_[index].told;
  (what == Told::served   ? step.served
   : what == Told::waited ? step.latency
                          : step.failed) += mass * within;
  const double begin_s = std::max(now_s_, now_s_ + after_s - length_s_);
  for (int part = 0; part < kParts && within < 1; ++part) {
    told.put(static_cast<std::size_t>(what),
             begin_s + (now_s_ + after_s - begin_s) * (part + 0.5) / kParts,
             mass * (1 - within) / kParts);
  }
}

void FlowRun::tell_what_is_due() {
  for (FlowSource& source : sources_) {
    double* const sums[kTold] = {&source.step.served, &source.step.latency, &source.step.failed};
    source.told.take_due(now_s_, [&](std::size_t what, double mass) { *sums[what] += mass; });
    source.series.add(source.step);
  }
}

void FlowRun::give_up(std::size_t index, double mass, double after_s) {
  if (calls_[index].source != kUnbounded && mass > 0) {
    tell_users(calls_[index].source, Told::failed, mass, after_s);
  }
}

void FlowRun::record(std::size_t index, double good, double bad) {
  FlowCall& call = calls_[index];
  call.fate.good += good;
  call.fate.bad += bad;
  call.step_fate.good += good;
  call.step_fate.bad += bad;
  const auto turn = guards_[call.guard].breaker.record(now_s_, good, bad, length_s_);
  if (turn != BreakerState::Turn::none) {
    step_s_ = std::min(step_s_, 0.01);
    const StationId to = call.onward.exists() ? calls_[call.onward.index].now.to : call.now.to;
    add_to_trace(outcome_, now_s_,
                 fmt::format("breaker of calls to {} {}", model_.stations[to].name,
                             turn == BreakerState::Turn::opened ? "opens" : "closes"),
                 to);
  }
}

/// in  after_s  from the moment in this step, whichever it is, to the failure
void FlowRun::fail(std::size_t index, std::size_t attempt, double mass, Failure how,
                   double after_s) {
  if (mass <= 0) {
    return;
  }
  FlowCall& call = calls_[index];
  FlowChoice& choice = choices_[call.choice];
  record(index, 0, mass);
  const Retry& retry = call.now.retry;
  const bool may_again = attempt < retry.most && call.now.waits;
  const double again = may_again ? choice.budget.take_of(mass) : 0;
  choice.granted[attempt].failed += mass;
  choice.granted[attempt].again += again;
  give_up(index, mass - again, after_s);
  if (again > 0) {
    Failing& failing = call.attempts[attempt].failing[static_cast<std::size_t>(how)];
    failing.mass += again;
    failing.after_s += again * after_s;
    if (after_s > 0) {
      ask_later(call, attempt, again, after_s);
    } else {
      call.attempts[attempt].again_at_once += again;  // all together, when the step ends
    }
  }
}

/// Those who fail do so evenly over the step. Who asks again before it ends was brought forward, as
/// far as that was foreseen; the others are due evenly over a length of time that is as long.
void FlowRun::ask_later(FlowCall& call, std::size_t attempt, double mass, double after_s) {
  AgainBins& bins = choices_[call.choice].again;
  const Comeback comeback = comeback_of(call, attempt);
  const double within = mass * due_within(comeback, after_s);
  double& ahead = call.attempts[attempt + 1].ahead;
  const double made = std::min(ahead, within);
  const double made_of_later = std::min(ahead - made, mass - within);
  ahead -= made + made_of_later;
  if (within > made) {
    bins.put(attempt + 1, now_s_, within - made);
  }
  if (mass - within <= made_of_later) {
    return;
  }
  const double kept = mass * (1 - made_of_later / (mass - within));
  const double failing_s = now_s_ - length_s_ + after_s;  // the first of them does
  const double first_s = std::max(now_s_, failing_s + comeback.begins_s());
  const double lasts_s = failing_s + comeback.begins_s() + comeback.lasts_s() - first_s;
  // Of a step, some parts; of a long time until they are back, more, so that they come as a front.
  const double most_parts = lasts_s > 4 * length_s_ ? 8 : 4;
  const auto parts =
      static_cast<int>(std::clamp(std::ceil(lasts_s / bins.bin_s()), 1.0, most_parts));
  const double part_s = lasts_s / parts;
  double known = comeback.by(first_s - failing_s);
  for (int part = 1; part <= parts; ++part) {
    const double until_s = first_s + part_s * part;
    const double by_then = part < parts ? comeback.by(until_s - failing_s) : 1;
    bins.put(attempt + 1, until_s - part_s / 2, kept * (by_then - known));
    known = by_then;
  }
}

void FlowRun::succeed(std::size_t index, std::size_t attempt, double mass, const Fate& fate,
                      Failure how, double took_s) {
  if (mass <= 0) {
    return;
  }
  FlowCall& call = calls_[index];
  const double good = mass * fate.good;
  record(index, good, 0);
  if (call.source != kUnbounded) {
    const double after_s = std::max(0.0, fate.answered_s - took_s);
    tell_users(call.source, Told::served, good, after_s);
    double before_s = 0;
    for (std::size_t k = 0; k < attempt; ++k) {
      before_s += fate.answered_s + call.attempts[k].backoff_s;
    }
    tell_users(call.source, Told::waited, good * (fate.answered_s + before_s), after_s);
  }
  fail(index, attempt, mass - good, how, std::max(0.0, fate.failed_s - took_s));
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
    succeed(index, crowd.attempt, left * (1 - late), fate, Failure::later, call.now.timeout_s);
    fail(index, crowd.attempt, left * late, Failure::later);
  }
}

/// A breaker that has been open long enough lets one call try: it fares as most would.
void FlowRun::try_breaker(FlowGuard& guard) {
  if (!guard.breaker.is_due(now_s_) || !guard.breaker.lets_through(now_s_)) {
    return;
  }
  double good = 0;
  double all = 0;
  for (const CallId id : guard.guarded.calls) {
    FlowCall& call = calls_[id.index];
    const Prospect& there = station_of(call).prospect;
    const Fate& fate = fate_of(call, there.sojourn_s);
    const double share = guard.guarded.calls.size() == 1 ? 1 : call.now.rate();
    all += share;
    good += share * (1 - there.refused) * (1 - call.now.failing) * (1 - fate.late) * fate.good;
  }
  const bool is_good = good > 0 && good >= all / 2;
  record(guard.guarded.calls.front().index, is_good ? 1 : 0, is_good ? 0 : 1);
}

}  // namespace outlast::engines::simulation
