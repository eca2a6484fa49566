#pragma once

#include "findings/inspection.h"
#include "pipeline/pipeline.h"

namespace outlast::explain {

/// What was understood of the inputs and what was not, and which unknown is the most worth.
///
/// in      evaluation  with a blueprint
/// cost    an analysis for each outcome of each unknown, as many as `rank_unknowns` affords
[[nodiscard]] findings::Inspection inspect(const pipeline::Evaluation& evaluation,
                                           const catalog::Catalog& catalog, std::size_t threads);

}  // namespace outlast::explain
