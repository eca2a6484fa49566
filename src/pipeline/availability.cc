#include "pipeline/availability.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/units.h"
#include "blueprint/reached.h"
#include "failure/replicas.h"
#include "pipeline/importances.h"
#include "pipeline/next_year.h"
#include "pipeline/open_questions.h"
#include "pipeline/path_figures.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using failure::Bound;
using failure::EventId;
using failure::Path;
using failure::Reading;
using failure::Structure;
using findings::Exactness;

namespace {

bool has_unknown_places(const Blueprint& bp) {
  const auto is_in_play = failure::zones_in_play(bp);
  bool is_open = false;
  for (const auto id : base::ids<blueprint::FateGroupId>(bp.fate_groups().size())) {
    is_open = is_open || (is_in_play[id.index] && !bp[id].is_certain);
  }
  return is_open;
}

/// Unknown, and not where something lies.
bool has_other_unknowns(const Blueprint& bp) {
  const bool assumed =
      std::any_of(bp.components().begin(), bp.components().end(), [](const auto& c) {
        const bool may_move_anywhere =
            failure::may_use_any_zone(c) && c.scope == blueprint::Scope::zone;
        return c.at_least_is_assumed || c.replica_count.is_unknown() || may_move_anywhere;
      });
  const bool inferred = std::any_of(bp.needs().begin(), bp.needs().end(), [](const auto& n) {
    return n.confidence == blueprint::Confidence::inferred ||
           (failure::is_buffered(n.strength) && (!n.buffer.is_known() || n.refill.is_known()));
  });
  return assumed || inferred;
}

/// The cases as they are if no copy is left but those known to be; none where that changes nothing.
std::optional<Cases> without_copies(const Cases& cases) {
  if (cases.impacts_without_copies.empty()) {
    return std::nullopt;
  }
  Cases out = cases;
  for (const auto& [event, impact] : cases.impacts_without_copies) {
    out.impacts[event] = impact;
  }
  return out;
}

/// Takes each path's downtime where it is further out than what is known so far.
void widen(const std::vector<DownBounds>& pessimistic, const std::vector<DownBounds>& optimistic,
           std::vector<DownBounds>& ends) {
  for (std::size_t i = 0; i < ends.size(); ++i) {
    ends[i].high = std::max(ends[i].high, pessimistic[i].high);
    ends[i].low = std::min(ends[i].low, optimistic[i].low);
  }
}

/// What was not understood may always be down.
void open_up(const std::vector<bool>& rests_on_unknown, const std::vector<Path>& paths,
             std::vector<DownBounds>& ends) {
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (rests_on_unknown[paths[i].enters.index]) {
      ends[i].high = 1;
    }
  }
}

/// Share of users served, at one end, where those of some paths may not be there: what is made under
/// a condition that nobody can decide may not be entered at all. The mean is over those who are
/// there; it is furthest out where just those are that are further out than it.
/// in  served  by path, at that end
double mean_of_those_there(const Blueprint& bp, const std::vector<Path>& paths,
                           const std::vector<double>& served, bool is_worst) {
  struct Users {
    double share = 0;
    double served = 0;
    [[nodiscard]] double mean() const { return served / share; }
  };
  std::map<std::string, Users> by_condition;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    Users& users = by_condition[bp[paths[i].enters].made_if];
    users.share += paths[i].weight;
    users.served += paths[i].weight * served[i];
  }
  Users there = by_condition[""];
  by_condition.erase("");
  if (by_condition.empty()) {
    return there.served;
  }
  std::vector<Users> perhaps;
  for (const auto& [condition, users] : by_condition) {
    perhaps.push_back(users);
  }
  std::stable_sort(perhaps.begin(), perhaps.end(), [&](const Users& a, const Users& b) {
    return is_worst ? a.mean() < b.mean() : a.mean() > b.mean();
  });
  for (const Users& users : perhaps) {
    const bool is_further =
        there.share <= 0 || (is_worst ? users.mean() < there.mean() : users.mean() > there.mean());
    if (is_further) {
      there.share += users.share;
      there.served += users.served;
    }
  }
  return there.mean();
}

bool has_uncertain_entries(const Blueprint& bp) {
  const auto entries = blueprint::entries_of(bp);
  return std::any_of(entries.begin(), entries.end(),
                     [&](blueprint::ComponentId id) { return !bp[id].made_if.empty(); });
}

