#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "blueprint/draft.h"

namespace outlast::pipeline {

/// The draft with one component in the place of several others; without the inputs' documents.
///
/// in  kept, dropped  ids of components
[[nodiscard]] blueprint::Draft with_one_for(const blueprint::Draft& draft, const std::string& kept,
                                            const std::set<std::string>& dropped);

/// The draft with so many replicas of one component, in the first of its places; without the
/// inputs' documents.
[[nodiscard]] blueprint::Draft with_replicas(const blueprint::Draft& draft, const std::string& id,
                                             std::int64_t replicas);

}  // namespace outlast::pipeline
