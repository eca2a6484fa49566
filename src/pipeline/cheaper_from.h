#pragma once

#include <map>
#include <string>
#include <vector>

#include "findings/comparison.h"
#include "pipeline/cost_at_load.h"

namespace outlast::pipeline {

/// One of several architectures whose costs stand beside each other.
struct PricedVariant {
  std::string name;
  CostAtLoad* cost = nullptr;
  bool is_complete = true;  ///< all its lines have a price
};

/// Of each two, every load from which on the other is the cheaper one, or which one always is.
/// out   two that cost the same at every load are in neither list
/// cost  about a hundred bills for each pair
[[nodiscard]] findings::BreakEvens break_even_of(const std::vector<PricedVariant>& variants);

/// What is billed for the time that its requests take has so much memory: as the input says, else
/// as much as such a form usually has. By component.
[[nodiscard]] std::map<std::string, double> memory_of_functions(const Evaluation& evaluation);

}  // namespace outlast::pipeline
