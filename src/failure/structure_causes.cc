// What takes down a replica or a component itself, as gates: its own fault, its places and what else
// it shares its fate with, and replicas that hold their group down.

#include <algorithm>
#include <iterator>
#include <set>

#include "failure/placements.h"
#include "failure/replicas.h"
#include "failure/structure.h"

namespace outlast::failure {

using base::GateId;
using base::VariableId;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::FateGroupId;
using blueprint::FateKind;

GateId Structure::own(ComponentId id, std::size_t replica, const Patience& patience) {
  const blueprint::Replica& r = bp_[id].replicas[replica];
  std::vector<GateId> causes;
  // At worst what may lie on one machine does, and fails as one.
  const bool is_on_first = reading_.placement == Bound::pessimistic && may_share_a_machine(bp_, id);
  if (const auto own = instance_.find({id, is_on_first ? 0 : replica}); own != instance_.end()) {
    causes.push_back(use(own->second, id, patience));
  }
  for (const FateGroupId group : r.fate_groups) {
    for (const EventId event : events_of_group_[group.index]) {
      causes.push_back(use(event, id, patience));
    }
  }
  // Started elsewhere, were it known that it may be: at best its zone is not missed at all.
  const Component& c = bp_[id];
  if (reading_.placement == Bound::optimistic && may_use_any_zone(c)) {
    return gates_.any(std::move(causes));
  }
  if (const FateGroupId zone = reading_.zone_of(r.zone); zone != r.zone) {
    causes.push_back(own_in_zone(id, r.zone, zone, patience));
  } else if (r.zone.exists()) {
    for (const EventId event : zone_events_of(r.zone, bp_[id].places_are_distinct)) {
      causes.push_back(use_of_zone(event, id, patience));
    }
  }
  return gates_.any(std::move(causes));
}

/// What takes down a replica whose zone is taken for another one: that one's events, for as long as
/// its own zone's would keep it out.
GateId Structure::own_in_zone(ComponentId id, FateGroupId zone, FateGroupId taken_for,
                              const Patience& patience) {
  std::vector<GateId> causes;
  for (const EventId event : events_of_group_[taken_for.index]) {
    for (const EventId own : events_of_group_[zone.index]) {
      if (events_[own].kind == events_[event].kind) {
        causes.push_back(use_for(event, out_beyond(own, id, patience)));
      }
    }
  }
  return gates_.any(std::move(causes));
}

/// The zone events that a replica in `zone` is taken to be hit by. Where the zone is not certain:
/// at best by none; at worst by each zone it can be, which for one of a whole region are the known
/// zones and as many unknown ones as the region may have beside them.
std::vector<EventId> Structure::zone_events_of(FateGroupId zone, bool keeps_apart) {
  const auto& group = bp_[zone];
  if (group.is_certain || reading_.placement == Bound::evidence || keeps_apart ||
      reading_.zones != nullptr) {
    const bool is_spared =
        !group.is_certain && reading_.placement == Bound::optimistic && reading_.zones == nullptr;
    return is_spared ? std::vector<EventId>{} : events_of_group_[zone.index];
  }
  if (reading_.placement == Bound::optimistic) {
    return {};
  }
  std::vector<EventId> all;
  for (const FateGroupId other : zones_it_can_be(zone)) {
    const auto& events = events_of_group_[other.index];
    all.insert(all.end(), events.begin(), events.end());
  }
  return all;
}

const std::vector<FateGroupId>& Structure::zones_it_can_be(FateGroupId zone) {
  const auto& group = bp_[zone];
  if (!group.candidates.empty()) {
    return group.candidates;
  }
  const auto [known, is_new] = zones_of_region_.try_emplace({group.provider, group.region});
  if (!is_new) {
    return known->second;
  }
  const auto* region = catalog_.region(group.provider, group.region);
  const std::size_t zones = region == nullptr || region->zones <= 0
                                ? kMostZones
                                : static_cast<std::size_t>(region->zones);
  std::vector<FateGroupId>& all = known->second;
  std::vector<FateGroupId> unknown;
  for (const FateGroupId other : base::ids<FateGroupId>(bp_.fate_groups().size())) {
    const auto& candidate = bp_[other];
    if (candidate.kind == FateKind::zone && candidate.provider == group.provider &&
        candidate.region == group.region) {
      (candidate.is_certain ? all : unknown).push_back(other);
    }
  }
  const std::size_t room = zones > all.size() ? zones - all.size() : 1;
  unknown.resize(std::min(unknown.size(), room));
  all.insert(all.end(), unknown.begin(), unknown.end());
  return all;
}

/// A component that another zone's event is taken to hit is out as long as its own zone's would
/// keep it out.
GateId Structure::use_of_zone(EventId event, ComponentId id, const Patience& patience) {
  if (out_s(event, id) > 0) {
    return use(event, id, patience);
  }
  EventVariables& known = variables_of(event);
  return known.levels.front().gate;
}

/// The gate where no event of the zone happens: what a replica needed there matters no longer while
/// the zone is down, because by then it is started elsewhere. Its own time out is in its own cause.
/// Every gate is rebuilt once per zone, inputs first: they have smaller indices.
GateId Structure::without_zone(GateId gate, FateGroupId zone) {
  const FateGroupId taken = reading_.zone_of(zone);
  if (!taken.exists()) {
    return gate;
  }
  auto& known = without_zone_[taken];
  std::set<GateId> open = {gate};
  std::vector<GateId> order;
  while (!open.empty()) {  // from the greatest index down: all above a gate are seen before it
    const GateId next = *open.rbegin();
    open.erase(std::prev(open.end()));
    if (!known.contains(next)) {
      order.push_back(next);
      const auto inputs = gates_.inputs(next);
      open.insert(inputs.begin(), inputs.end());
    }
  }
  for (auto at = order.rbegin(); at != order.rend(); ++at) {
    known.emplace(*at, rebuilt(*at, known, taken));
  }
  return known.at(gate);
}

/// A gate over the counterparts of its inputs; variables of a place's events are never true.
GateId Structure::rebuilt(GateId gate, const std::map<GateId, GateId>& known, FateGroupId gone) {
  const auto is_gone = [&](VariableId variable) {
    const EventId of = event_of_[variable.index];
    return of.exists() && !events_[of].component.exists() && events_[of].group == gone;
  };
  std::vector<GateId> inputs;
  for (const GateId input : gates_.inputs(gate)) {
    inputs.push_back(known.at(input));
  }
  switch (gates_.kind(gate)) {
    case base::GateKind::variable:
      return is_gone(gates_.variable_of(gate)) ? gates_.never() : gate;
    case base::GateKind::all:
      return gates_.all(std::move(inputs));
    case base::GateKind::any:
      return gates_.any(std::move(inputs));
    case base::GateKind::at_least:
      return gates_.at_least(gates_.threshold(gate), std::move(inputs));
    case base::GateKind::negation:  // a structure function has none
    case base::GateKind::constant_false:
    case base::GateKind::constant_true:
      break;
  }
  return gate;
}

GateId Structure::shock(EventId event, ComponentId id, const Patience& patience) {
  const GateId shock = use(event, id, patience);
  const double share = hit_share(bp_, catalog_, id);
  if (share >= 1 || shock == gates_.never()) {
    return shock;
  }
  const FateGroupId service = group_of(bp_, id, FateKind::service);
  const auto key = std::pair(events_[event].group, service.exists() ? bp_[service].name : "");
  const auto [at, is_new] = hits_.try_emplace(key);
  if (is_new) {
    at->second = gates_.add_variable();
    probability_.push_back(share);
    event_of_.emplace_back();
  }
  return gates_.all({shock, gates_.variable(at->second)});
}

/// Replicas whose fault may hold the whole group down (N), seen from behind buffers.
void Structure::add_holds(ComponentId id, const Patience& patience, std::vector<GateId>& causes) {
  for (std::size_t r = 0; r < bp_[id].replicas.size(); ++r) {
    const auto own = instance_.find({id, r});
    if (own == instance_.end() || !impacts_[own->second].coverage) {
      continue;
    }
    const auto [at, is_new] = holds_.try_emplace({own->second, patience}, gates_.never());
    if (is_new) {
      EventVariables& event = variables_of(own->second);
      at->second = gates_.variable(event.variables[1]);
      if (!patience.is_none()) {
        const auto freed = base::Duration::exponential({event.coverage->freed_s});
        const double felt = patience.mean_felt_s(0, freed) / event.coverage->freed_s;
        const VariableId lasts =
            add_variable(event, std::min(felt, 1.0), patience.share_felt(0, freed),
                         felt * event.coverage->freed_s);
        at->second = gates_.all({at->second, gates_.variable(lasts)});
      }
    }
    causes.push_back(at->second);
  }
}

GateId Structure::whole(ComponentId id, const Patience& patience) {
  std::vector<GateId> causes;
  for (const EventId event : events_of_whole_[id.index]) {
    causes.push_back(use(event, id, patience));
  }
  for (const FateGroupId group : bp_[id].fate_groups) {
    for (const EventId event : events_of_group_[group.index]) {
      const EventKind kind = events_[event].kind;
      const bool is_shock = kind == EventKind::region_outage || kind == EventKind::provider_outage;
      causes.push_back(is_shock ? shock(event, id, patience) : use(event, id, patience));
    }
  }
  const Component& c = bp_[id];
  add_holds(id, patience, causes);
  const FateGroupId zone = c.replicas.front().zone;
  if (c.places_are_distinct && zone.exists() && !bp_[zone].is_certain &&
      reading_.placement == Bound::pessimistic && reading_.zones == nullptr) {
    // No two replicas in one zone: one zone event takes at most one of them, whichever it is.
    std::vector<GateId> zones;
    for (const FateGroupId other : zones_it_can_be(zone)) {
      for (const EventId event : events_of_group_[other.index]) {
        zones.push_back(use_of_zone(event, id, patience));
      }
    }
    causes.push_back(gates_.at_least(c.replicas.size() - c.at_least + 1, std::move(zones)));
  }
  return gates_.any(std::move(causes));
}

}  // namespace outlast::failure
