// Deviates: numbers that are not known exactly.
//
// Method: uniform, normal and histogram by inversion, so that a trial needs one random number;
//   gamma by squeezing a cubed normal (Marsaglia & Tsang 2000), beta as the share of the first of
//   two gammas. Each draw has its own block of the stream, so that a rejection in one trial does
//   not move the next.
// Why it ends: rejection accepts 95 % or more of its proposals; after kMostProposals the last one is
//   taken, which happens once in 10^80 draws.
// Source: Marsaglia & Tsang 2000; the parameters are those of Open-PSA MEF 2.0d.

#include "mef/deviates.h"

#include <cmath>
#include <limits>

#include "base/pinned_math.h"
#include "base/random.h"

namespace outlast::mef {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t kNumbersPerTrial = std::uint64_t{1} << 16;
constexpr std::uint64_t kMostProposals = 64;

/// Numbers of one trial, one after the other.
class Numbers {
 public:
  Numbers(std::uint64_t seed, std::uint64_t stream, std::uint64_t trial)
      : stream_(seed, stream), next_(trial * kNumbersPerTrial) {}
  double uniform() { return stream_.uniform(next_++); }
  double normal() { return base::normal_quantile(uniform()); }

 private:
  base::RandomStream stream_;
  std::uint64_t next_;
};

struct Lognormal {
  double mu;
  double sigma;
};

/// The logarithm's mean and deviation from the mean and the factor between median and quantile.
Lognormal lognormal_of(Operation deviate, std::span<const double> a) {
  if (deviate == Operation::lognormal_deviate) {
    return {a[0], a[1]};
  }
  const bool is_possible = a[0] > 0 && a[1] > 1 && a[2] > 0.5 && a[2] < 1;
  const double sigma =
      is_possible ? base::pinned_log(a[1]) / base::normal_quantile(a[2]) : kUndefined;
  return {is_possible ? base::pinned_log(a[0]) - sigma * sigma / 2 : kUndefined, sigma};
}

double mean_of_histogram(std::span<const double> a) {
  double sum = 0;
  double weights = 0;
  for (std::size_t i = 1; i + 1 < a.size(); i += 2) {
    const double lower = i == 1 ? a[0] : a[i - 2];
    if (!(a[i] > lower) || a[i + 1] < 0) {
      return kUndefined;
    }
    sum += a[i + 1] * (lower + a[i]) / 2;
    weights += a[i + 1];
  }
  return sum / weights;
}

double draw_of_histogram(std::span<const double> a, double uniform) {
  double weights = 0;
  for (std::size_t i = 2; i < a.size(); i += 2) {
    weights += a[i];
  }
  double left = uniform * weights;
  for (std::size_t i = 1; i + 1 < a.size(); i += 2) {
    const double lower = i == 1 ? a[0] : a[i - 2];
    if (left <= a[i + 1] && a[i + 1] > 0) {
      return lower + (a[i] - lower) * left / a[i + 1];
    }
    left -= a[i + 1];
  }
  return a[a.size() - 2];
}

/// Gamma with scale 1.
double draw_of_gamma(double shape, Numbers& numbers) {
  if (shape < 1) {
    const double lift = base::pinned_exp(base::pinned_log(numbers.uniform()) / shape);
    return draw_of_gamma(shape + 1, numbers) * lift;
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  double cube = 1;
  for (std::uint64_t i = 0; i < kMostProposals; ++i) {
    const double x = numbers.normal();
    const double u = numbers.uniform();
    const double root = 1 + c * x;
    if (root <= 0) {
      continue;
    }
    cube = root * root * root;
    if (base::pinned_log(u) < x * x / 2 + d - d * cube + d * base::pinned_log(cube)) {
      break;
    }
  }
  return d * cube;
}

}  // namespace

double mean_of(Operation deviate, std::span<const double> a) {
  switch (deviate) {
    case Operation::uniform_deviate:
      return a[0] < a[1] ? (a[0] + a[1]) / 2 : kUndefined;
    case Operation::normal_deviate:
      return a[1] > 0 ? a[0] : kUndefined;
    case Operation::lognormal_deviate:
    case Operation::lognormal_by_quantile: {
      const Lognormal log = lognormal_of(deviate, a);
      return log.sigma > 0 ? base::pinned_exp(log.mu + log.sigma * log.sigma / 2) : kUndefined;
    }
    case Operation::gamma_deviate:
      return a[0] > 0 && a[1] > 0 ? a[0] * a[1] : kUndefined;
    case Operation::beta_deviate:
      return a[0] > 0 && a[1] > 0 ? a[0] / (a[0] + a[1]) : kUndefined;
    default:
      return mean_of_histogram(a);
  }
}

double draw_of(Operation deviate, std::span<const double> a, std::uint64_t seed,
               std::uint64_t stream, std::uint64_t trial) {
  Numbers numbers(seed, stream, trial);
  switch (deviate) {
    case Operation::uniform_deviate:
      return a[0] + (a[1] - a[0]) * numbers.uniform();
    case Operation::normal_deviate:
      return a[0] + a[1] * numbers.normal();
    case Operation::lognormal_deviate:
    case Operation::lognormal_by_quantile: {
      const Lognormal log = lognormal_of(deviate, a);
      return base::pinned_exp(log.mu + log.sigma * numbers.normal());
    }
    case Operation::gamma_deviate:
      return a[1] * draw_of_gamma(a[0], numbers);
    case Operation::beta_deviate: {
      const double first = draw_of_gamma(a[0], numbers);
      return first / (first + draw_of_gamma(a[1], numbers));
    }
    default:
      return draw_of_histogram(a, numbers.uniform());
  }
}

}  // namespace outlast::mef
