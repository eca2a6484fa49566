#include "pipeline/top_figures.h"

#include <algorithm>
#include <set>

#include "base/gate_part.h"
#include "engines/faulttree/solution.h"

namespace outlast::pipeline {

using base::GateId;
using failure::EventId;
using failure::EventVariables;
using failure::Structure;

namespace faulttree = engines::faulttree;

namespace {

/// One top gate by itself: what is asked of it costs as much as it, not as the structure.
class Asked {
 public:
  Asked(const Structure& structure, GateId top, const faulttree::Budget& budget)
      : structure_(structure),
        part_(base::part_below(structure.gates(), top)),
        solution_(faulttree::Solution::of(part_.gates, part_.top, budget, own_probabilities())) {}

  [[nodiscard]] const faulttree::Solution& solution() const { return solution_; }

  /// By own variable.
  [[nodiscard]] std::vector<double> own_probabilities() const {
    std::vector<double> p;
    for (const base::VariableId v : part_.variables) {
      p.push_back(structure_.probability()[v.index]);
    }
    return p;
  }

  /// What is told by own variables, of one of the structure; `without` where the gate does not
  /// depend on it.
  [[nodiscard]] double of(base::VariableId v, const std::vector<double>& by_own,
                          double without) const {
    const std::size_t at = place_of(v);
    return at == kNowhere ? without : by_own[at];
  }

  /// Where a variable of the structure stands among the own ones; none: the gate does not depend
  /// on it, and setting it changes nothing.
  [[nodiscard]] std::size_t place_of(base::VariableId v) const {
    const auto at = std::lower_bound(part_.variables.begin(), part_.variables.end(), v);
    return at == part_.variables.end() || *at != v
               ? kNowhere
               : static_cast<std::size_t>(at - part_.variables.begin());
  }

  /// Visits those of the structure's variables that are own ones: (place, index in `ascending`).
  /// A region has a variable for each of the durations it strikes with, of which a journey sees few.
  template <class Visit>
  void for_each_own(const std::vector<base::VariableId>& ascending, Visit visit) const {
    const std::vector<base::VariableId>& own = part_.variables;
    auto at = own.begin();
    auto of = ascending.begin();
    while (at != own.end() && of != ascending.end()) {
      at = std::lower_bound(at, own.end(), *of);
      if (at == own.end()) {
        break;
      }
      of = std::lower_bound(of, ascending.end(), *at);
      if (of != ascending.end() && *of == *at) {
        visit(static_cast<std::size_t>(at - own.begin()),
              static_cast<std::size_t>(of - ascending.begin()));
        ++of;
      }
    }
  }

  static void set(std::size_t place, double value, std::vector<double>& by_own) {
    if (place != kNowhere) {
      by_own[place] = value;
    }
  }

  /// Indexes of the events that the gate depends on, ascending.
  [[nodiscard]] std::vector<std::size_t> support(
      const std::vector<std::size_t>& event_of_variable) const {
    std::set<std::size_t> events;
    for (const base::VariableId v : part_.variables) {
      if (event_of_variable[v.index] != kNoEvent) {
        events.insert(event_of_variable[v.index]);
      }
    }
    return {events.begin(), events.end()};
  }

 private:
  static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

