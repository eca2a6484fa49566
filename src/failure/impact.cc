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
#include <numeric>
#include <set>

namespace outlast::failure {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::FateGroupId;
using blueprint::FateKind;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operations;
using blueprint::Strength;

namespace {

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

bool is_running_need(const Need& need, Operations operations) {
  return (need.strength == Strength::hard || need.strength == Strength::auth) &&
         (need.operations & operations) != 0 && need.confidence != blueprint::Confidence::inferred;
}

double known_or_zero(const blueprint::Value<base::Seconds>& value) {
  return value.is_known() ? value->value : 0;
}

}  // namespace

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

TimedState ImpactFinder::Algebra::own(ComponentId id, std::size_t replica) const {
  const std::size_t at = finder.hit_at_[id.index];
  if (at == 0) {
    return {};
  }
  const Hit& hit = finder.hits_[at - 1].second;
  return !hit.replicas.empty() && hit.replicas[replica] ? down_until(hit.until_s) : TimedState();
}

TimedState ImpactFinder::Algebra::whole(ComponentId id) const {
  const std::size_t at = finder.hit_at_[id.index];
  if (at == 0 || !finder.hits_[at - 1].second.replicas.empty()) {
    return {};
  }
  return down_until(finder.hits_[at - 1].second.until_s);
}

TimedState ImpactFinder::Algebra::switched(const State& active, const State& via, const State& rest,
                                           const blueprint::Switching& switching,
                                           bool is_in_loop) const {
  // Within a loop times are compared, never added, so that a loop of calls adds nothing.
  const double detect = is_in_loop ? 0 : known_or_zero(switching.detect);
  const double takes = is_in_loop ? 0 : known_or_zero(switching.takes);
  return down_until_switched(active, via, rest, detect, takes);
}

TimedState ImpactFinder::Algebra::delayed(const Need& /*need*/, double seconds,
                                          const State& state) const {
  return down_after(state, seconds);
}

ImpactFinder::ImpactFinder(const Blueprint& bp, const catalog::Catalog& catalog,
                           const Dependence& dependence, const std::vector<Path>& paths,
                           std::uint64_t seed)
    : bp_(bp),
      dependence_(dependence),
      paths_(paths),
      recoveries_(bp, catalog, seed),
      in_zone_(bp.fate_groups().size()),
      in_group_(bp.fate_groups().size()),
      shares_(bp.fate_groups().size()),
      paths_at_(bp.components().size()),
      softly_needed_by_(bp.components().size()),
      hit_at_(bp.components().size(), 0),
      is_reached_(bp.components().size(), false),
      states_(bp.components().size()),
      masked_(bp.components().size(), 0),
      masked_s_(bp.components().size(), 0) {
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    for (const FateGroupId group : bp[id].fate_groups) {
      in_group_[group.index].push_back(id);
    }
    for (std::size_t r = 0; r < bp[id].replicas.size(); ++r) {
      if (const FateGroupId zone = bp[id].replicas[r].zone; zone.exists()) {
        in_zone_[zone.index].emplace_back(id, r);
      }
      for (const FateGroupId group : bp[id].replicas[r].fate_groups) {
        shares_[group.index].emplace_back(id, r);
      }
    }
  }
  std::set<std::pair<std::string, std::string>> regions;
  for (const FateGroupId id : base::ids<FateGroupId>(bp.fate_groups().size())) {
    const auto& group = bp[id];
    const bool is_unknown =
        group.kind == FateKind::zone && !group.is_certain && group.candidates.empty();
    stands_for_unknown_.push_back(is_unknown &&
                                  regions.insert({group.provider, group.region}).second);
  }
  for (std::size_t p = 0; p < paths.size(); ++p) {
    paths_at_[paths[p].enters.index].push_back(p);
    if (std::find(operations_.begin(), operations_.end(), paths[p].operations) ==
        operations_.end()) {
      operations_.push_back(paths[p].operations);
    }
  }
  for (const NeedId id : base::ids<NeedId>(bp.needs().size())) {
    if (bp[id].strength == Strength::soft) {
      for (const ComponentId target : bp[id].any_of) {
        softly_needed_by_[target.index].push_back(id);
      }
    }
  }
}

