#pragma once

#include <algorithm>
#include <vector>

#include "blueprint/blueprint.h"

namespace outlast::blueprint {

/// Calls visit(NeedId) for every need: of the component as a whole, then of each replica alone. One
/// that several replicas have comes once for each.
template <class Visit>
void for_each_need(const Component& c, const Visit& visit) {
  std::for_each(c.needs.begin(), c.needs.end(), visit);
  for (const auto& replica : c.replicas) {
    std::for_each(replica.local_needs.begin(), replica.local_needs.end(), visit);
  }
}

/// The same as a list, each once.
[[nodiscard]] std::vector<NeedId> all_needs(const Component& c);

/// By component: do entries lead to it by needs of any strength, or is it one? What switches between
/// alternatives, and what keeps their answers, is led to as they are.
/// cost  components and needs
[[nodiscard]] std::vector<bool> reached_from(const Blueprint& bp, std::vector<ComponentId> entries);

/// Where users come in: of every cohort of every journey.
[[nodiscard]] std::vector<ComponentId> entries_of(const Blueprint& bp);

}  // namespace outlast::blueprint
