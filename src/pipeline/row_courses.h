#pragma once

#include <cstdint>
#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "failure/dependence.h"
#include "failure/impact.h"
#include "findings/evaluation.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

/// Tells the rows that an event brings about in time: who is down from when to when and why, what
/// brings it back, and how users, replicas and the value of requests fare meanwhile.
///
/// in      rows  with their effects; where it is not known how long users are down, or where that
///               depends on more than the evidence, the effects keep their order alone
///         seed  of the judgements
/// cost    one impact for each row
/// assumes A-190
void tell_courses(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                  const failure::Dependence& dependence, const std::vector<failure::Path>& paths,
                  const Cases& cases, std::uint64_t seed, std::vector<findings::SurvivalRow>& rows);

}  // namespace outlast::pipeline
