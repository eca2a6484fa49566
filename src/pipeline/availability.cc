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
// Outages a year: ω = Σ w_i (P(up | i did not happen) − P(up | i has happened)).
// Source: SEMANTICS, downtime; Vesely 1970; Birnbaum 1969.

#include "pipeline/availability.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <unordered_set>

#include "base/parallel.h"
#include "engines/faulttree/diagram.h"
#include "pipeline/fact_draws.h"

namespace outlast::pipeline {

using base::GateId;
using blueprint::Blueprint;
using failure::Bound;
using failure::EventId;
using failure::EventVariables;
using failure::Path;
using failure::PathImpact;
using failure::Reading;
using failure::Structure;
using findings::Exactness;

namespace {

namespace faulttree = engines::faulttree;

constexpr std::size_t kNoEvent = static_cast<std::size_t>(-1);

/// What a structure's diagram tells of one event and one top gate.
struct OfEvent {
  std::size_t event;  ///< index in structure.events()
  double up_after;    ///< P(up | it has happened)
  double drop;        ///< P(up | it did not happen) − P(up | it has happened)
  double critical;    ///< P(down) − P(down | it did not happen)
};

/// What one diagram tells of one top gate.
struct TopFigures {
  double unavailability = 0;
  double low = 0;  ///< equal to the unavailability where it is exact
  double high = 0;
  double outages_per_s = 0;
  bool is_exact = true;
  std::vector<OfEvent> events;  ///< those the gate depends on, ascending
  /// Unavailability in every draw of the facts; empty where none of them is drawn.
  std::vector<double> drawn;
  bool is_averaged = false;  ///< the mean over the draws is not the value at mean facts
};

/// Indexes of the events that a gate depends on, ascending.
std::vector<std::size_t> support(const Structure& structure, GateId top,
                                 const std::vector<std::size_t>& event_of_variable) {
  const base::Gates& gates = structure.gates();
  std::set<std::size_t> events;
  std::unordered_set<std::uint32_t> seen;
  std::vector<GateId> open = {top};
  while (!open.empty()) {
    const GateId gate = open.back();
    open.pop_back();
    if (!seen.insert(gate.index).second) {
      continue;
    }
    if (gates.kind(gate) == base::GateKind::variable) {
      const std::size_t event = event_of_variable[gates.variable_of(gate).index];
      if (event != kNoEvent) {
        events.insert(event);
      }
    }
    const auto inputs = gates.inputs(gate);
    open.insert(open.end(), inputs.begin(), inputs.end());
  }
  return {events.begin(), events.end()};
}

/// An event of several variables is set to "did not happen" and to "has happened" as a whole.
OfEvent of_nested(const EventVariables& event, std::size_t index, const faulttree::Diagram& diagram,
                  const std::vector<double>& probability, double down) {
  std::vector<double> p = probability;
  for (const base::VariableId v : event.variables) {
    p[v.index] = 0;
  }
  const double without = diagram.probability(p);
  for (std::size_t i = 0; i < event.variables.size(); ++i) {
    p[event.variables[i].index] = event.once_happened[i];
  }
  const double with = diagram.probability(p);
  return {index, 1 - with, with - without, down - without};
}

/// A probability after odds were multiplied: stays below 1.
double scaled(double p, double factor) {
  return p * factor / (1 - p + p * factor);
}

/// The diagram in every draw of the facts its events cite.
void draw_facts(const Structure& structure, const faulttree::Diagram& diagram,
                const FactDraws& draws, TopFigures& out) {
  std::vector<EventId> cited;
  for (const OfEvent& of : out.events) {
    if (draws.is_drawn(structure.events()[of.event].event)) {
      cited.push_back(structure.events()[of.event].event);
    }
  }
  if (cited.empty()) {
    return;
  }
  out.is_averaged = draws.share_a_fact(cited);
  out.drawn.resize(FactDraws::kDraws);
  const std::vector<double>& at_figures = structure.probability();
  std::vector<double> p = at_figures;  // every draw writes the same places
  for (std::size_t d = 0; d < FactDraws::kDraws; ++d) {
    for (const OfEvent& of : out.events) {
      const EventVariables& event = structure.events()[of.event];
      const std::size_t going_on = event.variables.front().index;
      p[going_on] = scaled(at_figures[going_on], draws.factor(event.event, d));
    }
    out.drawn[d] = diagram.probability(p);
  }
}

TopFigures figures_of(const Structure& structure, GateId top,
                      const std::vector<std::size_t>& event_of_variable, const FactDraws& draws) {
  TopFigures out;
  const std::vector<double>& p = structure.probability();
  const auto diagram = faulttree::Diagram::build(structure.gates(), top);
  if (!diagram) {
    const auto bounds = faulttree::bounds(structure.gates(), top, p);
    out.low = bounds.low;
    out.high = out.unavailability = bounds.high;
    out.is_exact = false;
    return out;
  }
  out.unavailability = out.low = out.high = diagram->probability(p);
  const auto birnbaum = diagram->birnbaum(p);
  for (const std::size_t e : support(structure, top, event_of_variable)) {
    const EventVariables& event = structure.events()[e];
    if (event.variables.size() == 1) {
      const std::size_t v = event.variables.front().index;
      const double down_after = out.unavailability + (1 - p[v]) * birnbaum[v];
      out.events.push_back({e, 1 - down_after, birnbaum[v], p[v] * birnbaum[v]});
    } else {
      out.events.push_back(of_nested(event, e, *diagram, p, out.unavailability));
    }
    out.outages_per_s += event.per_second * out.events.back().drop;
  }
  draw_facts(structure, *diagram, draws, out);
  return out;
}

// What a masked event costs: a switch during which nobody is served, or requests to a dead end.
double masked_share(const PathImpact& impact) {
  return impact.is_down_for_good ? 0 : impact.down_mean_s > 0 ? 1 : impact.masked_share;
}
double masked_time_s(const PathImpact& impact) {
  return impact.is_down_for_good  ? 0
         : impact.down_mean_s > 0 ? impact.down_mean_s
                                  : impact.masked_s;
}

/// One path at one reading.
struct PathFigures {
  double down_low = 0;  ///< share of time not served, lower bound
  double down_high = 0;
  double structural = 0;  ///< U alone
  double outages_per_s = 0;
  double interruptions_per_s = 0;
  bool is_exact = true;
  bool is_averaged = false;
  double averaging = 0;  ///< what the mean over the draws adds to the value at mean facts
  std::vector<std::pair<EventId, double>> share_of_event;  ///< parts of down_high
  std::vector<double> drawn;                               ///< down_high in every draw of the facts
};

class AvailabilityFinder {
 public:
  AvailabilityFinder(const Cases& cases, const std::vector<Path>& paths, std::uint64_t seed)
      : paths_(paths), impacts_(paths.size()), draws_(cases.events, seed) {
    for (const EventId id : base::ids<EventId>(cases.events.size())) {
      for (const PathImpact& path : cases.impacts[id].paths) {
        impacts_[path.path].emplace_back(id, &path);
      }
    }
  }

