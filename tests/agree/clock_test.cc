// Where load plays no part, how long users are down on the clock is what the timed structure
// function says: the engines, fed by changes of stations and calls, against the rules of `Running`
// over spans of time.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "agree/random_blueprint.h"
#include "clock/simulate.h"
#include "failure/impact.h"
#include "failure/never_runs.h"
#include "support/make_blueprint.h"

namespace outlast::agree {
namespace {

using failure::Event;
using failure::EventKind;

constexpr double kAt_s = 60;
constexpr double kFor_s = 600;

/// DOWN of the worst path after one replica, or one zone, is gone for ten minutes.
double by_structure(const blueprint::Blueprint& bp, const Event& event) {
  const failure::Dependence dependence(bp);
  const auto paths = failure::list_paths(bp);
  failure::ImpactFinder finder(bp, catalog::Catalog::built_in(), dependence, paths, 1);
  double down_s = 0;
  for (const auto& path : finder.impact_of(event).paths) {
    down_s = std::max(down_s, path.down_median_s);
  }
  return down_s;
}

double by_clock(const blueprint::Blueprint& bp, const blueprint::ScenarioFault& fault) {
  blueprint::Scenario scenario;
  scenario.name = "random";
  scenario.users = blueprint::Value<double>::of(600);
  scenario.faults = {fault};
  clock::SimulateOptions options;
  options.until_s = kAt_s + kFor_s + 900;
  base::Diagnostics diagnostics;
  const auto simulated =
      clock::simulate(bp, catalog::Catalog::built_in(), scenario, options, diagnostics);
  RC_ASSERT(simulated.has_value());
  RC_ASSERT(simulated->has_value());
  return (*simulated)->down_s.value;
}

/// A loop that never runs is an error of the input.
bool can_run(const blueprint::Blueprint& bp) {
  return failure::never_runs(bp, failure::Dependence(bp)).empty();
}

bool holds_something(const blueprint::Blueprint& bp, blueprint::FateGroupId zone) {
  for (const auto& component : bp.components()) {
    for (const auto& replica : component.replicas) {
      if (replica.zone == zone) {
        return true;
      }
    }
  }
  return false;
}

blueprint::ScenarioFault fault_at(double at_s) {
  blueprint::ScenarioFault fault;
  fault.id = "it";
  fault.at = {at_s};
  fault.lasts = blueprint::Value<base::Seconds>::of({kFor_s});
  return fault;
}

/// A second at each end is what steps of one second can hide.
constexpr double kSteps_s = 3;

RC_GTEST_PROP(Clock, OneDeadReplicaIsDownAsLongAsTheStructureSays, ()) {
  const auto bp = support::make_blueprint(*random_blueprint());
  RC_PRE(can_run(bp));
  const auto at = *rc::gen::inRange<std::size_t>(0, bp.components().size());
  const blueprint::ComponentId id(at);
  auto fault = fault_at(kAt_s);
  fault.match.component = blueprint::Value<std::string>::of(bp[id].id);
  fault.replicas = blueprint::Value<std::int64_t>::of(1);
  Event event;
  event.kind = EventKind::instance;
  event.component = id;
  event.what = bp[id].id;
  event.duration = base::Duration::fixed({kFor_s});
  const double structure_s = by_structure(bp, event);
  RC_ASSERT(std::fabs(by_clock(bp, fault) - structure_s) <= kSteps_s);
}

RC_GTEST_PROP(Clock, AZoneIsDownAsLongAsTheStructureSaysButForStartingAgain, ()) {
  const auto bp = support::make_blueprint(*random_blueprint());
  RC_PRE(can_run(bp));
  const auto groups = base::ids<blueprint::FateGroupId>(bp.fate_groups().size());
  Event event;
  event.kind = EventKind::zone_outage;
  for (const auto group : groups) {
    if (bp[group].kind == blueprint::FateKind::zone && holds_something(bp, group)) {
      event.group = group;
    }
  }
  RC_PRE(event.group.exists());
  event.what = bp[event.group].name;
  event.duration = base::Duration::fixed({kFor_s});
  auto fault = fault_at(kAt_s);
  fault.match.zone = blueprint::Value<std::string>::of(bp[event.group].name);
  const double structure_s = by_structure(bp, event);
  const double clock_s = by_clock(bp, fault);
  // Within a loop switching takes no time by the structure; on the clock who switches looks once a
  // second.
  const bool is_alike =
      structure_s > 0 ? clock_s > 0 || structure_s <= kSteps_s : clock_s <= kSteps_s;
  RC_ASSERT(is_alike);
  // Each component starts again in a time of its own: half of the draws of all of them are shorter
  // than the median of the whole, but not for each by itself.
  constexpr double kStarts_s = 300;
  RC_ASSERT(std::fabs(clock_s - structure_s) <= kStarts_s);
}

}  // namespace
}  // namespace outlast::agree
