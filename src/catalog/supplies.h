#pragma once

#include <vector>

#include "catalog/passes.h"
#include "catalog/places.h"

namespace outlast::catalog {

/// What every replica in a subnet needs because it lies there: the way out.
[[nodiscard]] std::vector<blueprint::DraftNeed> needs_of_place(const Sight& sight,
                                                               const Place& place,
                                                               ResourceId placed);

/// What every subnet draws its way out from, also where nothing lies in it. Components must be there.
void list_supplies(const Sight& sight, blueprint::Draft& draft);

}  // namespace outlast::catalog
