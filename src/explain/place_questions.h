#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/draft.h"
#include "explain/questions.h"

namespace outlast::explain {

/// Where components lie: in which zones, in which of several, in one or spread over all.
/// in  bp  `draft`, validated
[[nodiscard]] std::vector<Asked> place_questions(const blueprint::Draft& draft,
                                                 const blueprint::Blueprint& bp);

}  // namespace outlast::explain
