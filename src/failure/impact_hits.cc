// Which replicas an event hits, and what that means to each of them in time.

#include "failure/impact.h"

#include <algorithm>
#include <set>
#include <string>

#include "base/hash.h"
#include "base/random.h"
#include "failure/patience.h"
#include "failure/replicas.h"

namespace outlast::failure {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::FateGroupId;
using blueprint::FateKind;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Strength;

TimedState ImpactFinder::Algebra::own(ComponentId id, std::size_t replica) const {
  const std::size_t at = finder.hit_at_[id.index];
  if (at == 0) {
    return {};
  }
  const Hit& hit = finder.hits_[at - 1].second;
  return !hit.replicas.empty() && hit.replicas[replica] ? hit.down : TimedState();
}

TimedState ImpactFinder::Algebra::whole(ComponentId id) const {
  const std::size_t at = finder.hit_at_[id.index];
  if (at == 0 || !finder.hits_[at - 1].second.replicas.empty()) {
    return {};
  }
  return finder.hits_[at - 1].second.down;
}

TimedState ImpactFinder::Algebra::switched(State active, State via, State rest,
                                           const blueprint::Switching& switching,
                                           bool is_in_loop) const {
  // Within a loop times are compared, never added, so that a loop of calls adds nothing.
  const double detect = is_in_loop ? 0 : switching.detect.value_or({}).value;
  finder.adds_times_ = finder.adds_times_ || !active.is_never();
  const double takes = is_in_loop ? 0 : switching.takes.value_or({}).value;
  return finder.times_.down_until_switched(active, via, rest, detect, takes);
}

/// In the draws in which the zone's fall made it start elsewhere, what it needed there no longer
/// matters once it has.
TimedState ImpactFinder::Algebra::moved(ComponentId id, std::size_t replica, State state) const {
  const std::size_t at = finder.hit_at_[id.index];
  if (at == 0 || !finder.takes_a_zone_ || state.is_never()) {
    return state;
  }
  const Hit& hit = finder.hits_[at - 1].second;
  if (hit.replicas.empty() || !hit.replicas[replica]) {
    return state;
  }
  finder.adds_times_ = true;
  std::vector<bool> starts_elsewhere(kDraws);
  for (std::size_t d = 0; d < kDraws; ++d) {
    starts_elsewhere[d] = hit.recovery.over_s[d] <= 0;
  }
  return finder.times_.down_at_most(state, hit.until_s, starts_elsewhere);
}

/// A buffer holds as long in every draw; what is left of a lease, and how long after the outage the
/// next try comes, is drawn, by a stream of the need's own.
TimedState ImpactFinder::Algebra::delayed(const Need& need, State state) const {
  finder.adds_times_ = finder.adds_times_ || !state.is_never();
  const double holds = need.buffer->value;
  if (!is_lease(need)) {
    return finder.times_.down_after(state, std::vector<double>(kDraws + 1, holds), {});
  }
  const std::string name =
      finder.bp_[need.from].id + "|" + finder.bp_[need.any_of.front()].id + "|lease";
  const auto strata = [&](const std::string& stream) {
    return base::RandomStream(finder.seed_, base::stable_hash(stream)).permutation(kDraws);
  };
  const auto renewed = strata(name + "|renewed");
  const auto tried = strata(name + "|tried");
  const double every = need.every->value;
  const double retry = need.retry.value_or({}).value;
  std::vector<double> begins(kDraws + 1, holds - every / 2);
  std::vector<double> longer(kDraws + 1, retry / 2);
  for (std::size_t d = 0; d < kDraws; ++d) {
    begins[d] = holds - every * (renewed[d] + 0.5) / static_cast<double>(kDraws);
    longer[d] = retry * (tried[d] + 0.5) / static_cast<double>(kDraws);
  }
  return finder.times_.down_after(state, begins, longer);
}

std::vector<bool> zones_standing_for_unknown(const Blueprint& bp) {
  std::vector<bool> stands;
  std::set<std::pair<std::string, std::string>> regions;
  for (const FateGroupId id : base::ids<FateGroupId>(bp.fate_groups().size())) {
    const auto& group = bp[id];
    const bool is_unknown =
        group.kind == FateKind::zone && !group.is_certain && group.candidates.empty();
    stands.push_back(is_unknown && regions.insert({group.provider, group.region}).second);
  }
  return stands;
}

ImpactFinder::ImpactFinder(const Blueprint& bp, const catalog::Catalog& catalog,
                           const Dependence& dependence, const std::vector<Path>& paths,
                           std::uint64_t seed)
    : bp_(bp),
      dependence_(dependence),
      paths_(paths),
      seed_(seed),
      recoveries_(bp, catalog, seed),
      in_zone_(bp.fate_groups().size()),
      in_group_(bp.fate_groups().size()),
      shares_(bp.fate_groups().size()),
      paths_at_(bp.components().size()),
      softly_needed_by_(bp.components().size()),
      stands_for_unknown_(zones_standing_for_unknown(bp)),
      is_one_of_many_(bp.components().size(), false),
      leads_to_users_(leading_to_users(false)),
      may_lead_to_users_(leading_to_users(true)),
      hit_at_(bp.components().size(), 0),
      scene_(bp.components().size()) {
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
  for (const FateGroupId group : base::ids<FateGroupId>(bp.fate_groups().size())) {
    if (const ComponentId machine = only_machine_of(bp, group); machine.exists()) {
      host_called_.emplace(machine, group);
    }
  }
  for (std::size_t p = 0; p < paths.size(); ++p) {
    paths_at_[paths[p].enters.index].push_back(p);
    if (std::find(operations_.begin(), operations_.end(), paths[p].operations) ==
        operations_.end()) {
      operations_.push_back(paths[p].operations);
    }
  }
  for (const auto& loop : dependence.loops()) {
    order_.insert(order_.end(), loop.begin(), loop.end());
  }
  find_ones_of_many();
  find_what_is_open();
  for (const NeedId id : base::ids<NeedId>(bp.needs().size())) {
    if (bp[id].strength == Strength::startup || bp[id].strength == Strength::control) {
      needs_to_replace_.push_back(id);
    }
    if (lessens(bp[id])) {
      for (const ComponentId target : bp[id].any_of) {
        softly_needed_by_[target.index].push_back(id);
      }
    }
  }
}

ImpactFinder::Hit& ImpactFinder::hit(ComponentId id) {
  if (hit_at_[id.index] == 0) {
    hits_.emplace_back(id, Hit{});
    hit_at_[id.index] = hits_.size();
  }
  return hits_[hit_at_[id.index] - 1].second;
}

void ImpactFinder::hit_replica(ComponentId id, std::size_t replica) {
  std::vector<bool>& replicas = hit(id).replicas;
  replicas.resize(bp_[id].replicas.size(), false);
  replicas[replica] = true;
}

void ImpactFinder::hit_zone(const Event& event, Reading reading) {
  if (reading.zones != nullptr) {
    for (const FateGroupId zone : base::ids<FateGroupId>(in_zone_.size())) {
      if (reading.zone_of(zone) == reading.zone_of(event.group)) {
        for (const auto& [id, r] : in_zone_[zone.index]) {
          hit_replica(id, r);
        }
      }
    }
    return;
  }
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
      hit_replica(id, r);
    }
  }
}

