// Where the replicas of a component lie.
//
// A component of scope `zone` has n replicas and a list of places: zones, or subnets of which the
// zone may not be known. Replicas are dealt over the places in turn.
// What is not known stays visible: a subnet without a zone is an *uncertain* zone of its own,
// named after the subnet, so that two components in one subnet share it; a single replica that
// may lie in any of several places lies in an uncertain zone with these as candidates.
// Replicas that are kept apart have an uncertain zone each where no place is told.
// Failure analysis takes uncertain zones as apart from all others, and bounds the answer by both
// ends: hit by no zone, hit by every zone it could be.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "blueprint/blueprint_maker.h"

namespace outlast::blueprint {
namespace {

constexpr std::size_t kNoPlacement = static_cast<std::size_t>(-1);
/// One of the draft's placements, it is not known which.
constexpr std::size_t kAnyPlacement = static_cast<std::size_t>(-2);

bool is_alike(const DraftNeed& a, const DraftNeed& b) {
  const auto same = [](const auto& x, const auto& y) {
    return x.is_known() == y.is_known() && (!x.is_known() || *x == *y);
  };
  return a.any_of == b.any_of && same(a.kind, b.kind) && same(a.strength, b.strength);
}

/// Does every place of the component have this need?
bool is_everywhere(const DraftNeed& need, const DraftComponent& draft) {
  return std::all_of(draft.placements.begin(), draft.placements.end(), [&](const auto& place) {
    return std::any_of(place.local_needs.begin(), place.local_needs.end(),
                       [&](const DraftNeed& other) { return is_alike(need, other); });
  });
}

}  // namespace

FateGroupId BlueprintMaker::fate_group(FateGroup group) {
  const auto key = std::tuple(group.kind, group.provider, group.account, group.region, group.name);
  const auto known = fate_ids_.find(key);
  if (known != fate_ids_.end()) {
    return known->second;
  }
  const FateGroupId id = bp_.fate_groups_.push_back(std::move(group));
  fate_ids_.emplace(key, id);
  return id;
}

FateGroupId BlueprintMaker::uncertain_zone(const Component& component, const std::string& label,
                                           std::vector<FateGroupId> candidates) {
  FateGroup group;
  group.kind = FateKind::zone;
  group.provider = component.provider;
  group.account = component.account;
  group.region = component.region.value_or("");
  group.name = "zone of " + label;
  if (label == component.id) {
    group.title = "the zone of " + component.name;
  }
  group.is_certain = false;
  group.candidates = std::move(candidates);
  return fate_group(std::move(group));
}

FateGroupId BlueprintMaker::zone_of(const DraftPlacement& placement, const Component& component) {
  if (!placement.zone.is_known()) {
    return uncertain_zone(component, placement.label, {});
  }
  FateGroup group;
  group.kind = FateKind::zone;
  group.provider = component.provider;
  group.account = component.account;
  group.region = component.region.value_or("");
  group.name = *placement.zone;
  return fate_group(std::move(group));
}

/// The zones to deal replicas over, each once, with the placement they come from.
std::vector<BlueprintMaker::PlaceGroup> BlueprintMaker::places_of(const DraftComponent& draft,
                                                                  const Component& component) {
  std::vector<PlaceGroup> places;
  for (std::size_t i = 0; i < draft.placements.size(); ++i) {
    const FateGroupId zone = zone_of(draft.placements[i], component);
    const bool is_known = std::any_of(places.begin(), places.end(),
                                      [&](const PlaceGroup& p) { return p.zone == zone; });
    if (!is_known) {
      places.push_back({zone, i});
    }
  }
  if (places.empty() && draft.placements_are_distinct && component.replicas.size() > 1) {
    for (std::size_t i = 0; i < component.replicas.size(); ++i) {
      const FateGroupId zone =
          uncertain_zone(component, fmt::format("{} {}", component.id, i + 1), {});
      bp_.fate_groups_[zone].title = fmt::format("zone {} of {}", i + 1, component.name);
      places.push_back({zone, kNoPlacement});
    }
    return places;
  }
  if (places.empty()) {
    const FateGroupId zone = uncertain_zone(component, component.id, {});
    bp_.fate_groups_[zone].may_be_several = component.replicas.size() > 1 && draft.is_spread;
    return {{zone, kNoPlacement}};
  }
  const bool lies_in_one =
      component.replicas.size() == 1 || !draft.is_spread || draft.may_share_places;
  if (lies_in_one && places.size() > 1) {
    std::vector<FateGroupId> candidates;
    for (const PlaceGroup& place : places) {
      candidates.push_back(place.zone);
    }
    const FateGroupId zone = uncertain_zone(component, component.id, std::move(candidates));
    bp_.fate_groups_[zone].may_be_several = component.replicas.size() > 1 && draft.is_spread;
    return {{zone, kAnyPlacement}};
  }
  return places;
}

void BlueprintMaker::place_replicas(const DraftComponent& draft, Component& component) {
  const auto places = places_of(draft, component);
  for (const PlaceGroup& place : places) {
    if (places.size() == 1 && place.placement == kNoPlacement) {
      break;  // one place that nobody names says nothing of the zones that may be used
    }
    const auto& candidates = bp_.fate_groups_[place.zone].candidates;
    component.zones.insert(component.zones.end(), candidates.begin(), candidates.end());
    if (candidates.empty()) {
      component.zones.push_back(place.zone);
    }
  }
  std::vector<std::size_t> placements;
  for (std::size_t i = 0; i < component.replicas.size(); ++i) {
    const PlaceGroup& place = places[i % places.size()];
    component.replicas[i].zone = place.zone;
    placements.push_back(place.placement);
  }
  placement_of_replica_.emplace(component.id, std::move(placements));
}

/// What a place needs, each replica in it needs. One that may lie in any of several surely needs
/// only what all of them do.
void BlueprintMaker::add_needs_of_places(const DraftComponent& draft, ComponentId id) {
  const auto placements = placement_of_replica_.find(draft.id);
  if (placements == placement_of_replica_.end()) {
    return;
  }
  for (std::size_t p = 0; p < draft.placements.size(); ++p) {
    for (const DraftNeed& need : draft.placements[p].local_needs) {
      NeedId shared;
      for (std::size_t i = 0; i < placements->second.size(); ++i) {
        if (placements->second[i] == p) {
          shared = shared.exists() ? shared : add_need(need, id);
          bp_.components_[id].replicas[i].local_needs.push_back(shared);
        }
      }
    }
  }
  if (placements->second.front() == kAnyPlacement) {
    add_needs_of_any_place(draft, id);
  }
}

void BlueprintMaker::add_needs_of_any_place(const DraftComponent& draft, ComponentId id) {
  std::vector<DraftNeed> told;
  for (const DraftPlacement& place : draft.placements) {
    for (DraftNeed need : place.local_needs) {
      const bool is_told = std::any_of(
          told.begin(), told.end(), [&](const DraftNeed& other) { return is_alike(need, other); });
      if (is_told) {
        continue;
      }
      told.push_back(need);
      if (!is_everywhere(need, draft)) {
        need.confidence = Confidence::inferred;
      }
      const NeedId shared = add_need(need, id);
      for (Replica& replica : bp_.components_[id].replicas) {
        replica.local_needs.push_back(shared);
      }
    }
  }
}

void BlueprintMaker::share_fates(const DraftComponent& draft, Component& component) {
  const std::string region = component.region.value_or("");
  if (component.scope != Scope::global && !component.provider.empty()) {
    FateGroup group;
    group.kind = FateKind::region;
    group.provider = component.provider;
    group.region = region;
    group.name = region.empty() ? "a region not known" : region;
    group.is_certain = !region.empty();
    component.fate_groups.push_back(fate_group(std::move(group)));
  }
  if (component.kind != Kind::external && !component.provider.empty()) {
    FateGroup provider;
    provider.kind = FateKind::provider;
    provider.provider = provider.name = component.provider;
    component.fate_groups.push_back(fate_group(std::move(provider)));
    FateGroup account;
    account.kind = FateKind::account;
    account.provider = component.provider;
    account.account = component.account;
    account.name = component.account.empty() ? component.provider
                                             : component.provider + " " + component.account;
    component.fate_groups.push_back(fate_group(std::move(account)));
  }
  if (draft.service.is_known()) {
    FateGroup group;
    group.kind = FateKind::service;
    group.provider = component.provider;
    group.region = component.scope == Scope::global ? "" : region;
    group.is_certain = component.scope == Scope::global || !region.empty();
    group.name = *draft.service;
    component.fate_groups.push_back(fate_group(std::move(group)));
  }
  for (const auto& [kind_name, names] : draft.fate) {
    const auto kind = parse_name<FateKind>(kind_name);
    for (std::size_t i = 0; kind && i < component.replicas.size(); ++i) {
      FateGroup group;
      group.kind = *kind;
      group.name = names[i % names.size()];
      component.replicas[i].fate_groups.push_back(fate_group(std::move(group)));
    }
  }
}

/// The share that carries the load stays as it is.
void BlueprintMaker::limit_replicas(const DraftComponent& draft, std::int64_t wanted,
                                    Component& component) {
  diagnostics_.warning(
      "OUT-E1232", draft.replicas.span().exists() ? draft.replicas.span() : draft.evidence.span,
      fmt::format("{} has {} replicas; {} are modelled", component.id, wanted, kMostReplicas),
      "is the number right?");
  assume(component.id + ": replicas", std::to_string(kMostReplicas),
         fmt::format("the input says {}; no more are modelled", wanted));
  const double share = static_cast<double>(component.at_least) / static_cast<double>(wanted);
  const double least = std::ceil(share * static_cast<double>(kMostReplicas));
  component.at_least = static_cast<std::size_t>(std::max(1.0, least));
  component.replica_count = Value<std::int64_t>::of(
      kMostReplicas, component.replica_count.provenance(), component.replica_count.span());
}

void BlueprintMaker::add_replicas(const DraftComponent& draft, Component& component) {
  component.replica_count = draft.replicas;
  if (component.runs_none() && draft.scale.max.value_or(0) > 0) {
    component.replica_count = Value<std::int64_t>::unknown(draft.replicas.span());
    assume(component.id + ": replicas", "1", "the input runs none at the moment");
  } else if (component.runs_none()) {
    assume(component.id + ": replicas", "0", "the input runs none: whoever calls it gets nothing");
  }
  const std::int64_t wanted = std::max<std::int64_t>(1, component.replica_count.value_or(1));
  const auto count = static_cast<std::size_t>(std::min(wanted, kMostReplicas));
  component.replicas.resize(count);
  component.at_least = static_cast<std::size_t>(draft.at_least.value_or(1));
  if (wanted > kMostReplicas) {
    limit_replicas(draft, wanted, component);
  }
  component.at_least_is_assumed = !draft.at_least.is_known() && count > 1;
  for (std::size_t i = 0; i < count; ++i) {
    const bool serves = component.redundancy == Redundancy::active_active || i == 0;
    const double share =
        component.redundancy == Redundancy::active_active ? 1.0 / static_cast<double>(count) : 1.0;
    component.replicas[i].carries = serves ? share : 0;
  }
  if (component.at_least_is_assumed && component.redundancy == Redundancy::active_active) {
    assume(component.id + ": at_least", "1",
           fmt::format("not stated; one of {} is taken to carry the load", count));
  }
  if (component.scope == Scope::zone) {
    place_replicas(draft, component);
  }
  share_fates(draft, component);
}

}  // namespace outlast::blueprint
