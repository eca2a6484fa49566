#include "clock/what_is_left.h"

#include <algorithm>
#include <cmath>

#include "clock/seen.h"

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
  auto scenario = with_fault(std::move(*fault));
  const auto loaded = seen(bp, catalog, scenario, {}, watch);
  if (!loaded || !findings::is_graver(loaded->survives, row.survives)) {
    return;
  }
  constexpr double kFew = 10;
  scenario.users = Value<double>::of(kFew);
  const auto idle = seen(bp, catalog, scenario, {}, watch);
  if (!idle || !findings::is_graver(loaded->survives, idle->survives)) {
    return;
  }
  row.survives = loaded->survives;
  if (row.survives == Verdict::unknown) {
    row.down_s = row.down_p90_s = row.users = std::nullopt;
    row.because = {"whether what is left carries the load depends on what nobody stated"};
    return;
  }
  row.down_s = std::max(row.down_s.value_or(0), loaded->down_s.value);
  row.down_p90_s = std::max(row.down_p90_s.value_or(0), loaded->down_s.high);
  row.users = std::max(row.users.value_or(0), loaded->day.lost_share);
  row.because = {"what is left does not carry the load"};
}

}  // namespace outlast::clock
