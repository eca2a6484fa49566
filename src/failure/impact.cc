// What a single event does: the timed structure function.
//
// Problem. A zone goes down for hours. A replica in it waits for the zone or is started elsewhere
// after minutes; what needs it is down until enough replicas are back, a standby takes over, or a
// buffer is empty. When is each journey served again, and what was lost meanwhile?
//
// Method. The event hits replicas. Each gets its own time out, one value per draw of all
// durations (`Recoveries`). Then the rules of `Running`, with "and" as the later end and "or" as
// the earlier one, are applied to what the event can reach, needs first; nothing else is touched.
// A replica that needs others to start waits for them: its time out is raised until nothing
// changes; one that waits for itself, through others, never comes back.
// Beside it goes the share of requests that fail at first although the structure holds: those
// that were on their way to a dead replica until it was noticed.
//
// It ends: times only grow, and come from a finite set of sums; starting needs are given up (as
// without end) after as many rounds as there are replicas hit.
// Limits: durations are independent between components; a gap between two outages counts as out.
// Source: SEMANTICS, downtime (timed structure function); checked against brute force.

#include "failure/impact.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <set>

namespace outlast::failure {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operations;
using blueprint::Strength;

std::vector<Path> list_paths(const Blueprint& bp) {
  std::vector<Path> paths;
  for (const auto id : base::ids<blueprint::JourneyId>(bp.journeys().size())) {
    const auto& journey = bp[id];
    for (std::size_t c = 0; c < journey.cohorts.size(); ++c) {
      paths.push_back({id, c, journey.cohorts[c].enters, journey.operations,
                       journey.weight * journey.cohorts[c].share});
    }
  }
  return paths;
}

double usd_per_hour(const Blueprint& bp, const Path& path) {
  const auto& journey = bp[path.journey];
  return journey.value_per_hour.is_known()
             ? static_cast<double>(journey.value_per_hour->micro_usd) / 1e6 *
                   journey.cohorts[path.cohort].share
             : 0;
}

Impact ImpactFinder::impact_of(const Event& event, Reading reading) {
  find_hits(event, reading);
  draw_hits(event, reading);
  const bool is_known = recall(likeness_of(reading));
  if (!is_known) {
    if (!take_reach()) {
      find_reach();
    }
    adds_times_ = false;
  }
  const bool is_settled = is_known || takes_nothing(reading);
  Impact impact;
  std::vector<PathImpact> outcomes;
  std::vector<PathImpacts::Member> seen_by;
  for (const Operations operations : operations_) {
    const bool is_plain = !is_settled && settle_plainly(operations, reading);
    if (!is_settled && !is_plain) {
      settle(operations, reading);
    }
    if (!is_known) {
      if (!is_plain) {
        measure_masking(operations, reading);
      }
      find_what_paths_see(operations, seen_by);
    }
    read_stalls(impact);
    measure_outcomes(outcomes);
    if (fates_ != nullptr) {
      read_fates(*fates_);
    }
  }
  if (!is_known) {
    std::sort(seen_by.begin(), seen_by.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    scene_.seen_by = base::SharedList(std::move(seen_by));
  }
  if (event.kind == EventKind::instance) {
    add_unnoticed(event, outcomes);
  }
  impact.paths = PathImpacts(std::move(outcomes), scene_.seen_by);
  if (!operations_.empty()) {
    if (!is_known) {
      find_touched(reading);
    }
    read_casualties(event, reading, impact);
    add_soft_losses(impact);
  }
  for (const auto& [id, hit] : hits_) {
    const double sum = std::accumulate(hit.until_s.begin(), hit.until_s.end() - 1, 0.0);
    impact.mean_out_s.emplace_back(id, sum / kDraws);
    if (event.kind == EventKind::instance && event.component == id) {
      impact.coverage = recoveries_.coverage_of(event, id, hit.until_s);
      if (impact.coverage) {
        impact.mean_out_s.back().second = impact.coverage->out_s();
      }
    }
  }
  std::sort(impact.mean_out_s.begin(), impact.mean_out_s.end());
  if (!is_known && !has_one_outage()) {
    scene_.of = {};
  }
  impact.stuck_starts.assign(stuck_starts_.begin(), stuck_starts_.end());
  forget();
  return impact;
}

void ImpactFinder::draw_hits(const Event& event, Reading reading) {
  const Launching launching =
      reading.placement == Bound::optimistic ? Launching::where_possible : Launching::where_known;
  for (auto& [id, hit] : hits_) {
    hit.recovery = recoveries_.of(event, id, reading.copies, launching);
    hit.until_s.resize(kDraws + 1);
    for (std::size_t d = 0; d <= kDraws; ++d) {
      hit.until_s[d] = hit.recovery.over_s[d] + hit.recovery.work_s[d];
    }
    hit.down = times_.down_until(hit.until_s);
  }
}

/// Everything that may feel it: what needs, hard, buffered or softly, what is hit.
void ImpactFinder::find_reach() {
  const auto reach = [&](ComponentId id) {
    if (!scene_.is_reached[id.index]) {
      scene_.is_reached[id.index] = true;
      scene_.reach.push_back(id);
    }
  };
  for (const auto& [id, hit] : hits_) {
    reach(id);
  }
  for (std::size_t i = 0; i < scene_.reach.size(); ++i) {
    const ComponentId at = scene_.reach[i];
    for (const ComponentId next : dependence_.needed_by(at)) {
      reach(next);
    }
    for (const NeedId need : softly_needed_by_[at.index]) {
      reach(bp_[need].from);
    }
  }
  // Needs first. Of a reach that is wide it is cheaper to ask everybody than to sort.
  constexpr std::size_t kWide = 16;
  if (scene_.reach.size() * kWide > order_.size()) {
    scene_.reach.clear();
    std::copy_if(order_.begin(), order_.end(), std::back_inserter(scene_.reach),
                 [&](ComponentId id) { return bool{scene_.is_reached[id.index]}; });
    return;
  }
  std::sort(scene_.reach.begin(), scene_.reach.end(), [&](ComponentId a, ComponentId b) {
    const auto loop_a = dependence_.loop_of(a);
    const auto loop_b = dependence_.loop_of(b);
    return loop_a != loop_b ? loop_a < loop_b : a < b;
  });
}

void ImpactFinder::settle(Operations operations, Reading reading) {
  settle_all(operations, reading);
  for (std::size_t round = 0; wait_for_starting_needs(round >= hits_.size()); ++round) {
    settle_all(operations, reading);
  }
  find_reasons(operations, reading);
}

void ImpactFinder::settle_all(Operations operations, Reading reading) {
  Algebra algebra{*this};
  const bool with_inferred = reading.edges == Bound::pessimistic;
  const auto& knots =
      knots_.try_emplace({operations, with_inferred}, bp_, dependence_, operations, with_inferred)
          .first->second;
  Timed running(bp_, dependence_, knots, operations, reading, algebra);
  std::size_t last = static_cast<std::size_t>(-1);
  for (const ComponentId id : scene_.reach) {
    if (const std::size_t loop = dependence_.loop_of(id); loop != last) {
      running.settle(loop, scene_.states);
      last = loop;
    }
  }
}

/// Raises the time out of replicas that need others to start again; true if any was raised.
/// Who still waits after as many rounds as there are replicas hit waits, through others, for
/// itself: then it never comes back.
bool ImpactFinder::wait_for_starting_needs(bool is_circle) {
  bool was_any_raised = false;
  for (auto& [id, hit] : hits_) {
    bool was_raised = false;
    for (const NeedId need_id : bp_[id].needs) {
      const Need& need = bp_[need_id];
      if (need.strength != Strength::startup && need.strength != Strength::refresh) {
        continue;
      }
      std::vector<TimedState> targets;
      for (const ComponentId target : need.any_of) {
        targets.push_back(scene_.states[target]);
      }
      const TimedState awaited =
          times_.down_if_at_least(targets.size() - need.at_least + 1, targets);
      for (std::size_t d = 0; d <= kDraws && !awaited.is_never(); ++d) {
        const double started =
            std::max(hit.recovery.over_s[d], times_.spans(awaited)[d].end) + hit.recovery.work_s[d];
        if (started > hit.until_s[d]) {
          hit.until_s[d] = is_circle ? kForGood : started;
          was_raised = true;
          if (is_circle) {
            stuck_starts_.insert(need_id);
          }
        }
      }
    }
    if (was_raised) {
      hit.down = times_.down_until(hit.until_s);
      was_any_raised = true;
    }
  }
  return was_any_raised;
}

/// Components that run on, but of which nothing is replaced until what they need for that is back.
/// A journey may see more of it than another one: the longest counts.
void ImpactFinder::read_stalls(Impact& impact) {
  for (const NeedId id : needs_to_replace_) {
    const Need& need = bp_[id];
    std::vector<TimedState> targets;
    for (const ComponentId target : need.any_of) {
      targets.push_back(scene_.states[target]);
    }
    const TimedState gone = times_.down_if_at_least(targets.size() - need.at_least + 1, targets);
    if (gone.is_never() || hit_at_[need.from.index] != 0) {
      continue;
    }
    const auto known =
        std::find_if(impact.stalls.begin(), impact.stalls.end(),
                     [&](const Stall& stall) { return stall.component == need.from; });
    Stall& stall =
        known != impact.stalls.end()
            ? *known
            : impact.stalls.emplace_back(Stall{need.from, std::vector<double>(kDraws, 0.0)});
    for (std::size_t d = 0; d < kDraws; ++d) {
      stall.for_s[d] = std::max(stall.for_s[d], times_.length(gone, d));
    }
  }
}

/// Of some faults no check tells: the dead replica keeps its share of the requests until people find
/// it.
void ImpactFinder::add_unnoticed(const Event& event, std::vector<PathImpact>& outcomes) const {
  const auto [share, mean_s] = recoveries_.unnoticed(event.component);
  for (PathImpact& outcome : outcomes) {
    if (outcome.masked_share > 0 && !outcome.is_down_for_good) {
      outcome.unnoticed_s = share * std::max(0.0, mean_s - outcome.masked_s);
    }
  }
}

/// Mean time that something is masked which takes `seconds`, or less where the event is over sooner.
double ImpactFinder::masked_while_out(double seconds) const {
  double sum = 0;
  for (std::size_t d = 0; d < kDraws && seconds > 0; ++d) {
    sum += std::min(seconds, hits_.front().second.until_s[d]);
  }
  return sum / kDraws;
}

/// Sorts the paths by what they see, whatever the event's durations.
void ImpactFinder::find_what_paths_see(Operations operations,
                                       std::vector<PathImpacts::Member>& seen_by) {
  const std::size_t first = scene_.seen_at.size();
  for (const ComponentId id : scene_.reach) {
    for (const std::size_t p : paths_at_[id.index]) {
      if (paths_[p].operations != operations) {
        continue;
      }
      const std::size_t outcome = recent_like(scene_.seen_at, first, [&](ComponentId other) {
        return scene_.states[other] == scene_.states[id] &&
               scene_.masked[other.index] == scene_.masked[id.index] &&
               scene_.masked_s[other.index] == scene_.masked_s[id.index];
      });
      if (outcome == scene_.seen_at.size()) {
        scene_.seen_at.push_back(id);
      }
      seen_by.push_back({static_cast<std::uint32_t>(p), static_cast<std::uint32_t>(outcome)});
    }
  }
}

/// Adds those that are not measured yet.
void ImpactFinder::measure_outcomes(std::vector<PathImpact>& outcomes) const {
  double last_s = 0;  // most see the same moment
  double masked_s = 0;
  while (outcomes.size() < scene_.seen_at.size()) {
    const ComponentId id = scene_.seen_at[outcomes.size()];
    PathImpact outcome;
    const TimedLength& length = times_.measure(scene_.states[id]);
    outcome.down_median_s = length.median_s;
    outcome.down_mean_s = length.mean_s;
    outcome.down_p90_s = length.p90_s;
    outcome.is_down_for_good = length.mean_s > 0 && times_.is_down_for_good(scene_.states[id]);
    outcome.masked_share = scene_.masked[id.index];
    if (const double seconds = scene_.masked_s[id.index]; seconds != last_s) {
      last_s = seconds;
      masked_s = masked_while_out(seconds);
    }
    outcome.masked_s = masked_s;
    outcomes.push_back(outcome);
  }
}

void ImpactFinder::forget() {
  for (const auto& [id, hit] : hits_) {
    hit_at_[id.index] = 0;
  }
  times_.forget();
  hits_.clear();
  stuck_starts_.clear();
}

}  // namespace outlast::failure
