#pragma once

#include <vector>

#include "catalog/catalog.h"
#include "findings/evaluation.h"
#include "pipeline/analyse.h"
#include "pipeline/pipeline.h"

namespace outlast::pipeline {

/// Applies the own remedy of each of the top findings to the draft, one at a time, and evaluates
/// again: what it changes in the survival table, and how many hours a year it saves.
///
/// in      before  the evaluation, complete but for its fixes
///         told    by finding: is it told? Others ask for nothing
///         how     to analyse the changed drafts: by the same seed and records
/// out     at most three fixes, those that help, in the order of the findings
/// cost    an analysis for each, of which only events are judged that the remedy can matter to
[[nodiscard]] std::vector<findings::Fix> try_fixes(const Evaluation& before,
                                                   const std::vector<bool>& told,
                                                   const catalog::Catalog& catalog,
                                                   const AnalysisOptions& how);

}  // namespace outlast::pipeline
