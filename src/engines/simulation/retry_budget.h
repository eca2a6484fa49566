#pragma once

#include <algorithm>

#include "base/pinned_math.h"
#include "engines/simulation/model.h"

namespace outlast::engines::simulation {

/// What callers may still ask again: each first attempt adds a share of a retry, each retry takes
/// one. What is saved fades, so that after any length of time without trouble there is what
/// `saved_s` of first attempts bring, and no more: callers do not save for hours.
/// One code for both engines: `first` and `take` one by one, `begin` to `pass` for flows.
class RetryBudget {
 public:
  explicit RetryBudget(const Retry& retry) : share_(retry.budget), saved_s_(retry.saved_s) {}

  [[nodiscard]] bool exists() const { return share_ < kForever; }
  [[nodiscard]] double saved() const { return saved_; }

  // One by one.
  void first(double now_s) {
    if (exists()) {
      fade(now_s);
      saved_ += share_;
    }
  }
  /// May one ask again? A part of a retry lets a whole one through, which is owed then.
  [[nodiscard]] bool take(double now_s) {
    if (!exists()) {
      return true;
    }
    fade(now_s);
    if (saved_ <= 0) {
      return false;
    }
    saved_ -= 1;
    return true;
  }

  // Flows: a step adds and takes evenly.
  void begin() { net_ = 0; }
  void first_of(double mass) { net_ += exists() ? share_ * mass : 0; }
  /// out  those of them that may ask again
  [[nodiscard]] double take_of(double mass) {
    if (!exists()) {
      return mass;
    }
    const double taken = std::clamp(saved_ + net_, 0.0, mass);
    net_ -= taken;
    return taken;
  }
  /// The step is over, or goes on as it is for so many times its length. An implicit step: exact at
  /// rest, and never below nothing.
  void pass(double length_s, double times = 1) {
    if (exists()) {
      saved_ = std::max(0.0, saved_ + times * net_) / (1 + times * length_s / saved_s_);
    }
  }

 private:
  void fade(double now_s) {
    if (saved_ > 0) {
      saved_ *= base::pinned_exp((last_s_ - now_s) / saved_s_);
    }
    last_s_ = now_s;
  }

  double share_;
  double saved_s_;
  double saved_ = 0;
  double last_s_ = 0;  ///< when it faded last
  double net_ = 0;     ///< added in the step under way, less what was taken
};

}  // namespace outlast::engines::simulation
