#pragma once

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "findings/evaluation.h"

namespace outlast::pipeline {

/// Asks every engine about one blueprint.
/// cost  see `judge_all` and `availability_of`; on `threads` threads, same result for any
[[nodiscard]] findings::Analysis analyse(const blueprint::Blueprint& bp,
                                         const catalog::Catalog& catalog, std::uint64_t seed,
                                         std::size_t threads);

}  // namespace outlast::pipeline
