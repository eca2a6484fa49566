// Who is stopped by an event on the way to users, what brings them back, and what it costs softly.

#include "failure/impact.h"

#include <algorithm>

namespace outlast::failure {

using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operations;

/// Which components are on the way from what is hit to users, soft needs included: walked down
/// from the entries. A need that is only inferred is no way, except at worst.
std::vector<bool> ImpactFinder::leads_to_users(Reading reading) const {
  const bool with_inferred = reading.edges == Bound::pessimistic;
  std::vector<bool> leads(bp_.components().size(), false);
  for (bool changed = true; changed;) {
    changed = false;
    for (auto id = reach_.rbegin(); id != reach_.rend(); ++id) {
      const auto& above =
          with_inferred ? dependence_.needed_by(*id) : dependence_.surely_needed_by(*id);
      const auto& soft_needs = softly_needed_by_[id->index];
      const bool now = !paths_at_[id->index].empty() ||
                       std::any_of(above.begin(), above.end(),
                                   [&](ComponentId a) { return bool{leads[a.index]}; }) ||
                       std::any_of(soft_needs.begin(), soft_needs.end(), [&](NeedId n) {
                         const bool is_inferred =
                             bp_[n].confidence == blueprint::Confidence::inferred;
                         return (with_inferred || !is_inferred) && leads[bp_[n].from.index];
                       });
      changed = changed || (now && !leads[id->index]);
      leads[id->index] = now;
    }
  }
  return leads;
}

/// Marks why entries are down for as long as the cause lasts: from each of them down through
/// needs that are not met for so long. What a replica would need that is gone itself is no reason.
void ImpactFinder::find_reasons(Operations operations, Reading reading) {
  std::vector<ComponentId> open;
  const auto is_down = [&](ComponentId id) { return states_[id].is_down_for_good(); };
  const auto blame = [&](ComponentId id) {
    if (is_down(id) && !is_reason_[id.index]) {
      is_reason_[id.index] = true;
      open.push_back(id);
    }
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
        (is_met && is_switched)) {
      return;
    }
    std::for_each(need.any_of.begin(), need.any_of.end(), blame);
    if (need.via.exists()) {
      blame(need.via);
    }
  };
  for (const ComponentId id : reach_) {
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
        longest = std::max(longest, median_length(states_[target]));
      }
    }
  }
  return longest;
}

Casualty ImpactFinder::casualty_of(const Event& event, Reading reading, ComponentId id) const {
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

void ImpactFinder::read_casualties(const Event& event, Reading reading, Impact& impact) {
  const auto leads = leads_to_users(reading);
  for (const ComponentId id : reach_) {
    const bool is_touched =
        hit_at_[id.index] != 0 || !states_[id].is_never() || masked_[id.index] > 0;
    if (leads[id.index] && is_touched) {
      impact.casualties.push_back(casualty_of(event, reading, id));
      impact.casualties.back().stops_users = is_reason_[id.index];
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

}  // namespace outlast::failure