  /// All paths by one structure; paths with the same gate share its diagram.
  [[nodiscard]] std::vector<PathFigures> read(const Structure& structure,
                                              std::size_t threads) const {
    std::map<GateId, std::size_t> first;
    std::vector<GateId> tops;
    std::vector<std::size_t> top_of(paths_.size());
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      const auto [at, is_new] = first.emplace(structure.top(i), tops.size());
      if (is_new) {
        tops.push_back(structure.top(i));
      }
      top_of[i] = at->second;
    }
    const auto event_of_variable = events_by_variable(structure);
    std::map<EventId, std::size_t> index_of;
    for (std::size_t e = 0; e < structure.events().size(); ++e) {
      index_of.emplace(structure.events()[e].event, e);
    }
    std::vector<TopFigures> figures(tops.size());
    base::parallel_for(tops.size(), threads, [&](std::size_t i) {
      figures[i] = figures_of(structure, tops[i], event_of_variable, draws_);
    });
    std::vector<PathFigures> out;
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      out.push_back(path_figures(structure, index_of, figures[top_of[i]], i));
    }
    return out;
  }

 private:
  static std::vector<std::size_t> events_by_variable(const Structure& structure) {
    std::vector<std::size_t> event_of(structure.gates().variable_count(), kNoEvent);
    for (std::size_t e = 0; e < structure.events().size(); ++e) {
      for (const base::VariableId v : structure.events()[e].variables) {
        event_of[v.index] = e;
      }
    }
    return event_of;
  }