/// One replica, with at worst all that may lie on the same machine; a machine with all that lies on
/// it.
void ImpactFinder::hit_machine(const Event& event, Reading reading) {
  const bool takes_all =
      reading.placement == Bound::pessimistic && may_share_a_machine(bp_, event.component);
  for (std::size_t r = 0; r < bp_[event.component].replicas.size(); ++r) {
    if (takes_all || r == event.replica) {
      hit_replica(event.component, r);
    }
  }
  const auto lies_on_it = host_called_.find(event.component);
  if (lies_on_it != host_called_.end()) {
    for (const auto& [id, r] : shares_[lies_on_it->second.index]) {
      hit_replica(id, r);
    }
  }
}

/// All that shares an artifact or a channel; where nobody says that others do, one alone.
void ImpactFinder::hit_by_change(const Event& event) {
  if (event.component.exists()) {
    hit(event.component);
    return;
  }
  for (const ComponentId id : in_group_[event.group.index]) {
    hit(id);
  }
  for (const auto& [id, r] : shares_[event.group.index]) {
    hit_replica(id, r);
  }
}

void ImpactFinder::find_hits(const Event& event, Reading reading) {
  takes_a_zone_ = event.kind == EventKind::zone_outage || event.kind == EventKind::zone_destroyed;
  switch (event.kind) {
    case EventKind::instance:
      hit_machine(event, reading);
      break;
    case EventKind::data_deleted:
      hit(event.component);
      for (const ComponentId replica : replicas_of(bp_, event.component)) {
        hit(replica);
      }
      break;
    case EventKind::third_party:
      hit(event.component);
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
        hit_replica(id, r);
      }
      break;
    case EventKind::region_outage:
    case EventKind::region_destroyed:
    case EventKind::provider_outage:
    case EventKind::account_lost:
    case EventKind::service:
    case EventKind::name_service:
      for (const ComponentId id : in_group_[event.group.index]) {
        hit(id);
      }
      break;
    case EventKind::release:
    case EventKind::config_push:
      hit_by_change(event);
      break;
  }
}

}  // namespace outlast::failure
