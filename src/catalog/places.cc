#include "catalog/places.h"

#include <algorithm>

#include "catalog/field_reader.h"

namespace outlast::catalog {

using blueprint::Value;

namespace {

constexpr std::size_t kMostSteps = 6;  // subnet groups of subnet groups do not exist

void add(Places& places, Place place) {
  const bool is_known = std::any_of(places.all.begin(), places.all.end(), [&](const Place& p) {
    return p.label == place.label && p.subnet == place.subnet;
  });
  if (!is_known) {
    places.all.push_back(std::move(place));
  }
}

void collect(const ResourceGraph& graph, ResourceId id, std::size_t depth, Places& out);

void follow_placement(const ResourceGraph& graph, ResourceId id, std::size_t depth, Places& out) {
  for (const std::size_t index : graph.links_of(id)) {
    const Link& link = graph.links()[index];
    if (link.rule->role != LinkRole::placement) {
      continue;
    }
    for (const ResourceId target : link.naming.targets) {
      collect(graph, target, depth + 1, out);
    }
    for (const std::string& outside : link.naming.outside) {
      add(out, {Value<std::string>::unknown(link.naming.evidence.span), outside, {}});
    }
    if (link.naming.leaves_open()) {
      out.are_complete = false;
    }
  }
}

/// A resource that names its zone itself lies there, in whichever of the subnets it may use.
void keep_own_zones(const std::vector<Value<std::string>>& zones, Places& places) {
  std::vector<Place> kept;
  for (const auto& zone : zones) {
    if (!zone.is_known()) {
      places.are_complete = places.are_complete && !places.all.empty();
      continue;
    }
    const auto same = std::find_if(places.all.begin(), places.all.end(), [&](const Place& p) {
      return p.zone.is_known() && *p.zone == *zone;
    });
    kept.push_back(same == places.all.end() ? Place{zone, *zone, {}} : *same);
  }
  if (!kept.empty()) {
    places.all.clear();
    for (Place& place : kept) {
      add(places, std::move(place));
    }
  }
}

/// Members that name their zones lie there, before the cluster's subnets are asked; the others may
/// lie in any of these.
void pin_members(const ResourceGraph& graph, const std::vector<ResourceId>& members,
                 Places& places) {
  std::vector<Value<std::string>> pinned;
  bool all_are = true;
  for (const ResourceId id : members) {
    const auto zones = FieldReader(graph.resource(id), graph.entry(id)).texts(Field::zones);
    if (zones.size() == 1 && zones.front().is_known()) {
      pinned.push_back(zones.front());
    } else {
      all_are = false;
    }
  }
  const Places others = places;
  keep_own_zones(pinned, places);
  if (!all_are) {
    for (const Place& place : others.all) {
      add(places, place);
    }
    places.are_complete = others.are_complete && !others.all.empty();
  } else if (!pinned.empty()) {
    places.are_complete = true;
  }
}

/// Does it stand for all that one declaration of Terraform makes, of which nobody can tell how many
/// there are? What a template makes under a condition is one or none.
bool stands_for_many(const blueprint::DraftResource& resource) {
  return !resource.made_if.empty() && resource.written_type.empty();
}

/// What a resource says of zones itself; a relay that does (a subnet) is a place.
void collect(const ResourceGraph& graph, ResourceId id, std::size_t depth, Places& out) {
  if (depth > kMostSteps) {
    return;
  }
  const TypeEntry& entry = graph.entry(id);
  const auto& resource = graph.resource(id);
  const auto zones = FieldReader(resource, entry).texts(Field::zones);
  if (is_place(entry)) {
    const auto unknown = Value<std::string>::unknown(resource.evidence.span);
    add(out, {zones.empty() ? unknown : zones.front(), resource.address, id});
    if (stands_for_many(resource)) {
      add(out, {unknown, "others of " + resource.group, id});
    }
    return;
  }
  Places followed;
  follow_placement(graph, id, depth, followed);
  keep_own_zones(zones, followed);
  out.are_complete = out.are_complete && followed.are_complete;
  for (Place& place : followed.all) {
    add(out, std::move(place));
  }
}

/// The zones of all members, where each of them tells its own.
std::vector<Value<std::string>> zones_of_members(const ResourceGraph& graph,
                                                 const std::vector<ResourceId>& members) {
  std::vector<Value<std::string>> all;
  for (const ResourceId id : members) {
    const auto zones = FieldReader(graph.resource(id), graph.entry(id)).texts(Field::zones);
    if (zones.empty() || !zones.front().is_known()) {
      return {};
    }
    const auto is_same = [&](const Value<std::string>& zone) { return *zone == *zones.front(); };
    if (std::none_of(all.begin(), all.end(), is_same)) {
      all.push_back(zones.front());
    }
  }
  return all;
}

}  // namespace

bool is_place(const TypeEntry& entry) {
  return entry.becomes == Becomes::relay &&
         std::any_of(entry.reads.begin(), entry.reads.end(),
                     [](const ReadRule& rule) { return rule.field == Field::zones; });
}

Places places_of(const ResourceGraph& graph, const Folding& folding, ResourceId component) {
  Places places;
  const auto& merged = folding.merged(component);
  for (const ResourceId id : merged) {
    const auto replicas = FieldReader(graph.resource(id), graph.entry(id)).integer(Field::replicas);
    if (merged.size() == 1 || replicas.value_or(1) > 0) {  // nothing lies where a group is empty
      collect(graph, id, 0, places);
    }
  }
  pin_members(graph, folding.members(component), places);
  const auto borrow = [&](const std::vector<ResourceId>& from) {
    for (const ResourceId id : from) {
      collect(graph, id, 0, places);
    }
  };
  // A cluster may lie in many zones, and its members lie in some of them.
  keep_own_zones(zones_of_members(graph, folding.members(component)), places);
  if (places.all.empty()) {
    borrow(folding.members(component));
  }
  if (places.all.empty()) {
    borrow(folding.parts(component));
  }
  return places;
}

}  // namespace outlast::catalog