Impact ImpactFinder::impact_of(const Event& event, Reading reading) {
  find_hits(event, reading);
  for (auto& [id, hit] : hits_) {
    hit.recovery = recoveries_.of(event, id);
    hit.until_s.resize(kDraws + 1);
    for (std::size_t d = 0; d <= kDraws; ++d) {
      hit.until_s[d] = hit.recovery.over_s[d] + hit.recovery.work_s[d];
    }
  }
  find_reach();
  Impact impact;
  for (const Operations operations : operations_) {
    settle_all(operations, reading);
    for (std::size_t round = 0; wait_for_starting_needs(round >= hits_.size()); ++round) {
      settle_all(operations, reading);
    }
    measure_masking(operations);
    read_paths(operations, impact);
  }
  std::sort(impact.paths.begin(), impact.paths.end(),
            [](const PathImpact& a, const PathImpact& b) { return a.path < b.path; });
  if (!operations_.empty()) {
    read_casualties(event, impact);
    add_soft_losses(impact);
  }
  for (const auto& [id, hit] : hits_) {
    const double sum = std::accumulate(hit.until_s.begin(), hit.until_s.end() - 1, 0.0);
    impact.mean_out_s.emplace_back(id, sum / kDraws);
  }
  std::sort(impact.mean_out_s.begin(), impact.mean_out_s.end());
  forget();
  return impact;
}

void ImpactFinder::hit(const Event& /*event*/, ComponentId id, std::vector<bool> replicas) {
  if (hit_at_[id.index] == 0) {
    hits_.emplace_back(id, Hit{std::move(replicas), {}, {}});
    hit_at_[id.index] = hits_.size();
    return;
  }
  auto& known = hits_[hit_at_[id.index] - 1].second.replicas;
  for (std::size_t r = 0; r < replicas.size(); ++r) {
    known[r] = known[r] || replicas[r];
  }
}

void ImpactFinder::hit_zone(const Event& event, Reading reading) {
  const bool only_first = reading.placement == Bound::optimistic && bp_[event.group].may_be_several;
  // At worst a zone takes all that may lie in it. Of the zones of which nothing is known one
  // stands for all: whatever it takes, another one would not take more.
  const bool is_worst = reading.placement == Bound::pessimistic &&
                        (bp_[event.group].is_certain || stands_for_unknown_[event.group.index]);
  for (std::size_t z = is_worst ? 0 : event.group.index;
       z < (is_worst ? in_zone_.size() : event.group.index + 1); ++z) {
    const FateGroupId zone(z);
    if (!zone_hits(bp_, event.group, zone, is_worst)) {
      continue;
    }
    for (const auto& [id, r] : in_zone_[zone.index]) {
      const bool is_hit_already = hit_at_[id.index] != 0;
      const bool another_place = zone != event.group && bp_[id].places_are_distinct;
      if (is_hit_already && (only_first || another_place)) {
        continue;
      }
      std::vector<bool> replicas(bp_[id].replicas.size(), false);
      replicas[r] = true;
      hit(event, id, std::move(replicas));
    }
  }
}

void ImpactFinder::find_hits(const Event& event, Reading reading) {
  const auto hit_one = [&](ComponentId id, std::size_t r) {
    std::vector<bool> replicas(bp_[id].replicas.size(), false);
    replicas[r] = true;
    hit(event, id, std::move(replicas));
  };
  switch (event.kind) {
    case EventKind::instance:
      hit_one(event.component, event.replica);
      break;
    case EventKind::third_party:
      hit(event, event.component, {});
      break;
    case EventKind::zone_outage:
    case EventKind::zone_destroyed:
      if (bp_[event.group].kind == FateKind::zone) {
        hit_zone(event, reading);
        break;
      }
      [[fallthrough]];
    case EventKind::shared_hardware:
      for (const auto& [id, r] : shares_[event.group.index]) {
        hit_one(id, r);
      }
      break;
    case EventKind::region_outage:
    case EventKind::region_destroyed:
    case EventKind::service:
      for (const ComponentId id : in_group_[event.group.index]) {
        hit(event, id, {});
      }
      break;
  }
}

