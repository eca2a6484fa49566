#pragma once

#include <optional>
#include <vector>

#include "blueprint/attributes.h"
#include "import/trace_spans.h"

namespace outlast::import {

/// How long a service itself worked on one request that it served.
struct OwnTime {
  std::size_t span = 0;  ///< its first of the request, by index
  double seconds = 0;
};

/// How long each service itself worked on the requests it served: from the first span of a request
/// in it to its end, without the time in which it waited for an answer of others.
///
/// in   parents  of each span, by index; kNoSpan where there is none
///      waits    of each span, whether the service only waits in it for an answer
/// out  of each request of each service, in the order of the spans
/// cost n log n in the spans
/// assumes the clocks of services that call each other agree, where a caller wrote no span of its own
///      for a call; what a service waits for inside itself, a lock or a queue, no span shows
[[nodiscard]] std::vector<OwnTime> own_times(const std::vector<TraceSpan>& spans,
                                             const std::vector<std::size_t>& parents,
                                             const std::vector<bool>& waits);

/// Below so many requests, how long they took, or how many calls they made, may be chance.
inline constexpr std::size_t kFewestTimes = 10;
inline constexpr std::size_t kNoSpan = static_cast<std::size_t>(-1);
/// Spans of one service inside each other, at most.
inline constexpr std::size_t kDeepestSpans = 64;

/// What so many times say of a component; unset where they are too few to tell more than chance.
/// Sorts them.
[[nodiscard]] blueprint::Value<blueprint::WorkRecord> work_of(std::vector<double>& times_s,
                                                              bool is_from_callers,
                                                              base::Span where);

/// The value below which that share of the values lies, of at least one.
[[nodiscard]] double quantile(const std::vector<double>& sorted, double share);

/// How many requests came in from outside a second, as far as the traces tell: the first spans of
/// all traces, counted up to what their sampler let through, over the time in which they began.
struct TracedLoad {
  double per_second = 0;
  std::size_t traces = 0;
  double over_s = 0;
  double sampled = 1;  ///< share of the requests that was traced
  base::Span where;
};

/// Absent where a first span does not tell how it was sampled, or there are too few.
[[nodiscard]] std::optional<TracedLoad> traced_load(const std::vector<TraceSpan>& spans,
                                                    const std::vector<std::size_t>& parents);

}  // namespace outlast::import
