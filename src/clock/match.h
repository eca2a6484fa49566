#pragma once

#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "blueprint/blueprint.h"
#include "blueprint/scenario.h"

/// Whom a scenario means.
namespace outlast::clock {

/// Components that a match is about: those that fit all of its keys.
/// errors  OUT-E1812
[[nodiscard]] std::vector<blueprint::ComponentId> matched(const blueprint::Blueprint& bp,
                                                          const blueprint::Match& match,
                                                          base::Diagnostics& diagnostics);

/// Is a zone meant by a name, with its region or without?
[[nodiscard]] bool is_zone_called(const blueprint::Blueprint& bp, blueprint::FateGroupId zone,
                                  std::string_view name);

/// Share of a component's requests that its replicas in a zone work on.
[[nodiscard]] double share_in_zone(const blueprint::Blueprint& bp, blueprint::ComponentId id,
                                   std::string_view zone);

}  // namespace outlast::clock
