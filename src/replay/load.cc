#include "replay/load.h"

#include <algorithm>
#include <cmath>

#include "base/units.h"
#include "incidents/archive.h"

namespace outlast::replay {

using blueprint::DayLevel;

namespace {

double time_of_day(double seconds) {
  const double rest = std::fmod(seconds, base::kSecondsPerDay);
  return rest < 0 ? rest + base::kSecondsPerDay : rest;
}

double fewest(const std::vector<DayLevel>& levels) {
  return std::min_element(levels.begin(), levels.end(),
                          [](const auto& a, const auto& b) { return a.users < b.users; })
      ->users;
}

void sort_by_time(std::vector<DayLevel>& levels) {
  std::sort(levels.begin(), levels.end(),
            [](const auto& a, const auto& b) { return a.from_s < b.from_s; });
}

/// The usual day by the clock of the region; what the input starts with is for its quietest hour.
Load usual_load(std::string_view region) {
  const incidents::UsualDay& day = incidents::usual_day();
  const auto ahead = incidents::hours_ahead(day, region);
  Load load;
  load.is_assumed = true;
  for (std::size_t hour = 0; ahead && hour < day.shares.size(); ++hour) {
    const double local_s = static_cast<double>(hour) * base::kSecondsPerHour;
    load.levels.push_back(
        {time_of_day(local_s - *ahead * base::kSecondsPerHour), day.shares[hour]});
  }
  sort_by_time(load.levels);
  load.made_for = load.levels.empty() ? 0 : fewest(load.levels);
  return load;
}

}  // namespace

double Load::growth_at(double time_of_day_s) const {
  const double at = time_of_day(time_of_day_s);
  const auto after =
      std::upper_bound(levels.begin(), levels.end(), at,
                       [](double time, const DayLevel& level) { return time < level.from_s; });
  return (after == levels.begin() ? levels.back() : *(after - 1)).users / made_for;
}

std::vector<double> Load::changes_between(double starts_at_s, double from, double to) const {
  std::vector<double> moments = {from};
  const int days = static_cast<int>(std::ceil(to / base::kSecondsPerDay)) + 1;
  for (int day = -1; day < days; ++day) {
    for (const DayLevel& level : levels) {
      const double moment = day * base::kSecondsPerDay + level.from_s - starts_at_s;
      if (moment > from && moment < to) {
        moments.push_back(moment);
      }
    }
  }
  std::sort(moments.begin(), moments.end());
  return moments;
}

/// Functions start wherever they are asked: what is reserved for one is a bound and no group that
/// grows by launches.
bool follows_users(const blueprint::Component& c) {
  if (c.service_model == blueprint::ServiceModel::faas) {
    return false;
  }
  const auto stands = static_cast<std::int64_t>(c.replicas.size());
  return c.scale.max.is_known() && (*c.scale.max > stands || c.scale.min.value_or(1) < stands);
}

Load load_of(const blueprint::Blueprint& bp, std::string_view region) {
  const auto& users = bp.objectives().users;
  Load load;
  if (!users.day.empty()) {
    load.levels = users.day;
    load.made_for = users.now.is_known() ? *users.now : fewest(load.levels);
  } else if (users.busy.from.is_known() && users.busy.users.is_known() && users.now.is_known()) {
    load.levels.push_back({users.busy.from->value, *users.busy.users});
    if (users.busy.until.is_known() && users.busy.until->value != users.busy.from->value) {
      load.levels.push_back({users.busy.until->value, *users.now});
    }
    sort_by_time(load.levels);
    load.made_for = *users.now;
  } else {
    load = usual_load(region);
  }
  if (load.made_for <= 0) {
    load.levels.clear();
  }
  return load;
}

}  // namespace outlast::replay
