// In which region each component lies.
//
// First what it says itself, its zones and its ARN; then what its provider is configured with; and
// where that is not told, as in a state or a template, what others tell that the same configuration
// made: for some providers one configuration works in one region (data/catalog, `one_region`).

#include <set>

#include "base/text.h"
#include "catalog/field_reader.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftPlacement;
using blueprint::DraftResource;
using blueprint::Provenance;
using blueprint::Value;

namespace {

/// The region a zone lies in, where the catalog knows a region that its name begins with.
std::string region_of_zone(const Catalog& catalog, std::string_view provider,
                           const std::string& zone) {
  for (const RegionEntry& region : catalog.tables().regions) {
    if (region.provider == provider && zone.size() > region.name.size() &&
        zone.compare(0, region.name.size(), region.name) == 0) {
      return std::string(region.name);
    }
  }
  return "";
}

/// "arn:aws:rds:eu-west-1:…" → "eu-west-1".
std::string region_of_arn(std::string_view arn) {
  const auto fields = base::split(arn, ':');
  return fields.size() > 4 && fields[0] == "arn" ? std::string(fields[3]) : "";
}

/// What a resource says of its region itself; unset if it says nothing.
Value<std::string> own_region(const Catalog& catalog, const DraftResource& resource,
                              const TypeEntry& entry) {
  const base::Node named = resource.attributes["region"];
  if (catalog.region(entry.provider, named.text()) != nullptr) {
    return Value<std::string>::of(std::string(named.text()), Provenance::stated, named.span());
  }
  const base::Node arn = resource.attributes["arn"];
  if (std::string region = region_of_arn(arn.text()); !region.empty()) {
    return Value<std::string>::of(std::move(region), Provenance::inferred, arn.span());
  }
  return {};
}

/// The region of what a resource belongs to, where it says none of its own.
Value<std::string> region_beside(const Sight& sight, ResourceId id) {
  Value<std::string> region;
  for (const std::size_t index : sight.graph.links_of(id)) {
    const Link& link = sight.graph.links()[index];
    for (std::size_t i = 0; link.rule->role == LinkRole::beside && i < link.naming.targets.size();
         ++i) {
      const ResourceId target = link.naming.targets[i];
      region.fill(
          FieldReader(sight.graph.resource(target), sight.graph.entry(target)).text(Field::region));
    }
  }
  return region;
}

/// The region that the places of a component tell, where they tell but one.
Value<std::string> region_of_places(const Sight& sight, ResourceId id) {
  Value<std::string> region;
  for (const Place& place : places_of(sight.graph, sight.folding, id).all) {
    const auto told = place.subnet.exists() ? FieldReader(sight.graph.resource(place.subnet),
                                                          sight.graph.entry(place.subnet))
                                                  .text(Field::region)
                                            : Value<std::string>();
    if (region.is_known() && told.is_known() && *told != *region) {
      return {};
    }
    region.fill(told);
  }
  return region;
}

/// Some services write regions in capitals.
void write_as_known(const Catalog& catalog, std::string_view provider, Value<std::string>& region) {
  if (!region.is_known() || catalog.region(provider, *region) != nullptr) {
    return;
  }
  if (std::string small = base::to_lower(*region); catalog.region(provider, small) != nullptr) {
    region = Value<std::string>::of(std::move(small), region.provenance(), region.span());
  }
}

void find_region(const Sight& sight, ResourceId id, DraftComponent& c) {
  const DraftResource& resource = sight.graph.resource(id);
  const TypeEntry& entry = sight.graph.entry(id);
  const std::string provider = c.provider.value_or(std::string(entry.provider));
  c.region.fill(region_beside(sight, id));
  if (c.region.is_unset()) {
    c.region = region_of_places(sight, id);
  }
  for (const DraftPlacement& placement : c.placements) {
    if (c.region.is_unset() && placement.zone.is_known()) {
      if (auto region = region_of_zone(sight.catalog, provider, *placement.zone); !region.empty()) {
        c.region =
            Value<std::string>::of(std::move(region), Provenance::inferred, placement.zone.span());
      }
    }
  }
  c.region.fill(own_region(sight.catalog, resource, entry));
  c.region.fill(resource.region);
  write_as_known(sight.catalog, entry.provider, c.region);
}

/// Of each configuration of a provider with one region, the regions that show.
using Shown = std::map<std::string, std::set<std::string>>;

bool has_one_region(const Catalog& catalog, const TypeEntry& entry) {
  const ProviderEntry* provider = catalog.provider(entry.provider);
  return provider != nullptr && provider->one_region;
}

Shown shown_regions(const Sight& sight, const Draft& draft) {
  Shown shown;
  for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
    const DraftResource& resource = sight.graph.resource(id);
    const TypeEntry& entry = sight.graph.entry(id);
    if (resource.configured_by.empty() || !has_one_region(sight.catalog, entry)) {
      continue;
    }
    Value<std::string> region = own_region(sight.catalog, resource, entry);
    if (const auto at = sight.component_of.find(id.index); at != sight.component_of.end()) {
      region.fill(draft.components[at->second].region);
    }
    if (region.is_known()) {
      shown[resource.configured_by].insert(*region);
    }
  }
  return shown;
}

/// What runs on a cluster is at the provider that its nodes are machines of, where they name one.
void find_providers_of_clusters(const Sight& sight, Draft& draft) {
  std::set<std::string> named;
  std::string_view cluster;
  for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
    const TypeEntry& entry = sight.graph.entry(id);
    const ProviderEntry* provider = sight.catalog.provider(entry.provider);
    if (provider == nullptr || !provider->stands_in || !is_place(entry)) {
      continue;
    }
    const auto machine = FieldReader(sight.graph.resource(id), entry).text(Field::variant);
    named.insert(machine.value_or(""));
    cluster = entry.provider;
  }
  if (named.size() != 1 || sight.catalog.provider(*named.begin()) == nullptr) {
    return;
  }
  for (const auto& [index, at] : sight.component_of) {
    if (sight.graph.entry(ResourceId{index}).provider == cluster) {
      draft.components[at].provider.fill(
          Value<std::string>::of(*named.begin(), Provenance::inferred));
    }
  }
}

}  // namespace

void find_regions(const Sight& sight, Draft& draft) {
  find_providers_of_clusters(sight, draft);
  for (const auto& [index, at] : sight.component_of) {
    const ResourceId id{index};
    find_region(sight, id, draft.components[at]);
  }
  const Shown shown = shown_regions(sight, draft);
  for (const auto& [index, at] : sight.component_of) {
    const ResourceId id{index};
    DraftComponent& c = draft.components[at];
    const auto regions = shown.find(sight.graph.resource(id).configured_by);
    if (!c.region.is_known() && has_one_region(sight.catalog, sight.graph.entry(id)) &&
        regions != shown.end() && regions->second.size() == 1) {
      c.region = Value<std::string>::of(*regions->second.begin(), Provenance::inferred);
    }
  }
}

}  // namespace outlast::catalog
