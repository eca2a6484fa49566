#pragma once

#include <vector>

#include "base/units.h"

namespace outlast::base {

/// How a duration is distributed.
enum class Shape { fixed, exponential, lognormal, unbounded };

/// A random length of time: fixed, exponential, lognormal, or without end.
class Duration {
 public:
  /// Zero.
  constexpr Duration() = default;

  [[nodiscard]] static Duration fixed(Seconds value);
  [[nodiscard]] static Duration exponential(Seconds mean);
  /// out     median · e^(z · ln(p90/median)/z90)
  /// assumes p90 ≥ median > 0
  [[nodiscard]] static Duration lognormal(Seconds median, Seconds p90);
  [[nodiscard]] static Duration unbounded();

  [[nodiscard]] Shape shape() const { return shape_; }
  [[nodiscard]] bool is_unbounded() const { return shape_ == Shape::unbounded; }
  /// Infinite where unbounded.
  [[nodiscard]] double mean_s() const;
  /// in      p in (0, 1)
  /// source  lognormal: normal quantile by Wichura 1988 (AS 241), about 16 digits
  [[nodiscard]] double quantile_s(double p) const;
  [[nodiscard]] double median_s() const { return quantile_s(0.5); }
  /// E[min(limit, D)], for exponential and fixed exactly, for lognormal in closed form.
  [[nodiscard]] double mean_below_s(double limit_s) const;
  /// E[(D − buffer)⁺] = mean − E[min(buffer, D)].
  [[nodiscard]] double mean_beyond_s(double buffer_s) const;
  /// P(D > limit).
  [[nodiscard]] double share_beyond(double limit_s) const;

  /// Means of the n strata of equal probability, ascending: n draws with exactly the mean of the
  /// distribution and nearly its quantiles. Infinite where unbounded.
  [[nodiscard]] std::vector<double> strata_s(std::size_t n) const;

  friend auto operator<=>(const Duration&, const Duration&) = default;

 private:
  Duration(Shape shape, double a, double b) : shape_(shape), a_(a), b_(b) {}
  [[nodiscard]] double mean_up_to_quantile_s(double p) const;

  Shape shape_ = Shape::fixed;
  double a_ = 0;  ///< fixed: value; exponential: mean; lognormal: ln median
  double b_ = 0;  ///< lognormal: standard deviation of the logarithm
};

}  // namespace outlast::base
