#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "catalog/field_reader.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNeed;
using blueprint::Provenance;
using blueprint::Scope;
using blueprint::Value;

namespace {

template <class T>
Value<T> fact(T value) {
  return Value<T>::of(std::move(value), Provenance::catalog);
}

std::string provider_of(const DraftComponent& c) {
  if (c.provider.is_known()) {
    return *c.provider;
  }
  const std::string type = c.type.value_or("");
  return type.substr(0, type.find('.'));
}

/// One region may be written in several ways; where it counts it is written in one.
void name_region(const Catalog& catalog, const std::string& provider, Value<std::string>& region) {
  if (region.is_known()) {
    region = Value<std::string>::of(catalog.region_name(provider, *region), region.provenance(),
                                    region.span());
  }
}

void fill_from_type(const TypeEntry& entry, DraftComponent& c) {
  c.kind.fill(fact(entry.kind));
  if (entry.service_model) {
    c.service_model.fill(fact(*entry.service_model));
  }
  c.scope.fill(fact(entry.scope));
  if (c.scope.is_unknown() && c.replicas.value_or(1) == 1) {
    c.replicas = Value<std::int64_t>::unknown(c.scope.span());  // in one zone, or in several
  }
  if (!entry.service.empty()) {
    c.service.fill(fact(std::string(entry.service)));
  }
  c.redundancy.fill(fact(entry.redundancy));
  if (entry.one_suffices) {
    c.at_least.fill(fact<std::int64_t>(1));
  }
  c.relocates.fill(fact(entry.relocates));
  c.is_workload.fill(fact(entry.is_workload));
  // A server that is told to be a database keeps its data.
  c.is_store.fill(
      fact(entry.is_store || (entry.kind == blueprint::Kind::compute &&
                              c.kind.value_or(entry.kind) == blueprint::Kind::database)));
  c.forwards = entry.forwards;
  c.placements_are_distinct = c.placements_are_distinct || entry.places_are_distinct;
  c.is_spread = !entry.is_single_packed;
  const bool counts_places =
      std::any_of(entry.reads.begin(), entry.reads.end(), [](const ReadRule& rule) {
        return rule.field == Field::replicas &&
               std::any_of(rule.sources.begin(), rule.sources.end(),
                           [](const ReadSource& source) { return source.counts_places; });
      });
  if (counts_places && !c.placements.empty()) {
    c.replicas.fill(Value<std::int64_t>::of(static_cast<std::int64_t>(c.placements.size()),
                                            Provenance::inferred));
  }
}

/// Backups that the provider keeps where nobody says anything, of what a blueprint tells of.
void fill_backups(const TypeEntry& entry, DraftComponent& c) {
  if (c.is_imported || !c.backups.retention.is_unset() || !c.backups.every.is_unset()) {
    return;
  }
  const blueprint::DraftResource silent{};
  const FieldReader reader(silent, entry);
  const auto retention = reader.seconds(Field::backup_retention);
  if (retention.is_known() && retention->value > 0) {
    c.backups.retention = retention;
    c.backups.every = reader.seconds(Field::backup_every);
  }
}

/// "a" in us-east-1 is us-east-1a: a zone is written short where its region is known.
void complete_zone_names(const Catalog& catalog, const std::string& provider, DraftComponent& c) {
  const ProviderEntry* entry = catalog.provider(provider);
  if (entry == nullptr || entry->zone_name.empty() || !c.region.is_known()) {
    return;
  }
  const auto complete = [&](const std::string& zone) {
    constexpr std::size_t kShortZone = 2;
    return zone.size() > kShortZone
               ? zone
               : fmt::format(fmt::runtime(entry->zone_name), fmt::arg("region", *c.region),
                             fmt::arg("zone", zone));
  };
  for (blueprint::DraftPlacement& placement : c.placements) {
    if (placement.zone.is_known()) {
      const std::string zone = complete(*placement.zone);
      if (placement.label == *placement.zone) {
        placement.label = zone;
      }
      placement.zone =
          Value<std::string>::of(zone, placement.zone.provenance(), placement.zone.span());
    }
  }
  for (DraftNeed& need : c.needs) {
    if (!need.local_zone.empty()) {
      need.local_zone = complete(need.local_zone);
    }
  }
}

/// A component that does not say where it lies is taken to lie where all others of its provider
/// do, if that is one region.
void assume_regions(Draft& draft) {
  std::map<std::string, std::set<std::string>> known;
  for (const DraftComponent& c : draft.components) {
    if (c.region.is_known()) {
      known[provider_of(c)].insert(*c.region);
    }
  }
  for (DraftComponent& c : draft.components) {
    const auto& regions = known[provider_of(c)];
    if (c.region.is_unset() && regions.size() == 1 &&
        c.scope.value_or(Scope::zone) != Scope::global) {
      c.region = Value<std::string>::of(*regions.begin(), Provenance::assumed);
      draft.assumptions.push_back(
          {c.id + ": region", *regions.begin(),
           "not stated; the only region of " + provider_of(c) + " in the inputs"});
    }
  }
}

void tell_unknown_type(const Catalog& catalog, const DraftComponent& c,
                       base::Diagnostics& diagnostics) {
  std::vector<std::string_view> names;
  for (const TypeEntry& entry : catalog.tables().types) {
    if (entry.becomes == Becomes::component) {
      names.push_back(entry.name);
    }
  }
  diagnostics.warning("OUT-E1210", c.type.span(),
                      fmt::format("type {} of {} is not in the catalog", *c.type, c.id),
                      base::suggest(*c.type, names));
}

/// A region that somebody wrote and nobody has: what holds of any is taken for it. The line shows it;
/// it is not quoted, for whatever stands there may be a secret.
void tell_unknown_regions(const Catalog& catalog, const Draft& draft,
                          base::Diagnostics& diagnostics) {
  std::set<std::pair<std::string, std::string>> told;
  for (const DraftComponent& c : draft.components) {
    const std::string provider = provider_of(c);
    if (c.is_imported || !c.region.is_stated() || catalog.region(provider, *c.region) != nullptr ||
        !told.emplace(provider, *c.region).second) {
      continue;
    }
    std::vector<std::string_view> names;
    for (const RegionEntry& entry : catalog.tables().regions) {
      if (entry.provider == provider) {
        names.push_back(entry.name);
      }
    }
    if (!names.empty()) {
      diagnostics.warning("OUT-E1212", c.region.span(),
                          fmt::format("this region of {} is not in the catalog", provider),
                          base::suggest(*c.region, names));
    }
  }
}

void default_need(const Catalog& catalog, const std::map<std::string, std::size_t>& by_id,
                  const Draft& draft, DraftNeed& need) {
  using blueprint::EdgeKind;
  using blueprint::Strength;
  need.kind.fill(fact(EdgeKind::service));
  if (const auto via = by_id.find(need.via); via != by_id.end()) {
    const std::string type = draft.components[via->second].type.value_or("");
    fill_switching(catalog, catalog.type(type), need.switching);
  }
  if (!need.strength.is_unset()) {
    return;
  }
  // What the user asks for without saying how much is needed outright.
  Strength strength = Strength::hard;
  const auto at = by_id.find(need.any_of.front());
  if (need.confidence != blueprint::Confidence::stated && at != by_id.end()) {
    if (const TypeEntry* entry = catalog.type(draft.components[at->second].type.value_or(""))) {
      strength = entry->default_strength;
    }
  }
  need.strength = fact(strength);
}

/// Whatever chooses among what it needs notices a dead one by its own probes.
void notice_as_chooser(const Catalog& catalog, const DraftComponent& c, DraftNeed& need) {
  const TypeEntry* entry = catalog.type(c.type.value_or(""));
  if (entry != nullptr && (entry->alternatives || entry->forwards) && need.via.empty() &&
      need.any_of.size() > 1) {
    need.switching.detect.fill(c.switching.detect);
    need.switching.takes.fill(c.switching.takes);
  }
}

/// What says how often it fails says nothing of where: in a region it lies in a zone as others of its
/// kind do. Where no place is named, as in a fault tree, no zone takes it.
bool lies_in_a_zone(const Catalog& catalog, const DraftComponent& c) {
  const auto kind = c.kind.value_or(blueprint::Kind::other);
  const TypeEntry* others = catalog.type("unlisted." + std::string(blueprint::name_of(kind)));
  return !c.placements.empty() || (c.type.is_unset() && !c.region.is_unset() && others != nullptr &&
                                   others->scope == Scope::zone);
}

void fill_component(const Catalog& catalog, Draft& draft, DraftComponent& c,
                    base::Diagnostics& diagnostics) {
  const TypeEntry* entry = catalog.type_of(c);
  if (entry != nullptr) {
    if (catalog.type(c.type.value_or("")) == nullptr) {
      draft.assumptions.push_back({c.id + ": type", std::string(entry->title),
                                   "not in the catalog: it fails and is repaired as its kind"});
    }
    fill_from_type(*entry, c);
    fill_backups(*entry, c);
    fill_switching(catalog, entry, c.switching);
  } else if (c.type.is_known() && c.kind.is_unset()) {
    tell_unknown_type(catalog, c, diagnostics);
  }
  c.provider.fill(fact(provider_of(c)));
  name_region(catalog, *c.provider, c.region);
  name_region(catalog, *c.provider, c.backups.in);
  for (blueprint::Copy& copy : c.copies) {
    name_region(catalog, copy.provider.value_or(*c.provider), copy.in);
  }
  c.kind.fill(fact(blueprint::Kind::other));
  c.name.fill(fact(c.id));
  c.scope.fill(fact(lies_in_a_zone(catalog, c) ? Scope::zone : Scope::region));
  c.redundancy.fill(fact(blueprint::Redundancy::active_active));
  c.relocates.fill(fact(false));
  c.is_workload.fill(fact(c.kind.value_or(blueprint::Kind::other) == blueprint::Kind::compute));
  if (c.scope.value_or(Scope::zone) == Scope::global) {
    c.region = {};
  }
  if (c.replicas.is_unset() && c.scale.min.is_known() && *c.scale.min > 0) {
    c.replicas = c.scale.min;
  }
  c.replicas.fill(fact<std::int64_t>(1));
}

}  // namespace

