#pragma once

#include <optional>

#include "base/progress.h"
#include "base/result.h"
#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "findings/frontier.h"

namespace outlast::clock {

/// From which surges an architecture does not come back by itself: for each size the shortest, by
/// bisection, and the settings of which each alone mends it.
///
/// A surge is the trigger that says most: a part that loses capacity for a while stands under the
/// same load relative to it.
///
/// in      users     before and after; absent: as the blueprint states
///         progress  told of the sizes that were tried
/// cost    some dozens of runs of the flow engine
/// errors  nobody comes in anywhere, or nobody states how many; more steps than anybody waits for
/// assumes A-111
[[nodiscard]] base::Result<findings::Frontier> frontier_of(const blueprint::Blueprint& bp,
                                                           const catalog::Catalog& catalog,
                                                           std::optional<double> users,
                                                           base::Progress* progress = nullptr);

}  // namespace outlast::clock
