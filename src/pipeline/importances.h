#pragma once

#include <vector>

#include "failure/impact.h"
#include "findings/evaluation.h"
#include "pipeline/judge_all.h"
#include "pipeline/path_figures.h"

namespace outlast::pipeline {

/// How much each event matters to all users: the figures of the paths, by their weights.
///
/// in      readings  on the evidence
///         minutes   a year that each event causes
/// out     none where a path was not solved: what one event does is not known then
/// source  Birnbaum 1969; NUREG/CR-3385 (1983); as `engines/faulttree` defines them for one gate
[[nodiscard]] findings::Importances importances_of(
    const blueprint::Blueprint& bp, const Cases& cases, const std::vector<failure::Path>& paths,
    const Readings& readings, const base::IdVector<failure::EventId, double>& minutes);

}  // namespace outlast::pipeline
