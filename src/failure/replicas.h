#pragma once

#include <vector>

#include "blueprint/blueprint.h"

namespace outlast::failure {

/// The components that follow what a store holds, deletions too.
[[nodiscard]] std::vector<blueprint::ComponentId> replicas_of(const blueprint::Blueprint& bp,
                                                              blueprint::ComponentId store);

/// Does somebody name copies of a store one by one, beside replicas that are components?
[[nodiscard]] bool has_named_copies(const blueprint::Blueprint& bp,
                                    const blueprint::Component& store);

/// Has it replicas to spare, and nothing keeps all of them from lying on one machine?
[[nodiscard]] bool may_share_a_machine(const blueprint::Blueprint& bp, blueprint::ComponentId id);

/// Is it started elsewhere, and in which zones, nobody says?
[[nodiscard]] bool may_use_any_zone(const blueprint::Component& c);

}  // namespace outlast::failure
