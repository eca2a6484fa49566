#include "replay/walk.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::NeedId;
using blueprint::Operations;

std::vector<NeedId> needs_of(const Blueprint& bp, ComponentId id) {
  std::vector<NeedId> needs = bp[id].needs;
  for (const auto& replica : bp[id].replicas) {
    needs.insert(needs.end(), replica.local_needs.begin(), replica.local_needs.end());
  }
  return needs;
}

Asked asked_from(const Blueprint& bp, std::vector<std::pair<ComponentId, Operations>> entries,
                 const std::function<bool(const blueprint::Need&, Operations)>& follows,
                 Switches switches) {
  Asked asked;
  while (!entries.empty()) {
    const auto [at, operations] = entries.back();
    entries.pop_back();
    std::vector<bool>& seen = asked[operations];
    seen.resize(bp.components().size());
    if (seen[at.index]) {
      continue;
    }
    seen[at.index] = true;
    for (const NeedId id : needs_of(bp, at)) {
      const Operations below = bp[id].operations & operations;
      if (below == 0 || !follows(bp[id], operations)) {
        continue;
      }
      for (const ComponentId target : bp[id].any_of) {
        entries.emplace_back(target, below);
      }
      if (switches == Switches::included && bp[id].via.exists()) {
        entries.emplace_back(bp[id].via, operations);
      }
    }
  }
  return asked;
}

}  // namespace outlast::replay