  const Structure& structure_;
  base::GatePart part_;
  faulttree::Solution solution_;
};

/// An event of several variables is set to "did not happen" and to "has happened" as a whole.
OfEvent of_nested(const EventVariables& event, std::size_t index, const Asked& asked,
                  const std::vector<double>& probability, double down) {
  std::vector<double> p = probability;
  asked.for_each_own(event.variables, [&](std::size_t place, std::size_t) { p[place] = 0; });
  const double without = asked.solution().probability(p).high;
  asked.for_each_own(event.variables,
                     [&](std::size_t place, std::size_t i) { p[place] = event.once_happened[i]; });
  const double with = asked.solution().probability(p).high;
  return {index, 1 - with, with - without, down - without};
}

/// A covered replica is two variables, C and N, and down where either is. What the gate is where
/// neither, only C, or N has happened follows from their importances, without another pass over the
/// diagrams for each replica of a group of hundreds.
OfEvent of_covered(const EventVariables& event, std::size_t index, const Asked& asked,
                   const std::vector<double>& birnbaum, const std::vector<double>& p, double down) {
  const base::VariableId c = event.variables[0];
  const base::VariableId n = event.variables[1];
  const double p_c = p[c.index];
  const double p_n = p[n.index];
  const double by_c = asked.of(c, birnbaum, 0) / (1 - p_n);   // down given C alone, less neither
  const double by_n = asked.of(n, birnbaum, 0) + p_c * by_c;  // down given N, less given neither
  const double critical = p_c * (1 - p_n) * by_c + p_n * by_n;
  const double covered = event.coverage->covered;
  const double drop = covered * by_c + (1 - covered) * by_n;
  return {index, 1 - (down - critical + drop), drop, critical};
}

/// An event whose facts are drawn, and the places of its first two variables.
struct Drawn {
  const EventVariables* event;
  std::size_t first;
  std::size_t second;  ///< of a covered replica
};

/// The event's variables in one draw of the facts it cites.
void draw_event(const Drawn& of, const FactDraws& draws, std::size_t draw,
                const std::vector<double>& at_figures, std::vector<double>& p) {
  const EventVariables& event = *of.event;
  const double factor = draws.factor(event.event, draw);
  if (!event.coverage) {
    Asked::set(of.first, scaled_odds(at_figures[event.variables.front().index], factor), p);
    return;
  }
  failure::Coverage coverage = *event.coverage;
  coverage.covered =
      1 - std::min(1.0, (1 - coverage.covered) * draws.missed_factor(event.event, draw));
  const auto replica = failure::covered_replica(event.mttf_s / factor, coverage);
  Asked::set(of.first, replica.is_down, p);
  Asked::set(of.second, replica.holds, p);
}

/// The unavailability in every draw of the facts its events cite.
/// in  p  by own variable of what is asked
void draw_facts(const Structure& structure, const Asked& asked, const FactDraws& draws,
                std::vector<double> p, TopFigures& out) {
  std::vector<EventId> cited;
  std::vector<Drawn> drawn;
  for (const OfEvent& of : out.events) {
    const EventVariables& event = structure.events()[of.event];
    drawn.push_back({&event, asked.place_of(event.variables.front()),
                     asked.place_of(event.variables[event.coverage ? 1 : 0])});
    if (draws.is_drawn(event.event)) {
      cited.push_back(event.event);
    }
  }
  if (cited.empty()) {
    return;
  }
  out.is_averaged = draws.share_a_fact(cited);
  out.drawn.resize(FactDraws::kDraws);
  for (std::size_t d = 0; d < FactDraws::kDraws; ++d) {
    for (const Drawn& of : drawn) {  // every draw writes the same places
      draw_event(of, draws, d, structure.probability(), p);
    }
    out.drawn[d] = asked.solution().probability_at(p);
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
                      const std::vector<std::size_t>& event_of_variable, const FactDraws& draws,
                      const faulttree::Budget& budget) {
  TopFigures out;
  const Asked asked(structure, top, budget);
  const std::vector<double> own = asked.own_probabilities();
  const faulttree::Bounds bounds = asked.solution().probability(own);
  out.low = bounds.low;
  out.high = out.unavailability = bounds.high;
  out.is_exact = asked.solution().has_diagrams();
  if (!out.is_exact) {
    return out;
  }
  const std::vector<double>& p = structure.probability();
  const auto birnbaum = asked.solution().birnbaum(own);
  for (const std::size_t e : asked.support(event_of_variable)) {
    const EventVariables& event = structure.events()[e];
    if (event.variables.size() == 1) {
      const base::VariableId v = event.variables.front();
      const double of_v = asked.of(v, birnbaum, 0);
      const double down_after = out.unavailability + (1 - p[v.index]) * of_v;
      out.events.push_back({e, 1 - down_after, of_v, p[v.index] * of_v});
    } else if (event.coverage && event.variables.size() == 2) {
      out.events.push_back(of_covered(event, e, asked, birnbaum, p, out.unavailability));
    } else {
      out.events.push_back(of_nested(event, e, asked, own, out.unavailability));
    }
    out.outages_per_s += event.per_second * out.events.back().drop;
  }
  draw_facts(structure, asked, draws, own, out);
  return out;
}

}  // namespace outlast::pipeline
