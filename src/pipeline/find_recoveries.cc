// Recoveries that fall with what they are to recover: a replica that would be started elsewhere but
// needs, to start, what the same event takes; a switch that rests on what it switches away from.

#include <algorithm>
#include <map>
#include <optional>

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
  RecoveryFinder(const blueprint::Blueprint& bp, const Event& event)
      : bp_(bp), hits_(hits_of(bp, {&event})) {}

  /// Does a recovery that rests on this need fall with what it recovers?
  [[nodiscard]] bool is_lost_with(const Need& need) const {
    return is_start_lost(need) || is_switch_lost(need);
  }

 private:
  [[nodiscard]] bool is_lost(ComponentId id) const {
    const Component& c = bp_[id];
    return hits_[id].is_whole || c.replicas.size() - hits_[id].replicas < c.at_least;
  }

  [[nodiscard]] bool is_start_lost(const Need& need) const {
    const Component& c = bp_[need.from];
    const bool is_started_elsewhere =
        hits_[need.from].replicas > 0 && c.relocates && c.zones.size() > 1;
    const auto lost = std::count_if(need.any_of.begin(), need.any_of.end(),
                                    [&](ComponentId target) { return is_lost(target); });
    return need.strength == blueprint::Strength::startup && is_started_elsewhere &&
           need.any_of.size() - static_cast<std::size_t>(lost) < need.at_least;
  }

  [[nodiscard]] bool is_switch_lost(const Need& need) const {
    return need.via.exists() && is_lost(need.any_of.front()) && is_lost(need.via);
  }

  const blueprint::Blueprint& bp_;
  base::IdVector<ComponentId, Hit> hits_;
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
  const std::vector<NeedId> needs = needs_of_recoveries(maker.bp());
  std::map<NeedId, EventId> least;  // the event that strikes least of all that show it
  for (const EventId id : base::ids<EventId>(maker.cases().events.size())) {
    if (needs.empty() || !leaves_places(maker.cases().events[id].kind)) {
      continue;
    }
    const RecoveryFinder finder(maker.bp(), maker.cases().events[id]);
    for (const NeedId need : needs) {
      if (!finder.is_lost_with(maker.bp()[need])) {
        continue;
      }
      const auto [at, is_new] = least.emplace(need, id);
      if (!is_new &&
          maker.cases().judgements[id].users < maker.cases().judgements[at->second].users) {
        at->second = id;
      }
    }
  }
  for (const auto& [need, event] : least) {
    add_finding(maker, need, event);
  }
}

}  // namespace outlast::pipeline
