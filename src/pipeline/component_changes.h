#pragma once

#include <vector>

#include "findings/comparison.h"
#include "pipeline/pipeline.h"

namespace outlast::pipeline {

/// The components that are in one of two architectures only, or not alike in both; and resources
/// of none, such as rules and routes. Resources folded into a component are told with it.
///
/// out  in the order of the head, then what is removed in the order of the base; without downtime
[[nodiscard]] std::vector<findings::ComponentChange> component_changes(const Evaluation& base,
                                                                       const Evaluation& head);

/// A store of an infrastructure file: whoever applies a head without it deletes it with its data.
[[nodiscard]] bool goes_with_its_data(const blueprint::Component& c);

}  // namespace outlast::pipeline
