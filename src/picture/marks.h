#pragma once

#include <set>
#include <string>
#include <tuple>

#include "findings/evaluation.h"

namespace outlast::picture {

/// What alone stops users: components by what findings say, what several share by what it stops;
/// of a zone whose one machine is told as a finding there is no finding of its own.
struct SinglePoints {
  std::set<std::string> components;  ///< ids
  /// Case ("server" of hosts and racks, "zone" of facilities too, "region", "provider") and name.
  std::set<std::pair<std::string, std::string>> places;
  std::set<std::string> services;  ///< of providers, for people
};

[[nodiscard]] SinglePoints find_single_points(const findings::Analysis& analysis);

}  // namespace outlast::picture
