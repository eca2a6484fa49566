#include "engines/simulation/draws.h"

#include <cmath>

#include "base/pinned_math.h"

namespace outlast::engines::simulation {

double Draws::exponential() {
  return -base::pinned_log(uniform());
}

double Draws::spread(double cv2) {
  if (cv2 == 1) {
    return exponential();
  }
  if (cv2 == 0) {
    return 1;
  }
  if (cv2 < 1) {
    // Two exponential parts of mean m each and a fixed one: variance 2m² = cv²; where that would
    // make the fixed one negative, unequal exponential parts a + b = 1, a² + b² = cv².
    if (cv2 <= 0.5) {
      const double m = std::sqrt(cv2 / 2);
      return 1 - 2 * m + m * (exponential() + exponential());
    }
    const double a = (1 + std::sqrt(2 * cv2 - 1)) / 2;
    const double first = a * exponential();
    return first + (1 - a) * exponential();
  }
  // Balanced means: p/λ₁ = (1 − p)/λ₂ = 1/2 (Tijms 1994, *Stochastic Models*).
  const double p = (1 + std::sqrt((cv2 - 1) / (cv2 + 1))) / 2;
  const double share = uniform() < p ? p : 1 - p;
  return exponential() / (2 * share);
}

}  // namespace outlast::engines::simulation
