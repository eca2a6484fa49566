#pragma once

#include "catalog/passes.h"

namespace outlast::catalog {

/// Does a part of a whole meet a condition: of its attributes, of what it runs (`@program`), or of
/// parts that the whole is without (`@without`)?
[[nodiscard]] base::Truth meets(const Sight& sight, ResourceId whole, ResourceId part,
                                const Condition& condition);

/// Marks a component with what the checks of one of its resources find, each finding once; what
/// binds it to its machine, leaves it down or keeps nothing apart is noted as well.
void add_marks(const Sight& sight, ResourceId id, blueprint::DraftComponent& c);

}  // namespace outlast::catalog
