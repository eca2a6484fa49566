#pragma once

#include <string>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"

namespace outlast::pipeline {

/// The structure function of an architecture as an Open-PSA model: a top per journey and cohort,
/// true while nobody of it is served, over events that are going on with the probability given.
/// What is assumed of what is not known is the same as for the availability's value.
///
/// in      seed  of the drawn durations that tell how long an event keeps what down
/// cost    that of judging every event once more
[[nodiscard]] std::string export_tree(const blueprint::Blueprint& bp,
                                      const catalog::Catalog& catalog, std::uint64_t seed,
                                      std::size_t threads);

}  // namespace outlast::pipeline
