#pragma once

#include <string>

#include "catalog/catalog.h"
#include "failure/structure.h"
#include "findings/resilience.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

/// What recovery rests on, what two faults at once would do, and what planned work costs.
///
/// in      cases   every event of the blueprint, judged
///         paths   at least one
///         as_of   upgrades that are forced within a year of this day are planned work
/// cost    two structure functions and their diagrams, within a budget of nodes
/// assumes docs/model.md: cuts, planned work, vendors
[[nodiscard]] findings::Resilience resilience_of(const blueprint::Blueprint& bp,
                                                 const catalog::Catalog& catalog,
                                                 const failure::Dependence& dependence,
                                                 const Cases& cases,
                                                 const std::vector<failure::Path>& paths,
                                                 base::Date as_of);

/// Share of time that an event lasts for what it hits longest.
[[nodiscard]] double lasting_share(const Cases& cases, failure::EventId event);

/// Share of time that one replica of a component is out for planned work.
[[nodiscard]] double patched_share(const catalog::Figure& patch);

/// "web #2 is being patched".
[[nodiscard]] std::string patched_words(const failure::Event& replica);

/// The figure of planned work on one replica of a component; null where none is known.
[[nodiscard]] const catalog::Figure* patch_of(const catalog::Catalog& catalog,
                                              const blueprint::Component& component);

}  // namespace outlast::pipeline
