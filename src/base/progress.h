#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <utility>

namespace outlast::base {

/// How much of a long piece of work is done. It may be told from several threads; hundredths are
/// handed on as they are reached, and only rise.
class Progress {
 public:
  /// in  tell  called with hundredths, one call at a time
  explicit Progress(std::function<void(int)> tell) : tell_(std::move(tell)) {}

  /// So much is to be done, besides what was planned before; in any unit.
  void plan(double more) { planned_ += more; }

  /// cost  an addition, but where a hundredth is full
  void did(double work) {
    const double done = done_.fetch_add(work, std::memory_order_relaxed) + work;
    const double planned = planned_.load(std::memory_order_relaxed);
    constexpr double kRounding = 1e-9;  // of many small parts
    const bool is_all = done >= planned * (1 - kRounding);
    const int hundredths = is_all ? 100 : static_cast<int>(100 * done / planned);
    if (hundredths <= told_.load(std::memory_order_relaxed)) {
      return;
    }
    const std::lock_guard lock(telling_);
    if (hundredths > told_.load(std::memory_order_relaxed)) {
      told_.store(hundredths, std::memory_order_relaxed);
      tell_(hundredths);
    }
  }

 private:
  std::function<void(int)> tell_;
  std::mutex telling_;
  std::atomic<double> planned_ = 0;
  std::atomic<double> done_ = 0;
  std::atomic<int> told_ = 0;
};

}  // namespace outlast::base
