#include "failure/timed.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace outlast::failure {
namespace {

using Span = TimedState::Span;

bool is_up(const Span& span) {
  return span.end <= span.begin;
}

/// Never, if every draw is.
TimedState tidy(TimedState state) {
  if (std::all_of(state.spans.begin(), state.spans.end(), is_up)) {
    state.spans.clear();
  }
  return state;
}

Span joined(const Span& a, const Span& b) {
  if (is_up(a)) {
    return b;
  }
  return is_up(b) ? a : Span{std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

}  // namespace

TimedState down_until(const std::vector<double>& ends) {
  TimedState state;
  state.spans.reserve(ends.size());
  for (const double end : ends) {
    state.spans.push_back({0, end});
  }
  return tidy(std::move(state));
}

TimedState down_if_any(const std::vector<TimedState>& states) {
  TimedState all;
  for (const TimedState& state : states) {
    if (state.is_never()) {
      continue;
    }
    if (all.is_never()) {
      all = state;
      continue;
    }
    for (std::size_t d = 0; d < all.spans.size(); ++d) {
      all.spans[d] = joined(all.spans[d], state.spans[d]);
    }
  }
  return all;
}

TimedState down_if_at_least(std::size_t k, const std::vector<TimedState>& states) {
  if (k <= 1) {
    return down_if_any(states);
  }
  std::vector<const TimedState*> down;
  for (const TimedState& state : states) {
    if (!state.is_never()) {
      down.push_back(&state);
    }
  }
  if (down.size() < k) {
    return {};
  }
  TimedState result;
  result.spans.resize(kDraws + 1);
  std::vector<double> begins(down.size());
  std::vector<double> ends(down.size());
  for (std::size_t d = 0; d <= kDraws; ++d) {
    for (std::size_t i = 0; i < down.size(); ++i) {
      const Span& span = down[i]->spans[d];
      begins[i] = is_up(span) ? kForGood : span.begin;
      ends[i] = is_up(span) ? 0 : span.end;
    }
    // The k-th to begin, and the end after which fewer than k are left.
    const auto nth = static_cast<std::ptrdiff_t>(k - 1);
    std::nth_element(begins.begin(), begins.begin() + nth, begins.end());
    std::nth_element(ends.begin(), ends.begin() + nth, ends.end(), std::greater<>());
    result.spans[d] = {begins[k - 1], ends[k - 1]};
    if (is_up(result.spans[d])) {
      result.spans[d] = {};
    }
  }
  return tidy(std::move(result));
}

TimedState down_until_switched(const TimedState& active, const TimedState& via,
                               const TimedState& rest, double detect_s, double takes_s) {
  if (active.is_never()) {
    return {};
  }
  TimedState result;
  result.spans.resize(kDraws + 1);
  for (std::size_t d = 0; d <= kDraws; ++d) {
    const Span& span = active.spans[d];
    if (is_up(span)) {
      continue;
    }
    const double via_up = via.is_never() ? 0 : via.spans[d].end;
    const double rest_up = rest.is_never() ? 0 : rest.spans[d].end;
    const double switched = std::max(rest_up, span.begin + std::max(via_up, detect_s) + takes_s);
    result.spans[d] = {span.begin, std::min(span.end, switched)};
  }
  return tidy(std::move(result));
}

TimedState down_after(const TimedState& state, const std::vector<double>& buffer_s,
                      const std::vector<double>& longer_s) {
  TimedState result = state;
  for (std::size_t d = 0; d < result.spans.size(); ++d) {
    Span& span = result.spans[d];
    const bool was_up = is_up(span);
    span.begin += buffer_s[d];
    span.end += longer_s.empty() ? 0 : longer_s[d];
    if (was_up || is_up(span)) {
      span = {};
    }
  }
  return tidy(std::move(result));
}

double median(std::vector<double> values) {
  values.resize(kDraws);
  const auto middle = values.begin() + kDraws / 2;
  std::nth_element(values.begin(), middle, values.end());
  const double above = *middle;
  const double below = *std::max_element(values.begin(), middle);
  return std::isfinite(above) ? (below + above) / 2 : above;
}

std::vector<double> lengths_of(const TimedState& state) {
  std::vector<double> lengths(kDraws);
  for (std::size_t d = 0; d < kDraws; ++d) {
    lengths[d] = state.length(d);
  }
  return lengths;
}

double median_length(const TimedState& state) {
  return median(lengths_of(state));
}

}  // namespace outlast::failure
