#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "blueprint/blueprint.h"
#include "failure/structure.h"
#include "findings/evaluation.h"
#include "pipeline/judge_all.h"

namespace outlast::pipeline {

/// What a year is sampled from.
struct YearSubject {
  const blueprint::Blueprint& bp;
  const Cases& cases;
  const std::vector<failure::Path>& paths;
  const failure::Structure& structure;
};

struct NextYearOptions {
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  std::optional<double> asked = {};  ///< so probable is a year to be that meets all objectives
};

/// What next year may bring, by sampling every event over many years.
///
/// in      journeys  with their objectives, as in the blueprint
/// out     years that begin with nothing down; the same bytes for any number of threads
/// cost    within a budget of changes, at least 256 years; see `montecarlo::sample_years`. Where it
///         is asked how probable a year is that meets all, twice as many each time until that is
///         decided, sixteen times as many at most
/// assumes figures as they are (docs/model.md, A-28)
[[nodiscard]] findings::NextYear sample_next_year(
    const YearSubject& subject, const std::vector<findings::JourneyAvailability>& journeys,
    const NextYearOptions& options);

}  // namespace outlast::pipeline
