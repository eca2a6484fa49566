// How the inside of a provider turns rates, limits and periods into times.
//
// Draws. A file is made at t = d, 2d, … by a query on one node, any, of a cluster whose upgraded
// share grows as p(t) = min(1, r t). It is bad where it met an upgraded node. The first bad draw is
// at kd with probability p_k Π_{j<k} (1 − p_j), p_j = p(jd): its middle and its tenth and ninetieth
// percentile are told. From the first draw with p = 1 on, all are bad. Before that good and bad come
// and go: what makes an outage look like an attack.
//
// Channel. A change comes to the shares s_1 < … < s_J = 1 and is watched for b at each; it takes
// effect a after it was loaded, so a gate sees it only if b > a (`engines/rollout`). Past the last
// step it is the last known good state: where it has not shown by then (b ≤ a), going back brings
// the same.
//
// Work. A list of units is asked for at once. In order of asking the last is served after T = 1 / rate;
// where T is longer than those who ask wait, what is done is for nobody, and all ask again: no
// progress, until less is let in (throttling), and then T.

#include "reproduction/mechanisms.h"

#include <algorithm>
#include <cmath>

#include "engines/rollout/reach.h"

namespace outlast::reproduction {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

}  // namespace

When first_bad(const Draws& draws) {
  constexpr std::size_t kMostDraws = 100'000;
  constexpr double kRounding = 1e-12;
  constexpr double kLow = 0.1;
  constexpr double kMiddle = 0.5;
  constexpr double kHigh = 0.9;
  When when{kNever, kNever, kNever, 1};
  double all_good = 1;
  for (std::size_t k = 1; k <= kMostDraws && !std::isfinite(when.high_s); ++k) {
    const double at_s = static_cast<double>(k) * draws.every_s;
    all_good *= 1 - std::min(1.0, draws.upgraded_per_s * at_s);
    const auto note = [&](double share, double& percentile) {
      if (1 - all_good + kRounding >= share) {
        percentile = std::min(percentile, at_s);
      }
    };
    note(kLow, when.low_s);
    note(kMiddle, when.at_s);
    note(kHigh, when.high_s);
  }
  return when;
}

double all_bad_from(const Draws& draws) {
  return draws.upgraded_per_s > 0 ? next_draw(1 / draws.upgraded_per_s, draws.every_s) : kNever;
}

double next_draw(double after_s, double every_s) {
  return std::isfinite(after_s) ? std::ceil(after_s / every_s) * every_s : kNever;
}

Spread spread_of(const Channel& channel) {
  const engines::rollout::Gate gate{.requests_per_s = channel.requests_per_s,
                                    .takes_effect_s = channel.activation_s};
  constexpr double kSees = 0.5;
  Spread spread;
  spread.first_s = channel.activation_s;
  double loaded_s = 0;
  double before = 0;
  for (const double step : channel.steps) {
    loaded_s += channel.propagates_s * (step - before);
    const bool is_last = step >= 1;
    const bool is_stopped =
        !is_last && channel.is_watched &&
        engines::rollout::power_of(gate, {step, channel.bake_s}, channel.hit) >= kSees;
    if (is_stopped) {
      spread.reached = step;
      return spread;
    }
    loaded_s += is_last ? 0 : channel.bake_s;
    before = step;
  }
  spread.all_s = loaded_s + channel.activation_s;
  const bool shows_in_time = channel.is_watched && channel.bake_s > channel.activation_s;
  spread.is_poisoned = !channel.validated && !shows_in_time;
  return spread;
}

bool collapses(const Work& work) {
  return !work.is_admitted && work.gives_up_s && work.takes_s > *work.gives_up_s;
}

}  // namespace outlast::reproduction
