#pragma once

#include <functional>
#include <vector>

#include "base/units.h"

namespace outlast::pipeline {

/// Whole users at which one cost begins to be less than another that was not more below.
struct Crossing {
  bool first_below = true;  ///< the first is the cheaper one with fewer users
  double users = 0;         ///< from here on the other one is
};

/// Every change of the cheaper one between two costs, as far as a grid of 8 loads a decade shows.
///
/// in   first, second  cost a month at whole numbers of users
///      most           users up to which it is asked
/// out  at `users` the other one costs less, at `users − 1` it does not
/// cost about 8 evaluations a decade, and some 20 for each crossing
/// limits  costs in steps may cross twice between two loads of the grid; such pairs are not seen
[[nodiscard]] std::vector<Crossing> crossings(const std::function<base::Money(double)>& first,
                                              const std::function<base::Money(double)>& second,
                                              double most);

}  // namespace outlast::pipeline
