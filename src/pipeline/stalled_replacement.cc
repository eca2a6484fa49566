#include "pipeline/stalled_replacement.h"

#include <algorithm>
#include <map>

#include "base/pinned_math.h"
#include "base/quadrature.h"
#include "failure/structure.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::NeedId;
using failure::EventId;
using failure::Path;

namespace {

/// P(more than n − k of n are dead), each with probability `dead` in (0, 1).
double too_many_dead(std::size_t k, std::size_t n, double dead) {
  const double alive = 1 - dead;
  double term = 1;
  const std::size_t least = n - k + 1;
  for (std::size_t j = 1; j <= least; ++j) {
    term *= static_cast<double>(n - j + 1) / static_cast<double>(j) * dead;
  }
  term *= base::pinned_exp(static_cast<double>(n - least) * base::pinned_log(alive));
  double sum = 0;
  for (std::size_t j = least; j <= n && term > 0; ++j) {
    sum += term;
    term *= static_cast<double>(n - j) / static_cast<double>(j + 1) * dead / alive;
  }
  return std::min(sum, 1.0);
}

/// How often an event happens: w = 1/(MTTF + MTTR).
double per_second(const Cases& cases, EventId id) {
  double out_s = 0;
  for (const auto& [component, seconds] : cases.impacts[id].mean_out_s) {
    out_s = std::max(out_s, std::min(seconds, failure::kRestOfYear_s));
  }
  return 1 / (base::kSecondsPerYear / cases.events[id].per_year + out_s);
}

/// Components without which a path is down: reached through needs that nothing stands in for.
std::vector<bool> cannot_do_without(const Blueprint& bp, const Path& path) {
  std::vector<bool> needed(bp.components().size(), false);
  std::vector<ComponentId> open = {path.enters};
  while (!open.empty()) {
    const ComponentId id = open.back();
    open.pop_back();
    if (needed[id.index]) {
      continue;
    }
    needed[id.index] = true;
    for (const NeedId need_id : bp[id].needs) {
      const auto& need = bp[need_id];
      const bool is_hard =
          need.strength == blueprint::Strength::hard || need.strength == blueprint::Strength::auth;
      if (is_hard && need.at_least == need.any_of.size() &&
          (need.operations & path.operations) != 0 &&
          need.confidence != blueprint::Confidence::inferred) {
        open.insert(open.end(), need.any_of.begin(), need.any_of.end());
      }
    }
  }
  return needed;
}

}  // namespace

double time_below(std::size_t k, std::size_t n, double per_second, double t_s) {
  double sum = 0;
  for (const base::QuadraturePoint& node : base::kGaussLegendre) {
    const double alive = base::pinned_exp(-per_second * node.at * t_s);
    if (alive < 1 && alive > 0) {
      sum += node.weight * too_many_dead(k, n, 1 - alive);
    }
  }
  return sum * t_s;
}

std::vector<std::vector<std::pair<EventId, double>>> stalled_replacement(
    const Blueprint& bp, const Cases& cases, const std::vector<Path>& paths) {
  std::vector<std::vector<std::pair<EventId, double>>> out(paths.size());
  if (std::none_of(cases.impacts.begin(), cases.impacts.end(),
                   [](const failure::Impact& impact) { return !impact.stalls.empty(); })) {
    return out;
  }
  std::map<ComponentId, double> rate;  // of one replica, a second
  for (const failure::Event& event : cases.events) {
    if (event.kind == failure::EventKind::instance && event.per_year > 0) {
      rate[event.component] = event.per_year / base::kSecondsPerYear;
    }
  }
  std::vector<std::vector<bool>> needed;
  for (const Path& path : paths) {
    needed.push_back(cannot_do_without(bp, path));
  }
  for (const EventId id : base::ids<EventId>(cases.events.size())) {
    if (cases.events[id].per_year <= 0 || cases.impacts[id].stalls.empty()) {
      continue;
    }
    std::vector<double> seconds(paths.size(), 0);
    for (const failure::Stall& stall : cases.impacts[id].stalls) {
      const auto known = rate.find(stall.component);
      if (known == rate.end()) {
        continue;
      }
      const auto& c = bp[stall.component];
      double sum = 0;
      for (const double length : stall.for_s) {
        sum += time_below(c.at_least, c.replicas.size(), known->second,
                          std::min(length, failure::kRestOfYear_s));
      }
      for (std::size_t p = 0; p < paths.size(); ++p) {
        seconds[p] += needed[p][stall.component.index] ? sum / failure::kDraws : 0;
      }
    }
    for (std::size_t p = 0; p < paths.size(); ++p) {
      if (seconds[p] > 0) {
        out[p].emplace_back(id, seconds[p] * per_second(cases, id));
      }
    }
  }
  return out;
}

}  // namespace outlast::pipeline
