#include "import/trace_work.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace outlast::import {

namespace {

using Interval = std::pair<double, double>;

constexpr std::size_t kFewestTraces = 20;
constexpr double kShortest_s = 10;

/// How much of `within` some interval covers.
double covered(std::vector<Interval>& intervals, const Interval& within) {
  std::sort(intervals.begin(), intervals.end());
  double sum = 0;
  double from = within.first;
  for (const auto& [begin, end] : intervals) {
    const double first = std::max(begin, from);
    const double last = std::min(end, within.second);
    sum += std::max(0.0, last - first);
    from = std::max(from, last);
  }
  return sum;
}

/// Beginnings are told in seconds since 1970: what is finer than that leaves of a time is noise.
double in_microseconds(double seconds) {
  constexpr double kMicro = 1e6;
  return std::round(seconds * kMicro) / kMicro;
}

Interval interval_of(const TraceSpan& span) {
  return {span.start_s, span.start_s + span.duration_s};
}

/// Of how many requests such a first span is kept; 0 where that is not told.
double sampled_share(const TraceSpan& span) {
  const bool is_share = span.sampler == "const" || span.sampler == "probabilistic";
  return is_share ? std::min(1.0, span.sampler_keeps) : 0;
}

/// The first span that a service wrote for the request that a span belongs to.
std::size_t entry_of(const std::vector<TraceSpan>& spans, const std::vector<std::size_t>& parents,
                     std::size_t span) {
  for (std::size_t depth = 0; depth < kDeepestSpans; ++depth) {
    const std::size_t above = parents[span];
    if (above == kNoSpan || spans[above].service != spans[span].service) {
      break;
    }
    span = above;
  }
  return span;
}

}  // namespace

std::vector<OwnTime> own_times(const std::vector<TraceSpan>& spans,
                               const std::vector<std::size_t>& parents,
                               const std::vector<bool>& waits) {
  std::vector<std::vector<Interval>> away(spans.size());  // by entry
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const std::size_t parent = parents[i];
    const std::size_t entry = entry_of(spans, parents, i);
    const bool is_entry = entry == i;
    if (!is_entry && waits[i]) {
      away[entry].push_back(interval_of(spans[i]));
    }
    const bool is_message = spans[i].is_message || spans[i].kind == TraceSpan::Kind::consumer;
    if (is_entry && parent != kNoSpan && !is_message && !waits[parent]) {
      away[entry_of(spans, parents, parent)].push_back(interval_of(spans[i]));
    }
  }
  std::vector<OwnTime> times;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const bool is_own_request = entry_of(spans, parents, i) == i && !waits[i];
    if (is_own_request && spans[i].duration_s > 0) {
      const double own_s = spans[i].duration_s - covered(away[i], interval_of(spans[i]));
      times.push_back({i, in_microseconds(own_s)});
    }
  }
  return times;
}

double quantile(const std::vector<double>& sorted, double share) {
  const auto last = static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(std::lround(last * share))];
}

blueprint::Value<blueprint::WorkRecord> work_of(std::vector<double>& times_s, bool is_from_callers,
                                                base::Span where) {
  constexpr double kLow = 0.1;
  constexpr double kHigh = 0.9;
  if (times_s.size() < kFewestTimes) {
    return {};
  }
  std::sort(times_s.begin(), times_s.end());
  if (quantile(times_s, 0.5) <= 0) {
    return {};
  }
  blueprint::WorkRecord work;
  work.requests = static_cast<std::int64_t>(times_s.size());
  // Of a request that waited all the time nothing is left: even so it took some work.
  work.p10 = {std::max(quantile(times_s, kLow), kLow * quantile(times_s, 0.5))};
  work.median = {quantile(times_s, 0.5)};
  work.p90 = {quantile(times_s, kHigh)};
  work.is_from_callers = is_from_callers;
  return blueprint::Value<blueprint::WorkRecord>::of(work, blueprint::Provenance::inferred, where);
}

std::optional<TracedLoad> traced_load(const std::vector<TraceSpan>& spans,
                                      const std::vector<std::size_t>& parents) {
  TracedLoad load;
  double requests = 0;
  double first_s = 0;
  double last_s = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (parents[i] != kNoSpan || !spans[i].parent.empty()) {
      continue;  // below another, also where that one was not kept
    }
    const double sampled = sampled_share(spans[i]);
    if (sampled <= 0) {
      return std::nullopt;
    }
    requests += 1 / sampled;
    first_s = load.traces == 0 ? spans[i].start_s : std::min(first_s, spans[i].start_s);
    last_s = load.traces == 0 ? spans[i].start_s : std::max(last_s, spans[i].start_s);
    load.where = load.traces == 0 ? spans[i].where : load.where;
    ++load.traces;
  }
  load.over_s = last_s - first_s;
  if (load.traces < kFewestTraces || load.over_s < kShortest_s) {
    return std::nullopt;
  }
  load.per_second = requests / load.over_s;
  load.sampled = static_cast<double>(load.traces) / requests;
  return load;
}

}  // namespace outlast::import
