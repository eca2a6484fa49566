#include <algorithm>
#include <set>

#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Draft;
using blueprint::DraftComponent;

void measure_coverage(const Sight& sight, Draft& draft) {
  std::set<std::string> unknown_types;
  for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
    if (sight.graph.resource(id).is_context) {
      continue;
    }
    ++draft.coverage.resources;
    if (sight.graph.is_understood(id)) {
      ++draft.coverage.understood;
    } else {
      unknown_types.insert(sight.graph.resource(id).type);
    }
  }
  draft.coverage.unknown_types.assign(unknown_types.begin(), unknown_types.end());
}

void note_unknowns(const Catalog& catalog, Draft& draft) {
  for (const DraftComponent& c : draft.components) {
    const TypeEntry* entry = catalog.type(c.type.value_or(""));
    if (!c.is_imported || entry == nullptr) {
      continue;
    }
    const auto scope = c.scope.value_or(entry->scope);
    const auto note = [&](bool is_unknown, const char* attribute) {
      if (is_unknown) {
        draft.coverage.unknown_attributes.push_back(c.id + ": " + attribute);
      }
    };
    note(c.region.is_unknown(), "region");
    note(c.replicas.is_unknown(), "replicas");
    note(c.internet.is_unknown(), "internet");
    note(std::any_of(c.placements.begin(), c.placements.end(),
                     [](const auto& p) { return p.zone.is_unknown(); }) ||
             (!c.placements_are_known && scope == blueprint::Scope::zone),
         "zones");
  }
  std::sort(draft.coverage.unknown_attributes.begin(), draft.coverage.unknown_attributes.end());
}

}  // namespace outlast::catalog
