#include "catalog/supplies.h"

#include <utility>

#include "catalog/field_reader.h"

namespace outlast::catalog {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNeed;
using blueprint::DraftPlacement;
using blueprint::Provenance;
using blueprint::Value;

namespace {

/// What every subnet draws its way out from, also where nothing lies in it.
void list_supplies_of_places(const Sight& sight, Draft& draft) {
  for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
    const TypeEntry& entry = sight.graph.entry(id);
    if (!is_place(entry) || sight.graph.resource(id).is_context) {
      continue;
    }
    const auto zone = FieldReader(sight.graph.resource(id), entry).text(Field::zones);
    for (const Reach& reach : sight.relays.reached(id)) {
      blueprint::DraftSupply supply{sight.id_of(id), zone, {}, sight.graph.resource(id).evidence};
      for (const ResourceId source : reach.any_of) {
        supply.any_of.push_back(sight.id_of(source));
      }
      draft.supplies.push_back(std::move(supply));
    }
  }
}

void add_supplies(const Sight& sight, ResourceId subnet, const DraftComponent& c, Draft& draft) {
  for (const Reach& reach : sight.relays.reached(subnet)) {
    for (const DraftPlacement& placement : c.placements) {
      blueprint::DraftSupply supply{
          sight.id_of(subnet), placement.zone, {}, sight.graph.resource(subnet).evidence};
      for (const ResourceId source : reach.any_of) {
        supply.any_of.push_back(sight.id_of(source));
      }
      draft.supplies.push_back(std::move(supply));
    }
  }
}

/// Where a subnet lies in all zones of a region, its way out feeds the zones of what lies in it.
void list_supplies_over_zones(const Sight& sight, Draft& draft) {
  for (const Link& link : sight.graph.links()) {
    if (link.rule->role != LinkRole::needs || link.rule->kind != blueprint::EdgeKind::supply) {
      continue;
    }
    for (const ResourceId owner : sight.folding.owners(link.subject)) {
      const auto at = sight.component_of.find(owner.index);
      if (at == sight.component_of.end() || !sight.graph.entry(owner).draws_way_out) {
        continue;
      }
      for (const ResourceId subnet : link.naming.targets) {
        if (sight.graph.entry(subnet).kind == blueprint::Kind::network &&
            sight.relays.is_relay(subnet)) {
          add_supplies(sight, subnet, draft.components[at->second], draft);
        }
      }
    }
  }
}

}  // namespace

std::vector<DraftNeed> needs_of_place(const Sight& sight, const Place& place, ResourceId placed) {
  std::vector<DraftNeed> needs;
  if (!place.subnet.exists() || !sight.graph.entry(placed).draws_way_out) {
    return needs;
  }
  for (const Reach& reach : sight.relays.reached(place.subnet)) {
    DraftNeed need;
    for (const ResourceId id : reach.any_of) {
      if (id != placed) {  // the gateway itself lies in a subnet too
        need.any_of.push_back(sight.id_of(id));
      }
    }
    if (need.any_of.empty()) {
      continue;
    }
    need.kind = Value<blueprint::EdgeKind>::of(reach.kind.value_or(blueprint::EdgeKind::supply),
                                               Provenance::catalog);
    need.is_local = true;
    need.confidence =
        reach.is_certain ? blueprint::Confidence::referenced : blueprint::Confidence::inferred;
    need.evidence = sight.graph.resource(place.subnet).evidence;
    needs.push_back(std::move(need));
  }
  return needs;
}

void list_supplies(const Sight& sight, Draft& draft) {
  list_supplies_of_places(sight, draft);
  list_supplies_over_zones(sight, draft);
}

}  // namespace outlast::catalog
