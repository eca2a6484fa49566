#pragma once

#include <cstdint>

namespace outlast::engines::montecarlo {

struct Interval {
  double low = 0;
  double high = 1;
};

/// What n independent draws of a number in [0, 1] had in common.
struct Moments {
  std::uint64_t draws = 0;
  double mean = 0;
  double mean_square = 0;
};

/// Where the true mean lies, two-sided.
///
/// in      z  normal quantile: 1.96 for 95 %
/// out     Wilson's interval (1927) where all draws are 0 or 1; for others the same with the size
///         of a hit, E[Y²]/E[Y], in place of 1. So it neither leaves [0, 1] nor shrinks to nothing
///         where no draw has hit, or all have.
[[nodiscard]] Interval score_interval(const Moments& moments, double z);

}  // namespace outlast::engines::montecarlo
