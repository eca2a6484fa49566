// What a name leads to and runs no replica, the idle color of two or a version put aside, gets none
// of its requests: it stands in for nobody, and nobody misses it while another runs.

#include <algorithm>
#include <set>
#include <string>

#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNeed;

bool is_put_aside(const DraftComponent& component) {
  return component.replicas.is_known() && *component.replicas == 0 &&
         component.scale.max.value_or(0) == 0;
}

void leave_out_put_aside(Draft& draft) {
  std::set<std::string> aside;
  for (const DraftComponent& component : draft.components) {
    if (is_put_aside(component)) {
      aside.insert(component.id);
    }
  }
  const auto is_aside = [&](const std::string& id) { return aside.contains(id); };
  for (DraftComponent& component : draft.components) {
    for (DraftNeed& need : component.needs) {
      const bool is_told = need.at_least.is_known();  // how many of them: all are counted
      if (!is_told && !std::all_of(need.any_of.begin(), need.any_of.end(), is_aside)) {
        std::erase_if(need.any_of, is_aside);
      }
    }
  }
}

}  // namespace outlast::catalog
