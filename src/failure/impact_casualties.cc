// Who is stopped by an event on the way to users, what brings them back, and what it costs softly.

#include "failure/impact.h"

#include <algorithm>

namespace outlast::failure {

using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operations;

/// Marks the components on the way from something to users, soft needs included: walked down from
/// the entries. A need that is only inferred is no way, except at worst.
std::vector<bool> ImpactFinder::leading_to_users(bool with_inferred) const {
  std::vector<bool> leads(bp_.components().size(), false);
  std::vector<ComponentId> open;
  const auto reach = [&](ComponentId id) {
    if (!leads[id.index]) {
      leads[id.index] = true;
      open.push_back(id);
    }
  };
  for (const Path& path : paths_) {
    reach(path.enters);
  }
  std::vector<std::vector<NeedId>> soft_needs(bp_.components().size());
  for (const NeedId id : base::ids<NeedId>(bp_.needs().size())) {
    if (lessens(bp_[id]) &&
        (with_inferred || bp_[id].confidence != blueprint::Confidence::inferred)) {
      soft_needs[bp_[id].from.index].push_back(id);
    }
  }
  while (!open.empty()) {
    const ComponentId at = open.back();
    open.pop_back();
    const auto& below = with_inferred ? dependence_.needs(at) : dependence_.surely_needs(at);
    std::for_each(below.begin(), below.end(), reach);
    for (const NeedId need : soft_needs[at.index]) {
      std::for_each(bp_[need].any_of.begin(), bp_[need].any_of.end(), reach);
    }
  }
  return leads;
}

/// Marks why entries are down for as long as the cause lasts: from each of them down through
/// needs that are not met for so long. What a replica would need that is gone itself is no reason.
void ImpactFinder::find_reasons(Operations operations, Reading reading) {
  std::vector<ComponentId> open;
  const auto is_down = [&](ComponentId id) { return times_.is_down_for_good(scene_.states[id]); };
  const auto blame = [&](ComponentId id) {
    if (is_down(id) && !scene_.is_reason[id.index]) {
      scene_.is_reason[id.index] = true;
      open.push_back(id);
    }
  };
  const auto is_answered_by_cache = [&](const Need& need) {
    return need.cached.exists && !(need.cached_in.exists() && is_down(need.cached_in));
  };
  const auto follow = [&](NeedId id) {
    const Need& need = bp_[id];
    const bool is_only_possible =
        need.confidence == blueprint::Confidence::inferred && reading.edges != Bound::pessimistic;
    const auto lost =
        static_cast<std::size_t>(std::count_if(need.any_of.begin(), need.any_of.end(), is_down));
    const bool is_met = need.any_of.size() - lost >= need.at_least;
    const bool is_switched = !need.via.exists() || !is_down(need.via);
    if (!stops(need.strength) || (need.operations & operations) == 0 || is_only_possible ||
        (is_met && is_switched) || is_answered_by_cache(need)) {
      return;
    }
    std::for_each(need.any_of.begin(), need.any_of.end(), blame);
    for (const ComponentId also : {need.via, need.cached_in}) {
      if (also.exists()) {
        blame(also);
      }
    }
  };
  for (const ComponentId id : scene_.reach) {
    const auto& here = paths_at_[id.index];
    if (std::any_of(here.begin(), here.end(),
                    [&](std::size_t p) { return paths_[p].operations == operations; })) {
      blame(id);
    }
  }
  while (!open.empty()) {
    const Component& c = bp_[open.back()];
    const std::size_t at = hit_at_[open.back().index];
    open.pop_back();
    std::for_each(c.needs.begin(), c.needs.end(), follow);
    for (std::size_t r = 0; r < c.replicas.size(); ++r) {
      const bool is_gone =
          at != 0 && (hits_[at - 1].second.replicas.empty() || hits_[at - 1].second.replicas[r]);
      if (!is_gone) {
        const auto& local = c.replicas[r].local_needs;
        std::for_each(local.begin(), local.end(), follow);
      }
    }
  }
}

/// Marks those that share a load with others, of which nobody said how many carry it.
void ImpactFinder::find_ones_of_many() {
  for (const ComponentId above : base::ids<ComponentId>(bp_.components().size())) {
    for (const NeedId id : bp_[above].needs) {
      const Need& need = bp_[id];
      for (const ComponentId target : need.any_of) {
        const auto& needing = dependence_.needed_by(target);
        if (need.at_least_is_assumed && !need.via.exists() &&
            std::binary_search(needing.begin(), needing.end(), above)) {
          is_one_of_many_[target.index] = true;
        }
      }
    }
  }
}

/// How long replicas are out that redundancy stands in for (median): hit themselves, or without
/// what they need where they lie.
double ImpactFinder::lost_for_s(ComponentId id) const {
  const std::size_t at = hit_at_[id.index];
  if (at != 0) {
    return median(hits_[at - 1].second.until_s);
  }
  double longest = 0;
  for (const auto& replica : bp_[id].replicas) {
    for (const NeedId need : replica.local_needs) {
      for (const ComponentId target : bp_[need].any_of) {
        longest = std::max(longest, times_.measure(scene_.states[target]).median_s);
      }
    }
  }
  return longest;
}

Casualty ImpactFinder::casualty_of(const Event& event, Reading reading, ComponentId id) const {
  const Component& c = bp_[id];
  Casualty casualty;
  casualty.component = id;
  casualty.is_down = !scene_.states[id].is_never();
  casualty.is_down_for_good = times_.is_down_for_good(scene_.states[id]);
  for (std::size_t r = 0; r < c.replicas.size(); ++r) {
    casualty.replicas_lost += is_lost(id, r) ? 1U : 0U;
  }
  const std::size_t at = hit_at_[id.index];
  if (casualty.is_down && is_one_of_many_[id.index]) {
    casualty.lost_capacity = 1;
    casualty.lost_for_s = times_.measure(scene_.states[id]).median_s;
  } else if (!casualty.is_down_for_good && c.at_least_is_assumed &&
             c.redundancy == blueprint::Redundancy::active_active) {
    casualty.lost_capacity = lost_at_first(id);
    casualty.lost_for_s = lost_for_s(id);
  }
  if (at == 0) {
    return casualty;
  }
  const Hit& hit = hits_[at - 1].second;
  const auto lost =
      static_cast<std::size_t>(std::count(hit.replicas.begin(), hit.replicas.end(), true));
  const bool as_a_whole = hit.replicas.empty();
  // Of an unknown number of replicas there are, at best, more elsewhere.
  const bool has_more = c.replica_count.is_unknown() && reading.placement == Bound::optimistic;
  const bool all_hit = as_a_whole || (lost == c.replicas.size() && !has_more);
  casualty.is_hit = true;
  casualty.is_root = all_hit || (c.redundancy == blueprint::Redundancy::active_active &&
                                 c.replicas.size() - lost < c.at_least);
  casualty.needs_people = hit.recovery.needs_people;
  casualty.action = hit.recovery.action;
  if (c.is_store && all_hit) {
    casualty.data =
        hit.recovery.is_promoted ? recoveries_.lag_of(id, event) : recoveries_.data_loss(event, id);
  }
  return casualty;
}

/// When something in a state is down, by the middle of all draws; most share a few states.
TimedSpan ImpactFinder::middle_of(TimedState state,
                                  std::map<std::uint32_t, TimedSpan>& known) const {
  const auto [found, is_new] = known.try_emplace(state.index);
  if (is_new && !state.is_never()) {
    std::vector<double> begins;
    std::vector<double> ends;
    for (const TimedSpan& span : times_.spans(state)) {
      begins.push_back(span.begin);
      ends.push_back(span.end);
    }
    found->second.begin = median(std::move(begins));
    found->second.end = std::max(found->second.begin, median(std::move(ends)));
  }
  return found->second;
}

/// When what one lost itself is there again.
/// in  down  when it is down as a whole
Fate ImpactFinder::fate_of(ComponentId id, TimedSpan down) const {
  Fate fate;
  fate.component = id;
  fate.begins_s = down.begin;
  fate.ends_s = down.end;
  for (std::size_t r = 0; r < bp_[id].replicas.size(); ++r) {
    fate.replicas_lost += is_lost(id, r) ? 1U : 0U;
  }
  if (const std::size_t at = hit_at_[id.index]; at != 0) {
    const Hit& hit = hits_[at - 1].second;
    fate.is_hit = true;
    fate.replicas_lost = hit.replicas.empty() ? bp_[id].replicas.size() : fate.replicas_lost;
    fate.needs_people = hit.recovery.needs_people;
    fate.action = hit.recovery.action;
  }
  fate.lost_until_s = fate.replicas_lost > 0 ? lost_for_s(id) : 0;
  return fate;
}

void ImpactFinder::read_fates(std::map<ComponentId, Fate>& fates) const {
  std::map<std::uint32_t, TimedSpan> middles;
  for (const ComponentId id : scene_.reach) {
    if (!leads_to_users_[id.index]) {
      continue;
    }
    const Fate fate = fate_of(id, middle_of(scene_.states[id], middles));
    if (fate.ends_s <= fate.begins_s && fate.replicas_lost == 0) {
      continue;
    }
    const auto [known, is_new] = fates.try_emplace(id, fate);
    if (!is_new && fate.ends_s - fate.begins_s > known->second.ends_s - known->second.begins_s) {
      known->second = fate;
    }
  }
}

std::vector<Fate> ImpactFinder::fates_of(const Event& event) {
  std::map<ComponentId, Fate> fates;
  fates_ = &fates;
  (void)impact_of(event);
  fates_ = nullptr;
  std::vector<Fate> out;
  for (const auto& [id, fate] : fates) {
    out.push_back(fate);
  }
  return out;
}

/// Tells those touched on the way to users apart: what loses nothing of its own, whatever the event's
/// durations, is there by what it needs alone.
void ImpactFinder::find_touched(Reading reading) {
  const auto& leads = reading.edges == Bound::pessimistic ? may_lead_to_users_ : leads_to_users_;
  std::vector<Bystander> bystanders;
  for (const ComponentId id : scene_.reach) {
    const bool is_down = !scene_.states[id].is_never();
    const bool is_touched = hit_at_[id.index] != 0 || is_down || scene_.masked[id.index] > 0;
    if (!leads[id.index] || !is_touched) {
      continue;
    }
    const auto& replicas = bp_[id].replicas;
    const bool has_local_needs = std::any_of(replicas.begin(), replicas.end(),
                                             [](const auto& r) { return !r.local_needs.empty(); });
    if (hit_at_[id.index] != 0 || has_local_needs || is_one_of_many_[id.index]) {
      scene_.losing.push_back(id);
    } else {
      bystanders.push_back({id, is_down});
    }
  }
  scene_.bystanders = base::SharedList(std::move(bystanders));
}

void ImpactFinder::read_casualties(const Event& event, Reading reading, Impact& impact) {
  std::vector<Bystander> more;
  for (const ComponentId id : scene_.losing) {
    Casualty casualty = casualty_of(event, reading, id);
    if (casualty.is_hit || casualty.replicas_lost > 0 || casualty.lost_capacity > 0) {
      casualty.stops_users = scene_.is_reason[id.index];
      impact.casualties.push_back(casualty);
    } else {
      more.push_back({id, casualty.is_down});
    }
  }
  impact.bystanders = scene_.bystanders;
  if (!more.empty()) {
    std::vector<Bystander> all(impact.bystanders.begin(), impact.bystanders.end());
    all.insert(all.end(), more.begin(), more.end());
    impact.bystanders = base::SharedList(std::move(all));
  }
}

/// Soft needs that are down cost a share of the value of every path above them.
void ImpactFinder::add_soft_losses(Impact& impact) {
  std::vector<PathImpact> paths;
  for (const ComponentId target : scene_.reach) {
    if (scene_.states[target].is_never()) {
      continue;
    }
    for (const NeedId id : softly_needed_by_[target.index]) {
      const Need& need = bp_[id];
      const bool is_lost = std::all_of(need.any_of.begin(), need.any_of.end(),
                                       [&](ComponentId t) { return !scene_.states[t].is_never(); });
      if (!is_lost) {
        continue;
      }
      if (paths.empty()) {
        paths.assign(impact.paths.begin(), impact.paths.end());
      }
      const std::vector<bool> is_above = all_above(need.from);
      for (PathImpact& path : paths) {
        if (is_above[paths_[path.path].enters.index] &&
            (need.operations & paths_[path.path].operations) != 0) {
          const blueprint::Interval loses = lost_without(need);
          path.soft_loss = 1 - (1 - path.soft_loss) * (1 - loses.low);
          path.soft_loss_high = 1 - (1 - path.soft_loss_high) * (1 - loses.high);
          path.soft_s = std::max(path.soft_s, times_.measure(scene_.states[target]).median_s);
        }
      }
    }
  }
  if (!paths.empty()) {
    impact.paths = PathImpacts(paths);
  }
}

/// Marks what needs something, through others too.
std::vector<bool> ImpactFinder::all_above(ComponentId id) const {
  std::vector<ComponentId> above = {id};
  std::vector<bool> seen(bp_.components().size(), false);
  seen[id.index] = true;
  for (std::size_t i = 0; i < above.size(); ++i) {
    for (const ComponentId next : dependence_.needed_by(above[i])) {
      if (!seen[next.index]) {
        seen[next.index] = true;
        above.push_back(next);
      }
    }
  }
  return seen;
}

}  // namespace outlast::failure
