// What alone stops users: an instance, a zone, the only way out of several zones, and what may lie in
// one zone before others that are spread.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "base/units.h"
#include "failure/replicas.h"
#include "pipeline/finders.h"

namespace outlast::pipeline {

using blueprint::Component;
using blueprint::ComponentId;
using blueprint::Kind;
using failure::Casualty;
using failure::Event;
using failure::EventId;
using failure::EventKind;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

class SinglePointFinder {
 public:
  explicit SinglePointFinder(FindingMaker& maker) : maker_(maker) {
    for (const EventId id : base::ids<EventId>(maker.cases().events.size())) {
      if (maker.cases().events[id].kind == EventKind::zone_outage) {
        outages_.emplace(maker.cases().events[id].group, id);
      }
    }
  }

  void find() {
    find_shared_supplies();
    find_single_instances();
    find_single_zones();
    find_unused_single_zones();
    find_unstated_zones();
  }

 private:
  /// Machines and gateways that several zones draw their way out from, and the zones.
  void find_shared_supplies() {
    for (const blueprint::Supply& supply : maker_.bp().supplies()) {
      if (supply.any_of.size() == 1 &&
          maker_.bp()[supply.any_of.front()].scope == blueprint::Scope::zone &&
          maker_.bp()[supply.any_of.front()].replicas.size() == 1) {
        zones_fed_[supply.any_of.front()].insert(
            supply.zone.is_known() ? *supply.zone : "zone of " + supply.place);
      }
    }
    std::erase_if(zones_fed_, [](const auto& fed) { return fed.second.size() < 2; });
  }

  [[nodiscard]] std::map<ComponentId, std::vector<EventId>> instance_events() const {
    std::map<ComponentId, std::vector<EventId>> events;
    for (const EventId id : base::ids<EventId>(maker_.cases().events.size())) {
      if (maker_.cases().events[id].kind == EventKind::instance) {
        events[maker_.cases().events[id].component].push_back(id);
      }
    }
    add_those_of_hosts(events);
    return events;
  }

  /// What lies on one host of the inputs is single by that host's faults too: where it has none of
  /// its own, where several replicas lie there, and where it is bound to that host.
  void add_those_of_hosts(std::map<ComponentId, std::vector<EventId>>& events) const {
    std::map<blueprint::FateGroupId, EventId> of_host;
    for (const EventId id : base::ids<EventId>(maker_.cases().events.size())) {
      if (maker_.cases().events[id].kind == EventKind::shared_hardware) {
        of_host.emplace(maker_.cases().events[id].group, id);
      }
    }
    for (const ComponentId id : base::ids<ComponentId>(maker_.bp().components().size())) {
      const auto host = of_host.find(failure::host_of(maker_.bp(), id));
      if (host == of_host.end()) {
        continue;
      }
      auto& own = events[id];
      if (own.empty() || is_together(id)) {
        own.insert(own.begin(), host->second);
      }
    }
  }

  /// Is one machine what it has one of, whatever the number of its replicas?
  [[nodiscard]] bool is_together(ComponentId id) const {
    return maker_.bp()[id].is_bound || maker_.bp()[id].replicas.size() > 1;
  }

  /// The gravest of the events that stop users, the first of equals; the end where none does.
  [[nodiscard]] std::vector<EventId>::const_iterator stopping_of(
      const std::vector<EventId>& events) const {
    auto gravest = events.end();
    for (auto it = events.begin(); it != events.end(); ++it) {
      const bool is_graver =
          gravest == events.end() || maker_.severity_of_cut(*it) < maker_.severity_of_cut(*gravest);
      gravest = maker_.cases().judgements[*it].stops_a_path && is_graver ? it : gravest;
    }
    return gravest;
  }

  void find_single_instances() {
    for (const auto& [component, events] : instance_events()) {
      const auto stopping = stopping_of(events);
      if (stopping != events.end() && maker_.bp()[component].replica_count.is_unknown()) {
        continue;  // how many there are is a question, not a finding
      }
      if (stopping != events.end()) {
        add_single(component, events, *stopping);
      } else if (maker_.bp()[component].replicas.size() == 1 &&
                 maker_.bp()[component].replica_count.is_known()) {
        add_unused_single(component, events.front());
      }
    }
    for (const auto& [component, zones] : zones_fed_) {
      if (!single_.contains(component)) {
        add_unused_single(component, EventId());
      }
    }
  }

