#pragma once

#include <algorithm>

namespace outlast::engines::simulation {

/// By when those ask again who fail evenly over a step: each waits for the backoff, or, with jitter,
/// for any part of it. Times are from the first failure on.
class Comeback {
 public:
  Comeback(double step_s, double backoff_s, bool has_jitter)
      : step_s_(step_s),
        least_s_(has_jitter ? 0 : backoff_s),
        most_s_(backoff_s),
        per_s_(1 / step_s),
        // Of a sum of two even lengths of time; where one is no length the other is left.
        per_area_(has_jitter && backoff_s > 0 ? 1 / (step_s * backoff_s) : 0) {}

  /// From the first to the last of them.
  [[nodiscard]] double lasts_s() const { return step_s_ + most_s_ - least_s_; }
  [[nodiscard]] double begins_s() const { return least_s_; }

  /// Share that has asked again by then.
  [[nodiscard]] double by(double at_s) const {
    return per_area_ > 0 ? (area(at_s) - area(at_s - most_s_)) * per_area_
                         : std::clamp((at_s - least_s_) * per_s_, 0.0, 1.0);
  }

 private:
  /// Of those who fail, by then, times how long ago.
  [[nodiscard]] double area(double at_s) const {
    const double within_s = std::clamp(at_s, 0.0, step_s_);
    return within_s * within_s / 2 + step_s_ * std::max(0.0, at_s - step_s_);
  }

  double step_s_;
  double least_s_;
  double most_s_;
  double per_s_;
  double per_area_;
};

}  // namespace outlast::engines::simulation
