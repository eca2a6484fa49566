#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "failure/impact.h"
#include "findings/evaluation.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

/// Grades the four habits of architectures that survive, each by a quantity.
///
/// in      cases      every event, judged
///         instances  of `list_instances`
/// out     a value within [0, 1] and a grade; no value and `unknown` where what is not known
///         decides the grade, or where no engine measures it yet
/// source  docs/model.md, habits
[[nodiscard]] findings::Habits grade_habits(const blueprint::Blueprint& bp, const Cases& cases,
                                            const std::vector<findings::Instance>& instances,
                                            const std::vector<failure::Path>& paths);

/// Whose loss stops how many of the users: every provider and third party, the widest first.
[[nodiscard]] std::vector<findings::VendorShare> list_vendors(
    const blueprint::Blueprint& bp, const Cases& cases, const std::vector<failure::Path>& paths);

}  // namespace outlast::pipeline
