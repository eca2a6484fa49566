#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "findings/evaluation.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

/// Rows that are survived by structure are weighed with the users there are, each instance of their
/// case that may then be the worst one, which is told.
///
/// in      rows, instances  as judged by structure
/// cost    a few runs of the clock for each of the instances that are tried: `kMostWork` components
/// assumes A-113
void weigh_rows(const blueprint::Blueprint& bp, const catalog::Catalog& catalog, const Cases& cases,
                std::vector<findings::SurvivalRow>& rows,
                std::vector<findings::Instance>& instances);

}  // namespace outlast::pipeline
