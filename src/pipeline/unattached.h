#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "blueprint/draft.h"
#include "catalog/catalog.h"
#include "engines/cost/bill.h"

namespace outlast::pipeline {

/// Priced lines of what is idle where nothing uses it, and nothing does: no resource refers to it,
/// none may by an attribute that is not known, and no component needs it. One line of each.
///
/// out  pointers into `lines`
[[nodiscard]] std::vector<const engines::cost::Line*> unattached(
    const blueprint::Draft& draft, const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
    const std::vector<engines::cost::Line>& lines);

}  // namespace outlast::pipeline
