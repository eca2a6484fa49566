/// Times in which nothing new happens, at no cost.
///
/// Where all flows and levels have been the same for longer than anything in the model remembers
/// (the oldest in a line, the last who will come again, patience, the window of a breaker), what
/// the last step did goes on as it is: the clock moves to the next event, or a hundred times as
/// far as the rest has lasted, and the series gets the last step's flows. Who waits in a line or
/// for his next attempt is put off by as much, so that afterwards everything goes on from there.
///
/// Where callers give up and ask again without end, all often moves to a beat: after so many steps
/// it is what it was. That is a rest too, of whole beats: the clock moves by as many as fit in, and
/// the series gets what happened in the last one. A beat is looked for from one moment on, and from
/// another one if all does not come back to that in time.
///
/// Why it is right: "the same" is within 1e-6 of what is there, over the whole time of rest; so
/// what drifts at all has drifted by less than 1e-4 of that when the rest ends and is looked at
/// again, against the levels at which it began.

#include <algorithm>
#include <cmath>

#include "engines/simulation/flow_run.h"

namespace outlast::engines::simulation {
namespace {

constexpr double kSame = 1e-6;

/// in  scale  of what `now` is a part of
bool is_same(double now, double since, double scale = 0) {
  return std::fabs(now - since) <= kSame * std::max(std::fabs(since), scale);
}

bool is_same(const Level& now, const Level& since) {
  return is_same(now.mass, since.mass) && is_same(now.arriving_per_s, since.arriving_per_s) &&
         is_same(now.sojourn_s, since.sojourn_s) && is_same(now.good, since.good) &&
         is_same(now.refused, since.refused) &&
         is_same(now.done_per_s, since.done_per_s, since.arriving_per_s) &&
         is_same(now.wasted_per_s, since.wasted_per_s, since.arriving_per_s);
}

bool is_same(const FlowUsers& now, const FlowUsers& since) {
  return is_same(now.offered, since.offered) && is_same(now.served, since.served, since.offered) &&
         is_same(now.failed, since.failed, since.offered);
}

}  // namespace

Level FlowRun::level_of(const FlowStation& station) const {
  return {station.arriving_per_s,         station.queue.mass(),     station.prospect.sojourn_s,
          station.prospect.good,          station.prospect.refused, station.step.done / length_s_,
          station.step.wasted / length_s_};
}

FlowUsers FlowRun::a_second_of(const FlowSource& source) const {
  FlowUsers second;
  second.add(source.step, 1 / length_s_);
  return second;
}

/// Does it keep its rate until the next of its points?
bool FlowRun::is_flat(std::size_t source) const {
  const std::vector<RatePoint>& rate = model_.sources[source].rate;
  const std::size_t next = sources_[source].next;
  return next == 0 || next == rate.size() || rate[next].per_s == rate[next - 1].per_s;
}

/// Are all flows and levels what they were then?
bool FlowRun::is_as(Mark then) const {
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (!is_flat(i) || !is_same(a_second_of(sources_[i]), sources_[i].since[then])) {
      return false;
    }
  }
  return std::all_of(stations_.begin(), stations_.end(),
                     [&](const FlowStation& station) {
                       return is_same(level_of(station), station.since[then]);
                     }) &&
         std::all_of(calls_.begin(), calls_.end(),
                     [&](const FlowCall& call) {
                       return is_same(call.cache.full, call.cache_full_since[then]);
                     }) &&
         std::all_of(choices_.begin(), choices_.end(), [&](const FlowChoice& choice) {
           return is_same(choice.budget.saved(), choice.saved_since[then]);
         });
}

void FlowRun::remember(Mark now) {
  for (FlowStation& station : stations_) {
    station.since[now] = level_of(station);
  }
  for (FlowSource& source : sources_) {
    source.since[now] = a_second_of(source);
  }
  for (FlowCall& call : calls_) {
    call.cache_full_since[now] = call.cache.full;
  }
  for (FlowChoice& choice : choices_) {
    choice.saved_since[now] = choice.budget.saved();
  }
}

/// How far back what is there now can have come about.
double FlowRun::memory_s() const {
  double memory_s = 10 * length_s_;
  for (const FlowStation& station : stations_) {
    const double oldest_s = station.queue.empty() ? 0 : now_s_ - station.queue.oldest_s();
    const bool is_controlled = station.now.discipline == Discipline::controlled_delay;
    memory_s = std::max(
        {memory_s, oldest_s, 20 * station.held_s, is_controlled ? station.now.interval_s : 0.0});
  }
  for (const FlowCall& call : calls_) {
    if (!call.patience.empty()) {
      memory_s = std::max(memory_s, call.now.timeout_s);
    }
  }
  for (const FlowGuard& guard : guards_) {
    if (guard.breaker.may_open()) {
      memory_s =
          std::max(memory_s, 10 * model_.calls[guard.guarded.calls.front()].breaker.window_s);
    }
  }
  for (const FlowChoice& choice : choices_) {
    memory_s = std::max(memory_s, choice.again.last_s() - now_s_);
  }
  for (const FlowSource& source : sources_) {
    memory_s = std::max(memory_s, source.told.last_s() - now_s_);
  }
  return memory_s;
}

