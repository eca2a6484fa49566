#pragma once

#include <cstdint>
#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "failure/impact.h"
#include "failure/structure.h"
#include "findings/evaluation.h"
#include "pipeline/judge_all.h"
#include "pipeline/path_figures.h"

namespace outlast::pipeline {

struct AvailabilityResult {
  findings::Availability availability;
  std::vector<PathFigures> figures;  ///< by path, on the evidence; without parts and draws
  /// Minutes a year, over all users, that each event causes; sums to the downtime.
  base::IdVector<failure::EventId, double> minutes_of_event;
  findings::Importances
      importances;  ///< of these events; empty where only the outcome was asked for
};

struct AvailabilityOptions {
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  bool tells_causes = true;                ///< also how much each event matters
  engines::faulttree::Budget budget = {};  ///< for each top gate
  bool with_interval = true;  ///< also at both ends of what is not known, and next year's luck
  std::optional<double> asked_of_year =
      {};  ///< how probable one is to be that meets all objectives
};

/// Availability of every journey and of all together, on the evidence and at both ends of what
/// is not known.
///
/// in      cases  events and impacts of the same blueprint
/// cost    three diagrams per path at most; one where nothing is unknown
/// assumes A masked fault costs what it carried until it is noticed; no fail-back interrupts
/// source  SEMANTICS, downtime: both bounds of the downtime share; unknowns and uncertainty: facts
///         are drawn, and the value is the mean over the draws
[[nodiscard]] AvailabilityResult availability_of(const blueprint::Blueprint& bp,
                                                 const catalog::Catalog& catalog,
                                                 const failure::Dependence& dependence,
                                                 const Cases& cases,
                                                 const std::vector<failure::Path>& paths,
                                                 const AvailabilityOptions& options);

}  // namespace outlast::pipeline
