#include "pipeline/derive_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "base/units.h"
#include "findings/rules.h"
#include "pipeline/remedy_words.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using blueprint::FateGroupId;
using blueprint::Kind;
using failure::Casualty;
using failure::Event;
using failure::EventId;
using failure::EventKind;
using failure::Path;
using failure::PathImpact;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

std::string percent(double share) {
  return share >= 0.9995 ? "all" : fmt::format("{:.3g} %", share * 100);
}

std::string how_often(const Event& event) {
  return event.per_year > 0 ? "once in " + base::format_interval(1 / event.per_year)
                            : "how often is not known";
}

/// The attribute that decides is the better evidence than the head of its component.
void point_at(base::Span deciding, Finding& finding) {
  if (deciding.exists() && !finding.evidence.empty()) {
    finding.evidence.front().span = deciding;
  }
}

class FindingDeriver {
 public:
  FindingDeriver(const Blueprint& bp, const catalog::Catalog& catalog, const Cases& cases,
                 const std::vector<Path>& paths, const base::IdVector<EventId, double>& minutes)
      : bp_(bp), catalog_(catalog), cases_(cases), paths_(paths), minutes_(minutes) {}

  std::vector<Finding> derive() {
    find_shared_supplies();
    find_single_instances();
    find_single_zones();
    find_missing_backups();
    find_wide_dependences();
    find_stuck_starts();
    find_marks();
    find_secrets();
    rank();
    return std::move(findings_);
  }

 private:
  /// Starts a finding by its rule; words and weight follow.
  Finding start(std::string_view rule_name, const std::vector<ComponentId>& components,
                Words words) {
    const catalog::TypeEntry* type =
        components.empty() ? nullptr : catalog_.type(bp_[components.front()].type);
    words.kind = type == nullptr ? "" : std::string(type->title);
    const findings::Rule& rule = findings::rule_named(rule_name);
    Finding finding;
    finding.rule = rule.id;
    finding.name = rule.name;
    finding.goal = rule.goal;
    finding.title = findings::fill(rule.title, words);
    finding.claim = findings::fill(rule.claim, words);
    finding.remedy = rule.remedy;
    for (const ComponentId id : components) {
      finding.components.push_back(bp_[id].id);
      finding.evidence.push_back(bp_[id].evidence);
    }
    for (const catalog::Remedy& remedy :
         type == nullptr ? std::span<const catalog::Remedy>() : type->remedies) {
      if (remedy.finding == rule_name) {
        finding.remedy = words_of_remedy(bp_[components.front()], remedy, rule);
      }
    }
    return finding;
  }

  [[nodiscard]] std::string title_of_type(ComponentId component) const {
    const catalog::TypeEntry* type = catalog_.type(bp_[component].type);
    return type == nullptr ? "component" : std::string(type->title);
  }

  /// In the words of the input: a blueprint has no attributes of Terraform.
  [[nodiscard]] std::string words_of_remedy(const Component& c, const catalog::Remedy& remedy,
                                            const findings::Rule& rule) const {
    const bool is_of_blueprint = c.evidence.pointer.empty();
    if (!is_of_blueprint) {
      return std::string(remedy.say);
    }
    std::string keys = remedy_in_keys(bp_, c, remedy);
    return keys.empty() ? std::string(rule.remedy) : keys;
  }

  void add(Finding finding) {
    std::vector<std::string> addresses = finding.cut;
    std::sort(addresses.begin(), addresses.end());
    std::string key = finding.rule;
    for (const std::string& address : addresses) {
      key += "|" + address;
    }
    constexpr std::size_t kFingerprintLength = 16;
    finding.fingerprint = base::sha256(key).substr(0, kFingerprintLength);
    findings_.push_back(std::move(finding));
  }

  [[nodiscard]] double minutes(EventId id) const { return minutes_.empty() ? 0 : minutes_[id]; }

  /// How much it matters that this event alone stops users.
  [[nodiscard]] Severity severity_of_cut(EventId id) const {
    bool stops_an_important_path = false;
    for (const PathImpact& path : cases_.impacts[id].paths) {
      const auto& journey = bp_[paths_[path.path].journey];
      stops_an_important_path =
          stops_an_important_path ||
          (path.is_down_for_good && journey.importance == blueprint::Importance::normal);
    }
    const Judgement& j = cases_.judgements[id];
    if (stops_an_important_path && j.users >= 0.999 && j.down_s == failure::kForGood) {
      return Severity::critical;
    }
    return stops_an_important_path ? Severity::high : Severity::medium;
  }