/// Everything that may feel it: what needs, hard, buffered or softly, what is hit.
void ImpactFinder::find_reach() {
  const auto reach = [&](ComponentId id) {
    if (!is_reached_[id.index]) {
      is_reached_[id.index] = true;
      reach_.push_back(id);
    }
  };
  for (const auto& [id, hit] : hits_) {
    reach(id);
  }
  for (std::size_t i = 0; i < reach_.size(); ++i) {
    const ComponentId at = reach_[i];
    for (const ComponentId next : dependence_.needed_by(at)) {
      reach(next);
    }
    for (const NeedId need : softly_needed_by_[at.index]) {
      reach(bp_[need].from);
    }
  }
  std::sort(reach_.begin(), reach_.end(), [&](ComponentId a, ComponentId b) {
    const auto loop_a = dependence_.loop_of(a);
    const auto loop_b = dependence_.loop_of(b);
    return loop_a != loop_b ? loop_a < loop_b : a < b;
  });
}

void ImpactFinder::settle_all(Operations operations, Reading reading) {
  Algebra algebra{*this};
  Timed running(bp_, dependence_, operations, reading, algebra);
  std::size_t last = static_cast<std::size_t>(-1);
  for (const ComponentId id : reach_) {
    if (const std::size_t loop = dependence_.loop_of(id); loop != last) {
      running.settle(loop, states_);
      last = loop;
    }
  }
}

/// Raises the time out of replicas that need others to start again; true if any was raised.
/// Who still waits after as many rounds as there are replicas hit waits, through others, for
/// itself: then it never comes back.
bool ImpactFinder::wait_for_starting_needs(bool is_circle) {
  bool was_raised = false;
  for (auto& [id, hit] : hits_) {
    for (const NeedId need_id : bp_[id].needs) {
      const Need& need = bp_[need_id];
      if (need.strength != Strength::startup && need.strength != Strength::refresh) {
        continue;
      }
      std::vector<TimedState> targets;
      for (const ComponentId target : need.any_of) {
        targets.push_back(states_[target]);
      }
      const TimedState awaited =
          down_if_at_least(targets.size() - need.at_least + 1, targets);
      for (std::size_t d = 0; d <= kDraws && !awaited.is_never(); ++d) {
        const double started =
            std::max(hit.recovery.over_s[d], awaited.spans[d].end) + hit.recovery.work_s[d];
        if (started > hit.until_s[d]) {
          hit.until_s[d] = is_circle ? kForGood : started;
          was_raised = true;
        }
      }
    }
  }
  return was_raised;
}

/// Is this replica out at first: hit itself, or without what it needs for itself?
bool ImpactFinder::is_lost(ComponentId id, std::size_t replica) const {
  const std::size_t at = hit_at_[id.index];
  if (at != 0 && !hits_[at - 1].second.replicas.empty() && hits_[at - 1].second.replicas[replica]) {
    return true;
  }
  const auto& local = bp_[id].replicas[replica].local_needs;
  return std::any_of(local.begin(), local.end(), [&](NeedId need) {
    const auto& any_of = bp_[need].any_of;
    return stops(bp_[need].strength) &&
           std::all_of(any_of.begin(), any_of.end(),
                       [&](ComponentId t) { return !states_[t].is_never(); });
  });
}

double ImpactFinder::masked_in_replicas(ComponentId id, double& detect_s) const {
  const Component& c = bp_[id];
  double share = 0;
  for (std::size_t r = 0; r < c.replicas.size(); ++r) {
    share += is_lost(id, r) ? c.replicas[r].carries : 0;
  }
  if (share > 0) {
    detect_s =
        std::max(detect_s, known_or_zero(c.switching.detect) + known_or_zero(c.switching.takes));
  }
  return std::min(share, 1.0);
}

