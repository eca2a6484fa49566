#include "base/distribution.h"

#include <algorithm>
#include <limits>

#include "base/assert.h"
#include "base/pinned_math.h"

namespace outlast::base {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNormal90 = 1.2815515655446004;  // the 90th percentile of the standard normal

}  // namespace

Duration Duration::fixed(Seconds value) {
  return {Shape::fixed, value.value, 0};
}

Duration Duration::exponential(Seconds mean) {
  return {Shape::exponential, mean.value, 0};
}

Duration Duration::lognormal(Seconds median, Seconds p90) {
  OUTLAST_ASSERT(median.value > 0 && p90 >= median, "a lognormal needs p90 ≥ median > 0");
  const double sigma = pinned_log(p90.value / median.value) / kNormal90;
  return {Shape::lognormal, pinned_log(median.value), sigma};
}

Duration Duration::unbounded() {
  return {Shape::unbounded, 0, 0};
}

double Duration::mean_s() const {
  switch (shape_) {
    case Shape::fixed:
    case Shape::exponential:
      return a_;
    case Shape::lognormal:
      return pinned_exp(a_ + b_ * b_ / 2);
    case Shape::unbounded:
      break;
  }
  return kInfinity;
}

double Duration::quantile_s(double p) const {
  switch (shape_) {
    case Shape::fixed:
      return a_;
    case Shape::exponential:
      return -a_ * pinned_log(1 - p);
    case Shape::lognormal:
      return pinned_exp(a_ + b_ * normal_quantile(p));
    case Shape::unbounded:
      break;
  }
  return kInfinity;
}

double Duration::mean_below_s(double limit_s) const {
  switch (shape_) {
    case Shape::fixed:
      return std::min(a_, limit_s);
    case Shape::exponential:
      return a_ > 0 ? a_ * (1 - pinned_exp(-limit_s / a_)) : 0;
    case Shape::lognormal: {
      if (limit_s <= 0) {
        return 0;
      }
      if (b_ == 0) {
        return std::min(pinned_exp(a_), limit_s);
      }
      const double z = (pinned_log(limit_s) - a_) / b_;
      return mean_s() * normal_cdf(z - b_) + limit_s * normal_cdf(-z);
    }
    case Shape::unbounded:
      break;
  }
  return limit_s;
}

double Duration::mean_beyond_s(double buffer_s) const {
  if (shape_ == Shape::unbounded) {
    return kInfinity;
  }
  if (shape_ == Shape::exponential) {  // without the cancellation of mean − mean_below
    return a_ > 0 ? a_ * pinned_exp(-buffer_s / a_) : 0;
  }
  return std::max(0.0, mean_s() - mean_below_s(buffer_s));
}

double Duration::share_beyond(double limit_s) const {
  if (limit_s < 0) {
    return 1;
  }
  switch (shape_) {
    case Shape::fixed:
      return a_ > limit_s ? 1 : 0;
    case Shape::exponential:
      return a_ > 0 ? pinned_exp(-limit_s / a_) : 0;
    case Shape::lognormal:
      if (b_ == 0 || limit_s <= 0) {
        return limit_s <= 0 || pinned_exp(a_) > limit_s ? 1 : 0;
      }
      return normal_cdf((a_ - pinned_log(limit_s)) / b_);
    case Shape::unbounded:
      break;
  }
  return 1;
}

/// E[D; D ≤ quantile(p)]: what the shortest share p of the draws contributes to the mean.
double Duration::mean_up_to_quantile_s(double p) const {
  if (p <= 0) {
    return 0;
  }
  if (p >= 1) {
    return mean_s();
  }
  if (shape_ == Shape::exponential) {
    return a_ * (p + (1 - p) * pinned_log(1 - p));
  }
  return mean_s() * normal_cdf(normal_quantile(p) - b_);
}

std::vector<double> Duration::strata_s(std::size_t n) const {
  const bool is_random = shape_ == Shape::exponential || (shape_ == Shape::lognormal && b_ > 0);
  if (!is_random) {
    return std::vector<double>(n, quantile_s(0.5));
  }
  std::vector<double> strata(n);
  const auto count = static_cast<double>(n);
  double below = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double up_to = mean_up_to_quantile_s(static_cast<double>(i + 1) / count);
    strata[i] = (up_to - below) * count;
    below = up_to;
  }
  return strata;
}

}  // namespace outlast::base
