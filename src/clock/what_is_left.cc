#include "clock/what_is_left.h"

#include <algorithm>
#include <cmath>

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

/// Parts that are full once the fault is there, the first one first; a few are told.
std::vector<std::string> full_in(const findings::Simulated& day) {
  constexpr std::size_t kTold = 2;
  std::vector<std::string> names;
  for (const auto& line : day.story) {
    const bool is_new = std::find(names.begin(), names.end(), line.name) == names.end();
    if (line.told == findings::Told::part && line.event.starts_with("full") &&
        line.at_s >= kSeenFrom_s && is_new && names.size() < kTold) {
      names.push_back(line.name);
    }
  }
  return names;
}

/// in  day  its faults from `kSeenFrom_s` on
std::optional<replay::Weight> weight_of(const blueprint::Blueprint& bp,
                                        const catalog::Catalog& catalog, blueprint::Scenario day,
                                        const Watch& watch, Verdict survived) {
  // As fine as it has to be to tell whether it is over in time.
  constexpr double kParts = 60;
  SimulateOptions how;
  how.least_step_s = std::max(how.least_step_s, std::floor(watch.rto_s / kParts));
  if (is_carried(bp, catalog, day, how, watch, survived)) {
    return std::nullopt;
  }
  const auto loaded = seen(bp, catalog, day, how, watch);
  if (!loaded || !findings::is_graver(loaded->survives, survived)) {
    return std::nullopt;
  }
  constexpr double kFew = 10;
  day.users = Value<double>::of(kFew);
  std::erase_if(day.faults,
                [](const auto& fault) { return fault.fault == blueprint::Fault::surge; });
  how.without_load_alone = true;
  const auto idle = seen(bp, catalog, day, how, watch);
  if (!idle || !findings::is_graver(loaded->survives, idle->survives)) {
    return std::nullopt;
  }
  return replay::Weight{loaded->survives,       loaded->down_s.value,   loaded->down_s.high,
                        loaded->partly_s.value, loaded->day.lost_share, full_in(loaded->day)};
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
  const auto weight = weight_of(bp, catalog, with_fault(std::move(*fault)), watch, row.survives);
  if (!weight) {
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
    return weight_of(bp, catalog, std::move(shifted), {watched_s, lasts_s, rto_s}, survived);
  };
}

}  // namespace outlast::clock
