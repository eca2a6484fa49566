// What is made under a condition that nobody can decide may not be there.
//
// What is not made under the same condition is then only inferred to need it: no finding rests on
// that, and the interval covers both ends. Among alternatives one that may be missing changes
// nothing, for the others are there.

#include <algorithm>
#include <map>
#include <string>

#include "catalog/passes.h"

namespace outlast::catalog {

void doubt_conditions(const Sight& sight, blueprint::Draft& draft) {
  std::map<std::string, std::string> made_if;  // by component
  for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
    const blueprint::DraftResource& resource = sight.graph.resource(id);
    if (!resource.made_if.empty() && sight.component_of.contains(id.index)) {
      made_if.emplace(resource.address, resource.made_if);
    }
  }
  if (made_if.empty()) {
    return;
  }
  const auto doubt = [&](const std::string& from, std::vector<blueprint::DraftNeed>& needs) {
    const auto own = made_if.find(from);
    for (blueprint::DraftNeed& need : needs) {
      const bool all_may_be_missing =
          std::all_of(need.any_of.begin(), need.any_of.end(), [&](const std::string& target) {
            const auto at = made_if.find(target);
            return at != made_if.end() && (own == made_if.end() || own->second != at->second);
          });
      if (all_may_be_missing) {
        need.confidence = blueprint::Confidence::inferred;
      }
    }
  };
  for (blueprint::DraftComponent& c : draft.components) {
    doubt(c.id, c.needs);
    for (blueprint::DraftPlacement& placement : c.placements) {
      doubt(c.id, placement.local_needs);
    }
  }
}

}  // namespace outlast::catalog