  void add_single(ComponentId component, const std::vector<EventId>& events, EventId stopping) {
    const std::size_t count = maker_.bp()[component].replicas.size();
    const auto& event = maker_.cases().events[stopping];
    const bool is_by_machine = event.kind == EventKind::shared_hardware && is_together(component);
    const std::string& stops = is_by_machine ? maker_.bp()[event.group].name  // and all lie on it
                                             : maker_.bp()[component].name;
    Words words = maker_.words_of(stopping, stops);
    const auto fed = zones_fed_.find(component);
    words.zones = fed == zones_fed_.end() ? "" : std::to_string(fed->second.size());
    words.cut = maker_.bp()[component].name;
    Finding finding = maker_.start(fed != zones_fed_.end() ? "shared_supply"
                                   : is_by_machine         ? "one_machine"
                                                           : "single_instance",
                                   {component}, words);
    if (count > 1 && !is_by_machine) {
      finding.title =
          fmt::format("{} {} has none to spare: it needs {} of {}", maker_.title_of_type(component),
                      maker_.bp()[component].name, maker_.bp()[component].at_least, count);
    }
    point_at(maker_.bp()[component].replica_count.span(), finding);
    finding.severity = severity_of_single(component, stopping);
    finding.cut = {maker_.bp()[component].id};
    maker_.is_about(stopping, finding);
    for (const EventId id : events) {
      finding.downtime_minutes_per_year += maker_.minutes(id);
    }
    single_.emplace(component, finding.severity);
    maker_.add(std::move(finding));
  }

  /// One that may be started elsewhere lies in no single zone, also where no zone is named: being one
  /// is what its zone's fall shows.
  [[nodiscard]] Severity severity_of_single(ComponentId component, EventId stopping) const {
    const Component& c = maker_.bp()[component];
    const Severity of_itself = maker_.severity_of_cut(stopping);
    const auto outage = outages_.find(c.replicas.front().zone);
    const bool moves = c.relocates && c.zones.size() != 1;
    return moves && outage != outages_.end()
               ? std::min(of_itself, maker_.severity_of_cut(outage->second))
               : of_itself;
  }

  /// A single thing that no journey is seen to use: it may matter to somebody.
  void add_unused_single(ComponentId component, EventId event) {
    const Component& c = maker_.bp()[component];
    const auto fed = zones_fed_.find(component);
    const bool is_on_a_path = event.exists() && maker_.cases().judgements[event].verdict !=
                                                    findings::Verdict::not_exposed;
    const bool is_told = fed != zones_fed_.end() || keeps_data(c) || c.is_workload;
    if (is_on_a_path || !is_told || single_.contains(component)) {
      return;
    }
    Words words;
    words.name = c.name;
    words.every =
        event.exists() ? how_often(maker_.cases().events[event]) : "how often is not known";
    words.down = event.exists()
                     ? base::format_duration({maker_.cases().events[event].duration.median_s()})
                     : "an unknown time";
    words.zones = fed == zones_fed_.end() ? "" : std::to_string(fed->second.size());
    Finding finding = maker_.start(fed == zones_fed_.end() ? "single_instance" : "shared_supply",
                                   {component}, words);
    finding.claim = unused_claim(words.name + " fails", words);
    point_at(c.replica_count.span(), finding);
    finding.severity = fed == zones_fed_.end() ? severity_unused(c) : Severity::medium;
    finding.cut = {c.id};
    if (event.exists()) {
      maker_.is_about(event, finding);
    }
    single_.emplace(component, finding.severity);
    maker_.add(std::move(finding));
  }

  [[nodiscard]] static bool keeps_data(const Component& c) {
    return c.kind == Kind::database || c.kind == Kind::messaging;
  }

  /// Of what no journey is seen to use.
  [[nodiscard]] static Severity severity_unused(const Component& c) {
    return keeps_data(c) && !c.is_workload ? Severity::medium : Severity::low;
  }

  /// in  when  "db fails"
  [[nodiscard]] static std::string unused_claim(const std::string& when, const Words& words) {
    return fmt::format(
        "When {} ({}), whoever uses it is not served for {}; no journey of the input is seen to "
        "use it.",
        when, words.every, words.down);
  }

  /// A file system could lie in several zones, a disk cannot.
  [[nodiscard]] bool is_storage_that_spreads(const Component& c) const {
    const catalog::TypeEntry* type = maker_.known().type(c.type);
    return c.kind == Kind::storage && type != nullptr &&
           std::any_of(type->remedies.begin(), type->remedies.end(),
                       [](const auto& remedy) { return remedy.finding == "single_zone"; });
  }

  /// The one zone that all of a component lies in, whichever it is; may not exist. What runs no
  /// replica lies nowhere; of how many nobody knows they may lie in several.
  [[nodiscard]] blueprint::FateGroupId only_zone(const Component& c) const {
    const bool is_nowhere = c.runs_none() || c.replica_count.is_unknown();
    const auto zone = is_nowhere ? blueprint::FateGroupId() : c.replicas.front().zone;
    const bool is_one = zone.exists() && !maker_.bp()[zone].may_be_several &&
                        std::all_of(c.replicas.begin(), c.replicas.end(),
                                    [&](const auto& replica) { return replica.zone == zone; });
    return is_one ? zone : blueprint::FateGroupId();
  }

