#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "pipeline/analyse.h"

namespace outlast::pipeline {

/// Where check's figure of a top is another than the tree's.
struct TreeDifference {
  std::string top;
  double check = 0;  ///< check's figure
  double by = 0;     ///< that less the tree's
  std::string words;
};

struct ExportedTree {
  std::string text;
  std::vector<TreeDifference> differences;  ///< empty: the tree says what check says
};

/// The structure function of an architecture as an Open-PSA model: a top per journey and cohort,
/// true while nobody of it is served, over events that are going on with the probability given.
/// What is assumed of what is not known is the same as for the availability's value.
///
/// Beside the structure stand what redundancy costs until it has masked an event, and what an event
/// costs that stops replacement: each an event of the top, whose probability is what the top's
/// grows by. So the top's probability is check's figure, which it has as an attribute;
/// what cannot be said by more events is told.
///
/// in      workings  of the analysis of this blueprint: the tree is of the same events, rates and
///                   figures
/// cost    one structure function, not solved again
[[nodiscard]] ExportedTree export_tree(const blueprint::Blueprint& bp,
                                       const catalog::Catalog& catalog, const Workings& workings);

}  // namespace outlast::pipeline
