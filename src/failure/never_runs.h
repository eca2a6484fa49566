#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "failure/dependence.h"

namespace outlast::failure {

/// Loops that are down with nothing failed, because what they need to be fed comes only from
/// themselves: an error in the input. Every loop once, its members by index.
[[nodiscard]] std::vector<std::vector<blueprint::ComponentId>> never_runs(
    const blueprint::Blueprint& bp, const Dependence& dependence);

/// What does not serve though nothing has failed: it runs no replica, or needs what does not.
/// out  by component
[[nodiscard]] std::vector<bool> down_with_nothing_failed(const blueprint::Blueprint& bp,
                                                         const Dependence& dependence);

}  // namespace outlast::failure