/// Share of requests that fail because of a need that holds, until its dead end is noticed.
double ImpactFinder::masked_by_needs(const Component& c, Operations operations,
                                     double& detect_s) const {
  double served = 1;
  for (const NeedId id : c.needs) {
    const Need& need = bp_[id];
    if (!is_running_need(need, operations)) {
      continue;
    }
    double lost = 0;
    for (const ComponentId target : need.any_of) {
      const bool is_down = !states_[target].is_never();
      const double of_target = is_down ? 1 : masked_[target.index];
      const bool is_the_active_one = target == need.any_of.front();
      lost += need.via.exists() ? (is_the_active_one && !is_down ? of_target : 0)
                                : of_target / static_cast<double>(need.any_of.size());
      if (of_target > 0) {
        const bool says = need.switching.detect.is_known();
        const double own = is_down ? known_or_zero(bp_[target].switching.detect) +
                                         known_or_zero(bp_[target].switching.takes)
                                   : masked_s_[target.index];
        const double here =
            known_or_zero(need.switching.detect) + known_or_zero(need.switching.takes);
        detect_s = std::max(detect_s, says ? here : own);
      }
    }
    served *= 1 - std::min(lost, 1.0);
  }
  return 1 - served;
}

void ImpactFinder::measure_masking(Operations operations) {
  for (const ComponentId id : reach_) {
    const Component& c = bp_[id];
    double detect_s = 0;
    double share = 0;
    if (states_[id].is_never()) {
      const double in_replicas = c.redundancy == blueprint::Redundancy::active_active
                                     ? masked_in_replicas(id, detect_s)
                                     : 0;
      share = 1 - (1 - in_replicas) * (1 - masked_by_needs(c, operations, detect_s));
    }
    masked_[id.index] = share;
    masked_s_[id.index] = detect_s;
  }
}

void ImpactFinder::read_paths(Operations operations, Impact& impact) {
  for (const ComponentId id : reach_) {
    for (const std::size_t p : paths_at_[id.index]) {
      if (paths_[p].operations != operations) {
        continue;
      }
      PathImpact path;
      path.path = p;
      if (!states_[id].is_never()) {
        auto lengths = lengths_of(states_[id]);
        path.down_median_s = median(lengths);
        path.down_mean_s = std::accumulate(lengths.begin(), lengths.end(), 0.0) / kDraws;
        std::sort(lengths.begin(), lengths.end());
        path.down_p90_s = lengths[kDraws * 9 / 10];
        path.is_down_for_good = path.down_mean_s > 0 && states_[id].is_down_for_good();
      }
      path.masked_share = masked_[id.index];
      double sum = 0;
      for (std::size_t d = 0; d < kDraws; ++d) {
        sum += std::min(masked_s_[id.index], hits_.front().second.until_s[d]);
      }
      path.masked_s = sum / kDraws;
      impact.paths.push_back(std::move(path));
    }
  }
}

/// Which components are on the way from what is hit to users, soft needs included or not: walked
/// down from the entries.
std::vector<bool> ImpactFinder::leads_to_users(bool with_soft) const {
  std::vector<bool> leads(bp_.components().size(), false);
  for (bool changed = true; changed;) {
    changed = false;
    for (auto id = reach_.rbegin(); id != reach_.rend(); ++id) {
      const auto& above = dependence_.needed_by(*id);
      const auto& soft_needs = softly_needed_by_[id->index];
      const bool now =
          !paths_at_[id->index].empty() ||
          std::any_of(above.begin(), above.end(),
                      [&](ComponentId a) { return bool{leads[a.index]}; }) ||
          (with_soft && std::any_of(soft_needs.begin(), soft_needs.end(),
                                    [&](NeedId n) { return bool{leads[bp_[n].from.index]}; }));
      changed = changed || (now && !leads[id->index]);
      leads[id->index] = now;
    }
  }
  return leads;
}

/// Does it share a load with others, of which nobody said how many carry it?
bool ImpactFinder::is_one_of_many(ComponentId id) const {
  const auto& above = dependence_.needed_by(id);
  return std::any_of(above.begin(), above.end(), [&](ComponentId a) {
    return std::any_of(bp_[a].needs.begin(), bp_[a].needs.end(), [&](NeedId need) {
      const auto& any_of = bp_[need].any_of;
      return bp_[need].at_least_is_assumed && !bp_[need].via.exists() &&
             std::find(any_of.begin(), any_of.end(), id) != any_of.end();
    });
  });
}

