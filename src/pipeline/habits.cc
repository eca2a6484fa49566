// The four habits, as quantities: `kHabitMeasures` tells each.
//
// What is not known enters at both ends; where these get different grades the grade is unknown.

#include "pipeline/habits.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <numeric>
#include <set>

#include "base/units.h"
#include "blueprint/reached.h"
#include "failure/dependence.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::Strength;
using failure::EventId;
using failure::EventKind;
using failure::Path;
using findings::Grade;
using findings::Habit;
using findings::Verdict;

namespace {

constexpr const HabitMeasure& kAssumesFailure = kHabitMeasures[0];
constexpr const HabitMeasure& kSpreadOut = kHabitMeasures[1];
constexpr const HabitMeasure& kRollsOutInSteps = kHabitMeasures[2];
constexpr const HabitMeasure& kLooselyCoupled = kHabitMeasures[3];

Grade grade_of(double value, const HabitMeasure& measure) {
  return value >= measure.good     ? Grade::good
         : value >= measure.partly ? Grade::partly
                                   : Grade::poor;
}

Habit habit_of(double low, double high, const HabitMeasure& measure, std::string evidence) {
  Habit habit;
  habit.evidence = std::move(evidence);
  if (grade_of(low, measure) == grade_of(high, measure)) {
    habit.grade = grade_of(low, measure);
    habit.value = std::clamp((low + high) / 2, 0.0, 1.0);  // sums of shares are not exact
  }
  return habit;
}

Habit grade_assumes_failure(const std::vector<findings::Instance>& instances) {
  std::size_t survived = 0;
  std::size_t open = 0;
  std::size_t all = 0;
  for (const auto& instance : instances) {
    if (!is_single_fault(instance) || instance.survives == Verdict::not_exposed) {
      continue;
    }
    ++all;
    survived += instance.survives == Verdict::yes || instance.survives == Verdict::degraded ? 1 : 0;
    open += instance.survives == Verdict::unknown ? 1 : 0;
  }
  if (all == 0) {
    return {Grade::unknown, std::nullopt, "no single fault is known that touches users"};
  }
  const auto share = [&](std::size_t n) {
    return static_cast<double>(n) / static_cast<double>(all);
  };
  const std::string not_known = open == 0 ? "" : fmt::format(", {} not known", open);
  return habit_of(share(survived), share(survived + open), kAssumesFailure,
                  fmt::format("{} of {} single faults survived{}", survived, all, not_known));
}

/// How often events of one kind leave a path without anybody served: 0, 1, or not known.
struct Stops {
  bool surely = false;
  bool maybe = false;
};

class SpreadGrader {
 public:
  SpreadGrader(const Cases& cases, const std::vector<Path>& paths) : stops_(paths.size()) {
    for (const EventId id : base::ids<EventId>(cases.events.size())) {
      const std::size_t level = level_of(cases.events[id].kind);
      if (level == kLevels) {
        continue;
      }
      const auto ends = cases.ends.find(id);
      const bool is_open = ends != cases.ends.end() &&
                           ends->second.first.stops_a_path != ends->second.second.stops_a_path;
      for (const auto& path : cases.impacts[id].paths) {
        Stops& stops = stops_[path.path][level];
        stops.surely = stops.surely || (path.is_down_for_good && !is_open);
        stops.maybe = stops.maybe || path.is_down_for_good || is_open;
      }
    }
  }

  [[nodiscard]] Habit grade(const std::vector<Path>& paths) const {
    double low = 0;
    double high = 0;
    double by_level[kLevels] = {};
    for (std::size_t p = 0; p < paths.size(); ++p) {
      for (std::size_t level = 0; level < kLevels; ++level) {
        const Stops& stops = stops_[p][level];
        low += stops.maybe ? 0 : paths[p].weight / kLevels;
        high += stops.surely ? 0 : paths[p].weight / kLevels;
        by_level[level] += stops.surely ? 0 : paths[p].weight;
      }
    }
    return habit_of(
        low, high, kSpreadOut,
        fmt::format(
            "no loss of one zone stops the journeys of {} of the users, of one region those of "
            "{}, of one provider those of {}",
            base::format_percent(by_level[0]), base::format_percent(by_level[1]),
            base::format_percent(by_level[2])));
  }

 private:
  static constexpr std::size_t kLevels = 3;

  static std::size_t level_of(EventKind kind) {
    return kind == EventKind::zone_outage       ? 0
           : kind == EventKind::region_outage   ? 1
           : kind == EventKind::provider_outage ? 2
                                                : kLevels;
  }

