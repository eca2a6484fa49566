#include "replay/places.h"

#include <algorithm>
#include <utility>

#include "failure/recovery.h"
#include "failure/timed.h"
#include "replay/exposure.h"
#include "replay/strikes.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::FateGroupId;
using blueprint::FateKind;
using incidents::Incident;
using incidents::Phase;

namespace {

/// The place of that name which a replica lies in; absent where it lies elsewhere.
FateGroupId place_of(const Blueprint& bp, const blueprint::Replica& replica,
                     const std::string& name) {
  std::vector<FateGroupId> groups = replica.fate_groups;
  if (replica.zone.exists()) {
    groups.push_back(replica.zone);
  }
  const auto found = std::find_if(groups.begin(), groups.end(), [&](FateGroupId id) {
    const auto& group = bp[id];
    return (group.kind == FateKind::zone || group.kind == FateKind::facility) && group.is_certain &&
           group.name == name;
  });
  return found == groups.end() ? FateGroupId() : *found;
}

/// From the phase on until the place is good again. Where that comes to one after the other, who is
/// when is a matter of luck.
base::Duration lasting(const Incident& incident, const Phase& phase) {
  constexpr double kP90 = 0.9;
  const auto ending = incidents::ending_of(incident, phase);
  const double from_s = ending.from_s - phase.at.value;
  const double spread_s = ending.until_s - ending.from_s;
  return spread_s > 0
             ? base::Duration::lognormal({from_s + spread_s / 2}, {from_s + kP90 * spread_s})
             : base::Duration::fixed({from_s});
}

/// The phase as an event of the place, whose ways back are known.
failure::Event event_of(const Blueprint& bp, const Incident& incident, const Phase& phase,
                        FateGroupId place) {
  const bool is_lost = phase.fault == incidents::Fault::destroy;
  failure::Event event;
  event.kind = is_lost ? failure::EventKind::zone_destroyed : failure::EventKind::zone_outage;
  event.group = place;
  event.what = bp[place].name;
  event.fault_class = incident.fault_class;
  event.duration = is_lost ? base::Duration::unbounded() : lasting(incident, phase);
  return event;
}

double quantile(std::vector<double> values, double p) {
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(p * static_cast<double>(values.size()));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// What its provider deletes, as it would with all of the account that it is in.
failure::Event deletion_of(const Blueprint& bp, const Incident& incident, ComponentId id) {
  failure::Event event;
  event.kind = failure::EventKind::account_lost;
  event.group = failure::group_of(bp, id, FateKind::account);
  event.what = bp[id].id;
  event.fault_class = incident.fault_class;
  event.duration = base::Duration::unbounded();
  return event;
}

/// How long a replica is down, and by luck. Whoever is back sooner than by waiting was started,
/// rebuilt or restored somewhere, and that cannot begin while nothing can be launched.
void find_way_back(failure::Recoveries& recoveries, const failure::Event& event,
                   const Timeline& launches, Struck& struck, double begins_s) {
  const auto ways = recoveries.of(event, struck.component);
  const auto waiting =
      recoveries.of(event, struck.component, failure::Bound::evidence, failure::Launching::never);
  std::vector<double> down(failure::kDraws);
  std::vector<double> held(failure::kDraws, 0);
  for (std::size_t d = 0; d < down.size(); ++d) {
    const double waits =
        failure::destroys(event.kind) ? failure::kForGood : waiting.over_s[d] + waiting.work_s[d];
    const double over = ways.over_s[d];
    if (over + ways.work_s[d] < waits && !ways.is_promoted) {
      held[d] = launches.first_below(kDown, begins_s + over) - begins_s - over;
    }
    down[d] = std::min(waits, over + held[d] + ways.work_s[d]);
  }
  for (std::size_t luck = 0; luck < kQuantiles.size(); ++luck) {
    struck.down_s[luck] = quantile(down, kQuantiles[luck]);
  }
  struck.down_s[static_cast<std::size_t>(Luck::middle)] = failure::median(std::move(down));
  struck.held_s = failure::median(std::move(held));
}

class Strikes {
 public:
  Strikes(const Blueprint& bp, const catalog::Catalog& catalog, const Incident& incident,
          const LaunchesLost& launches_lost)
      : bp_(bp), incident_(incident), launches_lost_(launches_lost), recoveries_(bp, catalog, 1) {}

  /// Replicas of a component in the place that a phase happens in.
  void in_place(std::size_t phase, ComponentId id, const std::string& name) {
    const auto& replicas = bp_[id].replicas;
    const bool all_are_there =
        std::all_of(replicas.begin(), replicas.end(),
                    [&](const auto& replica) { return place_of(bp_, replica, name).exists(); });
    for (std::size_t r = 0; r < replicas.size(); ++r) {
      const FateGroupId place = place_of(bp_, replicas[r], name);
      if (place.exists()) {
        strike({.component = id, .replica = r, .phase = phase},
               event_of(bp_, incident_, incident_.phases[phase], place), all_are_there);
      }
    }
  }

  /// All replicas, wherever they lie.
  void deletes(std::size_t phase, ComponentId id, Exposure exposure) {
    for (std::size_t r = 0; exposure != Exposure::spared && r < bp_[id].replicas.size(); ++r) {
      strike({.component = id, .replica = r, .phase = phase, .exposure = exposure},
             deletion_of(bp_, incident_, id), true);
    }
  }

  [[nodiscard]] std::vector<Struck> take() { return std::move(struck_); }

 private:
  void strike(Struck struck, const failure::Event& event, bool takes_all) {
    find_way_back(recoveries_, event, launches_lost_(struck.component), struck,
                  incident_.phases[struck.phase].at.value);
    const auto& c = bp_[struck.component];
    if (c.is_store && takes_all) {
      const failure::DataLoss loss = recoveries_.data_loss(event, struck.component);
      struck.data = {loss.kind, loss.seconds, {c.id}};
    }
    struck_.push_back(std::move(struck));
  }

  const Blueprint& bp_;
  const Incident& incident_;
  const LaunchesLost& launches_lost_;
  failure::Recoveries recoveries_;
  std::vector<Struck> struck_;
};

}  // namespace

std::vector<Struck> struck_replicas(const Blueprint& bp, const catalog::Catalog& catalog,
                                    const Incident& incident, const incidents::RoleTable& roles,
                                    const LaunchesLost& launches_lost) {
  Strikes strikes(bp, catalog, incident, launches_lost);
  for (std::size_t p = 0; p < incident.phases.size(); ++p) {
    const Phase& phase = incident.phases[p];
    const auto name = incident.roles.find(phase.match.place);
    for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
      if (is_deletion(phase)) {
        strikes.deletes(p, id, exposure_of(incident, phase, roles, bp, id));
      } else if (name != incident.roles.end() && plays_a_role(incident, phase, roles, bp, id)) {
        strikes.in_place(p, id, name->second);
      }
    }
  }
  return strikes.take();
}

}  // namespace outlast::replay
