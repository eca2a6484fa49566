#include "blueprint/reached.h"

namespace outlast::blueprint {

std::vector<NeedId> all_needs(const Component& c) {
  std::vector<NeedId> needs;
  for_each_need(c, [&](NeedId id) {
    if (std::find(needs.begin(), needs.end(), id) == needs.end()) {
      needs.push_back(id);
    }
  });
  return needs;
}

std::vector<bool> reached_from(const Blueprint& bp, std::vector<ComponentId> entries) {
  std::vector<bool> seen(bp.components().size(), false);
  while (!entries.empty()) {
    const ComponentId at = entries.back();
    entries.pop_back();
    if (seen[at.index]) {
      continue;
    }
    seen[at.index] = true;
    for_each_need(bp[at], [&](NeedId need) {
      entries.insert(entries.end(), bp[need].any_of.begin(), bp[need].any_of.end());
      for (const ComponentId also : {bp[need].via, bp[need].cached_in}) {
        if (also.exists()) {
          entries.push_back(also);
        }
      }
    });
  }
  return seen;
}

std::vector<ComponentId> entries_of(const Blueprint& bp) {
  std::vector<ComponentId> entries;
  for (const auto& journey : bp.journeys()) {
    for (const auto& cohort : journey.cohorts) {
      entries.push_back(cohort.enters);
    }
  }
  return entries;
}

}  // namespace outlast::blueprint
