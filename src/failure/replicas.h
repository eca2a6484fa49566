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

/// The group of kind `host` that all its replicas lie on; absent where none is told, or several.
[[nodiscard]] blueprint::FateGroupId host_of(const blueprint::Blueprint& bp,
                                             blueprint::ComponentId id);

/// The component that a group of kind `host` is called by: the machine itself, whose own failures
/// are the host's. Absent where the machine is no component.
[[nodiscard]] blueprint::ComponentId machine_of(const blueprint::Blueprint& bp,
                                                blueprint::FateGroupId host);

/// The same where it is one machine, which takes along what lies on it. Of several any may carry it.
[[nodiscard]] blueprint::ComponentId only_machine_of(const blueprint::Blueprint& bp,
                                                     blueprint::FateGroupId host);

/// Is it started elsewhere, and in which zones, nobody says?
[[nodiscard]] bool may_use_any_zone(const blueprint::Component& c);

}  // namespace outlast::failure
