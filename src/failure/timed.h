#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "blueprint/blueprint.h"

namespace outlast::failure {

inline constexpr double kForGood = std::numeric_limits<double>::infinity();

/// How many draws of all durations an event is looked at with.
inline constexpr std::size_t kDraws = 200;

/// When something is down, for every draw, counted from the event: [begin, end), empty where not.
///
/// A state without spans is never down. One more than `kDraws` are kept: in the last one nothing
/// that the event stopped ever comes back by itself, so an end there tells that the structure is
/// down as long as the cause lasts, and none that redundancy masks it.
struct TimedState {
  struct Span {
    double begin = 0;
    double end = 0;
    friend bool operator==(const Span&, const Span&) = default;
  };
  std::vector<Span> spans;

  [[nodiscard]] bool is_never() const { return spans.empty(); }
  [[nodiscard]] double length(std::size_t draw) const {
    return spans.empty() ? 0 : spans[draw].end - spans[draw].begin;
  }
  [[nodiscard]] bool is_down_for_good() const {
    return !spans.empty() && spans[kDraws].end == kForGood;
  }
  friend bool operator==(const TimedState&, const TimedState&) = default;
};

/// A state that is down from 0 to `ends`, of `kDraws` + 1 draws.
[[nodiscard]] TimedState down_until(const std::vector<double>& ends);

/// Down as soon as one is: from the first beginning to the last end.
/// A gap between two is counted as down too (a buffer that is empty after the other cause ended).
[[nodiscard]] TimedState down_if_any(const std::vector<TimedState>& states);

/// Down while at least `k` are: beginnings and ends by order statistics, exact for spans that
/// begin together.
[[nodiscard]] TimedState down_if_at_least(std::size_t k, const std::vector<TimedState>& states);

/// Down until the active one is back, or until the rest is up and has been switched to.
/// out     min(active, max(rest, max(via, detect) + takes)); never where the active is not down
[[nodiscard]] TimedState down_until_switched(const TimedState& active, const TimedState& via,
                                             const TimedState& rest, double detect_s,
                                             double takes_s);

/// Down from `buffer_s` after it began, where it lasts that long, until `longer_s` after it ended.
/// in  buffer_s [kDraws + 1]; longer_s [kDraws + 1], or empty: no longer
[[nodiscard]] TimedState down_after(const TimedState& state, const std::vector<double>& buffer_s,
                                    const std::vector<double>& longer_s);

/// How long a state is down in each of the `kDraws` draws.
[[nodiscard]] std::vector<double> lengths_of(const TimedState& state);

/// Median of the first `kDraws` values; infinite where half of them are.
[[nodiscard]] double median(std::vector<double> values);
[[nodiscard]] double median_length(const TimedState& state);

}  // namespace outlast::failure
