#pragma once

#include <vector>

#include "findings/comparison.h"
#include "pipeline/pipeline.h"

namespace outlast::pipeline {

/// What owners declare (availability, recovery, budget, users) where the base declares it otherwise
/// or it is met otherwise; in the order of a blueprint.
///
/// in   base, head  evaluated, with a blueprint
/// A class of faults stands as its worst row does; one that strikes nothing there is met.
[[nodiscard]] std::vector<findings::ObjectiveChange> objective_changes(const Evaluation& base,
                                                                       const Evaluation& head);

}  // namespace outlast::pipeline
