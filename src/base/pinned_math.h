#pragma once

namespace outlast::base {

/// Elementary functions from one source, the same bits on every machine.
/// libm's differ in the last digits with and without fused multiply-add; these use only
/// + − × ÷ and sqrt, which IEEE 754 fixes, and the build forbids contraction.

/// e^x; relative error below 4e-16; 0 below −745, infinite above 709.78.
[[nodiscard]] double pinned_exp(double x);

/// Natural logarithm; relative error below 4e-16.
/// assumes x > 0 and normal
[[nodiscard]] double pinned_log(double x);

/// Standard normal distribution function.
/// out     absolute error below 1e-15
/// source  series of Marsaglia 2004 for |x| < 6, tail by continued fraction
[[nodiscard]] double normal_cdf(double x);

/// Standard normal quantile.
/// in      p in (0, 1)
/// source  Wichura 1988, algorithm AS 241 (PPND16)
[[nodiscard]] double normal_quantile(double p);

}  // namespace outlast::base