Casualty ImpactFinder::casualty_of(const Event& event, ComponentId id) const {
  const Component& c = bp_[id];
  Casualty casualty;
  casualty.component = id;
  casualty.is_down = !states_[id].is_never();
  casualty.is_down_for_good = states_[id].is_down_for_good();
  for (std::size_t r = 0; r < c.replicas.size(); ++r) {
    casualty.replicas_lost += is_lost(id, r) ? 1U : 0U;
  }
  double ignored = 0;
  const std::size_t at = hit_at_[id.index];
  if (casualty.is_down && is_one_of_many(id)) {
    casualty.lost_capacity = 1;
    casualty.lost_for_s = median_length(states_[id]);
  } else if (!casualty.is_down && c.at_least_is_assumed &&
             c.redundancy == blueprint::Redundancy::active_active) {
    casualty.lost_capacity = masked_in_replicas(id, ignored);
    casualty.lost_for_s = at != 0 ? median(hits_[at - 1].second.until_s) : 0;
  }
  if (at == 0) {
    return casualty;
  }
  const Hit& hit = hits_[at - 1].second;
  const auto lost =
      static_cast<std::size_t>(std::count(hit.replicas.begin(), hit.replicas.end(), true));
  const bool as_a_whole = hit.replicas.empty();
  const bool all_hit = as_a_whole || lost == c.replicas.size();
  casualty.is_hit = true;
  casualty.is_root = all_hit || (c.redundancy == blueprint::Redundancy::active_active &&
                                 c.replicas.size() - lost < c.at_least);
  casualty.needs_people = hit.recovery.needs_people;
  if (c.is_store && all_hit) {
    casualty.data = recoveries_.data_loss(event, id);
  }
  return casualty;
}

void ImpactFinder::read_casualties(const Event& event, Impact& impact) {
  const auto leads = leads_to_users(true);
  const auto leads_outright = leads_to_users(false);
  for (const ComponentId id : reach_) {
    const bool is_touched =
        hit_at_[id.index] != 0 || !states_[id].is_never() || masked_[id.index] > 0;
    if (leads[id.index] && is_touched) {
      impact.casualties.push_back(casualty_of(event, id));
      impact.casualties.back().stops_users = leads_outright[id.index];
    }
  }
}

/// Soft needs that are down cost a share of the value of every path above them.
void ImpactFinder::add_soft_losses(Impact& impact) {
  for (const ComponentId target : reach_) {
    if (states_[target].is_never()) {
      continue;
    }
    for (const NeedId id : softly_needed_by_[target.index]) {
      const Need& need = bp_[id];
      const bool is_lost = std::all_of(need.any_of.begin(), need.any_of.end(),
                                       [&](ComponentId t) { return !states_[t].is_never(); });
      if (!is_lost) {
        continue;
      }
      std::vector<ComponentId> above = {need.from};
      std::vector<bool> seen(bp_.components().size(), false);
      seen[need.from.index] = true;
      for (std::size_t i = 0; i < above.size(); ++i) {
        for (const ComponentId next : dependence_.needed_by(above[i])) {
          if (!seen[next.index]) {
            seen[next.index] = true;
            above.push_back(next);
          }
        }
      }
      for (PathImpact& path : impact.paths) {
        if (seen[paths_[path.path].enters.index] &&
            (need.operations & paths_[path.path].operations) != 0) {
          path.soft_loss = 1 - (1 - path.soft_loss) * (1 - need.loses.low);
          path.soft_loss_high = 1 - (1 - path.soft_loss_high) * (1 - need.loses.high);
          path.soft_s = std::max(path.soft_s, median_length(states_[target]));
        }
      }
    }
  }
}

void ImpactFinder::forget() {
  for (const ComponentId id : reach_) {
    states_[id] = {};
    masked_[id.index] = 0;
    masked_s_[id.index] = 0;
    is_reached_[id.index] = false;
    hit_at_[id.index] = 0;
  }
  reach_.clear();
  hits_.clear();
}

}  // namespace outlast::failure