/// out  until when all goes on as it is, if it has been so since then
double FlowRun::goes_on_until_s(double since_s) const {
  constexpr double kFar = 100;
  const double so_s = now_s_ - since_s;
  return so_s > memory_s() ? std::min(now_s_ + kFar * so_s, next_event_s()) : 0;
}

void FlowRun::look_for_rest() {
  if (!is_as(Mark::still)) {
    still_since_s_ = now_s_;
    remember(Mark::still);
    look_for_beat();
    return;
  }
  rests_until_s_ = goes_on_until_s(still_since_s_);
  rhythm_ = {};
  if (rests_until_s_ > now_s_) {
    end_beat(0);  // that was broken off
    add_to_beat();
    end_beat(length_s_);
  }
}

void FlowRun::look_for_beat() {
  constexpr std::size_t kMostSteps = 64;
  const bool is_open = std::any_of(guards_.begin(), guards_.end(),
                                   [](const FlowGuard& guard) { return guard.breaker.is_open(); });
  const bool is_known = rhythm_.of > 0;
  if (is_known) {
    add_to_beat();
  }
  ++rhythm_.steps;
  rhythm_.length_s += length_s_;
  if (rhythm_.is_marked && !is_open && rhythm_.steps < rhythm_.of) {
    return;
  }
  const bool is_back = rhythm_.is_marked && !is_open && is_as(Mark::beat) &&
                       (!is_known || is_same(rhythm_.length_s, beat_s_));
  if (is_back) {
    if (!is_known) {
      rhythm_.of = rhythm_.steps;
      rhythm_.since_s = now_s_ - rhythm_.length_s;
    }
    end_beat(rhythm_.length_s);
    rests_until_s_ = is_known ? goes_on_until_s(rhythm_.since_s) : 0;
    rhythm_.steps = 0;
    rhythm_.length_s = 0;
    return;
  }
  rests_until_s_ = 0;
  if (!rhythm_.is_marked || is_open || is_known || rhythm_.steps == kMostSteps) {
    rhythm_ = {};
    rhythm_.is_marked = true;
    remember(Mark::beat);
  }
}

void FlowRun::add_to_beat() {
  for (FlowStation& station : stations_) {
    station.beat.now.add(station.step);
  }
  for (FlowSource& source : sources_) {
    source.beat.now.add(source.step);
  }
  for (FlowCall& call : calls_) {
    call.beat.now.add(call.step_fate);
  }
  for (FlowChoice& choice : choices_) {
    choice.beat.now.add(choice.missed);
  }
}

void FlowRun::end_beat(double length_s) {
  beat_s_ = length_s;
  const auto end = [](auto& all) {
    for (auto& each : all) {
      each.beat.end();
    }
  };
  end(stations_);
  end(sources_);
  end(calls_);
  end(choices_);
}

/// out  how far it can rest; nowhere if it moves to a beat and none fits in
double FlowRun::rests_to_s(double at_most_s) const {
  if (rests_until_s_ <= now_s_) {
    return now_s_;
  }
  const double to_s = std::min({at_most_s, rests_until_s_, conductor_.next_s()});
  if (rhythm_.of == 0) {
    return to_s;
  }
  constexpr double kRounding = 1e-6;
  const double beats = (to_s - now_s_) / beat_s_;
  const double whole = std::floor(beats + kRounding);
  return beats - whole < kRounding ? to_s : now_s_ + whole * beat_s_;
}

/// Up to then all goes on as in the last beat.
void FlowRun::rest(double to_s) {
  const double times = (to_s - now_s_) / beat_s_;
  for (FlowStation& station : stations_) {
    station.series.add(station.beat.last, times);
    station.use_area += times * station.beat.last.busy;
  }
  for (FlowSource& source : sources_) {
    source.series.add(source.beat.last, times);
  }
  for (FlowCall& call : calls_) {
    call.fate.add(call.beat.last, times);
  }
  for (FlowChoice& choice : choices_) {
    choice.missed_series.add(choice.beat.last, times);
    if (rhythm_.of == 0) {
      choice.budget.pass(length_s_, times);  // a beat ends with what it began with
    }
  }
  if (rhythm_.of > 0) {
    waves_until_s_ += to_s - now_s_;
  }
  at_rest_s_ += to_s - now_s_;
  now_s_ = to_s;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    pass_points(i);  // else the next step would end where it begins
  }
}

/// What waits was put off by the rest.
void FlowRun::wake() {
  if (at_rest_s_ <= 0) {
    return;
  }
  for (FlowStation& station : stations_) {
    station.queue.put_off(at_rest_s_);
  }
  for (FlowCall& call : calls_) {
    for (std::size_t i = 0; i < call.patience.size(); ++i) {
      call.patience[i].until_s += at_rest_s_;
      call.patience[i].arrived_s += at_rest_s_;
    }
  }
  for (FlowGuard& guard : guards_) {
    guard.breaker.put_off(at_rest_s_);
  }
  for (FlowChoice& choice : choices_) {
    choice.again.put_off(at_rest_s_);
  }
  for (FlowSource& source : sources_) {
    source.told.put_off(at_rest_s_);
  }
  at_rest_s_ = 0;
}

}  // namespace outlast::engines::simulation
