#pragma once

#include <cmath>

#include "base/assert.h"
#include "engines/simulation/outcome.h"

namespace outlast::engines::simulation {

/// Counts what happens at a station, and keeps two identities of any sample path: who came is
/// gone or there, and ∫L dt is the time all of them spent there (Little 1961; Stidham 1974).
class StationMeter {
 public:
  void wait(double now_s, int change) { move(now_s), waiting_ += change; }
  void work(double now_s, int change) { move(now_s), busy_ += change; }

  void enter(double now_s) {
    move(now_s);
    ++present_;
    ++entered_;
    sum_entered_s_ += now_s;
  }
  /// in  since_s  when it entered
  void leave(double now_s, double since_s) {
    move(now_s);
    --present_;
    ++left_;
    spent_s_ += now_s - since_s;
    sum_left_since_s_ += since_s;
  }

  void count_arrival() { ++arrived; }
  void count_refusal() { ++refused; }

  /// Ends a step of the series.
  void flush(double now_s, double step_s, StationTracks& out) {
    move(now_s);
    out.arrived.push_back(arrived / step_s);
    out.refused.push_back(refused / step_s);
    out.done.push_back(done / step_s);
    out.wasted.push_back(wasted / step_s);
    out.waiting.push_back(waiting_area_ / step_s);
    out.busy.push_back(busy_area_ / step_s);
    out.present.push_back(present_area_ / step_s);
    total_area_ += present_area_;
    arrived = refused = done = wasted = 0;
    waiting_area_ = busy_area_ = present_area_ = 0;
  }

  /// Our bug if an identity does not hold.
  void check(double now_s) {
    move(now_s);
    OUTLAST_ASSERT(entered_ == left_ + present_, "who came is gone or there");
    const double still_s =
        static_cast<double>(present_) * now_s - (sum_entered_s_ - sum_left_since_s_);
    const double area = total_area_ + present_area_;
    constexpr double kRounding = 1e-6;
    OUTLAST_ASSERT(
        std::fabs(area - spent_s_ - still_s) <= kRounding * (1 + area + std::fabs(sum_entered_s_)),
        "the area under the number present is the time spent");
  }

  /// Share of `servers` that was busy since the last call of this.
  [[nodiscard]] double use_since_last(double now_s, double servers) {
    move(now_s);
    const double area = total_busy_area_ - seen_busy_area_;
    const double length_s = now_s - seen_s_;
    seen_busy_area_ = total_busy_area_;
    seen_s_ = now_s;
    return length_s > 0 && servers > 0 ? area / length_s / servers : 0;
  }

  double arrived = 0;
  double refused = 0;
  double done = 0;
  double wasted = 0;

 private:
  void move(double now_s) {
    const double length_s = now_s - last_s_;
    last_s_ = now_s;
    waiting_area_ += static_cast<double>(waiting_) * length_s;
    busy_area_ += static_cast<double>(busy_) * length_s;
    present_area_ += static_cast<double>(present_) * length_s;
    total_busy_area_ += static_cast<double>(busy_) * length_s;
  }

  double last_s_ = 0;
  std::int64_t waiting_ = 0;
  std::int64_t busy_ = 0;
  std::int64_t present_ = 0;
  std::int64_t entered_ = 0;
  std::int64_t left_ = 0;
  double waiting_area_ = 0;
  double busy_area_ = 0;
  double present_area_ = 0;
  double total_area_ = 0;
  double total_busy_area_ = 0;
  double seen_busy_area_ = 0;
  double seen_s_ = 0;
  double spent_s_ = 0;
  double sum_entered_s_ = 0;
  double sum_left_since_s_ = 0;
};

}  // namespace outlast::engines::simulation
