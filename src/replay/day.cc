// An incident as a day for the clock.
//
// Problem. A replay knows what is lost by structure, and nothing of what is left being too small for
// those who come to it. The clock does, of a day with faults. Method: what a phase does to one component
// is a fault of that component, which loses the same requests, calls or launches for the same time.
// What lies in a place that burns loses its replicas for as long as they take to come back. The clock
// plays it with the users there are and with hardly any: only what those two differ in is told, so that
// a rule that one of them reads otherwise than a replay does nothing.

#include "replay/day.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/units.h"
#include "replay/load.h"
#include "replay/strikes.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Fault;
using blueprint::Operation;
using blueprint::ScenarioFault;
using blueprint::Value;
using incidents::Phase;

namespace {

constexpr double kLongest_s = base::kSecondsPerDay;

ScenarioFault fault_at(const Blueprint& bp, ComponentId id, const Phase& phase, double lasts_s) {
  ScenarioFault fault;
  fault.id = fmt::format("{} of {}", phase.id, bp[id].id);
  fault.what = phase.what;
  fault.at = {phase.at.value};
  fault.match.component = Value<std::string>::of(bp[id].id);
  if (std::isfinite(lasts_s)) {
    fault.lasts = Value<base::Seconds>::of({lasts_s});
  }
  return fault;
}

/// Requests are lost, whoever asks, and nothing comes back before the phase is over.
void lose_requests(const Phase& phase, ScenarioFault& fault) {
  fault.fault = Fault::degrade;
  fault.error = Value<base::Share>::of({phase.error ? phase.error->value : 1});
  for (const Operation operation : phase.match.operations) {
    if (operation == Operation::read || operation == Operation::write ||
        operation == Operation::list) {
      fault.operations.push_back(operation);
    }
  }
}

bool is_needed(const Blueprint& bp, ComponentId id) {
  return std::any_of(bp.needs().begin(), bp.needs().end(), [id](const blueprint::Need& need) {
    return std::find(need.any_of.begin(), need.any_of.end(), id) != need.any_of.end();
  });
}

/// What a phase does to a component; absent where load has no part in it.
std::optional<ScenarioFault> fault_of(const Blueprint& bp, const incidents::Incident& incident,
                                      const Phase& phase, ComponentId id) {
  const double lasts_s = incidents::ending_of(incident, phase).until_s - phase.at.value;
  ScenarioFault fault = fault_at(bp, id, phase, lasts_s);
  if (phase.reaches || phase.redraw) {
    fault.reaches = Value<base::Seconds>::of(
        {phase.redraw ? phase.redraw->all_after.value : phase.reaches->value});
  }
  if (strikes_whole(bp, phase, id, blueprint::kAllOperations)) {
    lose_requests(phase, fault);
    return fault;
  }
  if (phase.error) {
    fault.error = Value<base::Share>::of({phase.error->value});
  }
  if (phase.match.plane == blueprint::Plane::control) {
    fault.fault = Fault::down;
    fault.plane = blueprint::Plane::control;
    fault.operations = phase.match.operations;
    return fault;
  }
  if (phase.match.plane != blueprint::Plane::data || !is_needed(bp, id)) {
    return std::nullopt;
  }
  fault.operations = phase.match.operations;
  fault.fault = is_about_connections(phase) ? Fault::unresolve : Fault::degrade;
  return fault;
}

/// Replicas of one component that one phase strikes where they lie.
struct Fallen {
  std::size_t replicas = 0;
  double down_s = 0;
  std::optional<blueprint::FateGroupId> zone;  ///< of all of them
};

void strike_places(const Blueprint& bp, const Player& player, const Staging& staging,
                   std::vector<ScenarioFault>& faults) {
  std::map<std::pair<ComponentId, std::size_t>, Fallen> all;
  for (const Struck& struck : player.struck()) {
    if (staging.doubled.contains(struck.component) || !player.counts(struck, staging)) {
      continue;
    }
    const auto zone = bp[struck.component].replicas[struck.replica].zone;
    const auto [at, is_first] = all.try_emplace({struck.component, struck.phase});
    Fallen& fallen = at->second;
    ++fallen.replicas;
    fallen.down_s = std::max(fallen.down_s, struck.down(staging.luck));
    fallen.zone =
        (is_first || fallen.zone == zone) && zone.exists() ? std::optional(zone) : std::nullopt;
  }
  for (const auto& [where, fallen] : all) {
    const auto& [id, phase] = where;
    ScenarioFault fault = fault_at(bp, id, player.incident().phases[phase], fallen.down_s);
    fault.fault = Fault::degrade;
    fault.error = Value<base::Share>::of({1});
    fault.replicas = Value<std::int64_t>::of(static_cast<std::int64_t>(fallen.replicas));
    if (fallen.zone) {
      fault.match.zone = Value<std::string>::of(bp[*fallen.zone].name);
    }
    faults.push_back(std::move(fault));
  }
}

/// Users as the input has them over the day, from the incident's beginning on.
void bring_users(const Load& load, double starts_at_s, blueprint::Scenario& day) {
  const auto users_at = [&](double at_s) {
    return load.made_for * load.growth_at(starts_at_s + at_s);
  };
  day.users = Value<double>::of(users_at(0));
  for (const double at_s : load.changes_between(starts_at_s, 0, day.until->value)) {
    if (at_s > 0) {
      ScenarioFault change;
      change.id = fmt::format("users at {}", at_s);
      change.fault = Fault::surge;
      change.at = {at_s};
      change.users = Value<double>::of(users_at(at_s));
      day.faults.push_back(std::move(change));
    }
  }
}

bool knows_users(const Blueprint& bp, const Load& load) {
  return load.is_stated() || bp.objectives().users.now.is_known();
}

}  // namespace

bool knows_users(const Blueprint& bp) {
  return knows_users(bp, load_of(bp, ""));
}

std::optional<blueprint::Scenario> day_of(const Blueprint& bp, const Player& player,
                                          const Staging& staging) {
  const Load load = load_of(bp, "");
  if (!knows_users(bp, load)) {
    return std::nullopt;
  }
  blueprint::Scenario day;
  for (const Blow& blow : player.blows()) {
    if (player.counts(blow, staging) && blow.is_asked &&
        !staging.doubled.contains(blow.component)) {
      const Phase& phase = player.incident().phases[blow.phase];
      if (auto fault = fault_of(bp, player.incident(), phase, blow.component)) {
        day.faults.push_back(std::move(*fault));
      }
    }
  }
  strike_places(bp, player, staging, day.faults);
  if (day.faults.empty()) {
    return std::nullopt;
  }
  double over_s = 0;
  for (const ScenarioFault& fault : day.faults) {
    over_s = std::max(over_s,
                      fault.at.value + (fault.lasts.is_known() ? fault.lasts->value : kLongest_s));
  }
  constexpr double kAfter_s = 3600;  // long enough to see whether it comes back
  day.until = Value<base::Seconds>::of({std::min(kLongest_s, over_s + kAfter_s)});
  day.users = bp.objectives().users.now;
  if (load.is_stated()) {
    bring_users(load, staging.starts_at_s, day);
  }
  for (const auto& [id, replicas] : staging.more) {
    blueprint::ScenarioRecovery& more = day.recoveries.emplace_back();
    more.remedy = blueprint::Remedy::add_capacity;
    more.match.component = Value<std::string>::of(bp[id].id);
    more.replicas = Value<std::int64_t>::of(replicas);
  }
  std::stable_sort(day.faults.begin(), day.faults.end(),
                   [](const auto& a, const auto& b) { return a.at.value < b.at.value; });
  return day;
}

}  // namespace outlast::replay