  Words words_of(EventId id, std::string name) const {
    const Judgement& j = cases_.judgements[id];
    Words words;
    words.name = std::move(name);
    words.users = percent(std::min(1.0, j.users));
    words.down =
        j.down_s == failure::kForGood ? "an unbounded time" : base::format_duration({j.down_s});
    words.every = how_often(cases_.events[id]);
    return words;
  }

  /// Machines and gateways that several zones draw their way out from, and the zones.
  void find_shared_supplies() {
    for (const blueprint::Supply& supply : bp_.supplies()) {
      if (supply.any_of.size() == 1 && bp_[supply.any_of.front()].scope == blueprint::Scope::zone &&
          bp_[supply.any_of.front()].replicas.size() == 1) {
        zones_fed_[supply.any_of.front()].insert(
            supply.zone.is_known() ? *supply.zone : "zone of " + supply.place);
      }
    }
    std::erase_if(zones_fed_, [](const auto& fed) { return fed.second.size() < 2; });
  }

  [[nodiscard]] std::map<ComponentId, std::vector<EventId>> instance_events() const {
    std::map<ComponentId, std::vector<EventId>> events;
    for (const EventId id : base::ids<EventId>(cases_.events.size())) {
      if (cases_.events[id].kind == EventKind::instance) {
        events[cases_.events[id].component].push_back(id);
      }
    }
    return events;
  }

