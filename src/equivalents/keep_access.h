#pragma once

#include "blueprint/draft.h"

namespace outlast::equivalents {

/// Leaves in a twin what is said of who can come to what, of components that it still has. The data
/// of what is of another type there is no longer got at by the provider's rights, but by whoever
/// reaches it.
///
/// in   before  the architecture as it is
/// out  in `twin`, whose tables are those of `before`
void keep_access(const blueprint::Draft& before, blueprint::Draft& twin);

}  // namespace outlast::equivalents
