#include "replay/walk.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::NeedId;

std::vector<NeedId> needs_of(const Blueprint& bp, ComponentId id) {
  std::vector<NeedId> needs = bp[id].needs;
  for (const auto& replica : bp[id].replicas) {
    needs.insert(needs.end(), replica.local_needs.begin(), replica.local_needs.end());
  }
  return needs;
}

std::vector<bool> reached_from(const Blueprint& bp, std::vector<ComponentId> entries,
                               const std::function<bool(const blueprint::Need&)>& follows) {
  std::vector<bool> seen(bp.components().size(), false);
  while (!entries.empty()) {
    const ComponentId at = entries.back();
    entries.pop_back();
    if (seen[at.index]) {
      continue;
    }
    seen[at.index] = true;
    for (const NeedId id : needs_of(bp, at)) {
      if (follows(bp[id])) {
        entries.insert(entries.end(), bp[id].any_of.begin(), bp[id].any_of.end());
      }
    }
  }
  return seen;
}

}  // namespace outlast::replay
