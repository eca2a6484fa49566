#pragma once

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "blueprint/blueprint.h"
#include "findings/evaluation.h"

namespace outlast::picture {

/// What alone stops users, by what findings say.
struct SinglePoints {
  std::set<std::string> components;  ///< ids
  /// Case ("zone", "region", "provider") and name of the place.
  std::set<std::pair<std::string, std::string>> places;
};

[[nodiscard]] SinglePoints find_single_points(const findings::Analysis& analysis);

/// For each component: does some journey need it, in whatever way?
/// cost    linear in components and needs
[[nodiscard]] std::vector<bool> find_on_journeys(const blueprint::Blueprint& bp);

}  // namespace outlast::picture
