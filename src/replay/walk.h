#pragma once

#include <functional>
#include <vector>

#include "blueprint/blueprint.h"

namespace outlast::replay {

/// Needs of a component: as a whole, and of its replicas.
[[nodiscard]] std::vector<blueprint::NeedId> needs_of(const blueprint::Blueprint& bp,
                                                      blueprint::ComponentId id);

/// What entries lead to, by component.
///
/// in   follows  is asked of every need on the way, once for each component that has it
/// out  the entries are in it
[[nodiscard]] std::vector<bool> reached_from(
    const blueprint::Blueprint& bp, std::vector<blueprint::ComponentId> entries,
    const std::function<bool(const blueprint::Need&)>& follows);

}  // namespace outlast::replay
