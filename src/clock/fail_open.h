#pragma once

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"

namespace outlast::clock {

/// Are requests led to a component even when all of its replicas are taken for dead? So they are
/// where whoever calls it is known to take no health check for an answer then (figure `fails_open`).
[[nodiscard]] bool is_asked_when_all_seem_dead(const blueprint::Blueprint& bp,
                                               const catalog::Catalog& catalog,
                                               blueprint::ComponentId id);

}  // namespace outlast::clock
