// How much of the time users are served.
//
// U is the probability that the structure is down at a random instant: the diagram of a path at
// the unavailabilities of its events. Beside it stand the faults that redundancy masks, which
// cost what they carried until they are noticed:
//
//   downtime share ≤ U + Σ w_i m_i a_i E[τ'_i]
//   downtime share ≥ U + Σ w_i m_i a_i E[τ'_i] − Σ_{i<j} min(a_i, a_j) w_i w_j E[τ'_i] E[τ'_j] m_ij
//
// with w_i the rate of event i, m_i = P(up | i happened) from Birnbaum's importance, a_i the share
// of requests it carried and τ'_i the time until it is noticed or over. The double sum is bounded
// from above without visiting pairs: min(a, b) ≤ √(ab) and m_ij ≤ √(m_i m_j), so it is at most
// ((Σ s_i)² − Σ s_i²)/2 with s_i = w_i E[τ'_i] √(a_i m_i).
// Beside both stands what replicas that fail while nothing replaces them cost, at the upper end only.
// Outages a year: ω = Σ w_i (P(up | i did not happen) − P(up | i has happened)).
// Source: SEMANTICS, downtime; Vesely 1970; Birnbaum 1969.

#include "pipeline/path_figures.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "base/parallel.h"
#include "pipeline/series_figures.h"
#include "pipeline/stalled_replacement.h"

namespace outlast::pipeline {

using base::GateId;
using failure::EventId;
using failure::Path;
using failure::PathImpact;
using failure::Structure;

namespace {

/// Adds what is the same in every draw, and moves the answer to the mean over the draws where
/// that is not the value at mean facts.
void settle_draws(double transient, const TopFigures& top, PathFigures& out) {
  double sum = 0;
  for (double& down : out.drawn) {
    down = std::min(1.0, down + transient);
    sum += down;
  }
  out.is_averaged = top.is_averaged;
  if (top.is_averaged) {
    const double mean = sum / static_cast<double>(FactDraws::kDraws);
    out.averaging = mean - std::min(1.0, top.unavailability + transient);
  }
}

/// P(up | an event has happened); what the gate does not depend on leaves it as it is.
double up_after(const TopFigures& top, std::size_t event) {
  const auto known =
      std::lower_bound(top.events.begin(), top.events.end(), event,
                       [](const OfEvent& of, std::size_t wanted) { return of.event < wanted; });
  const bool depends = known != top.events.end() && known->event == event;
  return depends ? known->up_after : 1 - top.unavailability;
}

/// One entry for each event, in order.
std::vector<PartOfEvent> added_up(std::vector<PartOfEvent> parts) {
  std::stable_sort(parts.begin(), parts.end(),
                   [](const auto& a, const auto& b) { return a.event < b.event; });
  std::size_t n = 0;
  for (const PartOfEvent& part : parts) {
    if (n == 0 || parts[n - 1].event != part.event) {
      parts[n++] = part;
      continue;
    }
    PartOfEvent& same = parts[n - 1];
    same.share += part.share;
    same.drop += part.drop;
    same.critical += part.critical;
    same.rise += part.rise;
  }
  parts.resize(n);
  return parts;
}

}  // namespace

double masked_share(const PathImpact& impact) {
  return impact.is_down_for_good ? 0 : impact.down_mean_s > 0 ? 1 : impact.masked_share;
}
double masked_time_s(const PathImpact& impact) {
  return impact.is_down_for_good  ? 0
         : impact.down_mean_s > 0 ? impact.down_mean_s
                                  : impact.masked_s + impact.unnoticed_s;
}

PathReader::PathReader(const blueprint::Blueprint& bp, const Cases& cases,
                       const std::vector<Path>& paths, std::uint64_t seed,
                       engines::faulttree::Budget budget)
    : paths_(paths),
      events_(cases.events.size()),
      masked_(paths.size()),
      stalled_(stalled_replacement(bp, cases, paths)),
      draws_(cases, seed),
      budget_(budget) {
  for (const EventId id : base::ids<EventId>(cases.events.size())) {
    for (const PathImpact& path : cases.impacts[id].paths) {
      if (const double share = masked_share(path); share > 0) {
        masked_[path.path].push_back({id, share, masked_time_s(path)});
      }
    }
  }
}

/// Visits (path, `OfPath`), some tops at a time: what a path is read from, an entry for each event, is
/// not there for all of them at once.
template <class Visit>
void PathReader::for_each(const Structure& structure, std::size_t threads, bool with_parts,
                          Visit visit) const {
  std::map<GateId, std::size_t> first;
  std::vector<GateId> tops;
  std::vector<std::vector<std::size_t>> paths_of_top;
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    const auto [at, is_new] = first.emplace(structure.top(i), tops.size());
    if (is_new) {
      tops.push_back(structure.top(i));
      paths_of_top.emplace_back();
    }
    paths_of_top[at->second].push_back(i);
  }
  const auto event_of_variable = events_by_variable(structure);
  Indexes index_of(events_, kNoEvent);
  for (std::size_t e = 0; e < structure.events().size(); ++e) {
    index_of[structure.events()[e].event] = e;
  }
  const SeriesFigures series(structure, tops, event_of_variable, draws_);
  constexpr std::size_t kAtOnce = 64;
  for (std::size_t begin = 0; begin < tops.size(); begin += kAtOnce) {
    std::vector<std::vector<OfPath>> read(std::min(kAtOnce, tops.size() - begin));
    base::parallel_for(read.size(), threads, [&](std::size_t i) {
      const std::size_t top = begin + i;
      auto figures = series.of(top);
      if (!figures) {
        figures = figures_of(structure, tops[top], event_of_variable, draws_, budget_);
      }
      for (const std::size_t path : paths_of_top[top]) {
        read[i].push_back(read_path(structure, index_of, *figures, path, with_parts));
      }
    });
    for (std::size_t i = 0; i < read.size(); ++i) {
      for (std::size_t k = 0; k < read[i].size(); ++k) {
        visit(paths_of_top[begin + i][k], std::move(read[i][k]));
      }
    }
  }
}

