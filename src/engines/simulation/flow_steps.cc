/// How far a step of the flow engine goes, and the users who come within it.

#include <algorithm>
#include <cmath>

#include "engines/simulation/flow_run.h"

namespace outlast::engines::simulation {
namespace {

/// After something changed.
constexpr double kFirstStep_s = 0.01;

/// By which a step may change what a station meets, or its arrivals.
constexpr double kMostChange = 0.02;

/// Of the rate that a source begins with now, and by how much it grows in a second.
struct Ramp {
  double per_s = 0;
  double slope = 0;
};

/// in  next  first point that lies ahead of `at_s`
Ramp ramp_at(const std::vector<RatePoint>& points, std::size_t next, double at_s) {
  if (next == 0 || next == points.size()) {
    return {next == 0 ? 0 : points.back().per_s, 0};
  }
  const RatePoint& from = points[next - 1];
  const double slope = (points[next].per_s - from.per_s) / (points[next].at_s - from.at_s);
  return {from.per_s + slope * (at_s - from.at_s), slope};
}

double relative(double now, double before, double at_least) {
  return std::fabs(now - before) / std::max({std::fabs(now), std::fabs(before), at_least});
}

}  // namespace

void FlowRun::act() {
  has_changed_ = false;
  conductor_.act(now_s_, *this);
  if (has_changed_) {
    step_s_ = std::min(fine_s_, kFirstStep_s);
    still_since_s_ = rests_until_s_ = now_s_;
    rhythm_ = {};
  }
}

double FlowRun::longest_by_rates() const {
  double longest_s = kForever;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    const Ramp ramp = ramp_at(model_.sources[i].rate, sources_[i].next, now_s_);
    if (ramp.slope != 0) {
      longest_s =
          std::min(longest_s, kMostChange * std::max(ramp.per_s, 1.0) / std::fabs(ramp.slope));
    }
  }
  return longest_s;
}

/// But for what the conductor does.
double FlowRun::next_event_s() const {
  double next_s = kForever;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    const std::vector<RatePoint>& rate = model_.sources[i].rate;
    if (sources_[i].next < rate.size()) {
      next_s = std::min(next_s, rate[sources_[i].next].at_s);
    }
  }
  for (const FlowGuard& guard : guards_) {
    if (guard.breaker.is_open() && !guard.breaker.is_due(now_s_)) {
      next_s = std::min(next_s, guard.breaker.open_until_s());
    }
  }
  return next_s;
}

/// What is left until something ends the steps is parted evenly: a sliver of a step would be a wave.
/// in  at_most_s  when the series' step ends
double FlowRun::next_step_s(double at_most_s) const {
  double length_s = step_s_;
  const double by_rates_s = longest_by_rates();
  if (by_rates_s < length_s) {
    length_s = std::max(by_rates_s, std::min(fine_s_, by_rates_s * 50));
  }
  constexpr double kLeast_s = 1e-9;  // whatever is due, each step moves the clock on
  const double next_s = std::min({at_most_s, conductor_.next_s(), next_event_s()});
  const double until_s = next_s > now_s_ ? next_s : now_s_ + kLeast_s;
  constexpr double kRounding = 1e-6;
  const double left = (until_s - now_s_) / length_s;
  return left <= 1 + kRounding ? until_s
                               : now_s_ + (until_s - now_s_) / std::ceil(left - kRounding);
}

/// out  by how much it has changed what stations meet, relative to what it was; infinite where only
///      small steps are right
double FlowRun::foresee_all() {
  const double few_per_s = 1e-4 * users_per_s_;
  double change = 0;
  for (auto id = order_.rbegin(); id != order_.rend(); ++id) {
    FlowStation& station = stations_[id->index];
    const Prospect& now = station.prospect;
    const double before_s = now.sojourn_s + now.answer_s;
    const double refused = now.refused;
    const double good = now.good;
    foresee(id->index);
    const double arriving_per_s = station.step.arrived / length_s_;
    const bool is_sharp = station.is_dropping || station.is_near_limit;
    change = std::max({change, is_sharp ? kForever : 0.0,
                       relative(now.sojourn_s + now.answer_s, before_s, 1e-9),
                       relative(arriving_per_s, station.came_per_s, few_per_s),
                       std::fabs(now.refused - refused), std::fabs(now.good - good)});
    station.came_per_s = arriving_per_s;
  }
  for (FlowCall& call : calls_) {
    if (call.source != kUnbounded) {
      foresee_choice(choices_[call.choice]);
    }
  }
  const bool may_open = std::any_of(guards_.begin(), guards_.end(), [](const FlowGuard& guard) {
    return guard.breaker.may_open();
  });
  change = may_open ? kForever : change;
  return change;
}

/// What changes fast comes back as a wave when those who failed ask again; until then steps are
/// small, so that its front stays one.
void FlowRun::choose_step(double change) {
  double wave_s = 0;
  for (const FlowChoice& choice : choices_) {
    wave_s = std::max(wave_s, choice.again.last_s() - now_s_);
  }
  constexpr double kWave = 0.1;
  if (change * wave_s > kWave * length_s_) {
    waves_until_s_ = std::max(waves_until_s_, now_s_ + wave_s);
  }
  const double by_change_s = change > 0 ? length_s_ * kMostChange / change : kForever;
  const double longest_s =
      now_s_ < waves_until_s_ ? fine_s_ : std::min(by_change_s, options_.step_s);
  step_s_ = std::min(2 * step_s_, std::max(longest_s, fine_s_));
}

void FlowRun::pass_points(std::size_t source) {
  const std::vector<RatePoint>& rate = model_.sources[source].rate;
  std::size_t& next = sources_[source].next;
  while (next < rate.size() && rate[next].at_s <= now_s_) {
    ++next;
  }
}

void FlowRun::users_come() {
  users_per_s_ = 0;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    FlowSource& source = sources_[i];
    const std::vector<RatePoint>& rate = model_.sources[i].rate;
    // Rates are straight between points, and steps end at them.
    const Ramp ramp = ramp_at(rate, source.next, now_s_ - length_s_ / 2);
    const double mass = ramp.per_s * length_s_;
    users_per_s_ += ramp.per_s * model_.sources[i].alike;
    pass_points(i);
    const std::size_t call = model_.sources[i].call.index;
    source.step.offered += mass;
    choices_[calls_[call].choice].budget.first_of(mass);
    ask(call, 0, mass);
  }
}

}  // namespace outlast::engines::simulation
