#pragma once

#include <functional>
#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/draft.h"
#include "findings/inspection.h"

namespace outlast::explain {

/// What makes one outcome true of a draft.
using Settle = std::function<void(blueprint::Draft&)>;

/// Something that is not known, and its few outcomes.
struct Asked {
  findings::OpenQuestion question;
  std::vector<Settle> settle;  ///< one for each outcome; none: nothing can be computed of it
};

/// What is not known of an architecture: types, targets, edges, places, numbers, buffers.
/// in  bp  `draft`, validated
[[nodiscard]] std::vector<Asked> open_questions(const blueprint::Draft& draft,
                                                const blueprint::Blueprint& bp);

}  // namespace outlast::explain