  void find_single_instances() {
    for (const auto& [component, events] : instance_events()) {
      const auto stopping = std::find_if(events.begin(), events.end(), [&](EventId id) {
        return cases_.judgements[id].stops_a_path;
      });
      if (stopping != events.end() && bp_[component].replica_count.is_unknown()) {
        continue;  // how many there are is a question, not a finding
      }
      if (stopping != events.end()) {
        add_single(component, events, *stopping);
      } else if (bp_[component].replicas.size() == 1 && bp_[component].replica_count.is_known()) {
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
    Words words = words_of(stopping, bp_[component].name);
    const auto fed = zones_fed_.find(component);
    words.zones = fed == zones_fed_.end() ? "" : std::to_string(fed->second.size());
    Finding finding =
        start(fed == zones_fed_.end() ? "single_instance" : "shared_supply", {component}, words);
    const std::size_t count = bp_[component].replicas.size();
    if (count > 1) {
      finding.title =
          fmt::format("{} {} has none to spare: it needs {} of {}", title_of_type(component),
                      bp_[component].name, bp_[component].at_least, count);
    }
    point_at(bp_[component].replica_count.span(), finding);
    finding.severity = severity_of_cut(stopping);
    finding.cut = {bp_[component].id};
    for (const EventId id : events) {
      finding.downtime_minutes_per_year += minutes(id);
    }
    single_.insert(component);
    add(std::move(finding));
  }

  /// A single thing that no journey is seen to use: it may matter to somebody.
  void add_unused_single(ComponentId component, EventId event) {
    const Component& c = bp_[component];
    const auto fed = zones_fed_.find(component);
    const bool is_on_a_path =
        event.exists() && cases_.judgements[event].verdict != findings::Verdict::not_exposed;
    const bool is_told = fed != zones_fed_.end() || c.kind == Kind::database ||
                         c.kind == Kind::messaging || c.is_workload;
    if (is_on_a_path || !is_told || single_.contains(component)) {
      return;
    }
    Words words;
    words.name = c.name;
    words.every = event.exists() ? how_often(cases_.events[event]) : "how often is not known";
    words.down = event.exists() ? base::format_duration({cases_.events[event].duration.median_s()})
                                : "an unknown time";
    words.zones = fed == zones_fed_.end() ? "" : std::to_string(fed->second.size());
    Finding finding =
        start(fed == zones_fed_.end() ? "single_instance" : "shared_supply", {component}, words);
    finding.claim = fmt::format(
        "When {} fails ({}), whoever uses it is not served for {}; no journey of the input is "
        "seen to use it.",
        words.name, words.every, words.down);
    point_at(c.replica_count.span(), finding);
    finding.severity = c.is_workload && fed == zones_fed_.end() ? Severity::low : Severity::medium;
    finding.cut = {c.id};
    single_.insert(component);
    add(std::move(finding));
  }

  void find_single_zones() {
    for (const EventId id : base::ids<EventId>(cases_.events.size())) {
      const Event& event = cases_.events[id];
      if (event.kind != EventKind::zone_outage || !cases_.judgements[id].stops_a_path ||
          bp_[event.group].may_be_several) {
        continue;
      }
      std::vector<ComponentId> roots;
      std::vector<std::string> names;
      for (const Casualty& casualty : cases_.impacts[id].casualties) {
        const bool is_told = single_.contains(casualty.component) ||
                             bp_[casualty.component].replica_count.is_unknown();
        if (casualty.is_root && casualty.stops_users && !is_told) {
          roots.push_back(casualty.component);
          names.push_back(bp_[casualty.component].name);
        }
      }
      if (roots.empty()) {
        continue;  // all of it is told as single instances
      }
      Words words = words_of(id, base::join_words(names));
      words.zone = event.what;
      Finding finding = start("single_zone", roots, words);
      finding.severity = severity_of_cut(id);
      finding.cut = {event.what};
      finding.downtime_minutes_per_year = minutes(id);
      add(std::move(finding));
    }
  }

  [[nodiscard]] std::set<ComponentId> on_a_path() const {
    std::set<ComponentId> all;
    for (const auto& impact : cases_.impacts) {
      for (const Casualty& casualty : impact.casualties) {
        all.insert(casualty.component);
      }
    }
    return all;
  }

  void find_missing_backups() {
    const auto used = on_a_path();
    for (const ComponentId id : base::ids<ComponentId>(bp_.components().size())) {
      const Component& c = bp_[id];
      const auto& retention = c.backups.retention;
      if (!c.is_store || !retention.is_known() || retention->value > 0) {
        continue;
      }
      Words words;
      words.name = c.name;
      Finding finding = start("no_backup", {id}, words);
      finding.severity = used.contains(id) ? Severity::high : Severity::medium;
      finding.cut = {c.id};
      point_at(retention.span(), finding);
      add(std::move(finding));
    }
  }

  void find_wide_dependences() {
    for (const EventId id : base::ids<EventId>(cases_.events.size())) {
      const Event& event = cases_.events[id];
      const std::string_view rule = event.kind == EventKind::region_outage     ? "one_region"
                                    : event.kind == EventKind::provider_outage ? "one_provider"
                                    : event.kind == EventKind::service         ? "one_service"
                                    : event.kind == EventKind::name_service    ? "one_service"
                                    : event.kind == EventKind::third_party     ? "third_party"
                                                                               : "";
      if (rule.empty() || !cases_.judgements[id].stops_a_path) {
        continue;
      }
      Words words = words_of(id, event.what);
      words.region = event.what;
      std::vector<ComponentId> hit;
      if (event.component.exists()) {
        hit.push_back(event.component);
      }
      Finding finding = start(rule, hit, words);
      const bool is_declared =
          bp_.objectives().recovery[static_cast<std::size_t>(event.fault_class)].is_known();
      const bool is_missed = is_declared && cases_.judgements[id].verdict == findings::Verdict::no;
      finding.severity = is_missed                              ? Severity::high
                         : event.kind == EventKind::third_party ? Severity::low
                                                                : Severity::info;
      finding.cut = {event.component.exists() ? bp_[event.component].id : event.what};
      finding.downtime_minutes_per_year = minutes(id);
      if (hit.empty()) {
        add_evidence_of_first_root(id, finding);
      }
      add(std::move(finding));
    }
  }

  void add_evidence_of_first_root(EventId id, Finding& finding) const {
    for (const Casualty& casualty : cases_.impacts[id].casualties) {
      if (casualty.is_root && casualty.stops_users) {
        finding.components.push_back(bp_[casualty.component].id);
        if (finding.evidence.empty()) {
          finding.evidence.push_back(bp_[casualty.component].evidence);
          point_at(bp_[casualty.component].region.span(), finding);
        }
      }
    }
  }

  /// Loops of needs for starting: told once, by the event that strikes least of all that cause it.
  void find_stuck_starts() {
    std::map<std::vector<blueprint::NeedId>, EventId> loops;
    for (const EventId id : base::ids<EventId>(cases_.events.size())) {
      const auto& stuck = cases_.impacts[id].stuck_starts;
      if (stuck.empty()) {
        continue;
      }
      const auto [at, is_new] = loops.emplace(stuck, id);
      if (!is_new && cases_.judgements[id].users < cases_.judgements[at->second].users) {
        at->second = id;
      }
    }
    for (const auto& [needs, id] : loops) {
      std::vector<ComponentId> members;
      std::vector<std::string> names;
      const auto take = [&](ComponentId member) {
        if (std::find(members.begin(), members.end(), member) == members.end()) {
          members.push_back(member);
          names.push_back(bp_[member].name);
        }
      };
      for (const blueprint::NeedId need : needs) {
        take(bp_[need].from);
        std::for_each(bp_[need].any_of.begin(), bp_[need].any_of.end(), take);
      }
      Words words = words_of(id, base::join_words(names));
      words.cut =
          cases_.events[id].what + (cases_.events[id].component.exists() ? " fails" : " is down");
      Finding finding = start("stuck_start", members, words);
      for (std::size_t i = 0; i < needs.size(); ++i) {
        finding.evidence.insert(finding.evidence.begin() + static_cast<std::ptrdiff_t>(i),
                                bp_[needs[i]].evidence);
      }
      finding.severity = severity_of_cut(id);
      for (const ComponentId member : members) {
        finding.cut.push_back(bp_[member].id);
      }
      add(std::move(finding));
    }
  }

  void find_marks() {
    const auto used = on_a_path();
    for (const ComponentId id : base::ids<ComponentId>(bp_.components().size())) {
      for (const blueprint::Mark& mark : bp_[id].marks) {
        Words words;
        words.name = bp_[id].name;
        Finding finding = start(mark.finding, {id}, words);
        finding.severity = used.contains(id) ? Severity::medium : Severity::low;
        finding.evidence = {mark.evidence};
        finding.cut = {bp_[id].id};
        add(std::move(finding));
      }
    }
  }

  /// One finding per resource, with every place in it.
  void find_secrets() {
    std::map<std::string, std::vector<const blueprint::SecretPlace*>> by_address;
    for (const blueprint::SecretPlace& secret : bp_.secrets()) {
      by_address[secret.evidence.address].push_back(&secret);
    }
    for (const auto& [address, places] : by_address) {
      std::vector<std::string> what;
      for (const auto* place : places) {
        if (std::find(what.begin(), what.end(), place->what) == what.end()) {
          what.push_back(place->what);
        }
      }
      Words words;
      words.name = address;
      words.cut = base::join_words(what);
      Finding finding = start("secret_in_input", {}, words);
      finding.severity = Severity::medium;
      finding.components = {address};
      finding.cut = {address};
      for (const auto* place : places) {
        finding.evidence.push_back(place->evidence);
      }
      add(std::move(finding));
    }
  }

  void rank() {
    std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
      return std::tuple(a.severity, -a.downtime_minutes_per_year, a.rule, a.components) <
             std::tuple(b.severity, -b.downtime_minutes_per_year, b.rule, b.components);
    });
  }

  const Blueprint& bp_;
  const catalog::Catalog& catalog_;
  const Cases& cases_;
  const std::vector<Path>& paths_;
  const base::IdVector<EventId, double>& minutes_;
  std::vector<Finding> findings_;
  std::set<ComponentId> single_;  ///< told as single already
  std::map<ComponentId, std::set<std::string>> zones_fed_;
};

}  // namespace

std::vector<Finding> derive_findings(const Blueprint& bp, const catalog::Catalog& catalog,
                                     const Cases& cases, const std::vector<Path>& paths,
                                     const base::IdVector<EventId, double>& minutes_of_event) {
  return FindingDeriver(bp, catalog, cases, paths, minutes_of_event).derive();
}

}  // namespace outlast::pipeline
