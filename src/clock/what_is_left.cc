#include "clock/what_is_left.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "clock/lost_course.h"
#include "clock/seen.h"
#include "failure/timed.h"

namespace outlast::clock {

using blueprint::Value;
using failure::EventKind;
using findings::Verdict;

namespace {

/// The event as a fault of a day; absent where it is none of those that leave something behind.
std::optional<blueprint::ScenarioFault> fault_of(const blueprint::Blueprint& bp,
                                                 const failure::Event& event) {
  blueprint::ScenarioFault fault;
  fault.fault = blueprint::Fault::down;
  switch (event.kind) {
    case EventKind::instance:
      fault.match.component = Value<std::string>::of(bp[event.component].id);
      fault.replicas = Value<std::int64_t>::of(1);
      return fault;
    case EventKind::zone_outage:
    case EventKind::zone_destroyed:
      fault.match.zone = Value<std::string>::of(bp[event.group].name);
      return fault;
    case EventKind::region_outage:
    case EventKind::region_destroyed:
      fault.match.region = Value<std::string>::of(bp[event.group].name);
      return fault;
    default:
      return std::nullopt;
  }
}

/// Of a part of a component the id has what tells it apart behind the component's.
blueprint::ComponentId component_of(const blueprint::Blueprint& bp, std::string_view part) {
  const auto whole = bp.find(part);
  return whole.exists() ? whole : bp.find(part.substr(0, part.rfind(" (")));
}

/// Parts that are full once the fault is there, the first one first; a few are told.
std::vector<replay::FullPart> full_in(const blueprint::Blueprint& bp,
                                      const findings::Simulated& day) {
  constexpr std::size_t kTold = 2;
  std::vector<replay::FullPart> parts;
  for (const auto& line : day.story) {
    const bool is_new = std::none_of(parts.begin(), parts.end(),
                                     [&](const auto& part) { return part.id == line.component; });
    if (line.told == findings::Told::part && line.event.starts_with("full") &&
        line.at_s >= kSeenFrom_s && is_new && parts.size() < kTold) {
      parts.push_back({line.component, line.name, component_of(bp, line.component), {}});
    }
  }
  return parts;
}

/// in   day              its faults from `kSeenFrom_s` on
///      is_course_asked  what is lost in time is told, too
std::optional<replay::Weight> weight_of(const blueprint::Blueprint& bp,
                                        const catalog::Catalog& catalog,
                                        const blueprint::Scenario& day, const Watch& watch,
                                        Verdict survived, bool is_course_asked) {
  // As fine as it has to be to tell whether it is over in time.
  constexpr double kParts = 60;
  SimulateOptions how;
  how.least_step_s = std::max(how.least_step_s, std::floor(watch.rto_s / kParts));
  if (is_carried(bp, catalog, day, how, watch, survived)) {
    return std::nullopt;
  }
  const auto loaded = seen(bp, catalog, day, how, watch);
  if (!loaded) {
    return replay::Weight{.survives = survived, .is_beyond = true};
  }
  if (!findings::is_graver(loaded->survives, survived)) {
    return std::nullopt;
  }
  constexpr double kFew = 10;
  blueprint::Scenario few = day;
  few.users = Value<double>::of(kFew);
  std::erase_if(few.faults,
                [](const auto& fault) { return fault.fault == blueprint::Fault::surge; });
  SimulateOptions of_few = how;
  of_few.without_load_alone = true;
  const auto idle = seen(bp, catalog, few, of_few, watch);
  if (!idle || !findings::is_graver(loaded->survives, idle->survives)) {
    return std::nullopt;
  }
  replay::Weight weight{.survives = loaded->survives,
                        .down_s = loaded->down_s.value,
                        .down_p90_s = loaded->down_s.high,
                        .users = loaded->day.lost_share,
                        .full = full_in(bp, loaded->day)};
  if (is_course_asked && loaded->survives != Verdict::unknown) {
    tell_losses(bp, catalog, day, how, watch, weight);
  }
  return weight;
}

}  // namespace

void weigh_what_is_left(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                        const failure::Event& event, findings::SurvivalRow& row) {
  const bool is_survived = row.survives == Verdict::yes || row.survives == Verdict::degraded;
  auto fault = fault_of(bp, event);
  if (!is_survived || !fault || bp.journeys().empty() || !bp.objectives().users.now.is_known()) {
    return;
  }
  // Long enough to see whether it goes on for longer than the objective.
  constexpr double kLeast_s = 600;
  Watch watch;
  watch.rto_s = row.objective.rto.value;
  watch.watched_s = std::max(kLeast_s, 2 * watch.rto_s);
  watch.lasts_s = std::max(watch.watched_s, event.duration.median_s());
  fault->lasts = Value<base::Seconds>::of({watch.watched_s});
  const auto weight =
      weight_of(bp, catalog, with_fault(std::move(*fault)), watch, row.survives, false);
  if (!weight) {
    return;
  }
  if (weight->is_beyond) {
    const auto reasons = replay::reasons_of(*weight);
    row.because.insert(row.because.end(), reasons.begin(), reasons.end());
    return;
  }
  row.survives = weight->survives;
  row.because = replay::reasons_of(*weight);
  if (row.survives == Verdict::unknown) {
    row.down_s = row.down_p90_s = row.users = std::nullopt;
    return;
  }
  row.down_s = std::max(row.down_s.value_or(0), weight->down_s);
  row.down_p90_s = std::max(row.down_p90_s.value_or(0), weight->down_p90_s);
  row.users = std::max(row.users.value_or(0), weight->users);
}

replay::Weigher weigher_of(const blueprint::Blueprint& bp, const catalog::Catalog& catalog) {
  return [&bp, &catalog](const blueprint::Scenario& day, double rto_s,
                         Verdict survived) -> std::optional<replay::Weight> {
    if (bp.journeys().empty()) {
      return std::nullopt;
    }
    const double watched_s = day.until->value;
    double lasts_s = watched_s;
    blueprint::Scenario shifted = day;
    for (auto& fault : shifted.faults) {
      const bool is_lasting = fault.fault != blueprint::Fault::surge;
      const double over_s =
          fault.lasts.is_known() ? fault.at.value + fault.lasts->value : failure::kForGood;
      lasts_s = is_lasting ? std::max(lasts_s, over_s) : lasts_s;
      fault.at.value += kSeenFrom_s;
    }
    for (auto& recovery : shifted.recoveries) {
      recovery.at.value += recovery.at.value > 0 ? kSeenFrom_s : 0;
    }
    return weight_of(bp, catalog, shifted, {watched_s, lasts_s, rto_s}, survived, true);
  };
}

}  // namespace outlast::clock
