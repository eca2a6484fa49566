#pragma once

#include <functional>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/draft.h"
#include "catalog/catalog.h"
#include "findings/inspection.h"

namespace outlast::explain {

/// What makes one outcome true of a draft.
using Settle = std::function<void(blueprint::Draft&)>;

/// Something that is not known, and its few outcomes.
struct Asked {
  findings::OpenQuestion question;
  std::vector<Settle> settle;  ///< one for each outcome; none: nothing can be computed of it
};

/// What is not known of an architecture: types, targets, edges, places, numbers, buffers, copies.
/// in  bp  `draft`, validated
[[nodiscard]] std::vector<Asked> open_questions(const blueprint::Draft& draft,
                                                const blueprint::Blueprint& bp,
                                                const catalog::Catalog& catalog);

/// The component of this id; null if there is none.
[[nodiscard]] blueprint::DraftComponent* component_of(blueprint::Draft& draft,
                                                      const std::string& id);

}  // namespace outlast::explain
