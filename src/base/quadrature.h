#pragma once

#include <array>

namespace outlast::base {

struct QuadraturePoint {
  double at;      ///< within (0, 1)
  double weight;  ///< all of them sum to 1
};

/// Gauss–Legendre with eight points on [0, 1]: the mean of a polynomial of degree 15 or less is
/// exact, that of a smooth function nearly so.
/// source  Abramowitz & Stegun 1964, table 25.4
inline constexpr std::array<QuadraturePoint, 8> kGaussLegendre = {
    {{0.0198550717512319, 0.0506142681451881},
     {0.1016667612931866, 0.1111905172266872},
     {0.2372337950418355, 0.1568533229389437},
     {0.4082826787521751, 0.1813418916891810},
     {0.5917173212478249, 0.1813418916891810},
     {0.7627662049581645, 0.1568533229389437},
     {0.8983332387068134, 0.1111905172266872},
     {0.9801449282487681, 0.0506142681451881}}};

}  // namespace outlast::base
