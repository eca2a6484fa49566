#pragma once

#include <string_view>
#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/scenario.h"

namespace outlast::clock {

/// What becomes of a store with copies on both sides of a link that is cut.
struct CutStore {
  blueprint::ComponentId store;
  /// Replicas that reach too few of the others to go on: so no two sides take writes.
  std::vector<std::size_t> fenced;
  /// Either side has as many by itself as it takes: both may go on taking writes.
  bool may_split = false;
};

/// Stores whose replicas a cut between two zones parts from each other; none for other faults.
/// assumes replicas that work together (A-7: as many as it takes); a standby follows its primary, and
///         is not promoted while that serves
[[nodiscard]] std::vector<CutStore> stores_cut_by(const blueprint::Blueprint& bp,
                                                  const blueprint::ScenarioFault& fault);

}  // namespace outlast::clock
