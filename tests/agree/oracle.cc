#include "agree/oracle.h"

#include <algorithm>

namespace outlast::agree {

using blueprint::Component;
using blueprint::ComponentId;
using blueprint::FateGroupId;
using blueprint::Need;
using blueprint::NeedId;
using blueprint::Operations;
using failure::Event;
using failure::EventId;
using failure::EventKind;

bool Oracle::own_is_good(ComponentId id, std::size_t replica,
                         const std::vector<bool>& happened) const {
  const auto& r = bp_[id].replicas[replica];
  for (std::size_t e = 0; e < events_.size(); ++e) {
    const Event& event = events_[EventId(e)];
    if (!happened[e]) {
      continue;
    }
    if (event.kind == EventKind::instance && event.component == id && event.replica == replica) {
      return false;
    }
    const bool takes_zone =
        event.kind == EventKind::zone_outage || event.kind == EventKind::zone_destroyed;
    if (takes_zone && r.zone.exists() && event.group == r.zone) {
      return false;
    }
    for (const FateGroupId group : r.fate_groups) {
      if (event.group == group && (takes_zone || event.kind == EventKind::shared_hardware)) {
        return false;
      }
    }
  }
  return true;
}

bool Oracle::whole_is_good(ComponentId id, const std::vector<bool>& happened) const {
  for (std::size_t e = 0; e < events_.size(); ++e) {
    const Event& event = events_[EventId(e)];
    if (!happened[e]) {
      continue;
    }
    const bool is_of_one =
        event.kind == EventKind::third_party || event.kind == EventKind::data_deleted;
    if (is_of_one && event.component == id) {
      return false;
    }
    const auto& groups = bp_[id].fate_groups;
    const bool is_wide =
        event.kind == EventKind::region_outage || event.kind == EventKind::region_destroyed ||
        event.kind == EventKind::provider_outage || event.kind == EventKind::account_lost ||
        event.kind == EventKind::service || event.kind == EventKind::name_service;
    if (is_wide && std::find(groups.begin(), groups.end(), event.group) != groups.end()) {
      return false;
    }
  }
  return true;
}

bool Oracle::is_met(const Need& need, FateGroupId zone, const Truths& x, const Truths& y,
                    Operations operations) const {
  const bool matters =
      need.strength == blueprint::Strength::hard || need.strength == blueprint::Strength::auth;
  if (!matters || (need.operations & operations) == 0) {
    return true;
  }
  const Truths& side = need.kind == blueprint::EdgeKind::supply ? y : x;
  if (need.cached.exists && (!need.cached_in.exists() || side.whole[need.cached_in.index])) {
    return true;  // what a cache answers goes on
  }
  std::vector<bool> up;
  for (const ComponentId target : need.any_of) {
    const auto& replicas = bp_[target].replicas;
    // Where only a part of the target lies in the same zone, that part is what is meant.
    const auto near = static_cast<std::size_t>(
        std::count_if(replicas.begin(), replicas.end(),
                      [&](const auto& r) { return zone.exists() && r.zone == zone; }));
    const bool has_near = need.is_local && near > 0 && near < replicas.size();
    up.push_back(has_near ? side.in_zone[target.index][zone.index] : side.whole[target.index]);
  }
  const auto good = static_cast<std::size_t>(std::count(up.begin(), up.end(), true));
  if (!need.via.exists()) {
    return good >= need.at_least;
  }
  bool active = true;
  for (std::size_t i = 0; i < need.at_least; ++i) {
    active = active && up[i];
  }
  return active || (y.whole[need.via.index] && good >= need.at_least);
}

bool Oracle::needs_are_met(const Component& c, const Truths& x, const Truths& y,
                           Operations operations) const {
  return std::all_of(c.needs.begin(), c.needs.end(),
                     [&](NeedId id) { return is_met(bp_[id], FateGroupId(), x, y, operations); });
}

bool Oracle::is_alive(ComponentId id, std::size_t replica, const Truths& x, const Truths& y,
                      const std::vector<bool>& happened, Operations operations) const {
  const auto& r = bp_[id].replicas[replica];
  return own_is_good(id, replica, happened) &&
         std::all_of(r.local_needs.begin(), r.local_needs.end(),
                     [&](NeedId need) { return is_met(bp_[need], r.zone, x, y, operations); });
}

Oracle::Truths Oracle::step(const Truths& x, const Truths& y, const std::vector<bool>& happened,
                            Operations operations) const {
  Truths next = x;
  for (const ComponentId id : base::ids<ComponentId>(bp_.components().size())) {
    const Component& c = bp_[id];
    const bool rest = whole_is_good(id, happened) && needs_are_met(c, x, y, operations);
    std::size_t alive = 0;
    next.in_zone[id.index].assign(bp_.fate_groups().size(), false);
    for (std::size_t r = 0; r < c.replicas.size(); ++r) {
      if (is_alive(id, r, x, y, happened, operations)) {
        ++alive;
        if (c.replicas[r].zone.exists()) {
          next.in_zone[id.index][c.replicas[r].zone.index] = rest;
        }
      }
    }
    const std::size_t needed =
        c.redundancy == blueprint::Redundancy::primary_standby ? 1 : c.at_least;
    next.whole[id.index] = (c.operations & operations) == 0 || (rest && alive >= needed);
  }
  return next;
}

std::vector<bool> Oracle::running(const std::vector<bool>& happened, Operations operations) const {
  const std::size_t count = bp_.components().size();
  const auto all = [&](bool truth) {
    return Truths{
        std::vector<bool>(count, truth),
        std::vector<std::vector<bool>>(count, std::vector<bool>(bp_.fate_groups().size(), truth))};
  };
  for (Truths y = all(false);;) {
    Truths x = all(true);
    for (Truths next = step(x, y, happened, operations); next != x;
         next = step(x, y, happened, operations)) {
      x = next;
    }
    if (x == y) {
      return x.whole;
    }
    y = x;
  }
}

}  // namespace outlast::agree
