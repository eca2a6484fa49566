#pragma once

#include <optional>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "failure/dependence.h"
#include "findings/replay.h"
#include "incidents/incident.h"
#include "replay/weight.h"

namespace outlast::replay {

/// How much is told of a replay.
enum class Telling {
  outcome,
  range,  ///< the outcome, and between which ends it lies
  story,  ///< the outcome, what happens, in time, and what users lose meanwhile
  all     ///< all of that, what each component loses, the worst time of day, and what prevents it
};

struct ReplayOptions {
  std::optional<double> starts_at_s = {};  ///< time of day, UTC; absent: as it was
  Telling telling = Telling::all;
  Weigher weigher = {};  ///< of the load on what is left; absent: by structure alone
};

/// Would this architecture have come through this outage? By mechanism and minute: the incident
/// says what happened at the provider, the blueprint what follows from it.
///
/// out     deterministic; `spared` where the verdict depends on what is not known
/// cost    a play for each of: as it was, spared, 24 hours of the day, each thing that was hit; what is
///         survived is weighed, by some runs of the clock
/// source  SEMANTICS, incidents; docs/model.md
[[nodiscard]] findings::Replay replay_of(const blueprint::Blueprint& bp,
                                         const catalog::Catalog& catalog,
                                         const failure::Dependence& dependence,
                                         const incidents::Incident& incident,
                                         const incidents::RoleTable& roles,
                                         const ReplayOptions& options = {});

}  // namespace outlast::replay
