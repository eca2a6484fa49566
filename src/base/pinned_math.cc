#include "base/pinned_math.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace outlast::base {
namespace {

// ln 2 in two parts, so that k·kLn2High is exact for |k| < 2^11.
constexpr double kLn2High = 6.93147180369123816490e-01;
constexpr double kLn2Low = 1.90821492927058770002e-10;
constexpr double kInverseLn2 = 1.44269504088896338700e+00;

// 1/n! of the powers of e^r: n = 2, 4, … and n = 1, 3, …
constexpr double kEvenExp[] = {1.0 / 2,       1.0 / 24,        1.0 / 720,        1.0 / 40320,
                               1.0 / 3628800, 1.0 / 479001600, 1.0 / 87178291200};
constexpr double kOddExp[] = {1.0,          1.0 / 6,        1.0 / 120,       1.0 / 5040,
                              1.0 / 362880, 1.0 / 39916800, 1.0 / 6227020800};

/// 2^k · x, also where 2^k alone would leave the range.
double scale_by_power_of_two(double x, int k) {
  const auto power = [](int e) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(e + 1023) << 52U);
  };
  if (k > 1023) {
    return x * power(1023) * power(k - 1023);
  }
  if (k < -1022) {
    return x * power(k + 1022 > -1022 ? k + 1022 : -1022) * power(-1022);
  }
  return x * power(k);
}

template <int N>
double polynomial(const double (&c)[N], double x) {
  double sum = c[N - 1];
  for (int i = N - 2; i >= 0; --i) {
    sum = sum * x + c[i];
  }
  return sum;
}

}  // namespace

double pinned_exp(double x) {
  if (x > 709.782712893384) {
    return std::numeric_limits<double>::infinity();
  }
  if (x < -745.2) {
    return 0;
  }
  const double k = std::floor(x * kInverseLn2 + 0.5);
  const double high = x - k * kLn2High;
  const double low = k * kLn2Low;
  const double r = high - low;  // |r| ≤ ln 2 / 2
  // Taylor; the first that is left out is below 1e-19. Even and odd powers apart are two short chains.
  const double r2 = r * r;
  const double even = polynomial(kEvenExp, r2);
  const double odd = polynomial(kOddExp, r2);
  return scale_by_power_of_two(1 + (r * odd + r2 * even), static_cast<int>(k));
}

double pinned_log(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  int exponent = static_cast<int>(bits >> 52U) - 1023;
  double m = std::bit_cast<double>((bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);
  if (m > 1.4142135623730951) {
    m /= 2;
    ++exponent;
  }
  // ln m = 2 artanh((m − 1)/(m + 1)), |s| ≤ 0.172
  const double s = (m - 1) / (m + 1);
  const double s2 = s * s;
  double sum = 0;
  for (int n = 23; n >= 3; n -= 2) {
    sum = (sum + 1.0 / n) * s2;
  }
  const double log_m = 2 * s + 2 * s * sum;
  return exponent * kLn2High + (log_m + exponent * kLn2Low);
}

double normal_cdf(double x) {
  constexpr double kLogSqrtTwoPi = 0.91893853320467274178;
  if (x < -38) {
    return 0;
  }
  if (x > 9) {
    return 1;
  }
  const double density = pinned_exp(-0.5 * x * x - kLogSqrtTwoPi);
  if (x < -6) {  // Mills ratio by continued fraction, evaluated from the far end
    double fraction = -x;
    for (int n = 40; n >= 1; --n) {
      fraction = -x + n / fraction;
    }
    return density / fraction;
  }
  double term = x;
  double sum = x;
  for (int n = 3; sum + term != sum; n += 2) {
    term = term * x * x / n;
    sum += term;
  }
  return 0.5 + sum * density;
}

double normal_quantile(double p) {
  static constexpr double a[] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                                 1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                 3.3430575583588128105e+4, 2.5090809287301226727e+3};
  static constexpr double b[] = {1.0,
                                 4.2313330701600911252e+1,
                                 6.8718700749205790830e+2,
                                 5.3941960214247511077e+3,
                                 2.1213794301586595867e+4,
                                 3.9307895800092710610e+4,
                                 2.8729085735721942674e+4,
                                 5.2264952788528545610e+3};
  static constexpr double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                 5.76949722146069140550e0,  3.64784832476320460504e0,
                                 1.27045825245236838258e0,  2.41780725177450611770e-1,
                                 2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static constexpr double d[] = {1.0,
                                 2.05319162663775882187e0,
                                 1.67638483018380384940e0,
                                 6.89767334985100004550e-1,
                                 1.48103976427480074590e-1,
                                 1.51986665636164571966e-2,
                                 5.47593808499534494600e-4,
                                 1.05075007164441684324e-9};
  static constexpr double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                 1.78482653991729133580e0,  2.96560571828504891230e-1,
                                 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                 2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static constexpr double f[] = {1.0,
                                 5.99832206555887937690e-1,
                                 1.36929880922735805310e-1,
                                 1.48753612908506148525e-2,
                                 7.86869131145613259100e-4,
                                 1.84631831751005468180e-5,
                                 1.42151175831644588870e-7,
                                 2.04426310338993978564e-15};
  const double q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(a, r) / polynomial(b, r);
  }
  const double r = std::sqrt(-pinned_log(q < 0 ? p : 1 - p));
  const double x = r <= 5 ? polynomial(c, r - 1.6) / polynomial(d, r - 1.6)
                          : polynomial(e, r - 5) / polynomial(f, r - 5);
  return q < 0 ? -x : x;
}

}  // namespace outlast::base
