#include "catalog/standing.h"

#include <algorithm>

#include "catalog/passes.h"

namespace outlast::catalog {
namespace {

Standing::As as_what(const Sight& sight, ResourceId id) {
  const auto& owners = sight.folding.owners(id);
  if (sight.graph.resource(id).is_context) {
    return Standing::As::context;
  }
  if (!sight.graph.is_understood(id)) {
    return Standing::As::not_understood;
  }
  if (!owners.empty()) {
    const bool is_own = std::find(owners.begin(), owners.end(), id) != owners.end();
    return is_own ? Standing::As::component : Standing::As::part;
  }
  const TypeEntry& entry = sight.graph.entry(id);
  const bool tells_permissions =
      entry.kind == blueprint::Kind::security || !entry.firewall.empty() || !entry.grants.empty();
  if (tells_permissions && entry.becomes != Becomes::helper) {
    return Standing::As::permission;
  }
  switch (entry.becomes) {
    case Becomes::relay:
      return Standing::As::relay;
    case Becomes::helper:
      return Standing::As::helper;
    case Becomes::component:
    case Becomes::part:
      break;
  }
  return Standing::As::orphan;
}

}  // namespace

std::vector<Standing> standings(const blueprint::Draft& draft, const Catalog& catalog) {
  const Sight sight(draft, catalog);
  std::vector<Standing> all;
  for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
    Standing standing{id, as_what(sight, id), {}};
    for (const ResourceId owner : sight.folding.owners(id)) {
      if (owner != id) {
        standing.owners.push_back(sight.id_of(owner));
      }
    }
    all.push_back(std::move(standing));
  }
  return all;
}

}  // namespace outlast::catalog
