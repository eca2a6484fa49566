#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "findings/evaluation.h"

namespace outlast::pipeline {

/// For every store of the architecture's own: what it takes until no restorable copy of its data is
/// left. The second top event beside "users are not served".
///
/// out     minimal cut sets over facilities, accounts, credentials, keys, retention and copies that
///         cannot be restored; probabilities of the last only, for of most others no rate is known
/// cost    one diagram per store
/// source  SEMANTICS, data
[[nodiscard]] std::vector<findings::StoreRisk> store_risks(const blueprint::Blueprint& bp,
                                                           const catalog::Catalog& catalog);

}  // namespace outlast::pipeline
