// Recoveries that fall with what they are to recover: a replica that would be started elsewhere but
// needs, to start, what the same event takes; a switch that rests on what it switches away from.

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "base/text.h"
#include "pipeline/cascade.h"
#include "pipeline/finders.h"

namespace outlast::pipeline {

using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Need;
using blueprint::NeedId;
using failure::Event;
using failure::EventId;
using failure::EventKind;
using findings::Finding;
using findings::Words;

namespace {

/// Where nothing is left elsewhere, no recovery could be better placed.
bool leaves_places(EventKind kind) {
  return kind == EventKind::shared_hardware || kind == EventKind::zone_outage ||
         kind == EventKind::zone_destroyed || kind == EventKind::service;
}

/// Needs that recoveries rest on: of what starts, and of what switches.
std::vector<NeedId> needs_of_recoveries(const blueprint::Blueprint& bp) {
  std::vector<NeedId> out;
  for (const NeedId id : base::ids<NeedId>(bp.needs().size())) {
    const Need& need = bp[id];
    if (need.confidence != blueprint::Confidence::inferred &&
        (need.strength == blueprint::Strength::startup || need.via.exists())) {
      out.push_back(id);
    }
  }
  return out;
}

class RecoveryFinder {
 public:
  explicit RecoveryFinder(const FindingMaker& maker)
      : bp_(maker.bp()), events_(maker.cases().events) {
    for (const EventId id : base::ids<EventId>(events_.size())) {
      if (leaves_places(events_[id].kind) && events_[id].group.exists()) {
        by_group_[events_[id].group].push_back(id);
      }
    }
  }

  /// Events with which a recovery that rests on this need falls, in their order.
  /// cost  only those are asked that strike one of its ends
  [[nodiscard]] std::vector<EventId> lost_with(const Need& need) const {
    std::set<EventId> near;
    add_events_at(need.from, near);
    if (need.via.exists()) {
      add_events_at(need.any_of.front(), near);
      add_events_at(need.via, near);
    }
    std::vector<EventId> lost;
    std::copy_if(near.begin(), near.end(), std::back_inserter(lost), [&](EventId id) {
      return is_start_lost(need, events_[id]) || is_switch_lost(need, events_[id]);
    });
    return lost;
  }

 private:
  void add_events_at(ComponentId id, std::set<EventId>& out) const {
    const auto add = [&](blueprint::FateGroupId group) {
      if (const auto found = by_group_.find(group); found != by_group_.end()) {
        out.insert(found->second.begin(), found->second.end());
      }
    };
    std::for_each(bp_[id].fate_groups.begin(), bp_[id].fate_groups.end(), add);
    for (const blueprint::Replica& replica : bp_[id].replicas) {
      add(replica.zone);
      std::for_each(replica.fate_groups.begin(), replica.fate_groups.end(), add);
    }
  }

  [[nodiscard]] bool is_lost(ComponentId id, const Event& event) const {
    const Component& c = bp_[id];
    const Hit hit = hit_of(bp_, id, {&event});
    return hit.is_whole || c.replicas.size() - hit.replicas < c.at_least;
  }

  [[nodiscard]] bool is_start_lost(const Need& need, const Event& event) const {
    const Component& c = bp_[need.from];
    if (need.strength != blueprint::Strength::startup || !c.relocates || c.zones.size() <= 1 ||
        hit_of(bp_, need.from, {&event}).replicas == 0) {
      return false;
    }
    const auto lost = std::count_if(need.any_of.begin(), need.any_of.end(),
                                    [&](ComponentId target) { return is_lost(target, event); });
    return need.any_of.size() - static_cast<std::size_t>(lost) < need.at_least;
  }

  [[nodiscard]] bool is_switch_lost(const Need& need, const Event& event) const {
    return need.via.exists() && is_lost(need.any_of.front(), event) && is_lost(need.via, event);
  }

  const blueprint::Blueprint& bp_;
  const base::IdVector<EventId, Event>& events_;
  std::map<blueprint::FateGroupId, std::vector<EventId>> by_group_;  ///< that leave places
};

void add_finding(FindingMaker& maker, NeedId id, EventId event) {
  const Need& need = maker.bp()[id];
  const bool is_switch = need.via.exists();
  const ComponentId rests_on = is_switch ? need.via : need.any_of.front();
  Words words = maker.words_of(event, maker.bp()[need.from].name);
  words.region = maker.bp()[rests_on].name;
  words.zone = maker.cases().events[event].what;
  words.cut = is_switch ? "switches" : "starts elsewhere";
  Finding finding = maker.start("recovery_in_blast_radius", {need.from, rests_on}, words);
  finding.evidence.insert(finding.evidence.begin(), need.evidence);
  finding.severity = maker.cases().judgements[event].stops_a_path ? maker.severity_of_cut(event)
                                                                  : findings::Severity::medium;
  finding.cut = {maker.bp()[need.from].id, maker.bp()[rests_on].id};
  maker.is_about(event, finding);
  maker.add(std::move(finding));
}

}  // namespace

void find_recoveries(FindingMaker& maker) {
  const RecoveryFinder finder(maker);
  for (const NeedId need : needs_of_recoveries(maker.bp())) {
    const auto lost = finder.lost_with(maker.bp()[need]);
    const auto users = [&](EventId id) { return maker.cases().judgements[id].users; };
    const auto least = std::min_element(lost.begin(), lost.end(),
                                        [&](EventId a, EventId b) { return users(a) < users(b); });
    if (least != lost.end()) {
      add_finding(maker, need, *least);
    }
  }
}

}  // namespace outlast::pipeline