Readings PathReader::read(const Structure& structure, std::size_t threads) const {
  Readings out;
  out.paths.resize(paths_.size());
  out.events = base::IdVector<EventId, PartOfEvent>(events_);
  for_each(structure, threads, true, [&](std::size_t i, OfPath path) {
    const double weight = paths_[i].weight;
    for (const PartOfEvent& part : path.parts) {
      PartOfEvent& sum = out.events[part.event];
      sum.share += weight * part.share;
      sum.drop += weight * part.drop;
      sum.critical += weight * part.critical;
      sum.rise += weight * part.rise;
    }
    out.paths[i] = std::move(path.figures);
  });
  return out;
}

std::vector<DownBounds> PathReader::read_bounds(const Structure& structure,
                                                std::size_t threads) const {
  std::vector<DownBounds> out(paths_.size());
  for_each(structure, threads, false, [&](std::size_t i, const OfPath& path) {
    out[i] = {path.figures.down_low, path.figures.down_high};
  });
  return out;
}

PathReader::OfPath PathReader::read_path(const Structure& structure, const Indexes& index_of,
                                         const TopFigures& top, std::size_t path,
                                         bool with_parts) const {
  PathFigures out;
  out.structural = top.unavailability;
  out.outages_per_s = top.outages_per_s;
  out.is_exact = top.is_exact && !structure.has_buffers();
  out.is_solved = top.is_exact;
  std::vector<PartOfEvent> parts;
  double critical_sum = 0;
  for (const OfEvent& of : top.events) {
    critical_sum += of.critical;
  }
  if (with_parts) {
    parts.reserve(top.events.size() + masked_[path].size() + stalled_[path].size());
    out.masking.reserve(masked_[path].size());
  }
  for (std::size_t i = 0; with_parts && i < top.events.size(); ++i) {
    const OfEvent& of = top.events[i];
    parts.push_back({structure.events()[of.event].event,
                     critical_sum > 0 ? of.critical * (top.unavailability / critical_sum) : 0,
                     of.drop, of.critical, 1 - of.up_after - top.unavailability});
  }
  out.drawn.assign(FactDraws::kDraws, top.unavailability);
  if (!top.drawn.empty()) {
    out.drawn = top.drawn;
  }
  double transient = 0;
  double sum = 0;
  double sum_of_squares = 0;
  for (const auto& [event, a, tau] : masked_[path]) {
    const std::size_t at = index_of[event];
    if (at == kNoEvent) {
      continue;
    }
    const double w = structure.events()[at].per_second;
    const double m = up_after(top, at);
    transient += w * m * a * tau;
    for (std::size_t d = 0; d < FactDraws::kDraws && draws_.is_drawn(event); ++d) {
      out.drawn[d] += w * m * a * tau * (draws_.factor(event, d) - 1);
    }
    parts.push_back({event, w * m * a * tau});
    out.masking.emplace_back(event, w * m * a * tau);
    const double s = w * tau * std::sqrt(a * m);
    sum += s;
    sum_of_squares += s * s;
    out.interruptions_per_s += w * m;
  }
  double stalled = 0;
  out.stalling = stalled_[path];
  for (const auto& [event, of_time] : stalled_[path]) {
    parts.push_back({event, of_time});
    stalled += of_time;
  }
  settle_draws(transient + stalled, top, out);
  out.down_high = std::min(1.0, top.high + transient + stalled);
  out.down_low = std::max(top.low, top.low + transient - (sum * sum - sum_of_squares) / 2);
  out.down_high = std::clamp(out.down_high + out.averaging, 0.0, 1.0);
  out.down_low = std::clamp(out.down_low + out.averaging, 0.0, out.down_high);
  const double attributed = std::min(1.0, top.high + transient + stalled);
  parts = with_parts ? added_up(std::move(parts)) : std::vector<PartOfEvent>();
  for (PartOfEvent& part : parts) {
    part.share *= attributed > 0 ? out.down_high / attributed : 0;
  }
  return {std::move(out), std::move(parts)};
}

}  // namespace outlast::pipeline
