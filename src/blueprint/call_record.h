#pragma once

#include "blueprint/attributes.h"

namespace outlast::blueprint {

/// Calls of one caller that lead to the same: all that either saw.
/// out  times are those of the slower: the two cannot be told apart any more
[[nodiscard]] CallRecord sum_of(const CallRecord& a, const CallRecord& b);

}  // namespace outlast::blueprint
