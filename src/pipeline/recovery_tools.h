#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/draft.h"
#include "catalog/catalog.h"
#include "findings/resilience.h"

namespace outlast::pipeline {

/// Who is needed to recover, beside what runs: by the types of resources and components.
/// out  one for each role there is, also where no input tells: that is not known, and not "nobody"
[[nodiscard]] std::vector<findings::RecoveryTool> recovery_tools(const blueprint::Draft& draft,
                                                                 const blueprint::Blueprint& bp,
                                                                 const catalog::Catalog& catalog);

}  // namespace outlast::pipeline