  /// What lies in one zone and no journey is seen to use: it may matter to somebody.
  void find_unused_single_zones() {
    const auto& used = maker_.on_a_path();
    for (const ComponentId id : base::ids<ComponentId>(maker_.bp().components().size())) {
      const Component& c = maker_.bp()[id];
      const auto outage = outages_.find(only_zone(c));
      if (used.contains(id) || single_.contains(id) || outage == outages_.end() ||
          !(keeps_data(c) || c.is_workload || is_storage_that_spreads(c))) {
        continue;
      }
      const Event& event = maker_.cases().events[outage->second];
      Words words;
      words.name = c.name;
      words.zone = event.what;
      words.every = how_often(event);
      words.down = base::format_duration({event.duration.median_s()});
      Finding finding = maker_.start("single_zone", {id}, words);
      finding.claim = unused_claim(event.what + " is down", words);
      finding.severity = severity_unused(c);
      finding.cut = {c.id};
      maker_.add(std::move(finding));
    }
  }

  /// Was it told already, as something that weighs no less? A replica that is soon back where its
  /// zone is up does not tell of the zone.
  [[nodiscard]] bool is_told_as_single(ComponentId id, Severity as) const {
    const auto told = single_.find(id);
    return told != single_.end() && told->second <= as;
  }

  /// What runs on a single machine that was told is no other thing in that machine's zone.
  [[nodiscard]] bool rests_on_told(ComponentId id, Severity as) const {
    const auto& needs = maker_.bp()[id].needs;
    return std::any_of(needs.begin(), needs.end(), [&](blueprint::NeedId need) {
      const blueprint::Need& n = maker_.bp()[need];
      return n.kind == blueprint::EdgeKind::supply && n.any_of.size() == 1 &&
             is_told_as_single(n.any_of.front(), as);
    });
  }

  void find_single_zones() {
    for (const EventId id : base::ids<EventId>(maker_.cases().events.size())) {
      const Event& event = maker_.cases().events[id];
      if (event.kind != EventKind::zone_outage || !maker_.cases().judgements[id].stops_a_path ||
          maker_.bp()[event.group].may_be_several) {
        continue;
      }
      const Severity severity = maker_.severity_of_cut(id);
      std::vector<ComponentId> roots;
      std::vector<std::string> names;
      for (const Casualty& casualty : maker_.cases().impacts[id].casualties) {
        const blueprint::Component& c = maker_.bp()[casualty.component];
        // What may not be there is told as no more than that.
        const Severity as = c.made_if.empty() ? severity : std::max(severity, Severity::medium);
        const bool is_told = is_told_as_single(casualty.component, as) ||
                             rests_on_told(casualty.component, as) ||
                             c.replica_count.is_unknown() || c.runs_none();
        if (casualty.is_root && casualty.stops_users && !is_told) {
          roots.push_back(casualty.component);
          names.push_back(c.name);
        }
      }
      if (roots.empty()) {
        continue;  // all of it is told as single instances
      }
      Words words = maker_.words_of(id, base::join_words(names));
      words.zone = event.what;
      Finding finding = maker_.start("single_zone", roots, words);
      finding.severity = severity;
      finding.cut = {event.what};
      maker_.is_about(id, finding);
      finding.downtime_minutes_per_year = maker_.minutes(id);
      maker_.add(std::move(finding));
    }
  }

  /// The zones, stated ones alone, that what this one leads to lies in.
  [[nodiscard]] std::set<blueprint::FateGroupId> zones_behind(ComponentId front) const {
    const blueprint::Blueprint& bp = maker_.bp();
    std::set<blueprint::FateGroupId> zones;
    std::set<ComponentId> seen;
    std::vector<ComponentId> open = {front};
    while (!open.empty()) {
      const ComponentId id = open.back();
      open.pop_back();
      if (!seen.insert(id).second) {
        continue;
      }
      for (const blueprint::Replica& replica : bp[id].replicas) {
        if (replica.zone.exists() && bp[replica.zone].is_certain) {
          zones.insert(replica.zone);
        }
      }
      for (const blueprint::NeedId need : bp[id].needs) {
        open.insert(open.end(), bp[need].any_of.begin(), bp[need].any_of.end());
      }
    }
    return zones;
  }

  /// What may lie in one zone, for nobody says, while what it leads to is spread with care.
  void find_unstated_zones() {
    for (const EventId id : base::ids<EventId>(maker_.cases().events.size())) {
      const Event& event = maker_.cases().events[id];
      if (event.kind != EventKind::zone_outage || !maker_.bp()[event.group].may_be_several) {
        continue;
      }
      for (const Casualty& casualty : maker_.cases().impacts[id].casualties) {
        const ComponentId front = casualty.component;
        if (!casualty.is_root || !casualty.stops_users || single_.contains(front) ||
            zones_behind(front).size() < 2) {
          continue;
        }
        Finding finding =
            maker_.start("unstated_zones", {front}, maker_.words_of(id, maker_.bp()[front].name));
        finding.severity = Severity::low;
        finding.cut = {maker_.bp()[front].id};
        maker_.is_about(id, finding);
        maker_.add(std::move(finding));
      }
    }
  }

  FindingMaker& maker_;
  std::map<ComponentId, Severity> single_;  ///< told as single already
  std::map<ComponentId, std::set<std::string>> zones_fed_;
  std::map<blueprint::FateGroupId, EventId> outages_;
};

}  // namespace

void find_single_points(FindingMaker& maker) {
  SinglePointFinder(maker).find();
}

}  // namespace outlast::pipeline
