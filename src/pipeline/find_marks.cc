// What shows in the input itself: marks of the catalog's rules, and secrets.

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text.h"
#include "pipeline/finders.h"

namespace outlast::pipeline {

using blueprint::ComponentId;
using failure::EventId;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

/// On the way to users, or needed by what is: also where it is only to be changed by it.
std::set<ComponentId> used_by_users(const FindingMaker& maker) {
  const auto& on_a_path = maker.on_a_path();
  auto used = on_a_path;
  for (const blueprint::Need& need : maker.bp().needs()) {
    const bool is_fact = need.confidence != blueprint::Confidence::inferred;
    if (is_fact && on_a_path.contains(need.from)) {
      used.insert(need.any_of.begin(), need.any_of.end());
    }
  }
  return used;
}

/// The outage of a component's only zone, where that alone stops users.
std::optional<EventId> cut_by_its_zone(const FindingMaker& maker, ComponentId id) {
  const blueprint::Component& c = maker.bp()[id];
  for (const EventId event : base::ids<EventId>(maker.cases().events.size())) {
    const failure::Event& e = maker.cases().events[event];
    if (e.kind == failure::EventKind::zone_outage && c.zones.size() == 1 &&
        e.group == c.zones.front() && maker.cases().judgements[event].stops_a_path) {
      return event;
    }
  }
  return std::nullopt;
}

/// What keeps several replicas up matters where one may be missing; what adds more, where more users
/// are to come.
bool concerns_several(const findings::Rule& rule, ComponentId id, const blueprint::Blueprint& bp) {
  const blueprint::Component& c = bp[id];
  const bool is_redundant =
      c.replica_count.is_known() && c.replicas.size() > 1 && c.at_least < c.replicas.size();
  return rule.goal == findings::Goal::scalability
             ? is_redundant && bp.objectives().users.peak.is_known()
             : is_redundant;
}

/// Is what limits its number no more than what there is, though its type could have more? So it is
/// where the type has a remedy for that.
bool is_of_fixed_size(const FindingMaker& maker, ComponentId id, std::string_view rule) {
  const blueprint::Component& c = maker.bp()[id];
  const catalog::TypeEntry* type = maker.known().type(c.type);
  const bool may_grow =
      type != nullptr && std::any_of(type->remedies.begin(), type->remedies.end(),
                                     [&](const auto& remedy) { return remedy.finding == rule; });
  const bool is_told = std::any_of(c.marks.begin(), c.marks.end(),
                                   [&](const auto& mark) { return mark.finding == rule; });
  return may_grow && !is_told && c.scale.max.is_known() && c.replica_count.is_known() &&
         *c.scale.max <= *c.replica_count;
}

/// A limit of its own lets nothing be added: told where more users are to come, and of what all else
/// runs on also where nobody says how many there are.
void find_fixed_sizes(const std::set<ComponentId>& used, FindingMaker& maker) {
  const blueprint::Users& users = maker.bp().objectives().users;
  const bool are_told = users.now.is_known() || users.peak.is_known() || !users.day.empty();
  if (are_told && !users.peak.is_known()) {
    return;
  }
  const std::string_view rule = are_told ? "fixed_replicas" : "no_room_to_grow";
  for (const ComponentId id : used) {
    if (is_of_fixed_size(maker, id, rule)) {
      Words words;
      words.name = maker.bp()[id].name;
      Finding finding = maker.start(rule, {id}, words);
      finding.severity = findings::rule_named(rule).at_most;
      point_at(maker.bp()[id].scale.max.span(), finding);
      finding.cut = {maker.bp()[id].id};
      maker.add(std::move(finding));
    }
  }
}

}  // namespace

void find_marks(FindingMaker& maker) {
  const auto used = used_by_users(maker);
  for (const ComponentId id : base::ids<ComponentId>(maker.bp().components().size())) {
    for (const blueprint::Mark& mark : maker.bp()[id].marks) {
      const findings::Rule& rule = findings::rule_named(mark.finding);
      if (rule.goal == findings::Goal::security) {
        continue;  // `find_attacks` asks whether some way uses it
      }
      if (rule.is_for_several && !(used.contains(id) && concerns_several(rule, id, maker.bp()))) {
        continue;
      }
      Words words;
      words.name = maker.bp()[id].name;
      words.cut = mark.about;
      Finding finding = maker.start(mark.finding, {id}, words);
      const auto cut = rule.weighs_its_zone ? cut_by_its_zone(maker, id) : std::nullopt;
      const Severity weight = cut                 ? maker.severity_of_cut(*cut)
                              : used.contains(id) ? Severity::medium
                                                  : Severity::low;
      finding.severity = std::max(rule.at_most, weight);  // severities begin with the gravest
      if (cut) {
        maker.is_about(*cut, finding);
      }
      finding.evidence = {mark.evidence};
      finding.cut = {maker.bp()[id].id};
      maker.add(std::move(finding));
    }
  }
  find_fixed_sizes(used, maker);
}

void find_secrets(FindingMaker& maker) {
  std::map<std::string, std::vector<const blueprint::SecretPlace*>> by_address;
  for (const blueprint::SecretPlace& secret : maker.bp().secrets()) {
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
    Finding finding = maker.start("secret_in_input", {}, words);
    finding.severity = Severity::medium;
    finding.components = {address};
    finding.cut = {address};
    for (const auto* place : places) {
      finding.evidence.push_back(place->evidence);
    }
    maker.add(std::move(finding));
  }
}

}  // namespace outlast::pipeline
