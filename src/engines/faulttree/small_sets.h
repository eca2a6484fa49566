#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engines/faulttree/diagram.h"
#include "engines/faulttree/formula.h"

namespace outlast::engines::faulttree {

/// All minimal cut sets of at most `max_order` variables, found one by one from what every one of
/// them must hold: of a formula whose truth, and the sets of whose gates, are too much to keep.
///
/// in      formula   monotone
///         least     by variable: as how many it counts, 1 at least; one beyond `max_order` never
///                   happens
///         max_order the sum over a set's variables is at most this
/// out     exact; nothing where `work` was not enough
/// cost    grows with how many sets nearly are: each step walks what is left of the formula once
/// source  Reiter 1987 (hitting sets); Barlow & Proschan 1975 (path sets)
[[nodiscard]] std::optional<std::vector<CutSet>> small_cut_sets(
    const Formula& formula, std::span<const std::uint32_t> least, std::size_t max_order,
    std::size_t work);

}  // namespace outlast::engines::faulttree
