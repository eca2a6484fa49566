#pragma once

#include <array>
#include <cstddef>

#include "incidents/incident.h"

namespace outlast::replay {

/// How what is uncertain turns out: figures of an incident that are only our estimates, and how long
/// recoveries take.
enum class Luck { good, middle, bad };

/// The quantile at which recoveries are taken, by luck.
inline constexpr std::array<double, 3> kQuantiles = {0.1, 0.5, 0.9};
[[nodiscard]] constexpr double quantile_of(Luck luck) {
  return kQuantiles[static_cast<std::size_t>(luck)];
}

/// An incident with each figure that is our estimate at one end of what it may well have been: the
/// odds of a share by a factor of three, a time by half as much again. What was published stays; where
/// things come back one by one, the one that is used is among the first or the last.
/// assumes  A-262
[[nodiscard]] incidents::Incident estimated(incidents::Incident incident, Luck luck);

}  // namespace outlast::replay
