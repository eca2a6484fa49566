#pragma once

#include <vector>

#include "catalog/passes.h"

namespace outlast::catalog {

/// Components that lie in a group of the provider: they name it, or, where they say nothing, a part
/// of theirs does. None where the resource is no group.
[[nodiscard]] std::vector<ResourceId> things_in(const Sight& sight, ResourceId group);

}  // namespace outlast::catalog
