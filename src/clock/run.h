#pragma once

#include "base/result.h"
#include "clock/simulate.h"
#include "clock/stage.h"
#include "engines/simulation/outcome.h"

namespace outlast::clock {

/// A scenario as it was played once.
struct Run {
  const blueprint::Blueprint* bp = nullptr;  ///< outlives it
  Staged staged;
  engines::simulation::Outcome outcome;
  double until_s = 0;
};

/// in      users  at the start
/// errors  too many requests for the request engine to follow
[[nodiscard]] base::Result<Run> run(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                                    const blueprint::Scenario& scenario, const Damage& damage,
                                    Strain strain, double users, const SimulateOptions& options);

/// How users of each journey fared.
[[nodiscard]] std::vector<findings::JourneyFate> fates_of(const Run& run);

/// How the requests of one path fare, by step.
struct PathTrack {
  std::vector<double> lost;  ///< share
  std::vector<bool>
      is_partly;  ///< some are lost, or go without more than a hundredth of their value
};
/// out  by path of failure::list_paths
[[nodiscard]] std::vector<PathTrack> tracks_of(const Run& run);

/// The answer of one run: what users met, and the story.
[[nodiscard]] findings::Simulated told(const blueprint::Blueprint& bp, const Run& run);

}  // namespace outlast::clock
