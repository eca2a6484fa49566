#include "replay/walk.h"

#include "blueprint/reached.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::NeedId;
using blueprint::Operations;

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
    for (const NeedId id : blueprint::all_needs(bp[at])) {
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
