#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "failure/impact.h"
#include "findings/evaluation.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

/// The survival table: of every case its worst instance, by verdict, data lost and user minutes.
[[nodiscard]] std::vector<findings::SurvivalRow> survival_table(
    const blueprint::Blueprint& bp, const Cases& cases, const std::vector<failure::Path>& paths);

/// Every instance of every case with its verdict; of several replicas of one component the worst.
[[nodiscard]] std::vector<findings::Instance> list_instances(const blueprint::Blueprint& bp,
                                                             const Cases& cases);

}  // namespace outlast::pipeline
