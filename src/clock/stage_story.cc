// What the scenario itself says: its faults with how they heal, and its recoveries.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "base/units.h"
#include "clock/match.h"
#include "clock/staging.h"

namespace outlast::clock {

using base::format_duration;
using blueprint::ComponentId;
using blueprint::Fault;
using engines::simulation::Quantity;
using findings::Told;

namespace {

/// Do users come in at something that loses more, by structure, once this has begun?
bool is_felt(const Stage& stage, const Wound& wound) {
  constexpr double kMoment_s = 1e-3;
  const double begun_s = wound.begins_s + wound.rises_s;
  return std::any_of(
      stage.bp.journeys().begin(), stage.bp.journeys().end(), [&](const auto& journey) {
        return std::any_of(journey.cohorts.begin(), journey.cohorts.end(), [&](const auto& cohort) {
          const Timeline lost = stage.course.whole(cohort.enters);
          return lost.lost_at(begun_s + kMoment_s) > lost.lost_at(wound.begins_s - kMoment_s);
        });
      });
}

/// "read and write".
std::string operations_text(const blueprint::ScenarioFault& fault) {
  std::vector<std::string> names;
  for (const auto operation : fault.operations) {
    names.emplace_back(blueprint::name_of(operation));
  }
  names.insert(names.end(), fault.own_operations.begin(), fault.own_operations.end());
  return base::join_words(names);
}

void tell_wound(Stage& stage, const Wound& wound, const Healing& healing) {
  const auto& c = stage.bp[wound.component];
  const bool is_whole = wound.replicas.empty() || wound.replicas.size() == c.replicas.size();
  const std::string who =
      is_whole ? "" : fmt::format("{} of {} replicas ", wound.replicas.size(), c.replicas.size());
  const auto& fault = stage.scenario.faults[wound.fault];
  const bool is_misjudged = fault.fault == Fault::missense;
  const bool is_fenced = fault.fault == Fault::cut && !fault.from.is_empty();
  const std::string loses =
      fault.is_of_some() ? fmt::format("loses {:.3g} % of the requests to {}", 100 * wound.lost,
                                       operations_text(fault))
      : is_misjudged && wound.lost <= 0 ? "all taken for dead: requests are led to all of them"
      : wound.lost < 1 ? fmt::format("loses {:.3g} % of its requests", 100 * wound.lost)
      : is_fenced      ? "cut off from too many of the others"
      : is_misjudged   ? "taken for dead"
      : who.empty()    ? "is down"
                       : "down";
  const double hit = is_whole ? 1
                              : static_cast<double>(wound.replicas.size()) /
                                    static_cast<double>(c.replicas.size());
  // What takes nothing from users by structure is named only where nothing does.
  constexpr double kOfLittleWeight = 0.01;
  const double weight = is_felt(stage, wound) ? 1 : kOfLittleWeight;
  stage.weigh(weight * wound.lost * wound.of_users * hit,
              fmt::format("{} {}{}", c.name, who, loses));
  stage.tell(wound.begins_s, wound.component, who + loses, stage.text_of(wound.fault),
             Told::scenario);
  if (!std::isfinite(healing.up_s)) {
    stage.tell(wound.begins_s, wound.component, "nothing brings it back while this is watched",
               stage.text_of(wound.fault));
    return;
  }
  const double took_s = healing.up_s - wound.begins_s;
  const double work_s = healing.is_elsewhere ? wound.launch_s : wound.work_s;
  std::string cause = fmt::format("after {}", format_duration({took_s}));
  if (healing.waited_s >= 1) {
    cause +=
        fmt::format(", {} of it waiting for what it takes to {}",
                    format_duration({healing.waited_s}), healing.is_elsewhere ? "launch" : "start");
  }
  if (work_s >= 1 && work_s < took_s) {
    cause += fmt::format(", {} of it to start {}", format_duration({work_s}),
                         healing.is_elsewhere ? "elsewhere" : "again");
  }
  if (wound.needs_people && !healing.is_elsewhere) {
    cause += fmt::format("; people {} it", wound.action);
  }
  stage.tell(healing.up_s, wound.component, who.empty() ? "is back" : who + "back", cause);
}

void tell_data(Stage& stage, const DataGone& gone) {
  using Kind = failure::DataLoss::Kind;
  const std::string event =
      gone.loss.kind == Kind::all ? "loses all of its data"
      : gone.loss.kind == Kind::seconds
          ? fmt::format("loses the last {} of its data", format_duration({gone.loss.seconds}))
          : "may lose all of its data";
  stage.tell(stage.scenario.faults[gone.fault].at.value, gone.store, event,
             stage.text_of(gone.fault));
}

void add_capacity(Stage& stage, const blueprint::ScenarioRecovery& recovery, double at_s) {
  base::Diagnostics told;  // that the match names something was asked before
  for (const ComponentId id : matched(stage.bp, recovery.match, told)) {
    const auto more = static_cast<std::size_t>(*recovery.replicas);
    const auto allowed = allowed_over_time(stage.bp, stage.damage, stage.course, id);
    const double launched_s = launch_from(allowed, stage.bp[id].replicas.size() + more, at_s);
    if (!std::isfinite(launched_s)) {
      stage.tell(at_s, id, fmt::format("{} replicas more cannot be had", more));
      continue;
    }
    const double ready_s = launched_s + recovery.reaches.value_or({0}).value;
    const auto& parts = stage.out.load.parts;
    const auto to = std::find_if(parts.begin(), parts.end(), [&](const auto& part) {
      return part.component == id && !part.is_further;
    });
    if (to != parts.end() && stage.has_capacity(static_cast<std::size_t>(to - parts.begin()))) {
      stage.change(ready_s, Quantity::more_replicas, static_cast<std::size_t>(to - parts.begin()),
                   static_cast<double>(more));
      stage.tell(ready_s, id, fmt::format("{} replicas more", more),
                 launched_s > at_s ? fmt::format("{} late: they could not be launched",
                                                 format_duration({launched_s - at_s}))
                                   : "");
    }
  }
}

/// Does a recovery wait for what it is to bring back itself, until that is back without it?
bool waits_for_itself(const Stage& stage, const blueprint::ScenarioRecovery& recovery,
                      const Done& done) {
  const auto& wounds = stage.damage.wounds;
  return std::any_of(wounds.begin(), wounds.end(), [&](const Wound& wound) {
    const auto& id = stage.scenario.faults[wound.fault].id;
    const double back_s = std::min(wound.over_s + wound.work_s, wound.launch_s) + wound.begins_s;
    return stage.bp[wound.component].name == done.waits_for && back_s <= done.at_s &&
           std::find(recovery.ends.begin(), recovery.ends.end(), id) != recovery.ends.end();
  });
}

void tell_recovery(Stage& stage, const blueprint::ScenarioRecovery& recovery, const Done& done) {
  const std::string what =
      recovery.what.empty() ? std::string(blueprint::name_of(recovery.remedy)) : recovery.what;
  if (!std::isfinite(done.at_s)) {
    stage.tell(recovery.at.value, {}, what + ": cannot be done",
               done.waits_for + " is needed for it and does not come back", Told::scenario);
    return;
  }
  if (waits_for_itself(stage, recovery, done)) {
    stage.tell(
        recovery.at.value, {}, what + ": does nothing",
        fmt::format("it needs {}, which it is to bring back, and which comes back without it",
                    done.waits_for),
        Told::scenario);
    return;
  }
  stage.tell(done.at_s, {}, what,
             done.waits_for.empty()
                 ? ""
                 : fmt::format("{} late: it waited for {}",
                               format_duration({done.at_s - recovery.at.value}), done.waits_for),
             Told::scenario);
  stage.out.last_s = std::max(stage.out.last_s, done.at_s);
  if (recovery.remedy == blueprint::Remedy::add_capacity) {
    add_capacity(stage, recovery, done.at_s);
  }
}

}  // namespace

void tell_scenario(Stage& stage) {
  for (const auto& fault : stage.scenario.faults) {
    stage.out.last_s = std::max(stage.out.last_s, fault.at.value);
    if (fault.fault == Fault::surge) {
      const double within_s = fault.within.value_or({0}).value;
      const std::string within = within_s > 0 ? " within " + format_duration({within_s}) : "";
      stage.tell(fault.at.value, {},
                 fmt::format("users become {}{}", findings::count_text(*fault.users), within),
                 fault.what, Told::scenario);
      stage.out.last_s = std::max(stage.out.last_s, fault.at.value + within_s);
    }
  }
  for (std::size_t w = 0; w < stage.damage.wounds.size(); ++w) {
    tell_wound(stage, stage.damage.wounds[w], stage.course.healing[w]);
  }
  for (const Aside& unasked : stage.damage.unasked) {
    const auto& fault = stage.scenario.faults[unasked.fault];
    stage.tell(fault.at.value, unasked.component,
               fmt::format("nobody here asks it for {}", operations_text(fault)),
               stage.text_of(unasked.fault), Told::scenario);
  }
  for (const Aside& split : stage.damage.split) {
    stage.tell(stage.scenario.faults[split.fault].at.value, split.component,
               "both sides of the cut may go on taking writes", stage.text_of(split.fault));
  }
  for (const DataGone& gone : stage.damage.data) {
    tell_data(stage, gone);
  }
  for (const Aside& aside : stage.damage.aside) {
    const auto& fault = stage.scenario.faults[aside.fault];
    if (fault.plane != blueprint::Plane::control) {
      stage.tell(
          fault.at.value, aside.component,
          fault.plane == blueprint::Plane::observe ? "cannot be seen" : "cannot be worked with",
          stage.text_of(aside.fault), Told::scenario);
    }
  }
  for (std::size_t r = 0; r < stage.scenario.recoveries.size(); ++r) {
    tell_recovery(stage, stage.scenario.recoveries[r], stage.course.done[r]);
  }
}

}  // namespace outlast::clock
