// What works when a clock or a rule says so, and nobody comes to: a nightly function is no users'
// journey.

#include <algorithm>

#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Draft;

namespace {

bool wakes_others(const TypeEntry& entry) {
  return std::any_of(entry.links.begin(), entry.links.end(),
                     [](const LinkRule& rule) { return rule.role == LinkRole::wakes; });
}

}  // namespace

void find_background(const Sight& sight, Draft& draft) {
  const auto hide = [&](ResourceId id) {
    const auto at = sight.component_of.find(id.index);
    if (at != sight.component_of.end() && !draft.components[at->second].internet.value_or(false)) {
      draft.components[at->second].has_no_address = true;
    }
  };
  for (const Link& link : sight.graph.links()) {
    if (link.rule->role != LinkRole::wakes) {
      continue;
    }
    for (const ResourceId target : link.naming.targets) {
      const auto& owners = sight.folding.owners(target);
      std::for_each(owners.begin(), owners.end(), hide);
    }
  }
  for (const auto& [resource, component] : sight.component_of) {
    if (wakes_others(sight.graph.entry(ResourceId(resource)))) {
      draft.components[component].has_no_address = true;
    }
  }
}

}  // namespace outlast::catalog
