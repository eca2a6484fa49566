#pragma once

#include "blueprint/blueprint.h"

namespace outlast::blueprint {

/// Whether it stands on machines of zones, of which each fails by itself: neither what a provider
/// spreads on its own nor what others run.
[[nodiscard]] inline bool has_servers(const Component& c) {
  return c.scope == Scope::zone && c.kind != Kind::external && !c.runs_none();
}

}  // namespace outlast::blueprint