  [[nodiscard]] PathFigures path_figures(const Structure& structure,
                                         const std::map<EventId, std::size_t>& index_of,
                                         const TopFigures& top, std::size_t path) const {
    PathFigures out;
    out.structural = top.unavailability;
    out.outages_per_s = top.outages_per_s;
    out.is_exact = top.is_exact && !structure.has_buffers();
    std::map<std::size_t, double> up_after;
    double critical_sum = 0;
    std::map<EventId, double> share;
    for (const OfEvent& of : top.events) {
      const EventVariables& event = structure.events()[of.event];
      up_after.emplace(of.event, of.up_after);
      share[event.event] += of.critical;
      critical_sum += of.critical;
    }
    for (auto& [event, critical] : share) {
      critical *= critical_sum > 0 ? top.unavailability / critical_sum : 0;
    }
    out.drawn.assign(FactDraws::kDraws, top.unavailability);
    if (!top.drawn.empty()) {
      out.drawn = top.drawn;
    }
    double transient = 0;
    double sum = 0;
    double sum_of_squares = 0;
    for (const auto& [event, impact] : impacts_[path]) {
      const auto at = index_of.find(event);
      if (at == index_of.end() || masked_share(*impact) <= 0) {
        continue;
      }
      const double w = structure.events()[at->second].per_second;
      const auto known = up_after.find(at->second);
      const double m = known == up_after.end() ? 1 - top.unavailability : known->second;
      const double a = masked_share(*impact);
      const double tau = masked_time_s(*impact);
      transient += w * m * a * tau;
      for (std::size_t d = 0; d < FactDraws::kDraws && draws_.is_drawn(event); ++d) {
        out.drawn[d] += w * m * a * tau * (draws_.factor(event, d) - 1);
      }
      share[event] += w * m * a * tau;
      const double s = w * tau * std::sqrt(a * m);
      sum += s;
      sum_of_squares += s * s;
      out.interruptions_per_s += w * m;
    }
    settle_draws(transient, top, out);
    out.down_high = std::min(1.0, top.high + transient);
    out.down_low = std::max(top.low, top.low + transient - (sum * sum - sum_of_squares) / 2);
    out.down_high = std::clamp(out.down_high + out.averaging, 0.0, 1.0);
    out.down_low = std::clamp(out.down_low + out.averaging, 0.0, out.down_high);
    const double attributed = std::min(1.0, top.high + transient);
    for (auto& [event, minutes] : share) {
      minutes *= attributed > 0 ? out.down_high / attributed : 0;
    }
    out.share_of_event.assign(share.begin(), share.end());
    return out;
  }

  /// Adds what is the same in every draw, and moves the answer to the mean over the draws where
  /// that is not the value at mean facts.
  static void settle_draws(double transient, const TopFigures& top, PathFigures& out) {
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

  const std::vector<Path>& paths_;
  std::vector<std::vector<std::pair<EventId, const PathImpact*>>> impacts_;
  FactDraws draws_;
};

bool has_unknowns(const Blueprint& bp) {
  const bool unknown_places = std::any_of(bp.fate_groups().begin(), bp.fate_groups().end(),
                                          [](const auto& g) { return !g.is_certain; });
  const bool assumed = std::any_of(
      bp.components().begin(), bp.components().end(),
      [](const auto& c) { return c.at_least_is_assumed || c.replica_count.is_unknown(); });
  const bool inferred = std::any_of(bp.needs().begin(), bp.needs().end(), [](const auto& n) {
    return n.confidence == blueprint::Confidence::inferred ||
           (failure::is_buffered(n.strength) && !n.buffer.is_known());
  });
  return unknown_places || assumed || inferred;
}

/// All paths of one journey, and of all journeys, by their weights.
void add_up(const Blueprint& bp, const std::vector<Path>& paths,
            const std::vector<PathFigures>& evidence, const std::vector<PathFigures>& worst,
            const std::vector<PathFigures>& best, findings::Availability& out) {
  out.value = 0;
  out.high = 0;
  out.low = 0;
  double structural = 0;
  for (const auto& journey : bp.journeys()) {
    findings::JourneyAvailability row;
    row.name = journey.name;
    row.weight = journey.weight;
    row.value = row.high = row.low = 0;
    if (journey.availability.is_known()) {
      row.objective = journey.availability->value;
    }
    out.journeys.push_back(row);
  }
  std::vector<double> down_of_journey(out.journeys.size(), 0);
  std::vector<double> drawn(FactDraws::kDraws, 0);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const Path& path = paths[i];
    auto& journey = out.journeys[path.journey.index];
    const double share = bp[path.journey].cohorts[path.cohort].share;
    const double low = 1 - std::max(worst[i].down_high, evidence[i].down_high);
    const double high = 1 - std::min(best[i].down_low, evidence[i].down_low);
    const double value = 1 - evidence[i].down_high;
    journey.value += share * value;
    journey.low += share * low;
    journey.high += share * high;
    journey.outages_per_year += share * evidence[i].outages_per_s * base::kSecondsPerYear;
    journey.interruptions_per_year +=
        share * evidence[i].interruptions_per_s * base::kSecondsPerYear;
    down_of_journey[path.journey.index] += share * evidence[i].structural;
    out.value += path.weight * value;
    out.low += path.weight * low;
    out.high += path.weight * high;
    out.outages_per_year += path.weight * evidence[i].outages_per_s * base::kSecondsPerYear;
    structural += path.weight * evidence[i].structural;
    if (evidence[i].is_averaged) {
      out.exactness = Exactness::estimated;
    } else if (!evidence[i].is_exact && out.exactness == Exactness::exact) {
      out.exactness = Exactness::bounded;
    }
    for (std::size_t d = 0; d < drawn.size(); ++d) {
      drawn[d] += path.weight * evidence[i].drawn[d];
    }
  }
  constexpr double kTail = 0.05;
  out.mean_low = 1 - quantile(drawn, 1 - kTail);
  out.mean_high = 1 - quantile(drawn, kTail);
  const auto mean_s = [](double down, double per_year) {
    return per_year > 0 ? down * base::kSecondsPerYear / per_year : 0;
  };
  out.mean_outage_s = mean_s(structural, out.outages_per_year);
  for (std::size_t j = 0; j < out.journeys.size(); ++j) {
    out.journeys[j].mean_outage_s = mean_s(down_of_journey[j], out.journeys[j].outages_per_year);
  }
}

