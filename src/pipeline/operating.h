#pragma once

#include <functional>
#include <vector>

#include "blueprint/blueprint.h"
#include "equivalents/twins.h"
#include "findings/comparison.h"

namespace outlast::pipeline {

/// Every task that running a component asks for, by who answers for such a component; `is_alone`
/// where nothing stands in for it meanwhile.
void visit_tasks(const blueprint::Blueprint& bp,
                 const std::function<void(const equivalents::Task& task, bool is_alone)>& visit);

/// Who does what, and how many hours of a month are yours.
[[nodiscard]] std::vector<findings::Operating> operates_of(const blueprint::Blueprint& bp);

}  // namespace outlast::pipeline
