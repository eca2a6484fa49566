// What settings name that come of a local, and are not known before they are applied.
//
// No plan tells locals, and what is made anew has no address yet: then nothing says whom a program
// calls. It may call whatever keeps data or carries messages and is called by nobody as far as the
// inputs tell; these needs are possible ones. A folder of the configuration beside the plan tells.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Confidence;
using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNeed;
using blueprint::Evidence;
using blueprint::Provenance;

namespace {

/// Whose settings are not told, with where they stand.
std::map<ResourceId, Evidence> with_untold_settings(const Sight& sight) {
  std::map<ResourceId, Evidence> out;
  for (const Link& link : sight.graph.links()) {
    if (link.rule->role == LinkRole::mentions && link.naming.is_untold) {
      for (const ResourceId owner : sight.folding.owners(link.subject)) {
        const TypeEntry& entry = sight.graph.entry(owner);
        if (entry.is_workload || entry.forwards) {
          out.emplace(owner, link.naming.evidence);
        }
      }
    }
  }
  return out;
}

std::set<std::string> needed_by_any(const Draft& draft) {
  std::set<std::string> needed;
  const auto add = [&](const std::vector<DraftNeed>& needs) {
    for (const DraftNeed& need : needs) {
      needed.insert(need.any_of.begin(), need.any_of.end());
    }
  };
  for (const DraftComponent& component : draft.components) {
    add(component.needs);
    for (const auto& placement : component.placements) {
      add(placement.local_needs);
    }
  }
  return needed;
}

}  // namespace

void infer_untold_needs(const Sight& sight, Draft& draft) {
  const auto askers = with_untold_settings(sight);
  if (askers.empty()) {
    return;
  }
  const auto needed = needed_by_any(draft);
  std::vector<std::pair<std::string, ResourceId>> free;
  for (const auto& [index, at] : sight.component_of) {
    const std::string& id = draft.components[at].id;
    if (is_meant_by_settings(sight.graph.entry(ResourceId{index})) && !needed.contains(id)) {
      free.emplace_back(id, ResourceId{index});
    }
  }
  for (const auto& [asker, evidence] : askers) {
    const auto at = sight.component_of.find(asker.index);
    for (std::size_t i = 0; at != sight.component_of.end() && i < free.size(); ++i) {
      DraftNeed need;
      need.any_of = {free[i].first};
      need.strength = blueprint::Value<blueprint::Strength>::of(
          sight.strength_of_need(free[i].second), Provenance::catalog);
      need.kind = blueprint::Value<blueprint::EdgeKind>::of(blueprint::EdgeKind::service,
                                                            Provenance::inferred);
      need.confidence = Confidence::inferred;
      need.evidence = evidence;
      add_need(draft.components[at->second], std::move(need));
    }
  }
}

}  // namespace outlast::catalog
