#include "engines/simulation/arrivals.h"

#include <algorithm>
#include <cmath>

namespace outlast::engines::simulation {
namespace {

/// Time after which a rate that starts at `rate` and grows by `slope` has brought `amount`;
/// infinite where it never does.
double time_for(double amount, double rate, double slope) {
  const double discriminant = rate * rate + 2 * slope * amount;
  if (discriminant < 0 || (rate <= 0 && slope <= 0)) {
    return kForever;
  }
  // The root that does not cancel.
  return 2 * amount / (rate + std::sqrt(discriminant));
}

}  // namespace

double ArrivalClock::next_s() {
  const auto& points = source_.rate;
  double amount = draws_.spread(source_.cv2);
  while (true) {
    while (piece_ < points.size() && points[piece_].at_s <= now_s_) {
      ++piece_;
    }
    const bool is_last = piece_ == points.size();
    const double end_s = is_last ? kForever : points[piece_].at_s;
    const double rate = rate_at(points, now_s_);
    const double slope = is_last || piece_ == 0
                             ? 0
                             : (points[piece_].per_s - points[piece_ - 1].per_s) /
                                   (points[piece_].at_s - points[piece_ - 1].at_s);
    const double at_s = now_s_ + time_for(amount, rate, slope);
    if (at_s <= end_s) {
      now_s_ = at_s;
      return at_s;
    }
    const double length_s = end_s - now_s_;
    amount = std::max(0.0, amount - length_s * (rate + slope * length_s / 2));
    now_s_ = end_s;
  }
}

}  // namespace outlast::engines::simulation
