#include "engines/montecarlo/coin.h"

#include <cmath>

#include "base/assert.h"
#include "base/pinned_math.h"

namespace outlast::engines::montecarlo {
namespace {

constexpr std::uint32_t kMostHalvings = 20;
/// Measured: a hit of the rest costs as much as halving this many scenarios.
constexpr double kHitInHalvings = 230;

/// −ln(1 − r), also where 1 − r rounds.
double minus_log_of_rest(double r) {
  return r < 1e-4 ? r + r * r / 2 + r * r * r / 3 : -base::pinned_log(1 - r);
}

}  // namespace

Coin coin_for(double p) {
  OUTLAST_ASSERT(p >= 0 && p <= 1, "a probability lies in [0, 1]");
  Coin best;
  if (p == 0 || p == 1) {
    best.is_certain = p == 1;
    return best;
  }
  double rest = p;
  double least = p * kHitInHalvings;
  for (std::uint32_t halvings = 1; halvings <= kMostHalvings; ++halvings) {
    const double scale = std::ldexp(1, static_cast<int>(halvings));
    const double numerator = std::floor(p * scale);
    const double coarse = numerator / scale;
    const double left = (p - coarse) / (1 - coarse);
    const double cost = halvings + left * kHitInHalvings;
    if (numerator > 0 && cost < least) {
      least = cost;
      best.numerator = static_cast<std::uint32_t>(numerator);
      best.halvings = halvings;
      rest = left;
    }
  }
  best.skip = rest > 0 ? 1 / minus_log_of_rest(rest) : 0;
  return best;
}

}  // namespace outlast::engines::montecarlo
