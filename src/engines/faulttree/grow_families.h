#pragma once

#include <cstddef>
#include <optional>

#include "engines/faulttree/families.h"
#include "engines/faulttree/formula.h"

namespace outlast::engines::faulttree {

/// The minimal cut sets of a monotone formula, made from it without a diagram of its truth: that
/// one may be large where the sets are not.
///
/// in      max_order  sets of more variables are left out
/// out     nothing where `budget` nodes were not enough, or variables are more than recursion bears
/// cost    linear in the nodes made, and subtractions of families; may be exponential
/// source  Minato 1993; Rauzy 1993 for `without`
[[nodiscard]] std::optional<Family> grow_family(const Formula& formula, std::size_t max_order,
                                                std::size_t budget);

}  // namespace outlast::engines::faulttree
