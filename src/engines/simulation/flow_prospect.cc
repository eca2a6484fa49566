/// What a call can expect: foreseen from below, for what a station answers depends on what it calls.
///
/// The answers of what a station calls are a mixture (`Answers`), and each of its parts is held
/// against a caller's patience for itself: where one target of four has become slow, a quarter of the
/// calls is late, however long the mean takes. Each part has the scatter of the queues behind it.

#include <algorithm>
#include <cmath>

#include "engines/simulation/flow_run.h"

namespace outlast::engines::simulation {
namespace {

/// Share of the calls with such an answer that are late.
double late_share(const Prospect& there, const AnswerPart& part, double patience_s,
                  double sojourn_s) {
  if (patience_s == kForever) {
    return 0;
  }
  const double behind_s = std::max(0.0, sojourn_s - there.at_rest_s);
  return sojourn_beyond(patience_s - part.after_s - behind_s, there.wait, there.service_s,
                        there.is_fixed, part.scatter_s);
}

/// The answers of a part, for a caller, where they come in time.
AnswerPart in_time(const Prospect& there, const AnswerPart& part, double patience_s,
                   double sojourn_s) {
  const double own_s = std::max(0.0, sojourn_s - there.holds_s);
  return within(delayed(part, own_s, there.scatter_s2), patience_s);
}

double missed_by_cache(const FlowCall& call) {
  return 1 - call.cache.hits(call.now.cache);
}

/// What becomes of attempts that are dealt among alternatives: shares, and these times seconds.
struct Dealt {
  double good = 0;
  double good_s = 0;
  double fails = 0;  ///< and may be made again
  double failed_s = 0;
  double refused = 0;  ///< by an open breaker

