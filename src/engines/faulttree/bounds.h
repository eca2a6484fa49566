#pragma once

#include <span>

#include "engines/faulttree/diagram.h"
#include "engines/faulttree/formula.h"

namespace outlast::engines::faulttree {

/// Proven bounds of a formula whose variables are themselves only bounded; see `bounds`.
///
/// in      low, high  by variable, 0 ≤ low ≤ high ≤ 1
[[nodiscard]] Bounds bounds_of(const Formula& formula, bool is_monotone,
                               std::span<const double> low, std::span<const double> high);

}  // namespace outlast::engines::faulttree