/// The objective of the whole holds for every journey; a journey's own goes before it.
void compare_with_objective(const Blueprint& bp, findings::Availability& out) {
  const auto& whole = bp.objectives().availability;
  if (whole.is_known()) {
    out.objective = whole->value;
  }
  bool is_missed = false;
  bool is_open = false;
  for (auto& journey : out.journeys) {
    if (!journey.objective) {
      journey.objective = out.objective;
    }
    if (journey.objective) {
      out.is_asked = true;
      const auto met = findings::is_met(journey.low, journey.high, *journey.objective);
      is_missed = is_missed || (met && !*met);
      is_open = is_open || !met;
    }
  }
  if (out.is_asked && (is_missed || !is_open)) {
    out.met = !is_missed;
  }
}

/// Recoveries that wait for something share causes with it: the steady state is then an estimate
/// from above.
bool recoveries_wait(const Blueprint& bp) {
  return std::any_of(bp.needs().begin(), bp.needs().end(), [](const auto& need) {
    return need.strength == blueprint::Strength::startup ||
           need.strength == blueprint::Strength::refresh;
  });
}

}  // namespace

AvailabilityResult availability_of(const Blueprint& bp, const catalog::Catalog& catalog,
                                   const failure::Dependence& dependence, const Cases& cases,
                                   const std::vector<Path>& paths,
                                   const AvailabilityOptions& options) {
  const AvailabilityFinder finder(cases, paths, options.seed);
  const auto read = [&](Bound bound) {
    const Reading reading{bound, bound, bound, bound};
    const Structure structure(bp, catalog, dependence, cases.events, cases.impacts, paths, reading);
    return finder.read(structure, options.threads);
  };
  const auto evidence = read(Bound::evidence);
  const bool is_known = !options.with_interval || !has_unknowns(bp);
  const auto worst = is_known ? evidence : read(Bound::pessimistic);
  const auto best = is_known ? evidence : read(Bound::optimistic);
  AvailabilityResult result;
  add_up(bp, paths, evidence, worst, best, result.availability);
  compare_with_objective(bp, result.availability);
  if (recoveries_wait(bp) && result.availability.exactness == Exactness::exact) {
    result.availability.exactness = Exactness::bounded;
  }
  result.minutes_of_event = base::IdVector<EventId, double>(cases.events.size(), 0);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    for (const auto& [event, share] : evidence[i].share_of_event) {
      result.minutes_of_event[event] += paths[i].weight * share * base::kMinutesPerYear;
    }
  }
  return result;
}

}  // namespace outlast::pipeline
