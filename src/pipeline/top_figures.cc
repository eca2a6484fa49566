#include "pipeline/top_figures.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "engines/faulttree/solution.h"

namespace outlast::pipeline {

using base::GateId;
using failure::EventId;
using failure::EventVariables;
using failure::Structure;

namespace faulttree = engines::faulttree;

namespace {

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
OfEvent of_nested(const EventVariables& event, std::size_t index,
                  const faulttree::Solution& solution, const std::vector<double>& probability,
                  double down) {
  std::vector<double> p = probability;
  for (const base::VariableId v : event.variables) {
    p[v.index] = 0;
  }
  const double without = solution.probability(p).high;
  for (std::size_t i = 0; i < event.variables.size(); ++i) {
    p[event.variables[i].index] = event.once_happened[i];
  }
  const double with = solution.probability(p).high;
  return {index, 1 - with, with - without, down - without};
}

/// A covered replica is two variables, C and N, and down where either is. What the gate is where
/// neither, only C, or N has happened follows from their importances, without another pass over the
/// diagrams for each replica of a group of hundreds.
OfEvent of_covered(const EventVariables& event, std::size_t index, const std::vector<double>& p,
                   const std::vector<double>& birnbaum, double down) {
  const std::size_t c = event.variables[0].index;
  const std::size_t n = event.variables[1].index;
  const double by_c = birnbaum[c] / (1 - p[n]);   // down given C alone, less given neither
  const double by_n = birnbaum[n] + p[c] * by_c;  // down given N, less given neither
  const double critical = p[c] * (1 - p[n]) * by_c + p[n] * by_n;
  const double covered = event.coverage->covered;
  const double drop = covered * by_c + (1 - covered) * by_n;
  return {index, 1 - (down - critical + drop), drop, critical};
}

/// The event's variables in one draw of the facts it cites.
void draw_event(const EventVariables& event, const FactDraws& draws, std::size_t draw,
                const std::vector<double>& at_figures, std::vector<double>& p) {
  const double factor = draws.factor(event.event, draw);
  const std::size_t first = event.variables.front().index;
  if (!event.coverage) {
    p[first] = scaled_odds(at_figures[first], factor);
    return;
  }
  failure::Coverage coverage = *event.coverage;
  coverage.covered =
      1 - std::min(1.0, (1 - coverage.covered) * draws.missed_factor(event.event, draw));
  const auto replica = failure::covered_replica(event.mttf_s / factor, coverage);
  p[first] = replica.is_down;
  p[event.variables[1].index] = replica.holds;
}

/// The unavailability in every draw of the facts its events cite.
void draw_facts(const Structure& structure, const faulttree::Solution& solution,
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
      draw_event(structure.events()[of.event], draws, d, at_figures, p);
    }
    out.drawn[d] = solution.probability_at(p);
  }
}

}  // namespace

std::vector<std::size_t> events_by_variable(const Structure& structure) {
  std::vector<std::size_t> event_of(structure.gates().variable_count(), kNoEvent);
  for (std::size_t e = 0; e < structure.events().size(); ++e) {
    for (const base::VariableId v : structure.events()[e].variables) {
      event_of[v.index] = e;
    }
  }
  return event_of;
}

TopFigures figures_of(const Structure& structure, GateId top,
                      const std::vector<std::size_t>& event_of_variable, const FactDraws& draws) {
  TopFigures out;
  const std::vector<double>& p = structure.probability();
  const auto solution = faulttree::Solution::of(structure.gates(), top, {}, p);
  const faulttree::Bounds bounds = solution.probability(p);
  out.low = bounds.low;
  out.high = out.unavailability = bounds.high;
  out.is_exact = solution.has_diagrams();
  if (!out.is_exact) {
    return out;
  }
  const auto birnbaum = solution.birnbaum(p);
  for (const std::size_t e : support(structure, top, event_of_variable)) {
    const EventVariables& event = structure.events()[e];
    if (event.variables.size() == 1) {
      const std::size_t v = event.variables.front().index;
      const double down_after = out.unavailability + (1 - p[v]) * birnbaum[v];
      out.events.push_back({e, 1 - down_after, birnbaum[v], p[v] * birnbaum[v]});
    } else if (event.coverage && event.variables.size() == 2) {
      out.events.push_back(of_covered(event, e, p, birnbaum, out.unavailability));
    } else {
      out.events.push_back(of_nested(event, e, solution, p, out.unavailability));
    }
    out.outages_per_s += event.per_second * out.events.back().drop;
  }
  draw_facts(structure, solution, draws, out);
  return out;
}

}  // namespace outlast::pipeline
