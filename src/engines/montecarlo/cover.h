#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/montecarlo/program.h"

namespace outlast::engines::montecarlo {

/// Sets of events of which at least one has happened as a whole whenever the top gate is true.
/// Minimal cut sets where the search came so far; else what they have in common.
struct Cover {
  std::vector<std::vector<std::uint32_t>> sets;  ///< events of the program, ascending
  std::vector<double> probability;               ///< of each set; at least the least double
  double total = 0;                              ///< their sum; at least the probability of the top
};

struct CoverBudget {
  std::size_t steps = 100'000;
  std::size_t sets = 8'192;  ///< what it stops beyond; the search may end a little above
};

/// The cover of the smallest total that the budget reaches.
///
/// in      p  [events of the program]
/// out     may be the empty set alone, of probability 1, where nothing better was found
/// cost    budget.steps times the size of the gates opened
[[nodiscard]] Cover find_cover(const Program& program, std::span<const double> p,
                               const CoverBudget& budget = {});

}  // namespace outlast::engines::montecarlo
