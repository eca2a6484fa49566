#include "clock/autoscalers.h"

#include <algorithm>
#include <string>

#include "base/units.h"
#include "blueprint/scale_pace.h"

namespace outlast::clock {

using blueprint::Component;
namespace simulation = engines::simulation;

namespace {

simulation::Pace pace_of(const blueprint::Value<std::string>& text) {
  const auto told = text.is_known() ? blueprint::pace_in(*text) : std::nullopt;
  simulation::Pace pace;
  if (told) {
    pace.is_free = false;
    pace.takes_least = told->takes_least;
    for (const auto& limit : told->limits) {
      pace.limits.push_back({limit.replicas, limit.share, limit.within.value});
    }
  }
  return pace;
}

}  // namespace

simulation::Autoscaler Autoscalers::stated_of(const Component& c, std::size_t most) {
  simulation::Autoscaler scaler;
  scaler.fewest = static_cast<std::size_t>(std::max<std::int64_t>(1, c.scale.min.value_or(1)));
  scaler.most = std::max(most, scaler.fewest);
  scaler.target = figures_.scale_level(c);
  scaler.rests_out_s = c.scale.cooldown_out.value_or({0}).value;
  scaler.rests_in_s = c.scale.cooldown_in.value_or({0}).value;
  scaler.grows = pace_of(c.scale.grows);
  scaler.shrinks = pace_of(c.scale.shrinks);
  return scaler;
}

simulation::Autoscaler Autoscalers::of_group(const Component& c) {
  simulation::Autoscaler scaler = stated_of(c, static_cast<std::size_t>(*c.scale.max));
  const LoadFigures::Habit habit = figures_.habit_of(c);
  scaler.period_s = habit.period_s;
  scaler.looks_out = habit.looks_out;
  scaler.looks_in = habit.looks_in;
  scaler.rests_in_s = habit.window_s.value_or(scaler.rests_in_s);
  const catalog::TypeEntry* type = catalog_.type_of(c);
  const catalog::Figure* start = type == nullptr ? nullptr : catalog_.figure(*type, "relocate");
  if (c.scale.warm_up.is_known()) {
    scaler.start_s = c.scale.warm_up->value;
  } else if (start != nullptr) {
    scaler.start_s = figures_.read(start->median_s, start->median_s / 2, start->p90_s);
    figures_.assume(c.name + ": start of a replica", base::format_duration({start->median_s}),
                    std::string(start->citation.source));
  }
  return scaler;
}

simulation::Autoscaler Autoscalers::of_function(const Component& c) {
  constexpr std::int64_t kQuota = 1000;
  if (!c.scale.max.is_known()) {
    figures_.assume(c.name + ": instances at most", "1000", "the usual quota of a new account");
  }
  simulation::Autoscaler scaler = stated_of(
      c, static_cast<std::size_t>(std::max<std::int64_t>(1, c.scale.max.value_or(kQuota))));
  scaler.period_s = 1;
  scaler.looks_in = 300;
  const catalog::Figure* start = catalog_.place_figure("any", "", "cold_start");
  scaler.start_s =
      start == nullptr ? 1 : figures_.read(start->median_s, start->median_s, start->p90_s);
  return scaler;
}

}  // namespace outlast::clock
