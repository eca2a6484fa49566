#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <unordered_map>
#include <vector>

#include "blueprint/blueprint.h"

namespace outlast::failure {

inline constexpr double kForGood = std::numeric_limits<double>::infinity();

/// How many draws of all durations an event is looked at with.
inline constexpr std::size_t kDraws = 200;

/// When something is down, in one draw, counted from the event: [begin, end), empty where it is not.
struct TimedSpan {
  double begin = 0;
  double end = 0;
  friend bool operator==(const TimedSpan&, const TimedSpan&) = default;
};

/// When something is down, for every draw: a name for spans that a `TimedStates` keeps.
/// Those of one keeper are equal exactly where their spans are. The first is never down.
struct TimedState {
  std::uint32_t index = 0;

  [[nodiscard]] bool is_never() const { return index == 0; }
  friend bool operator==(const TimedState&, const TimedState&) = default;
};

/// How long something is down, over the draws.
struct TimedLength {
  double median_s = 0;
  double p90_s = 0;
  double mean_s = 0;
};

/// Keeps every different timed state once. An event that keeps a thousand services down for the
/// same time has one state for all of them: it is drawn, joined and measured once, and whether two
/// are equal is asked without looking into them.
///
/// One draw more than `kDraws` is kept: in the last one nothing that the event stopped ever comes
/// back by itself, so an end there tells that the structure is down as long as the cause lasts, and
/// none that redundancy masks it.
class TimedStates {
 public:
  TimedStates() { forget(); }

  /// Down from 0 to `ends`, of `kDraws` + 1 draws.
  [[nodiscard]] TimedState down_until(const std::vector<double>& ends);

  /// Down as soon as one is: from the first beginning to the last end.
  /// A gap between two is counted as down too (a buffer that is empty after the other cause ended).
  [[nodiscard]] TimedState down_if_any(const std::vector<TimedState>& states);

  /// Down while at least `k` are: beginnings and ends by order statistics, exact for spans that
  /// begin together.
  [[nodiscard]] TimedState down_if_at_least(std::size_t k, const std::vector<TimedState>& states);

  /// Down until the active one is back, or until the rest is up and has been switched to.
  /// out     min(active, max(rest, max(via, detect) + takes)); never where the active is not down
  [[nodiscard]] TimedState down_until_switched(TimedState active, TimedState via, TimedState rest,
                                               double detect_s, double takes_s);

  /// Down from `buffer_s` after it began, where it lasts that long, until `longer_s` after it ended.
  /// in  buffer_s [kDraws + 1]; longer_s [kDraws + 1], or empty: no longer
  [[nodiscard]] TimedState down_after(TimedState state, const std::vector<double>& buffer_s,
                                      const std::vector<double>& longer_s);

  /// The same, but over after `ends` at the latest in those of the `kDraws` draws in which it is
  /// `cut`.
  [[nodiscard]] TimedState down_at_most(TimedState state, const std::vector<double>& ends,
                                        const std::vector<bool>& cut);

  /// [kDraws + 1]; empty where it is never down.
  [[nodiscard]] const std::vector<TimedSpan>& spans(TimedState state) const {
    return known_[state.index].spans;
  }
  [[nodiscard]] double length(TimedState state, std::size_t draw) const {
    return state.is_never() ? 0 : spans(state)[draw].end - spans(state)[draw].begin;
  }
  [[nodiscard]] bool is_down_for_good(TimedState state) const {
    return !state.is_never() && spans(state)[kDraws].end == kForGood;
  }
  /// Measured once for each state.
  [[nodiscard]] const TimedLength& measure(TimedState state) const;

  /// All states but never: names given so far mean nothing any more.
  void forget();

 private:
  struct Known {
    std::vector<TimedSpan> spans;
    mutable std::optional<TimedLength> length;
  };

  [[nodiscard]] TimedState keep(std::vector<TimedSpan> spans);
  [[nodiscard]] TimedState joined(TimedState a, TimedState b);

  std::vector<Known> known_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> by_hash_;
  std::unordered_map<std::uint64_t, TimedState> joined_;  ///< by both indexes, the smaller first
};

/// Median of the first `kDraws` values; infinite where half of them are.
[[nodiscard]] double median(std::vector<double> values);

}  // namespace outlast::failure
