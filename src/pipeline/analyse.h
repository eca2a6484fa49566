#pragma once

#include <functional>
#include <string_view>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "findings/evaluation.h"

namespace outlast::pipeline {

struct AnalysisOptions {
  std::uint64_t seed = 1;
  std::size_t threads = 0;  ///< 0: as many as the machine has; the result does not depend on it
  /// Only what is compared with another analysis: the survival table and the availability on the
  /// evidence; no findings, no interval.
  bool outcome_only = false;
  /// Told the name of every step when it starts; may be empty.
  std::function<void(std::string_view step)> on_step = {};
};

/// Asks every engine about one blueprint.
/// cost  see `judge_all` and `availability_of`
[[nodiscard]] findings::Analysis analyse(const blueprint::Blueprint& bp,
                                         const catalog::Catalog& catalog,
                                         const AnalysisOptions& options);

}  // namespace outlast::pipeline
