#include "pipeline/finding_maker.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/units.h"
#include "catalog/translate.h"
#include "pipeline/cascade.h"
#include "pipeline/remedy_words.h"

namespace outlast::pipeline {

using blueprint::Component;
using blueprint::ComponentId;
using failure::Casualty;
using failure::Event;
using failure::EventId;
using failure::PathImpact;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

std::string users_text(double share) {
  return share >= 0.9995 ? "all" : base::format_percent(share);
}

}  // namespace

std::string how_often(const Event& event) {
  return event.per_year > 0 ? "once in " + base::format_interval(1 / event.per_year)
                            : "how often is not known";
}

void point_at(base::Span deciding, Finding& finding) {
  if (deciding.exists() && !finding.evidence.empty()) {
    finding.evidence.front().span = deciding;
  }
}

Finding FindingMaker::start(std::string_view rule_name, const std::vector<ComponentId>& components,
                            Words words) const {
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
  const bool may_be_missing =
      !components.empty() && std::all_of(components.begin(), components.end(),
                                         [&](ComponentId id) { return !bp_[id].made_if.empty(); });
  if (may_be_missing) {
    finding.confidence = blueprint::Confidence::inferred;
  }
  if (type == nullptr) {
    return finding;
  }
  if (const catalog::Remedy* remedy = remedy_for(*type, rule_name)) {
    const Component& c = bp_[components.front()];
    finding.remedy = splits_data(*type, c.is_store, *remedy) ? std::string(kReplicateData)
                                                             : words_of_remedy(c, *remedy, rule);
  }
  return finding;
}

std::string FindingMaker::title_of_type(ComponentId component) const {
  const catalog::TypeEntry* type = catalog_.type(bp_[component].type);
  return type == nullptr ? "component" : std::string(type->title);
}

/// In the words of the input: a blueprint has no attributes of Terraform.
std::string FindingMaker::words_of_remedy(const Component& c, const catalog::Remedy& remedy,
                                          const findings::Rule& rule) const {
  if (c.is_imported) {
    return catalog::in_words_of(catalog_, c.written_type, remedy.say);
  }
  std::string keys = remedy_in_keys(bp_, catalog_, c, remedy);
  return keys.empty() ? std::string(rule.remedy) : keys;
}

/// What is only inferred is no alarm: of what may not be there, that is said with its reason.
void FindingMaker::doubt(Finding& finding) const {
  if (finding.confidence != blueprint::Confidence::inferred) {
    return;
  }
  finding.severity = std::max(finding.severity, Severity::medium);  // they begin with the gravest
  const ComponentId first =
      finding.components.empty() ? ComponentId() : bp_.find(finding.components.front());
  if (first.exists() && !bp_[first].made_if.empty()) {
    finding.claim +=
        fmt::format(" It may not be there: nothing decides the condition {}.", bp_[first].made_if);
  }
}

void FindingMaker::add(Finding finding) {
  doubt(finding);
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

void FindingMaker::is_about(EventId id, Finding& finding) const {
  finding.event = id;
  finding.cascade = cascade_of(bp_, cases_.events[id], cases_.impacts[id], paths_);
}

Severity FindingMaker::severity_of_cut(EventId id) const {
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
  // What users come through within what is declared, or may come through, is no alarm.
  const bool is_missed = verdict_of(cases_, id) == findings::Verdict::no;
  return stops_an_important_path && is_missed ? Severity::high : Severity::medium;
}

Words FindingMaker::words_of(EventId id, std::string name) const {
  const Judgement& j = cases_.judgements[id];
  Words words;
  words.name = std::move(name);
  words.users = users_text(std::min(1.0, j.users));
  words.down =
      j.down_s == failure::kForGood ? "an unbounded time" : base::format_duration({j.down_s});
  words.every = how_often(cases_.events[id]);
  return words;
}

std::set<ComponentId> FindingMaker::touched_by(const blueprint::Blueprint& bp, const Cases& cases) {
  base::IdVector<ComponentId, bool> is_on_one(bp.components().size(), false);
  std::set<const failure::Bystander*> seen;  // events that take the same thing share a list
  for (const auto& impact : cases.impacts) {
    for (const Casualty& casualty : impact.casualties) {
      is_on_one[casualty.component] = true;
    }
    if (!seen.insert(impact.bystanders.begin()).second) {
      continue;
    }
    for (const auto& bystander : impact.bystanders) {
      is_on_one[bystander.component] = true;
    }
  }
  std::set<ComponentId> all;
  for (const ComponentId id : base::ids<ComponentId>(is_on_one.size())) {
    if (is_on_one[id]) {
      all.insert(all.end(), id);
    }
  }
  return all;
}

}  // namespace outlast::pipeline
