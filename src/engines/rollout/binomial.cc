#include "engines/rollout/binomial.h"

#include <algorithm>
#include <cmath>

#include "base/pinned_math.h"

namespace outlast::engines::rollout {
namespace {

/// ln Γ(x) for x ≥ 1: Stirling's series, after the argument is raised to where it converges.
double log_gamma(double x) {
  constexpr double kFarEnough = 12;
  constexpr double kHalfLogTwoPi = 0.918938533204672742;
  double shift = 0;
  while (x < kFarEnough) {
    shift += base::pinned_log(x);
    x += 1;
  }
  const double y = 1 / (x * x);
  const double series =
      (1.0 / 12 - y * (1.0 / 360 - y * (1.0 / 1260 - y * (1.0 / 1680 - y / 1188)))) / x;
  return (x - 0.5) * base::pinned_log(x) - x + kHalfLogTwoPi + series - shift;
}

/// The continued fraction of I_x(a, b), by the method of Lentz; quick for x < (a + 1) / (a + b + 2).
double beta_fraction(double a, double b, double x) {
  constexpr double kTiny = 1e-300;
  constexpr double kExact = 1e-15;
  constexpr int kMostTerms = 10'000;
  const auto kept = [](double v) { return std::abs(v) < kTiny ? kTiny : v; };
  double c = 1;
  double d = 1 / kept(1 - (a + b) * x / (a + 1));
  double fraction = d;
  for (int m = 1; m < kMostTerms; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    fraction *= d * c;
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    fraction *= d * c;
    if (std::abs(d * c - 1) < kExact) {
      break;
    }
  }
  return fraction;
}

/// I_x(a, b) for x in (0, 1).
double incomplete_beta(double a, double b, double x) {
  const double front = base::pinned_exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) +
                                        a * base::pinned_log(x) + b * base::pinned_log(1 - x));
  return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a
                                   : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

/// The normal law about whole numbers, corrected for the skew.
double normal_above(double n, double p, double k) {
  const double deviation = std::sqrt(n * p * (1 - p));
  const double z = (k + 0.5 - n * p) / deviation;
  constexpr double kBeyondDoubt = 38;
  if (std::abs(z) > kBeyondDoubt) {
    return z > 0 ? 0 : 1;
  }
  constexpr double kInverseRootTwoPi = 0.398942280401432678;
  const double density = kInverseRootTwoPi * base::pinned_exp(-z * z / 2);
  const double skew = (1 - 2 * p) / deviation;
  return 1 - base::normal_cdf(z) + density * skew / 6 * (z * z - 1);
}

}  // namespace

double binomial_above(std::uint64_t n, double p, std::uint64_t k) {
  if (k >= n || p <= 0) {
    return 0;
  }
  if (p >= 1) {
    return 1;
  }
  constexpr double kLargeVariance = 1e4;
  const auto trials = static_cast<double>(n);
  if (trials * p * (1 - p) > kLargeVariance) {
    return std::clamp(normal_above(trials, p, static_cast<double>(k)), 0.0, 1.0);
  }
  const auto above = static_cast<double>(k) + 1;
  const double below = static_cast<double>(n) - static_cast<double>(k);
  return std::clamp(incomplete_beta(above, below, p), 0.0, 1.0);
}

}  // namespace outlast::engines::rollout
