// Who is stopped by an event on the way to users, what brings them back, and what it costs softly.

#include "failure/impact.h"

#include <algorithm>

namespace outlast::failure {

using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;

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

}  // namespace outlast::failure
