#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

/// How long it takes until what is called has answered, and how often the answer is a good one.
namespace outlast::engines::simulation {

/// Answers of one kind: a fixed length of time, and an exponential one beyond it.
struct AnswerPart {
  double share;
  double after_s;
  double scatter_s;  ///< mean of the exponential part
  double good;       ///< share of them that succeeds

  [[nodiscard]] double mean_s() const { return after_s + scatter_s; }
  friend bool operator==(const AnswerPart&, const AnswerPart&) = default;
};

/// A mixture of answers. Where one target of four is slow, a quarter of the answers is late, and not
/// all of them because their mean is: so kinds that differ are kept apart, as many as there is room
/// for; beyond that the two that are most alike become one with their mean and variance.
///
/// cost  `add` O(1) while there is room, else O(kMost²); `then` O(kMost²) such
class Answers {
 public:
  static constexpr std::size_t kMost = 6;

  // Most mixtures have a part or two: only these are copied, and what is beyond them holds nothing.
  Answers() {}
  Answers(const Answers& other) : size_(other.size_) {
    std::copy_n(other.parts_.begin(), size_, parts_.begin());
  }
  Answers& operator=(const Answers& other) {
    size_ = other.size_;
    std::copy_n(other.parts_.begin(), size_, parts_.begin());
    return *this;
  }

  /// Everybody is answered well at once.
  [[nodiscard]] static Answers at_once();

  /// More answers; shares add up to 1 once all are there.
  void add(const AnswerPart& part);
  /// Of the requests, `share` get these.
  void add(const Answers& others, double share);
  /// What is left of 1 is answered well at once.
  void fill();
  /// Who has a good answer asks for another one.
  void then(const Answers& next);
  /// So often one after the other; of a broken number the rest is asked for as often.
  [[nodiscard]] Answers repeated(double times) const;

  [[nodiscard]] double mean_s() const;
  [[nodiscard]] double good() const;
  [[nodiscard]] const AnswerPart* begin() const { return parts_.data(); }
  [[nodiscard]] const AnswerPart* end() const { return parts_.data() + size_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  friend bool operator==(const Answers& a, const Answers& b);

 private:
  void merge_most_alike();

  std::array<AnswerPart, kMost + 1> parts_;
  std::size_t size_ = 0;
};

/// Of answers of one kind, those that come within `patience_s`.
/// assumes  the shifted exponential that a part is; nothing of it in time: all at the last moment
[[nodiscard]] AnswerPart within(const AnswerPart& part, double patience_s);

/// Mean time until the answer, or until patience ends.
[[nodiscard]] double mean_within(const AnswerPart& part, double patience_s);

/// The answer of a part, once a wait and a service before it are over.
/// in  mean_s, variance  of both together
[[nodiscard]] AnswerPart delayed(const AnswerPart& part, double mean_s, double variance);

}  // namespace outlast::engines::simulation
