#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "blueprint/blueprint.h"
#include "failure/impact.h"
#include "findings/evaluation.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

/// Every instance of a case that touches users or what serves them, the worst first: by verdict,
/// data lost and user minutes.
/// in  worst_case, mode  as in the survival table
[[nodiscard]] std::vector<std::pair<failure::EventId, findings::SurvivalRow>> instances_of(
    const blueprint::Blueprint& bp, const Cases& cases, std::string_view worst_case,
    std::string_view mode);

/// The survival table: of every case its worst instance.
[[nodiscard]] std::vector<findings::SurvivalRow> survival_table(
    const blueprint::Blueprint& bp, const Cases& cases, const std::vector<failure::Path>& paths);

/// What is not understood of the way to users may be what does not survive: no row but one that
/// says no is sure then.
void doubt_where_blind(const blueprint::Blueprint& bp, const std::vector<failure::Path>& paths,
                       std::vector<findings::SurvivalRow>& rows);

/// Every instance of every case with its verdict; of several replicas of one component the worst.
[[nodiscard]] std::vector<findings::Instance> list_instances(const blueprint::Blueprint& bp,
                                                             const Cases& cases);

}  // namespace outlast::pipeline
