// What is lost where a component must grow and cannot.
//
// A quiet service stands with what its quiet hours need. When the busy hours begin it asks for more;
// while nothing can be launched it serves what the standing replicas can, and the rest is lost.

#include <algorithm>
#include <charconv>
#include <cmath>

#include "replay/player.h"

namespace outlast::replay {

using blueprint::Component;
using blueprint::ComponentId;
using incidents::Operation;
using incidents::Plane;

namespace {

constexpr double kSecondsPerDay = 86400;
/// How busy a group is kept where nobody says; as for a surge.
constexpr double kUsualTarget = 0.6;

/// "cpu 60%" → 0.6.
double target_of(const blueprint::Scale& scale) {
  const std::string text = scale.target.value_or("");
  const auto digits = text.find_first_of("0123456789");
  double percent = 0;
  if (digits != std::string::npos) {
    std::from_chars(text.data() + digits, text.data() + text.size(), percent);
  }
  const double share = percent / 100;
  return share > 0 && share <= 1 ? share : kUsualTarget;
}

/// Does it have more replicas at its busiest than now?
bool grows(const Component& c) {
  return c.scale.max.is_known() && *c.scale.max > static_cast<std::int64_t>(c.replicas.size());
}

/// The share of the busy hours' requests that what stands now cannot take.
double share_without_room(const Component& c, double growth) {
  const auto standing = static_cast<double>(c.replicas.size());
  const double loaded =
      c.at_least_is_assumed ? standing * target_of(c.scale) : static_cast<double>(c.at_least);
  return std::max(0.0, 1 - standing / (loaded * growth));
}

}  // namespace

Timeline Player::launches_lost(ComponentId id, const Staging& staging) const {
  std::vector<Timeline> causes;
  for (const std::size_t at : blows_at_[id.index]) {
    const auto& match = incident_.phases[blows_[at].phase].match;
    const auto is_about = [&](Operation operation) {
      return std::find(match.operations.begin(), match.operations.end(), operation) !=
             match.operations.end();
    };
    const bool is_launching =
        is_about(Operation::launch) || is_about(Operation::scale) || match.operations.empty();
    if (counts(blows_[at], staging) && match.plane == Plane::control && is_launching) {
      causes.push_back(waves_[blows_[at].phase]);
    }
  }
  return worst_of(causes);
}

Timeline Player::shortage(ComponentId id, const Staging& staging) const {
  const Component& c = bp_[id];
  const auto& users = bp_.objectives().users;
  const auto& busy = users.busy;
  if (staging.has_busy_capacity || !grows(c) || !busy.from.is_known() || !busy.users.is_known() ||
      !users.now.is_known() || *users.now <= 0) {
    return {};
  }
  const Timeline launches = launches_lost(id, staging);
  const double lost = share_without_room(c, *busy.users / *users.now);
  if (launches.is_never() || lost <= 0) {
    return {};
  }
  const double length_s =
      std::fmod(busy.until.value_or(*busy.from).value - busy.from->value + kSecondsPerDay - 1,
                kSecondsPerDay) +
      1;
  const double warm_up_s = c.scale.warm_up.value_or({}).value;
  std::vector<Timeline> days;
  const double first_s =
      std::fmod(busy.from->value - staging.starts_at_s + kSecondsPerDay, kSecondsPerDay);
  constexpr double kMostDays = 366;
  const double open_days = std::ceil((launches.over_s() - first_s) / kSecondsPerDay);
  const int count = static_cast<int>(std::clamp(open_days, 0.0, kMostDays));
  for (int day = 0; day < count; ++day) {
    const double begins_s = first_s + day * kSecondsPerDay;
    const double launched_s = launches.first_below(kDown, begins_s);
    if (launched_s > begins_s) {
      days.push_back(wave({.begins_s = begins_s,
                           .fades_s = std::min(begins_s + length_s, launched_s + warm_up_s),
                           .lost = lost}));
    }
  }
  return worst_of(days);
}

}  // namespace outlast::replay
