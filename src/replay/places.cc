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

double median_down(failure::Recoveries& recoveries, const failure::Event& event, ComponentId id) {
  const failure::OwnRecovery recovery = recoveries.of(event, id);
  std::vector<double> down(failure::kDraws);
  for (std::size_t d = 0; d < down.size(); ++d) {
    down[d] = recovery.over_s[d] + recovery.work_s[d];
  }
  return failure::median(std::move(down));
}

}  // namespace

std::vector<Struck> struck_in_places(const Blueprint& bp, const catalog::Catalog& catalog,
                                     const Incident& incident, const incidents::RoleTable& roles) {
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
        struck.push_back({id, r, p, median_down(recoveries, event, id), {}});
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