  void add(const FlowCall& call, bool is_refused, double share) {
    good += share * call.attempt_good;
    good_s += share * call.good_answers.mean_s();
    fails += share * call.attempt_fails;
    failed_s += share * call.attempt_fails * call.fails_after_s;
    refused += is_refused ? share : 0;
  }
  /// All of them together are `dealt`: of each one that is made.
  void scale(double dealt) {
    for (double* each : {&good, &good_s, &fails, &failed_s, &refused}) {
      *each = dealt > 0 ? *each / dealt : 0;
    }
  }
};

}  // namespace

const Fate& FlowRun::fate_of(FlowCall& call, double sojourn_s) {
  const FlowStation& station = station_of(call);
  KnownFate& known = call.known;
  if (known.sojourn_s == sojourn_s && known.foreseen == station.foreseen) {
    return known.fate;
  }
  known = {sojourn_s, station.foreseen, {}};
  Fate& fate = known.fate;
  fate.late = 0;
  double good = 0;
  double bad = 0;
  const Answers& answers = answers_to(call);
  for (const AnswerPart& part : answers) {
    const double late = late_share(station.prospect, part, call.now.timeout_s, sojourn_s);
    fate.late += part.share * late;
    const double share = part.share * (1 - late);
    if (share > 0) {
      good += share * part.good;
      bad += share * (1 - part.good);
      // When good answers come only users are told.
      const double mean_s =
          part.good < 1 || call.source != kUnbounded
              ? in_time(station.prospect, part, call.now.timeout_s, sojourn_s).mean_s()
              : 0;
      fate.answered_s += share * part.good * mean_s;
      fate.failed_s += share * (1 - part.good) * mean_s;
    }
  }
  // Where nobody is in time, whoever is all the same fares as all do.
  fate.good = good + bad > 0 ? good / (good + bad) : answers.good();
  fate.answered_s = good > 0 ? fate.answered_s / good : std::min(sojourn_s, call.now.timeout_s);
  fate.failed_s = bad > 0 ? fate.failed_s / bad : 0;
  return fate;
}

/// What a request meets that comes now; of what the station calls it must be known already.
void FlowRun::foresee(std::size_t index) {
  FlowStation& station = stations_[index];
  if (station.is_pool) {
    weigh_ways(station);
  }
  Prospect next;
  next.answers = station.kinds.empty() ? foresee_answers(station.now, 0) : foresee_kinds(station);
  next.good = next.answers.good();
  next.answer_s = next.answers.mean_s();
  const double service_s = std::max(station.now.service.mean_s / station.speed, 1e-9);
  next.holds_s = station.is_pool ? station.held_s : std::max(0.0, station.held_s - service_s);
  next.service_s = station.held_s - next.holds_s;
  foresee_wait(station, next);
  if (station.is_pool) {
    const double waits_s = std::max(0.0, next.sojourn_s - station.held_s);
    station.now.service.mean_s = std::max(1e-6, held_by_pool(station, next.answers, waits_s));
  }
  if (!(next == station.prospect)) {
    station.prospect = next;
    ++station.foreseen;
  }
}

/// Requests vary about the wait at rest of today's arrivals; past full use as they do below it.
void FlowRun::foresee_wait(const FlowStation& station, Prospect& next) const {
  const auto servers = static_cast<double>(station.map->shape().servers);
  const double lanes = station.now.queues_apart
                           ? static_cast<double>(std::max<std::size_t>(1, station.now.replicas))
                           : 1;
  const double mass = station.queue.mass() / lanes;
  const double rate = station.state.load * (1 - station.state.refused) / station.held_s;
  next.is_fixed = station.now.service.cv2 < 0.5;
  next.sojourn_s = rate > 0 ? std::max(mass / rate, station.held_s) : station.held_s;
  const double error = station.now.replicas == 0 ? 1 : station.now.failing;
  next.refused = 1 - (1 - station.state.refused) * (1 - error);

  const double offered = station.arriving_per_s / lanes * station.held_s / servers;
  const double use =
      std::min({station.state.load / servers, offered <= 1 ? offered : 1 / offered, 0.999});
  next.wait = wait_at_rest(*station.map, use, station.held_s);
  next.at_rest_s = next.service_s + next.holds_s + next.wait.mean();
  const double scattered_s = next.is_fixed ? 0 : next.service_s;
  next.scatter_s2 = scattered_s * scattered_s + next.wait.variance();
}

/// By which of its ways calls go on that get a connection: as those of their kind that come are dealt.
void FlowRun::weigh_ways(const FlowStation& pool) {
  if (pool.callers.size() == 1) {
    return;
  }
  const auto weight = [](const FlowCall& call) { return call.now.rate() * (1 - call.now.failing); };
  for (const std::size_t c : pool.callers) {
    double all = 0;
    std::size_t first = c;
    for (const std::size_t other : pool.callers) {
      if (calls_[other].now.kind == calls_[c].now.kind) {
        all += weight(calls_[other]);
        first = std::min(first, other);
      }
    }
    const double one = c == first ? 1 : 0;
    calls_[calls_[c].onward.index].now.part = all > 0 ? weight(calls_[c]) / all : one;
  }
}

/// A connection is given back when the caller has its answer, or gives up: as long after it has got
/// the connection as its patience lasts after the wait for that.
double FlowRun::held_by_pool(const FlowStation& pool, const Answers& answers,
                             double waits_s) const {
  const double patience_s = calls_[pool.callers.front()].now.timeout_s;
  const double left_s = std::max(0.0, patience_s - waits_s);
  double held_s = 0;
  for (const AnswerPart& part : answers) {
    held_s += part.share * mean_within(part, left_s);
  }
  return held_s;
}

/// To each kind of requests what it calls; to all of them as those came that came last.
Answers FlowRun::foresee_kinds(FlowStation& station) {
  double came = 0;
  for (const FlowKind& kind : station.kinds) {
    came += kind.came;
  }
  Answers all;
  bool is_new = false;
  for (std::size_t k = 0; k < station.kinds.size(); ++k) {
    FlowKind& kind = station.kinds[k];
    const Answers answers = foresee_answers(station.now, k);
    is_new = is_new || !(answers == kind.answers);
    kind.answers = answers;
    all.add(answers, came > 0 ? kind.came / came : 1 / static_cast<double>(station.kinds.size()));
  }
  station.foreseen += is_new ? 1 : 0;
  return all;
}

/// One call after the other; of alternatives one.
/// in  kind  of the requests that make them
Answers FlowRun::foresee_answers(const Station& station, std::size_t kind) {
  Answers all = Answers::at_once();
  for (const CallId id : station.calls) {
    FlowChoice& choice = choices_[calls_[id.index].choice];
    if (id != choice.calls.front() || calls_[id.index].now.kind != kind) {
      continue;
    }
    foresee_choice(choice);
    const FlowCall& call = calls_[id.index];
    if (call.now.choice == 0) {
      const double times = call.now.waits ? call.now.rate_of_kind() * missed_by_cache(call) : 0;
      if (times == 1 && call.now.copies == 1) {
        all.then(choice.answers);
      } else {
        all.then(choice.answers.repeated(times).repeated(call.now.copies));
      }
      continue;
    }
    Answers dealt;
    dealt.add(choice.answers, call.now.waits ? 1 : 0);
    dealt.fill();
    all.then(dealt.repeated(call.now.copies));
  }
  return all;
}

void FlowRun::foresee_attempt(FlowCall& call) {
  const Prospect& there = station_of(call).prospect;
  call.good_answers = Answers();
  call.attempt_good = call.attempt_fails = call.fails_after_s = 0;
  if (guard_of(call).breaker.is_open()) {
    return;
  }
  const double arrives = (1 - there.refused) * (1 - call.now.failing);
  double failed_s = 0;
  for (const AnswerPart& part : answers_to(call)) {
    const double late = late_share(there, part, call.now.timeout_s, there.sojourn_s);
    const double share = arrives * part.share;
    failed_s += late > 0 ? share * late * call.now.timeout_s : 0;
    if (late >= 1) {
      continue;
    }
    const AnswerPart answer = in_time(there, part, call.now.timeout_s, there.sojourn_s);
    const double good = share * (1 - late) * part.good;
    call.attempt_good += good;
    failed_s += share * (1 - late) * (1 - part.good) * answer.mean_s();
    call.good_answers.add({good, answer.after_s, answer.scatter_s, 1});
  }
  call.attempt_fails = std::max(0.0, 1 - call.attempt_good);
  call.fails_after_s = call.attempt_fails > 0 ? failed_s / call.attempt_fails : 0;
}

/// Of a request's first attempt, and of the next ones: what failed is dealt anew among the
/// alternatives, as often as the budget lets it. A breaker that is open ends it.
void FlowRun::foresee_choice(FlowChoice& choice) {
  Answers& answers = choice.answers = Answers();
  Dealt first;
  Dealt next;
  double left = 1;  // of the alternatives under way
  for (const CallId id : choice.calls) {
    FlowCall& call = calls_[id.index];
    foresee_attempt(call);
    const bool is_alone = call.now.choice == 0;
    const double dealt = is_alone ? 1 : std::min(left, call.now.rate_of_kind());
    left -= dealt;
    const double asked = is_alone ? 1 : dealt * missed_by_cache(call);
    answers.add(call.good_answers, asked);
    const bool is_refused = guard_of(call).breaker.is_open();
    first.add(call, is_refused, asked);
    next.add(call, is_refused, dealt);
  }
  next.scale(1 - left);
  const Call& how = calls_[choice.calls.front().index].now;
  const std::vector<Attempts>& attempts = calls_[choice.calls.front().index].attempts;
  double fails = first.fails;
  double spent_s = first.fails > 0 ? first.failed_s / first.fails : 0;
  double failed = first.refused;
  double failed_s = 0;
  for (std::size_t k = 0; k < how.retry.most && fails > 0; ++k) {
    const double again = how.retry.budget < kForever ? fails * choice.granted[k].share : fails;
    failed += fails - again;
    failed_s += (fails - again) * spent_s;
    spent_s += attempts[k].backoff_s * (how.retry.jitter ? 0.5 : 1);
    failed += again * next.refused;
    failed_s += again * next.refused * spent_s;
    answers.add({again * next.good, spent_s + (next.good > 0 ? next.good_s / next.good : 0), 0, 1});
    fails = again * next.fails;
    spent_s += next.fails > 0 ? next.failed_s / next.fails : 0;
  }
  failed += fails;
  failed_s += fails * spent_s;
  const double asked = first.good + first.fails + first.refused;
  choice.succeeds = asked > 0 ? 1 - failed / asked : 1;
  answers.add({failed, failed > 0 ? failed_s / failed : 0, 0, how.is_needed ? 0.0 : 1.0});
}

}  // namespace outlast::engines::simulation
