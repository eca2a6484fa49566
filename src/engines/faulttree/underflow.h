#pragma once

#include <span>

#include "engines/faulttree/parts.h"

namespace outlast::engines::faulttree {

/// What is proven where numbers on the way became too small for doubles: something that may happen
/// is never said to be impossible.
///
/// in      computed  bounds at `p`, each term of them positive
/// out     the same where they are far from the least double; [0, 0] only where the whole cannot be
/// cost    linear, and only for what is so small
[[nodiscard]] Bounds despite_underflow(const Solution::Parts& all, std::span<const double> p,
                                       const Bounds& computed);

}  // namespace outlast::engines::faulttree
