#pragma once

#include <functional>
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
  std::size_t luck = 1;  ///< of what nobody stated: 0 good, 1 likely, 2 bad
  Leading leading = {};  ///< of the way at hand
};

/// Share of those at one end of a call that lie on a side of a cut.
using ShareOf = std::function<double(const blueprint::Match& side)>;

/// Share of the calls of a need that cross from one side of a cut to the other.
/// in  callers, called  at the ends of the call
[[nodiscard]] double crossing(const blueprint::ScenarioFault& fault, const Leading& leading,
                              const ShareOf& callers, const ShareOf& called);

/// Adds to `out` the needs whose way leads to what is hit, or away from it.
/// errors  nobody calls what it names (OUT-E1813)
void sever(const blueprint::Blueprint& bp, const Cutting& cutting,
           const std::vector<blueprint::ComponentId>& hit, Damage& out,
           base::Diagnostics& diagnostics);

}  // namespace outlast::clock