void fill_switching(const Catalog& catalog, const TypeEntry* entry,
                    blueprint::Switching& switching) {
  const Figure* figure = entry == nullptr ? nullptr : catalog.figure(*entry, "switch");
  if (figure != nullptr) {
    switching.detect.fill(fact(base::Seconds{std::max(0.0, figure->detect_s)}));
    switching.takes.fill(fact(base::Seconds{std::max(0.0, figure->median_s)}));
  }
}

void fill_facts(const Catalog& catalog, Draft& draft, base::Diagnostics& diagnostics) {
  for (DraftComponent& c : draft.components) {
    fill_component(catalog, draft, c, diagnostics);
  }
  tell_unknown_regions(catalog, draft, diagnostics);
  assume_regions(draft);
  std::map<std::string, std::size_t> by_id;
  for (std::size_t i = 0; i < draft.components.size(); ++i) {
    by_id.emplace(draft.components[i].id, i);
  }
  for (DraftComponent& c : draft.components) {
    complete_zone_names(catalog, provider_of(c), c);
    for (DraftNeed& need : c.needs) {
      default_need(catalog, by_id, draft, need);
      notice_as_chooser(catalog, c, need);
    }
    for (blueprint::DraftPlacement& placement : c.placements) {
      for (DraftNeed& need : placement.local_needs) {
        default_need(catalog, by_id, draft, need);
      }
    }
  }
}

}  // namespace outlast::catalog
