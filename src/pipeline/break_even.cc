#include "pipeline/break_even.h"

#include <algorithm>
#include <cmath>

#include "base/pinned_math.h"

namespace outlast::pipeline {
namespace {

std::vector<double> grid(double most) {
  constexpr int kSteps = 8;
  std::vector<double> loads;
  for (int i = 0;; ++i) {
    const double users = std::round(base::pinned_exp(base::pinned_log(10) * i / kSteps));
    if (users >= most) {
      break;
    }
    if (loads.empty() || users > loads.back()) {
      loads.push_back(users);
    }
  }
  if (most >= 1) {
    loads.push_back(most);
  }
  return loads;
}

}  // namespace

std::vector<Crossing> crossings(const std::function<base::Money(double)>& first,
                                const std::function<base::Money(double)>& second, double most) {
  // −1: the first costs less, 1: the second does.
  const auto cheaper = [&](double users) {
    const base::Money a = first(users);
    const base::Money b = second(users);
    return a < b ? -1 : b < a ? 1 : 0;
  };
  std::vector<Crossing> all;
  int was = 0;
  double was_at = 0;
  for (const double users : grid(most)) {
    const int now = cheaper(users);
    if (now == 0) {
      continue;  // alike; who is cheaper next decides
    }
    if (was != 0 && now != was) {
      double low = was_at;  // not yet the other one
      double high = users;
      while (high - low > 1) {
        const double middle = std::floor((low + high) / 2);
        (cheaper(middle) == now ? high : low) = middle;
      }
      all.push_back({was == -1, high});
    }
    was = now;
    was_at = users;
  }
  return all;
}

}  // namespace outlast::pipeline
