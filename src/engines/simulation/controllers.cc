#include "engines/simulation/controllers.h"

#include <algorithm>
#include <cmath>

#include "base/pinned_math.h"

namespace outlast::engines::simulation {

std::optional<std::size_t> AutoscalerState::look(double now_s, double use, std::size_t replicas,
                                                 std::size_t starting) {
  // Within a tenth of the target nothing is done, as Kubernetes does. Nothing is in use for more than
  // all of the time, so a high target is passed halfway to that.
  constexpr double kTolerance = 0.1;
  const double most_use =
      std::min(scaler_.target * (1 + kTolerance), (1 + std::min(1.0, scaler_.target)) / 2);
  const std::size_t all = replicas + starting;
  const double there = static_cast<double>(std::max<std::size_t>(1, all));
  const double use_of_all = starting > 0 ? use * static_cast<double>(replicas) / there : use;
  over_ = use_of_all > most_use ? over_ + 1 : 0;
  under_ = use < scaler_.target * (1 - kTolerance) ? under_ + 1 : 0;
  needed_s_ = under_ > 0 ? needed_s_ : now_s;
  const bool is_waiting = starting > 0 && scaler_.rests_out_s > 0;
  const bool may_grow = !is_waiting && now_s >= changed_s_ + scaler_.rests_out_s;
  const bool may_shrink =
      starting == 0 && now_s >= std::max(changed_s_, needed_s_) + scaler_.rests_in_s;
  const double most = static_cast<double>(scaler_.most);
  const double wanted = std::ceil(there * use_of_all / scaler_.target);
  if (over_ >= scaler_.looks_out && may_grow && all < scaler_.most) {
    const double to = std::min({wanted, most, std::ceil(there * scaler_.growth_most),
                                there + most_by_pace(now_s, there, scaler_.grows, 1)});
    const auto then = moved(now_s, there, std::max(there, to));
    over_ = then ? 0 : over_;
    return then;
  }
  if (under_ >= scaler_.looks_in && may_shrink && all > scaler_.fewest) {
    const double to = std::max({wanted, 1.0, static_cast<double>(scaler_.fewest),
                                there - most_by_pace(now_s, there, scaler_.shrinks, -1)});
    const auto then = moved(now_s, there, std::min(there, to));
    if (then) {
      under_ = 0;
      changed_s_ = now_s;
    }
    return then;
  }
  return std::nullopt;
}

/// in  way  1: how many may come; −1: how many may go
double AutoscalerState::most_by_pace(double now_s, double there, const Pace& pace,
                                     double way) const {
  if (pace.is_free) {
    return kForever;
  }
  double most = pace.takes_least && !pace.limits.empty() ? kForever : 0;
  for (const Pace::Limit& limit : pace.limits) {
    double done = 0;  // of it, within that time
    for (const Move& move : moves_) {
      done += move.at_s > now_s - limit.within_s ? std::max(0.0, way * move.change) : 0;
    }
    const double at_first = there - way * done;
    // Shares are rounded to the greater change, as Kubernetes does.
    const double of_share = way > 0 ? std::ceil(limit.share * at_first)
                                    : at_first - std::floor(at_first * (1 - limit.share));
    const double lets = std::max(0.0, std::max(limit.replicas, of_share) - done);
    most = pace.takes_least ? std::min(most, lets) : std::max(most, lets);
  }
  return most;
}

std::optional<std::size_t> AutoscalerState::moved(double now_s, double there, double to) {
  if (to == there) {
    return std::nullopt;
  }
  double looks_back_s = 0;
  for (const Pace* pace : {&scaler_.grows, &scaler_.shrinks}) {
    for (const Pace::Limit& limit : pace->limits) {
      looks_back_s = std::max(looks_back_s, limit.within_s);
    }
  }
  std::erase_if(moves_, [&](const Move& move) { return move.at_s <= now_s - looks_back_s; });
  if (looks_back_s > 0) {
    moves_.push_back({now_s, to - there});
  }
  return static_cast<std::size_t>(to);
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

BreakerState::Turn BreakerState::count(double now_s, double good, double bad, double over_s) {
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

RouterState::RouterState(const Router& router) : router_(router), seen_(router.targets.size()) {
  shares_ = shares();
  first_ = shares_;
}

void RouterState::see(std::size_t target, double since_s, double failing_share) {
  Seen& seen = seen_[target];
  const bool is_well = failing_share < router_.notices;
  if (is_well != seen.is_well) {
    seen.is_well = is_well;
    seen.since_s = since_s;
    seen.noticed_s = -1;
  }
}

std::optional<std::vector<double>> RouterState::decide(double now_s) {
  const bool is_none_well =
      std::none_of(seen_.begin(), seen_.end(), [](const Seen& seen) { return seen.is_believed; });
  for (Seen& seen : seen_) {
    if (seen.is_well == seen.is_believed) {
      continue;
    }
    if (is_none_well && may_act_) {  // whoever is well again is better than what there is
      seen.is_believed = true;
      took_s_ = now_s - seen.since_s;
    }
    if (seen.noticed_s < 0 && may_act_ && now_s >= seen.since_s + router_.detect_s) {
      seen.noticed_s = now_s;
    }
    if (seen.noticed_s >= 0 && now_s >= seen.noticed_s + router_.takes_s) {
      seen.is_believed = seen.is_well;
      took_s_ = now_s - seen.since_s;
    }
  }
  auto then = shares();
  if (then == shares_) {
    return std::nullopt;
  }
  shares_ = then;
  return then;
}

double RouterState::next_s() const {
  double next_s = kForever;
  for (const Seen& seen : seen_) {
    if (seen.is_well != seen.is_believed && (seen.noticed_s >= 0 || may_act_)) {
      next_s = std::min(next_s, seen.noticed_s >= 0 ? seen.noticed_s + router_.takes_s
                                                    : seen.since_s + router_.detect_s);
    }
  }
  return next_s;
}

std::vector<double> RouterState::shares() const {
  std::vector<double> shares(seen_.size(), 0);
  const auto well = static_cast<std::size_t>(
      std::count_if(seen_.begin(), seen_.end(), [](const Seen& seen) { return seen.is_believed; }));
  if (router_.leads_to_one && well == 0 && !shares_.empty()) {
    return shares_;  // nowhere is better than here
  }
  double weight = 0;
  for (std::size_t t = 0; t < seen_.size(); ++t) {
    weight += well == 0 || seen_[t].is_believed ? router_.targets[t].weight : 0;
  }
  for (std::size_t t = 0; t < seen_.size(); ++t) {
    const bool is_in = well == 0 || seen_[t].is_believed;
    shares[t] = is_in ? router_.targets[t].weight / weight : 0;
    if (router_.leads_to_one && is_in) {
      std::fill(shares.begin(), shares.end(), 0.0);
      shares[t] = 1;
      break;
    }
  }
  return shares;
}

void add_to_trace(Outcome& outcome, double at_s, std::string what, StationId station,
                  std::string cause) {
  constexpr std::size_t kMostEntries = 10'000;
  if (outcome.trace.size() < kMostEntries) {
    outcome.trace.push_back({at_s, std::move(what), station, std::move(cause)});
  }
}

}  // namespace outlast::engines::simulation
