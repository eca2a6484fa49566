#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "blueprint/blueprint.h"
#include "cli/commands.h"
#include "clock/simulate.h"
#include "findings/replay.h"
#include "findings/surge.h"
#include "incidents/incident.h"
#include "pipeline/pipeline.h"
#include "replay/replay.h"

/// What a question asks once its inputs are read: the same for its command and for the live view.
namespace outlast::cli {

/// With what it costs over time.
/// errors  as clock::surge_of; a length of time that is none
[[nodiscard]] base::Result<findings::Surge> surge_of(const pipeline::Evaluation& evaluation,
                                                     const SurgeOptions& options,
                                                     base::Progress* progress = nullptr);

/// errors  `--until` is no time, or over a week
[[nodiscard]] base::Result<clock::SimulateOptions> simulation_of(const SimulateOptions& options);

/// What is played, and when.
struct ReplayPlan {
  std::vector<incidents::Incident> incidents;
  replay::ReplayOptions how;
  std::vector<std::pair<std::string, std::string>> as_if;  ///< role and value, as they were told
};

/// Those of the archive that are meant: all, or the one of this id.
/// errors  there is none; what is near is told
[[nodiscard]] base::Result<std::vector<incidents::Incident>> archived_incidents(
    const ReplayOptions& options);

/// Incidents at the time and place that `--at` and `--as-if` say.
/// errors  one of these is no time, role or value
[[nodiscard]] base::Result<ReplayPlan> plan_of(std::vector<incidents::Incident> all,
                                               const ReplayOptions& options);

/// errors  a region or place to play it in that neither a provider nor the input has
[[nodiscard]] base::Result<std::vector<findings::Replay>> replays_of(
    const pipeline::Evaluation& evaluation, const ReplayPlan& plan);

}  // namespace outlast::cli
