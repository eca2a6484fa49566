#pragma once

#include <cstdint>

namespace outlast::engines::rollout {

/// P(X > k) for X ~ Bin(n, p).
///
/// in      p in [0, 1]
/// out     in [0, 1]; absolute error below 1e-8, and 1e-5 where the variance is above 10,000
/// cost    some hundred terms of a continued fraction at most; with a large variance none
/// source  regularised incomplete beta function I_p(k + 1, n − k), by its continued fraction
///         (Abramowitz & Stegun 1964, 26.5.8 and 26.5.24); with a large variance the normal law with
///         the first term of Edgeworth's series (26.2.48)
[[nodiscard]] double binomial_above(std::uint64_t n, double p, std::uint64_t k);

}  // namespace outlast::engines::rollout
