#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "explain/questions.h"

namespace outlast::explain {

/// Of the stores that users rest on: what copies are kept, where no input tells. Known, they decide
/// whether what destroys a store is over once people have restored it, or never.
[[nodiscard]] std::vector<Asked> copy_questions(const blueprint::Blueprint& bp,
                                                const catalog::Catalog& catalog);

}  // namespace outlast::explain
