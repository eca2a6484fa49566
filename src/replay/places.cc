#include "replay/places.h"

#include <algorithm>
#include <map>

#include "failure/recovery.h"
#include "failure/timed.h"
#include "replay/exposure.h"

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

/// The phase as an event of the place, whose ways back are known.
failure::Event event_of(const Blueprint& bp, const Incident& incident, const Phase& phase,
                        FateGroupId place) {
  const bool is_lost = phase.fault == incidents::Fault::destroy;
  failure::Event event;
  event.kind = is_lost ? failure::EventKind::zone_destroyed : failure::EventKind::zone_outage;
  event.group = place;
  event.what = bp[place].name;
  event.fault_class = incident.fault_class;
  event.duration =
      is_lost
          ? base::Duration::unbounded()
          : base::Duration::fixed({incidents::ending_of(incident, phase).until_s - phase.at.value});
  return event;
}

double quantile(std::vector<double> values, double p) {
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(p * static_cast<double>(values.size()));
  std::nth_element(values.begin(), at, values.end());
  return *at;
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

}  // namespace

std::vector<Struck> struck_in_places(const Blueprint& bp, const catalog::Catalog& catalog,
                                     const Incident& incident, const incidents::RoleTable& roles,
                                     const LaunchesLost& launches_lost) {
  std::vector<Struck> struck;
  failure::Recoveries recoveries(bp, catalog, 1);
  for (std::size_t p = 0; p < incident.phases.size(); ++p) {
    const Phase& phase = incident.phases[p];
    const auto name = incident.roles.find(phase.match.place);
    for (std::size_t i = 0; name != incident.roles.end() && i < bp.components().size(); ++i) {
      const ComponentId id(i);
      const auto& c = bp[id];
      if (!plays_a_role(incident, phase, roles, bp, id)) {
        continue;
      }
      const bool all_are_there = std::all_of(
          c.replicas.begin(), c.replicas.end(),
          [&](const auto& replica) { return place_of(bp, replica, name->second).exists(); });
      for (std::size_t r = 0; r < c.replicas.size(); ++r) {
        const FateGroupId place = place_of(bp, c.replicas[r], name->second);
        if (!place.exists()) {
          continue;
        }
        const failure::Event event = event_of(bp, incident, phase, place);
        struck.push_back({id, r, p, {}, 0, {}});
        find_way_back(recoveries, event, launches_lost(id), struck.back(), phase.at.value);
        if (c.is_store && all_are_there) {
          const failure::DataLoss loss = recoveries.data_loss(event, id);
          struck.back().data = {loss.kind, loss.seconds, {c.id}};
        }
      }
    }
  }
  return struck;
}

}  // namespace outlast::replay
