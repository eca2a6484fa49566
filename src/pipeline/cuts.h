#pragma once

#include <vector>

#include "failure/structure.h"

namespace outlast::pipeline {

/// Events that together leave somebody unserved, none of which could be left out.
struct Cut {
  std::vector<failure::EventId> events;  ///< ascending
  std::vector<std::size_t> paths;        ///< that it stops, ascending
  double users = 0;                      ///< share of all users on these paths
  double share_of_time = 0;              ///< in which all of them last, a mean over those users
  double per_year = 0;                   ///< how often that begins
};

struct Cuts {
  std::vector<Cut> all;     ///< the most user time first
  bool is_complete = true;  ///< false: a path outgrew the budget, or there are more than listed
};

/// The minimal cuts of at most `most_events` events of all paths of a structure.
///
/// in      structure  at any reading
///         paths      those of the structure
/// cost    a solution per different path, see `faulttree::Solution`
/// assumes redundancy stands in for what it should: what it fails to (coverage) is no cut here
///         independent events: a cut lasts Π q of the time and begins Σ_i (1/T_i) Π q times, with
///         T_i the mean time that event i lasts for what it stops; independent hits of a shock:
///         alone it stops a path as long as any of them does
[[nodiscard]] Cuts minimal_cuts(const failure::Structure& structure,
                                const std::vector<failure::Path>& paths, std::size_t most_events);

}  // namespace outlast::pipeline
