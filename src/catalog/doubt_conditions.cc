// What is made under a condition that nobody can decide may not be there.
//
// What is not made under the same condition is then only inferred to need it: no finding rests on
// that, and the interval covers both ends. Where it is one of several alternatives, the need stands
// as it is and a second, inferred one has only those that are surely there. What is found of such a
// component itself is only inferred, too.

#include <algorithm>

#include "catalog/passes.h"

namespace outlast::catalog {

std::map<std::string, std::string> undecided_conditions(const Sight& sight) {
  std::map<std::string, std::string> made_if;
  for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
    const blueprint::DraftResource& resource = sight.graph.resource(id);
    if (!resource.made_if.empty() && sight.component_of.contains(id.index)) {
      made_if.emplace(resource.address, resource.made_if);
    }
  }
  return made_if;
}

void doubt_conditions(const Sight& sight, blueprint::Draft& draft) {
  const auto made_if = undecided_conditions(sight);
  if (made_if.empty()) {
    return;
  }
  const auto doubt = [&](const std::string& from, std::vector<blueprint::DraftNeed>& needs) {
    const auto own = made_if.find(from);
    const auto may_be_missing = [&](const std::string& target) {
      const auto at = made_if.find(target);
      return at != made_if.end() && (own == made_if.end() || own->second != at->second);
    };
    std::vector<blueprint::DraftNeed> without;
    for (blueprint::DraftNeed& need : needs) {
      if (std::none_of(need.any_of.begin(), need.any_of.end(), may_be_missing)) {
        continue;
      }
      blueprint::DraftNeed sure = need;
      std::erase_if(sure.any_of, may_be_missing);
      if (sure.any_of.empty()) {
        need.confidence = blueprint::Confidence::inferred;
        need.doubted_by = made_if.at(need.any_of.front());
        continue;
      }
      sure.doubted_by =
          made_if.at(*std::find_if(need.any_of.begin(), need.any_of.end(), may_be_missing));
      sure.confidence = blueprint::Confidence::inferred;
      if (sure.at_least.is_known() && std::size_t(*sure.at_least) > sure.any_of.size()) {
        sure.at_least = blueprint::Value<std::int64_t>::of(std::int64_t(sure.any_of.size()));
      }
      without.push_back(std::move(sure));
    }
    needs.insert(needs.end(), without.begin(), without.end());
  };
  for (blueprint::DraftComponent& c : draft.components) {
    if (const auto own = made_if.find(c.id); own != made_if.end()) {
      c.made_if = own->second;
    }
    doubt(c.id, c.needs);
    for (blueprint::DraftPlacement& placement : c.placements) {
      doubt(c.id, placement.local_needs);
    }
  }
}

}  // namespace outlast::catalog
