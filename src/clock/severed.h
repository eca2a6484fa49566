#pragma once

#include <vector>

#include "base/diagnostics.h"
#include "blueprint/blueprint.h"
#include "blueprint/scenario.h"
#include "clock/damage.h"

namespace outlast::clock {

/// Does a fault say that it is about an operation?
[[nodiscard]] bool is_about(const blueprint::ScenarioFault& fault, blueprint::Operation operation);

/// A fault that cuts ways, with its place in the scenario.
struct Cutting {
  const blueprint::ScenarioFault& fault;
  std::size_t index = 0;
  bool leads_in = false;   ///< of the way at hand: to what is hit …
  bool leads_out = false;  ///< … or away from it
};

/// Adds to `out` the needs whose way leads to what is hit, or away from it.
/// errors  nobody calls what it names (OUT-E1813)
void sever(const blueprint::Blueprint& bp, const Cutting& cutting,
           const std::vector<blueprint::ComponentId>& hit, Damage& out,
           base::Diagnostics& diagnostics);

}  // namespace outlast::clock
