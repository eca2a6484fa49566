#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "base/diagnostics.h"
#include "base/progress.h"
#include "base/result.h"
#include "blueprint/blueprint.h"
#include "blueprint/scenario.h"
#include "catalog/catalog.h"
#include "findings/simulated.h"

namespace outlast::clock {

enum class Engine { flow, requests };

struct SimulateOptions {
  Engine engine = Engine::flow;
  std::optional<double> until_s;  ///< instead of what the scenario says
  std::uint64_t seed = 1;         ///< of the request engine
  std::size_t runs = 0;  ///< of the request engine; 0: as many as the number of requests allows
  const std::atomic<bool>* stop = nullptr;  ///< set from outside, it ends with what it has so far
  base::Progress* progress = nullptr;       ///< told of the runs, from several threads
  bool without_load_alone = false;          ///< so few users come that load cannot do any harm
  double least_step_s = 1;                  ///< of the series: so coarse they may be
  std::uint64_t most_work = 30'000'000;     ///< of one run of the flow engine (`RunOptions`)
};

/// Plays a scenario on an architecture.
///
/// What nobody stated is read three ways: as it is likely, and where all of it turns out well or
/// badly; where the verdicts of the latter differ, the verdict is unknown. The request engine is
/// run several times each way, each with a seed of its own. The same day is played without its
/// faults too: what load alone does is no fault's harm.
///
/// out     absent where the scenario names what is not there: told to `diagnostics`
/// errors  nobody comes in anywhere; too many requests for the request engine to be followed
/// assumes
[[nodiscard]] base::Result<std::optional<findings::Simulated>> simulate(
    const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
    const blueprint::Scenario& scenario, const SimulateOptions& options,
    base::Diagnostics& diagnostics);

}  // namespace outlast::clock