/// All paths of one journey, and of all journeys, by their weights.
void add_up(const Blueprint& bp, const std::vector<Path>& paths,
            const std::vector<PathFigures>& evidence, const std::vector<DownBounds>& ends,
            findings::Availability& out) {
  out.value = 0;
  std::vector<double> at_worst;
  std::vector<double> at_best;
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
    const double low = 1 - std::max(ends[i].high, evidence[i].down_high);
    const double high = 1 - std::min(ends[i].low, evidence[i].down_low);
    at_worst.push_back(low);
    at_best.push_back(high);
    const double value = 1 - evidence[i].down_high;
    journey.value += share * value;
    journey.low += share * low;
    journey.high += share * high;
    journey.outages_per_year += share * evidence[i].outages_per_s * base::kSecondsPerYear;
    journey.interruptions_per_year +=
        share * evidence[i].interruptions_per_s * base::kSecondsPerYear;
    down_of_journey[path.journey.index] += share * evidence[i].structural;
    out.value += path.weight * value;
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
  out.low = mean_of_those_there(bp, paths, at_worst, true);
  out.high = mean_of_those_there(bp, paths, at_best, false);
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
           need.strength == blueprint::Strength::control ||
           need.strength == blueprint::Strength::refresh;
  });
}

}  // namespace

AvailabilityResult availability_of(const Blueprint& bp, const catalog::Catalog& catalog,
                                   const failure::Dependence& dependence, const Cases& cases,
                                   const std::vector<Path>& paths,
                                   const AvailabilityOptions& options) {
  const PathReader reader(bp, cases, paths, options.seed, options.budget);
  const std::optional<Cases> copies_lost = without_copies(cases);
  const Cases& worst_cases = copies_lost ? *copies_lost : cases;
  std::optional<PathReader> without;
  if (copies_lost) {
    without.emplace(bp, *copies_lost, paths, options.seed, options.budget);
  }
  const PathReader& worst_reader = without ? *without : reader;
  const auto structure_at = [&](Bound bound, const failure::Placement* zones) {
    const Reading reading{bound, bound, bound, bound, bound, zones};
    const auto& impacts = (bound == Bound::pessimistic ? worst_cases : cases).impacts;
    return Structure(bp, catalog, dependence, cases.events, impacts, paths, reading);
  };
  const auto read = [&](Bound bound, const failure::Placement* zones) {
    return (bound == Bound::pessimistic ? worst_reader : reader)
        .read_bounds(structure_at(bound, zones), options.threads);
  };
  const Structure on_evidence = structure_at(Bound::evidence, nullptr);
  Readings readings = reader.read(on_evidence, options.threads);
  std::vector<PathFigures>& evidence = readings.paths;
  std::vector<DownBounds> ends;
  for (const PathFigures& path : evidence) {
    ends.push_back({path.down_low, path.down_high});
  }
  const bool is_open = options.with_interval && (has_unknown_places(bp) || has_other_unknowns(bp) ||
                                                 copies_lost.has_value());
  const auto placements = is_open
                              ? failure::possible_placements(bp, catalog, failure::kMostPlacements)
                              : std::vector<failure::Placement>{};
  for (const failure::Placement& zones : placements) {
    widen(read(Bound::pessimistic, &zones), read(Bound::optimistic, &zones), ends);
  }
  if (is_open && placements.empty()) {
    widen(read(Bound::pessimistic, nullptr), read(Bound::optimistic, nullptr), ends);
  }
  if (options.with_interval) {
    open_up(rests_on_unknown(bp), paths, ends);
  }
  AvailabilityResult result;
  add_up(bp, paths, evidence, ends, result.availability);
  if (has_other_unknowns(bp) || has_uncertain_entries(bp) ||
      (placements.empty() && has_unknown_places(bp))) {
    result.availability.range_exactness = Exactness::bounded;
  }
  compare_with_objective(bp, result.availability);
  if (options.with_interval) {
    result.availability.next_year =
        sample_next_year({bp, cases, paths, on_evidence}, result.availability.journeys,
                         {options.seed, options.threads, options.asked_of_year});
  }
  if (recoveries_wait(bp) && result.availability.exactness == Exactness::exact) {
    result.availability.exactness = Exactness::bounded;
  }
  result.minutes_of_event = base::IdVector<EventId, double>(cases.events.size(), 0);
  for (const EventId id : base::ids<EventId>(cases.events.size())) {
    result.minutes_of_event[id] = readings.events[id].share * base::kMinutesPerYear;
  }
  if (options.tells_causes) {
    result.importances = importances_of(bp, cases, paths, readings, result.minutes_of_event);
  }
  for (PathFigures& path : evidence) {  // what there is for every draw is done with
    path.drawn = {};
  }
  result.figures = std::move(evidence);
  return result;
}

}  // namespace outlast::pipeline
