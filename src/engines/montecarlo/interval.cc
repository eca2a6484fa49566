#include "engines/montecarlo/interval.h"

#include <algorithm>
#include <cmath>

namespace outlast::engines::montecarlo {
namespace {

/// The means μ with (mean − μ)² ≤ z²/n · (size·μ − μ²): the variance that draws of this size of a
/// hit would have if μ were the truth.
Interval around(double draws, double mean, double size, double z) {
  const double spread = z * z / draws;
  const double middle = mean + size * spread / 2;
  const double root = std::sqrt(std::max(0.0, middle * middle - (1 + spread) * mean * mean));
  return {std::max(0.0, (middle - root) / (1 + spread)),
          std::min(1.0, (middle + root) / (1 + spread))};
}

}  // namespace

Interval score_interval(const Moments& moments, double z) {
  const auto draws = static_cast<double>(moments.draws);
  if (moments.draws == 0) {
    return {};
  }
  if (moments.mean <= 0.5) {
    const double size = moments.mean > 0 ? moments.mean_square / moments.mean : 1;
    return around(draws, moments.mean, size, z);
  }
  // Seen from the other end, so that numbers near 1 are few and rare again.
  const double missing = 1 - moments.mean;
  const double square = 1 - 2 * moments.mean + moments.mean_square;
  const double size = missing > 0 ? std::max(square / missing, 0.0) : 1;
  const Interval other = around(draws, missing, size, z);
  return {1 - other.high, 1 - other.low};
}

}  // namespace outlast::engines::montecarlo
