#pragma once

#include "catalog/passes.h"

namespace outlast::catalog {

/// Marks a component with what the checks of one of its resources find, each finding once; what
/// binds it to its machine, leaves it down or keeps nothing apart is noted as well.
void add_marks(const Sight& sight, ResourceId id, blueprint::DraftComponent& c);

}  // namespace outlast::catalog
