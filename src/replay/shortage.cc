// What is lost where a component must grow and cannot.
//
// Problem. A group stands with what the hour needs. While nothing can be launched it shrinks with
// its users and does not grow again; what the standing replicas cannot take is lost.
//
// Method. Over each stretch in which launches fail, and the warm-up after it, the day is walked level
// by level: the group keeps the least it was asked for since the stretch began. Only what it would
// have served with launches counts as lost, so that a group that is too small anyway is not blamed
// on the incident.
//
// Source: SEMANTICS, incidents; docs/model.md.

#include <algorithm>
#include <cmath>

#include "base/units.h"
#include "blueprint/scale_level.h"
#include "replay/load.h"
#include "replay/player.h"
#include "replay/strikes.h"

namespace outlast::replay {

using blueprint::Component;
using blueprint::ComponentId;

namespace {

constexpr double kMostDays = 366;
/// How busy a group is kept where nobody says; as for a surge.
constexpr double kUsualTarget = 0.6;

/// A group that follows its users, in replicas, against the users it was made for.
class Group {
 public:
  explicit Group(const Component& c)
      : standing_(static_cast<double>(c.replicas.size())),
        loaded_(c.at_least_is_assumed
                    ? standing_ * blueprint::level_of(c.scale).value_or(kUsualTarget)
                    : static_cast<double>(c.at_least)),
        least_(c.scale.min.is_known() ? static_cast<double>(*c.scale.min) : 1),
        most_(static_cast<double>(*c.scale.max)) {}

  [[nodiscard]] double standing() const { return standing_; }
  /// What it is asked to be.
  [[nodiscard]] double wanted(double growth) const {
    return std::clamp(standing_ * growth, std::min(least_, most_), most_);
  }
  /// The share of requests that is lost because only so many stand.
  [[nodiscard]] double lost(double growth, double replicas) const {
    const double needed = loaded_ * growth;
    const auto served = [&](double with) { return std::min(1.0, with / needed); };
    return needed <= 0 ? 0 : std::max(0.0, served(wanted(growth)) - served(replicas));
  }

 private:
  double standing_;
  double loaded_;  ///< replicas that carry the load it was made for
  double least_;
  double most_;
};

}  // namespace

Timeline Player::launches_lost(ComponentId id, const Staging& staging) const {
  std::vector<Timeline> causes;
  for (const std::size_t at : blows_at_[id.index]) {
    if (counts(blows_[at], staging) && stops_launches(incident_.phases[blows_[at].phase])) {
      causes.push_back(waves_[blows_[at].phase]);
    }
  }
  return worst_of(causes);
}

Shortage Player::shortage(ComponentId id, const Staging& staging) const {
  const Component& c = bp_[id];
  if (staging.has_busy_capacity || !follows_users(c)) {
    return {};
  }
  const Timeline launches = launches_lost(id, staging);
  if (launches.is_never()) {
    return {};
  }
  const Load load = load_of(bp_, c.region.value_or(""));
  if (load.levels.empty()) {
    return {};
  }
  const Group group(c);
  const double warm_up_s = c.scale.warm_up.value_or({}).value;
  Shortage shortage;
  shortage.is_assumed = load.is_assumed;
  for (const blueprint::DayLevel& level : load.levels) {
    const double more = group.wanted(level.users / load.made_for) - group.standing();
    shortage.missing = std::max(shortage.missing, more);
  }
  std::vector<Timeline> all;
  for (const auto& [begin, end] : launches.stretches(kDown)) {
    const double works_s = std::min(end, begin + kMostDays * base::kSecondsPerDay);
    std::vector<Timeline::Step> steps;
    // What is launched as it begins is not there yet.
    const double before_s = staging.starts_at_s + begin - std::max(1.0, warm_up_s);
    double stands = group.wanted(load.growth_at(before_s));
    for (const double at : load.changes_between(staging.starts_at_s, begin, works_s + warm_up_s)) {
      const double growth = load.growth_at(staging.starts_at_s + at);
      stands = std::min(stands, group.wanted(growth));
      const double lost = group.lost(growth, stands);
      if (lost >= kNoticed && shortage.standing <= 0) {
        shortage.standing = stands;
      }
      steps.push_back({at, lost});
    }
    steps.push_back({works_s + warm_up_s, 0});
    all.emplace_back(steps);
  }
  shortage.lost = worst_of(all);
  return shortage;
}

}  // namespace outlast::replay