  std::vector<std::array<Stops, kLevels>> stops_;
};

/// How many components each entry reaches, itself too, by all needs or only by those that pass
/// failures on. Sixty-four entries walk down at once.
std::vector<std::size_t> count_reached(const Blueprint& bp, const std::vector<ComponentId>& entries,
                                       bool only_passing) {
  const std::size_t components = bp.components().size();
  std::vector<std::vector<ComponentId>> below(components);
  for (const ComponentId id : base::ids<ComponentId>(components)) {
    const auto follow = [&](blueprint::NeedId need) {
      if (!only_passing || passes_failures_on(bp[need])) {
        below[id.index].insert(below[id.index].end(), bp[need].any_of.begin(),
                               bp[need].any_of.end());
      }
    };
    if (only_passing) {
      std::for_each(bp[id].needs.begin(), bp[id].needs.end(), follow);
    } else {
      blueprint::for_each_need(bp[id], follow);
    }
  }
  const auto loops = failure::strongly_connected(below);
  constexpr std::size_t kAtOnce = 64;
  std::vector<std::size_t> counts(entries.size(), 0);
  for (std::size_t first = 0; first < entries.size(); first += kAtOnce) {
    const std::size_t some = std::min(kAtOnce, entries.size() - first);
    std::vector<std::uint64_t> reached_by(components, 0);
    for (std::size_t i = 0; i < some; ++i) {
      reached_by[entries[first + i].index] |= std::uint64_t{1} << i;
    }
    for (auto loop = loops.rbegin(); loop != loops.rend(); ++loop) {  // callers first
      std::uint64_t by = 0;
      for (const ComponentId id : *loop) {
        by |= reached_by[id.index];
      }
      for (std::size_t i = 0; i < some; ++i) {
        counts[first + i] += (by >> i & 1) != 0 ? loop->size() : 0;
      }
      for (const ComponentId id : *loop) {
        for (const ComponentId next : below[id.index]) {
          reached_by[next.index] |= by;
        }
      }
    }
  }
  return counts;
}

Habit grade_loosely_coupled(const Blueprint& bp, const std::vector<Path>& paths) {
  std::map<ComponentId, double> weight_of_entry;
  for (const Path& path : paths) {
    weight_of_entry[path.enters] += path.weight;
  }
  std::vector<ComponentId> entries;
  for (const auto& [entry, weight] : weight_of_entry) {
    entries.push_back(entry);
  }
  const auto reached = count_reached(bp, entries, false);
  const auto passing = count_reached(bp, entries, true);
  double contained = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    contained += weight_of_entry[entries[i]] *
                 (1 - static_cast<double>(passing[i]) / static_cast<double>(reached[i]));
  }
  const auto all = std::accumulate(reached.begin(), reached.end(), std::size_t{0});
  const auto tight = std::accumulate(passing.begin(), passing.end(), std::size_t{0});
  return habit_of(contained, contained, kLooselyCoupled,
                  fmt::format("the loss of {} of {} components that entries rest on passes on "
                              "without buffer or alternative",
                              tight, all));
}

/// Over what releases and configurations reach users, by how many these are.
Habit grade_rollouts(const Cases& cases) {
  double users = 0;
  double least = 0;
  double most = 0;
  std::size_t changes = 0;
  std::size_t open = 0;
  for (const auto& [id, change] : cases.changes) {
    // That there is a configuration beside its releases at all is said or not.
    const bool is_told = change.is_release || !change.strategy.empty();
    if (change.users <= 0 || !is_told) {
      continue;
    }
    users += change.users;
    least += change.users * std::min(change.best.reached, change.worst.reached);
    most += change.users * std::max(change.best.reached, change.worst.reached);
    ++changes;
    open += change.unknown.empty() ? 0 : 1;
  }
  if (changes == 0) {
    return {Grade::unknown, std::nullopt, "nothing that is released serves users"};
  }
  const std::string not_known = open == 0 ? "" : fmt::format(", of {} not known how", open);
  return habit_of(1 - most / users, 1 - least / users, kRollsOutInSteps,
                  fmt::format("{} way{} in which changes reach users{}", changes,
                              changes == 1 ? "" : "s", not_known));
}

}  // namespace

bool is_single_fault(const findings::Instance& instance) {
  static const std::set<std::string_view> kCases = {"server",  "zone", "region",
                                                    "service", "dns",  "third_party"};
  return kCases.contains(instance.worst_case) && instance.mode != "destroyed";
}

bool passes_failures_on(const Need& need) {
  return need.strength != Strength::soft && need.strength != Strength::startup &&
         need.strength != Strength::control && !failure::is_buffered(need.strength) &&
         need.any_of.size() == need.at_least;
}

findings::Habits grade_habits(const Blueprint& bp, const Cases& cases,
                              const std::vector<findings::Instance>& instances,
                              const std::vector<Path>& paths) {
  findings::Habits habits;
  if (paths.empty()) {
    for (Habit* habit : {&habits.assumes_failure, &habits.spread_out, &habits.rolls_out_in_steps,
                         &habits.loosely_coupled}) {
      habit->evidence = "nothing here serves users";
    }
    return habits;
  }
  habits.assumes_failure = grade_assumes_failure(instances);
  habits.spread_out = SpreadGrader(cases, paths).grade(paths);
  habits.rolls_out_in_steps = grade_rollouts(cases);
  habits.loosely_coupled = grade_loosely_coupled(bp, paths);
  return habits;
}

std::vector<findings::VendorShare> list_vendors(const Blueprint& bp, const Cases& cases,
                                                const std::vector<Path>& paths) {
  const auto& journeys = bp.journeys();
  const bool all_have_value = std::all_of(journeys.begin(), journeys.end(), [](const auto& one) {
    return one.value_per_hour.is_known();
  });
  double all_usd = 0;
  for (const Path& path : paths) {
    all_usd += failure::usd_per_hour(bp, path);
  }
  std::vector<findings::VendorShare> vendors;
  for (const EventId id : base::ids<EventId>(cases.events.size())) {
    const auto& event = cases.events[id];
    if (event.kind != EventKind::provider_outage && event.kind != EventKind::third_party) {
      continue;
    }
    double share = 0;
    double usd = 0;
    for (const auto& path : cases.impacts[id].paths) {
      share += path.is_down_for_good ? paths[path.path].weight : 0;
      usd += path.is_down_for_good ? failure::usd_per_hour(bp, paths[path.path]) : 0;
    }
    if (share > 0) {
      vendors.push_back({event.component.exists() ? bp[event.component].id : event.what,
                         std::min(1.0, share),
                         all_have_value && all_usd > 0 ? std::optional(std::min(1.0, usd / all_usd))
                                                       : std::nullopt});
    }
  }
  std::stable_sort(vendors.begin(), vendors.end(),
                   [](const auto& a, const auto& b) { return a.share > b.share; });
  return vendors;
}

}  // namespace outlast::pipeline
