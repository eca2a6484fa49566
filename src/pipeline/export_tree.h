#pragma once

#include <string>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "pipeline/analyse.h"

namespace outlast::pipeline {

/// The structure function of an architecture as an Open-PSA model: a top per journey and cohort,
/// true while nobody of it is served, over events that are going on with the probability given.
/// What is assumed of what is not known is the same as for the availability's value.
///
/// in      workings  of the analysis of this blueprint: the tree is of the same events and rates
/// cost    one structure function
[[nodiscard]] std::string export_tree(const blueprint::Blueprint& bp,
                                      const catalog::Catalog& catalog, const Workings& workings);

}  // namespace outlast::pipeline
