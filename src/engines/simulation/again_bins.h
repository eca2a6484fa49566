#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace outlast::engines::simulation {

/// Attempts that a call's callers will make again, by when and at which attempt: bins of time in a
/// ring, so that what is due at about the same time is one number. What is in a bin is due evenly
/// over its length, so that it does not matter where steps end.
/// cost  constant for each mass that is put and each bin that is taken; no allocation once it has
///       grown to the longest wait
class AgainBins {
 public:
  /// in  attempts  0 … attempts − 1 can be put
  AgainBins(std::size_t attempts, double bin_s)
      : attempts_(attempts),
        bin_s_(bin_s),
        per_s_(1 / bin_s),
        bins_(kFirstBins * attempts, 0.0),
        due_(attempts) {}

  [[nodiscard]] double bin_s() const { return bin_s_; }
  /// By when all of them are due; of nothing: long ago.
  [[nodiscard]] double last_s() const {
    return n_ == 0 ? -1 : origin_s_ + bin_s_ * static_cast<double>(n_);
  }

  /// in  due_s  not before what was taken last
  /// What is due later than `kMostBins` bins after the first comes with the last of these.
  void put(std::size_t attempt, double due_s, double mass) {
    const double after = std::clamp((due_s - origin_s_) * per_s_, 0.0, double{kMostBins - 1});
    const auto bin = static_cast<std::size_t>(after);
    while (bin > mask_) {
      grow();
    }
    n_ = std::max(n_, bin + 1);
    at(bin)[attempt] += mass;
  }

  /// Takes what is due and tells `ask(attempt, mass)`, once for each attempt; it may put.
  template <class Ask>
  void take_due(double now_s, Ask ask) {
    if (n_ == 0) {
      origin_s_ = from_s_ = now_s;
      return;
    }
    std::fill(due_.begin(), due_.end(), 0.0);
    while (n_ > 0 && origin_s_ + bin_s_ <= now_s) {
      take_first();
    }
    if (n_ > 0 && from_s_ < now_s) {
      take_of_first((now_s - from_s_) / (origin_s_ + bin_s_ - from_s_));
      from_s_ = now_s;
    }
    for (std::size_t k = 0; k < attempts_; ++k) {
      if (due_[k] > 0) {
        ask(k, due_[k]);
      }
    }
  }

  /// All that waits is due so much later.
  void put_off(double by_s) {
    origin_s_ += by_s;
    from_s_ += by_s;
  }

 private:
  static constexpr std::size_t kFirstBins = 64;  // powers of two, both
  static constexpr std::size_t kMostBins = 16384;

  [[nodiscard]] double* at(std::size_t bin) {
    return bins_.data() + ((head_ + bin) & mask_) * attempts_;
  }
  void take_first() {
    double* const bin = at(0);
    for (std::size_t k = 0; k < attempts_; ++k) {
      due_[k] += std::exchange(bin[k], 0);
    }
    head_ = (head_ + 1) & mask_;
    --n_;
    origin_s_ += bin_s_;
    from_s_ = origin_s_;
  }
  void take_of_first(double share) {
    double* const bin = at(0);
    for (std::size_t k = 0; k < attempts_; ++k) {
      const double taken = share * bin[k];
      due_[k] += taken;
      bin[k] -= taken;
    }
  }
  void grow() {
    std::vector<double> larger(2 * bins_.size(), 0.0);
    for (std::size_t bin = 0; bin < n_; ++bin) {
      std::copy_n(at(bin), attempts_, larger.data() + bin * attempts_);
    }
    bins_ = std::move(larger);
    mask_ = 2 * mask_ + 1;
    head_ = 0;
  }

  std::size_t attempts_;
  double bin_s_;
  double per_s_;                       ///< bins
  std::vector<double> bins_;           ///< by bin, then attempt
  std::size_t mask_ = kFirstBins - 1;  ///< there is room for a bin more than that
  std::vector<double> due_;            ///< by attempt: what is being taken
  double origin_s_ = 0;                ///< when the first bin begins
  double from_s_ = 0;                  ///< how far of it was taken
  std::size_t head_ = 0;
  std::size_t n_ = 0;  ///< bins up to the last that holds anything
};

}  // namespace outlast::engines::simulation
