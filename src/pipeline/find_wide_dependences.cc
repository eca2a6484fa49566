// What takes down more than one place at once, and loops that keep all of it down.

#include <algorithm>
#include <map>

#include "base/text.h"
#include "pipeline/finders.h"

namespace outlast::pipeline {

using blueprint::ComponentId;
using failure::Casualty;
using failure::Event;
using failure::EventId;
using failure::EventKind;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

void add_evidence_of_first_root(const FindingMaker& maker, EventId id, Finding& finding) {
  for (const Casualty& casualty : maker.cases().impacts[id].casualties) {
    if (casualty.is_root && casualty.stops_users) {
      finding.components.push_back(maker.bp()[casualty.component].id);
      if (finding.evidence.empty()) {
        finding.evidence.push_back(maker.bp()[casualty.component].evidence);
      }
    }
  }
}

}  // namespace

void find_wide_dependences(FindingMaker& maker) {
  for (const EventId id : base::ids<EventId>(maker.cases().events.size())) {
    const Event& event = maker.cases().events[id];
    const std::string_view rule = event.kind == EventKind::region_outage     ? "one_region"
                                  : event.kind == EventKind::provider_outage ? "one_provider"
                                  : event.kind == EventKind::service         ? "one_service"
                                  : event.kind == EventKind::name_service    ? "one_service"
                                  : event.kind == EventKind::third_party     ? "third_party"
                                                                             : "";
    if (rule.empty() || !maker.cases().judgements[id].stops_a_path) {
      continue;
    }
    Words words = maker.words_of(id, event.what);
    words.region = event.what;
    std::vector<ComponentId> hit;
    if (event.component.exists()) {
      hit.push_back(event.component);
    }
    Finding finding = maker.start(rule, hit, words);
    const bool is_declared =
        maker.bp().objectives().recovery[static_cast<std::size_t>(event.fault_class)].is_known();
    const bool is_missed =
        is_declared && maker.cases().judgements[id].verdict == findings::Verdict::no;
    finding.severity = is_missed                              ? Severity::high
                       : event.kind == EventKind::third_party ? Severity::low
                                                              : Severity::info;
    finding.cut = {event.component.exists() ? maker.bp()[event.component].id : event.what};
    maker.is_about(id, finding);
    finding.downtime_minutes_per_year = maker.minutes(id);
    if (hit.empty()) {
      add_evidence_of_first_root(maker, id, finding);
    }
    maker.add(std::move(finding));
  }
}

void find_stuck_starts(FindingMaker& maker) {
  std::map<std::vector<blueprint::NeedId>, EventId> loops;
  for (const EventId id : base::ids<EventId>(maker.cases().events.size())) {
    const auto& stuck = maker.cases().impacts[id].stuck_starts;
    if (stuck.empty()) {
      continue;
    }
    const auto [at, is_new] = loops.emplace(stuck, id);
    if (!is_new &&
        maker.cases().judgements[id].users < maker.cases().judgements[at->second].users) {
      at->second = id;
    }
  }
  for (const auto& [needs, id] : loops) {
    std::vector<ComponentId> members;
    std::vector<std::string> names;
    const auto take = [&](ComponentId member) {
      if (std::find(members.begin(), members.end(), member) == members.end()) {
        members.push_back(member);
        names.push_back(maker.bp()[member].name);
      }
    };
    for (const blueprint::NeedId need : needs) {
      take(maker.bp()[need].from);
      std::for_each(maker.bp()[need].any_of.begin(), maker.bp()[need].any_of.end(), take);
    }
    Words words = maker.words_of(id, base::join_words(names));
    words.cut = maker.cases().events[id].what +
                (maker.cases().events[id].component.exists() ? " fails" : " is down");
    Finding finding = maker.start("stuck_start", members, words);
    for (std::size_t i = 0; i < needs.size(); ++i) {
      finding.evidence.insert(finding.evidence.begin() + static_cast<std::ptrdiff_t>(i),
                              maker.bp()[needs[i]].evidence);
    }
    finding.severity = maker.severity_of_cut(id);
    maker.is_about(id, finding);
    for (const ComponentId member : members) {
      finding.cut.push_back(maker.bp()[member].id);
    }
    maker.add(std::move(finding));
  }
}

}  // namespace outlast::pipeline
