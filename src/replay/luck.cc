#include "replay/luck.h"

#include <algorithm>

namespace outlast::replay {

using incidents::Figure;
using incidents::Incident;
using incidents::Phase;

namespace {

constexpr double kOdds = 3;
constexpr double kTimes = 1.5;

bool is_estimate(const Figure& figure) {
  return figure.trust == catalog::Trust::estimate;
}

/// A share p with odds p/(1 − p) times a factor; none and all stay what they are.
double with_odds(double share, double factor) {
  return share * factor / (1 - share + share * factor);
}

class Estimates {
 public:
  explicit Estimates(Luck luck)
      : odds_(luck == Luck::bad ? kOdds : 1 / kOdds),
        times_(luck == Luck::bad ? kTimes : 1 / kTimes) {}

  void move(Phase& phase) const {
    if (phase.until && is_estimate(*phase.until)) {
      phase.until->value = phase.at.value + (phase.until->value - phase.at.value) * times_;
    }
    if (phase.error && is_estimate(*phase.error)) {
      phase.error->value = with_odds(phase.error->value, odds_);
    }
    // What spreads more slowly, or is drawn bad less often, does less harm.
    if (phase.reaches && is_estimate(*phase.reaches)) {
      phase.reaches->value /= times_;
    }
    if (phase.redraw && is_estimate(phase.redraw->from)) {
      phase.redraw->from.value = with_odds(phase.redraw->from.value, odds_);
    }
    if (phase.redraw && is_estimate(phase.redraw->all_after)) {
      phase.redraw->all_after.value /= times_;
    }
  }

  /// An action never comes before what it ends has begun.
  void move(incidents::Action& action, double begun_s) const {
    if (!action.ends.empty() && is_estimate(action.at)) {
      action.at.value = begun_s + (action.at.value - begun_s) * times_;
    }
    if (action.reaches && is_estimate(*action.reaches)) {
      action.reaches->value *= times_;
    }
  }

 private:
  double odds_;
  double times_;
};

/// When the last of what an action ends began.
double begun_before(const Incident& incident, const incidents::Action& action) {
  double begun_s = 0;
  for (const Phase& phase : incident.phases) {
    const bool is_ended =
        std::find(action.ends.begin(), action.ends.end(), phase.id) != action.ends.end();
    begun_s = is_ended ? std::max(begun_s, phase.at.value) : begun_s;
  }
  return begun_s;
}

}  // namespace

Incident estimated(Incident incident, Luck luck) {
  if (luck == Luck::middle) {
    return incident;
  }
  const Estimates estimates(luck);
  for (incidents::Action& action : incident.actions) {
    action.turn = quantile_of(luck);
    estimates.move(action, begun_before(incident, action));
  }
  for (Phase& phase : incident.phases) {
    estimates.move(phase);
  }
  return incident;
}

}  // namespace outlast::replay
