#pragma once

#include <string>

#include "base/diagnostics.h"
#include "blueprint/draft.h"

/// What other inputs show of needs that are declared.
namespace outlast::catalog {

/// Is this one a call that was seen, to one of those that the declared need names?
[[nodiscard]] bool is_seen_of(const blueprint::DraftNeed& need,
                              const blueprint::DraftNeed& declared);

/// Fills what is not declared of a need from what other inputs show of the same call.
/// What is declared counts. A need without a strength is declared to be hard: only what another
/// input states of it says otherwise, and where traces do, it is told with both places.
///
/// in  caller  whose need it is, by id
void confirm(const blueprint::DraftNeed& seen, blueprint::DraftNeed& declared,
             const std::string& caller, base::Diagnostics& diagnostics);

}  // namespace outlast::catalog
