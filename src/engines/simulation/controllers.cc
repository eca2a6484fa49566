#include "engines/simulation/controllers.h"

#include <algorithm>
#include <cmath>

#include "base/pinned_math.h"

namespace outlast::engines::simulation {

std::optional<std::size_t> AutoscalerState::look(double use, std::size_t replicas) {
  // Within a tenth of the target nothing is done, as Kubernetes and target tracking do.
  constexpr double kTolerance = 0.1;
  over_ = use > scaler_.target * (1 + kTolerance) ? over_ + 1 : 0;
  under_ = use < scaler_.target * (1 - kTolerance) ? under_ + 1 : 0;
  const double there = static_cast<double>(std::max<std::size_t>(1, replicas));
  const double most = static_cast<double>(scaler_.most);
  const double wanted = std::ceil(there * use / scaler_.target);
  if (over_ >= scaler_.looks_out && !is_growing_ && replicas < scaler_.most) {
    over_ = 0;
    is_growing_ = true;
    return static_cast<std::size_t>(
        std::max(there, std::min({wanted, most, std::ceil(there * scaler_.growth_most)})));
  }
  if (under_ >= scaler_.looks_in && !is_growing_ && replicas > scaler_.fewest) {
    under_ = 0;
    return std::max(scaler_.fewest, static_cast<std::size_t>(std::max(1.0, wanted)));
  }
  return std::nullopt;
}

bool BreakerState::lets_through(double now_s) {
  if (!exists() || open_until_s_ < 0) {
    return true;
  }
  if (now_s < open_until_s_ || has_trial_) {
    return false;
  }
  is_trying_ = has_trial_ = true;
  return true;
}

BreakerState::Turn BreakerState::open(double now_s) {
  open_until_s_ = now_s + breaker_.open_s;
  is_trying_ = has_trial_ = false;
  return Turn::opened;
}

BreakerState::Turn BreakerState::record(double now_s, double good, double bad, double over_s) {
  if (!exists()) {
    return Turn::none;
  }
  if (is_trying_) {
    if (bad > good) {
      return open(now_s);
    }
    is_trying_ = has_trial_ = false;
    open_until_s_ = -1;
    last_s_ = now_s;
    calls_ = failures_ = 0;
    return Turn::closed;
  }
  if (open_until_s_ >= 0) {
    return Turn::none;  // an answer from before it opened
  }
  // Older calls fade, so that it does not matter when a window begins: half a window old is
  // their mean age, as in one that slides.
  const double fades = base::pinned_exp(-2 * (now_s - last_s_) / breaker_.window_s);
  last_s_ = now_s;
  calls_ *= fades;
  failures_ *= fades;
  const double windows = 2 * over_s / breaker_.window_s;
  const double kept = windows > 0 ? (1 - base::pinned_exp(-windows)) / windows : 1;
  calls_ += kept * (good + bad);
  failures_ += kept * bad;
  const bool is_enough = calls_ >= static_cast<double>(breaker_.fewest);
  return is_enough && failures_ >= breaker_.share * calls_ ? open(now_s) : Turn::none;
}

void add_to_trace(Outcome& outcome, double at_s, std::string what, StationId station) {
  constexpr std::size_t kMostEntries = 10'000;
  if (outcome.trace.size() < kMostEntries) {
    outcome.trace.push_back({at_s, std::move(what), station});
  }
}

}  // namespace outlast::engines::simulation
