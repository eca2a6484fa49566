#include "failure/timed.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

namespace outlast::failure {
namespace {

bool is_up(const TimedSpan& span) {
  return span.end <= span.begin;
}

TimedSpan joined(const TimedSpan& a, const TimedSpan& b) {
  if (is_up(a)) {
    return b;
  }
  return is_up(b) ? a : TimedSpan{std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

std::uint64_t hash_of(const std::vector<TimedSpan>& spans) {
  constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15U;
  std::uint64_t hash = 0;
  for (const TimedSpan& span : spans) {
    hash = (std::rotl(hash, 5) ^ std::bit_cast<std::uint64_t>(span.begin)) * kOdd;
    hash = (std::rotl(hash, 5) ^ std::bit_cast<std::uint64_t>(span.end)) * kOdd;
  }
  return hash;
}

/// The median of all draws, the lesser of which lie in [begin, end).
double middle_of(std::vector<double>::iterator begin, std::vector<double>::iterator end) {
  const auto middle = begin + kDraws / 2;
  std::nth_element(begin, middle, end);
  const double above = *middle;
  const double below = *std::max_element(begin, middle);
  return std::isfinite(above) ? (below + above) / 2 : above;
}

}  // namespace

void TimedStates::forget() {
  known_.clear();
  known_.emplace_back();
  by_hash_.clear();
  joined_.clear();
}

/// Spans that are empty in every draw are those of never.
TimedState TimedStates::keep(std::vector<TimedSpan> spans) {
  if (std::all_of(spans.begin(), spans.end(), is_up)) {
    return {};
  }
  const std::uint64_t hash = hash_of(spans);
  for (auto [at, end] = by_hash_.equal_range(hash); at != end; ++at) {
    if (known_[at->second].spans == spans) {
      return {at->second};
    }
  }
  const auto index = static_cast<std::uint32_t>(known_.size());
  known_.push_back({std::move(spans), std::nullopt});
  by_hash_.emplace(hash, index);
  return {index};
}

TimedState TimedStates::down_until(const std::vector<double>& ends) {
  std::vector<TimedSpan> spans;
  spans.reserve(ends.size());
  for (const double end : ends) {
    spans.push_back({0, end});
  }
  return keep(std::move(spans));
}

TimedState TimedStates::joined(TimedState a, TimedState b) {
  if (a == b || b.is_never()) {
    return a;
  }
  if (a.is_never()) {
    return b;
  }
  const auto [low, high] = std::minmax(a.index, b.index);
  const std::uint64_t both = (std::uint64_t{low} << 32) + high;
  if (const auto known = joined_.find(both); known != joined_.end()) {
    return known->second;
  }
  std::vector<TimedSpan> spans = known_[a.index].spans;
  for (std::size_t d = 0; d < spans.size(); ++d) {
    spans[d] = failure::joined(spans[d], known_[b.index].spans[d]);
  }
  const TimedState state = keep(std::move(spans));
  joined_.emplace(both, state);
  return state;
}

TimedState TimedStates::down_if_any(const std::vector<TimedState>& states) {
  TimedState all;
  for (const TimedState state : states) {
    all = joined(all, state);
  }
  return all;
}

TimedState TimedStates::down_if_at_least(std::size_t k, const std::vector<TimedState>& states) {
  if (k <= 1) {
    return down_if_any(states);
  }
  std::vector<TimedState> down = states;
  std::erase(down, TimedState());
  if (down.size() < k) {
    return {};
  }
  const bool are_equal =
      std::adjacent_find(down.begin(), down.end(), std::not_equal_to<>()) == down.end();
  if (are_equal) {
    return down.front();
  }
  std::vector<TimedSpan> spans(kDraws + 1);
  std::vector<double> begins(down.size());
  std::vector<double> ends(down.size());
  for (std::size_t d = 0; d <= kDraws; ++d) {
    for (std::size_t i = 0; i < down.size(); ++i) {
      const TimedSpan& span = known_[down[i].index].spans[d];
      begins[i] = is_up(span) ? kForGood : span.begin;
      ends[i] = is_up(span) ? 0 : span.end;
    }
    // The k-th to begin, and the end after which fewer than k are left.
    const auto nth = static_cast<std::ptrdiff_t>(k - 1);
    std::nth_element(begins.begin(), begins.begin() + nth, begins.end());
    std::nth_element(ends.begin(), ends.begin() + nth, ends.end(), std::greater<>());
    spans[d] = {begins[k - 1], ends[k - 1]};
    if (is_up(spans[d])) {
      spans[d] = {};
    }
  }
  return keep(std::move(spans));
}

TimedState TimedStates::down_until_switched(TimedState active, TimedState via, TimedState rest,
                                            double detect_s, double takes_s) {
  if (active.is_never()) {
    return {};
  }
  std::vector<TimedSpan> spans(kDraws + 1);
  for (std::size_t d = 0; d <= kDraws; ++d) {
    const TimedSpan& span = known_[active.index].spans[d];
    if (is_up(span)) {
      continue;
    }
    const double via_up = via.is_never() ? 0 : known_[via.index].spans[d].end;
    const double rest_up = rest.is_never() ? 0 : known_[rest.index].spans[d].end;
    const double switched = std::max(rest_up, span.begin + std::max(via_up, detect_s) + takes_s);
    spans[d] = {span.begin, std::min(span.end, switched)};
  }
  return keep(std::move(spans));
}

TimedState TimedStates::down_after(TimedState state, const std::vector<double>& buffer_s,
                                   const std::vector<double>& longer_s) {
  if (state.is_never()) {
    return state;
  }
  std::vector<TimedSpan> spans = known_[state.index].spans;
  for (std::size_t d = 0; d < spans.size(); ++d) {
    TimedSpan& span = spans[d];
    const bool was_up = is_up(span);
    span.begin += buffer_s[d];
    span.end += longer_s.empty() ? 0 : longer_s[d];
    if (was_up || is_up(span)) {
      span = {};
    }
  }
  return keep(std::move(spans));
}

TimedState TimedStates::down_at_most(TimedState state, const std::vector<double>& ends,
                                     const std::vector<bool>& cut) {
  if (state.is_never()) {
    return state;
  }
  std::vector<TimedSpan> spans = known_[state.index].spans;
  for (std::size_t d = 0; d < kDraws; ++d) {
    if (cut[d]) {
      spans[d].end = std::min(spans[d].end, ends[d]);
    }
    if (is_up(spans[d])) {
      spans[d] = {};
    }
  }
  return keep(std::move(spans));
}

const TimedLength& TimedStates::measure(TimedState state) const {
  const Known& known = known_[state.index];
  if (!known.length) {
    TimedLength& out = known.length.emplace();
    if (!state.is_never()) {
      std::vector<double> lengths(kDraws);
      for (std::size_t d = 0; d < kDraws; ++d) {
        lengths[d] = length(state, d);
      }
      out.mean_s = std::accumulate(lengths.begin(), lengths.end(), 0.0) / kDraws;
      const auto at_p90 = lengths.begin() + kDraws * 9 / 10;
      std::nth_element(lengths.begin(), at_p90, lengths.end());
      out.p90_s = *at_p90;
      out.median_s = middle_of(lengths.begin(), at_p90);
    }
  }
  return *known.length;
}

double median(std::vector<double> values) {
  return middle_of(values.begin(), values.begin() + kDraws);
}

}  // namespace outlast::failure
