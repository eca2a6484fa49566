#pragma once

#include <cstdint>

#include "engines/simulation/event_queue.h"

namespace outlast::engines::simulation {

/// What came to a station within one step by one call and attempt; masses, not requests.
struct Part {
  double arrived_s = 0;  ///< middle of the step
  double mass = 0;       ///< still there
  double sojourn_s = 0;  ///< what was ahead of it, in time
  std::uint32_t call = 0;
  std::uint16_t attempt = 0;
  bool is_settled = false;  ///< who of them is answered in time was decided when they came
};

/// First in, first out, by mass: so work whose caller has given up is still done, and counts.
/// Parts of one step leave in equal shares.
class AgeQueue {
 public:
  [[nodiscard]] bool empty() const { return parts_.empty(); }
  [[nodiscard]] double mass() const { return mass_; }
  [[nodiscard]] double oldest_s() const { return parts_.front().arrived_s; }
  /// Everything that ever left; with what ever came, where in the line a part stands.
  [[nodiscard]] double gone() const { return gone_; }
  [[nodiscard]] double come() const { return gone_ + mass_; }

  /// All that is there came so much later.
  void put_off(double by_s) {
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      parts_[i].arrived_s += by_s;
    }
  }

  void push(const Part& part) {
    if (part.mass > 0) {
      parts_.push_back(part);
      mass_ += part.mass;
    }
  }

  /// Takes `mass` from the front and tells `leave(part, mass of it)`.
  /// cost  linear in the parts that leave whole
  template <class Leave>
  void take(double mass, Leave leave) {
    while (mass > 0 && !parts_.empty()) {
      mass -= take_of_front_step(mass, leave);
    }
    // What rounding left, of the sum or of a part: else that part would age for ever.
    if (parts_.empty() || mass_ <= 0) {
      while (!parts_.empty()) {
        parts_.pop_front();
      }
      gone_ += mass_;
      mass_ = 0;
    }
  }

  /// Takes all that came before `before_s`.
  template <class Leave>
  double take_older(double before_s, Leave leave) {
    double taken = 0;
    while (!parts_.empty() && parts_.front().arrived_s < before_s) {
      taken += take_of_front_step(parts_.front().mass * 2, leave, 1);
    }
    return taken;
  }

 private:
  template <class Leave>
  double take_of_front_step(double wanted, Leave leave, std::size_t most_parts = SIZE_MAX) {
    std::size_t n = 0;
    double there = 0;
    const double arrived_s = parts_.front().arrived_s;
    while (n < parts_.size() && n < most_parts && parts_[n].arrived_s == arrived_s) {
      there += parts_[n++].mass;
    }
    const bool is_all = wanted >= there;
    const double share = is_all ? 1 : wanted / there;
    for (std::size_t i = 0; i < n; ++i) {
      Part& part = parts_[is_all ? 0 : i];
      leave(part, part.mass * share);
      if (is_all) {
        parts_.pop_front();
      } else {
        part.mass *= 1 - share;
      }
    }
    const double taken = is_all ? there : wanted;
    mass_ -= taken;
    gone_ += taken;
    return taken;
  }

  Ring<Part> parts_;
  double mass_ = 0;
  double gone_ = 0;
};

}  // namespace outlast::engines::simulation
