#include "pipeline/leaner_drafts.h"

#include <algorithm>
#include <vector>

#include "pipeline/cost.h"

namespace outlast::pipeline {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNeed;
using blueprint::Provenance;
using blueprint::Value;

Draft with_one_for(const Draft& draft, const std::string& kept,
                   const std::set<std::string>& dropped) {
  Draft changed = without_documents(draft);
  std::erase_if(changed.components,
                [&](const DraftComponent& c) { return dropped.contains(c.id); });
  const auto lead_to_kept = [&](std::vector<DraftNeed>& needs) {
    for (DraftNeed& need : needs) {
      for (std::string& end : need.any_of) {
        end = dropped.contains(end) ? kept : end;
      }
      std::sort(need.any_of.begin(), need.any_of.end());
      need.any_of.erase(std::unique(need.any_of.begin(), need.any_of.end()), need.any_of.end());
    }
  };
  for (DraftComponent& c : changed.components) {
    lead_to_kept(c.needs);
    for (auto& placement : c.placements) {
      lead_to_kept(placement.local_needs);
    }
  }
  for (auto& supply : changed.supplies) {
    for (std::string& end : supply.any_of) {
      end = dropped.contains(end) ? kept : end;
    }
  }
  return changed;
}

Draft with_replicas(const Draft& draft, const std::string& id, std::int64_t replicas) {
  Draft changed = without_documents(draft);
  for (DraftComponent& c : changed.components) {
    if (c.id == id) {
      c.replicas = Value<std::int64_t>::of(replicas, Provenance::assumed);
      if (c.at_least.is_known() && *c.at_least > replicas) {
        c.at_least = c.replicas;
      }
      const auto places = static_cast<std::size_t>(replicas);
      if (replicas == 1 && c.placements_are_known && c.placements.size() > places) {
        c.placements.resize(places);
      }
    }
  }
  return changed;
}

}  // namespace outlast::pipeline
