// Data that nothing brings back: stores without copies, and copies that go with what they copy.

#include "pipeline/finders.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "failure/replicas.h"

namespace outlast::pipeline {

using blueprint::Component;
using blueprint::ComponentId;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

std::string percent_of(double share) {
  return fmt::format("{:.3g} %", share * 100);
}

/// Copies that go with what takes the data itself: whoever keeps copies wants them not to.
void find_shared_fates(const findings::StoreRisk& risk, ComponentId id, bool is_used,
                       FindingMaker& maker) {
  std::vector<std::string> alone;
  for (const auto& cut : risk.cuts) {
    if (cut.size() == 1) {
      alone.push_back(cut.front());
    }
  }
  if (alone.empty()) {
    return;
  }
  Words words;
  words.name = risk.name;
  words.cut = base::join_words(alone);
  Finding finding = maker.start("copies_share_fate", {id}, words);
  finding.severity = is_used ? Severity::high : Severity::medium;
  finding.cut = {risk.component};
  finding.cut.insert(finding.cut.end(), alone.begin(), alone.end());
  for (const blueprint::Copy& copy : maker.bp()[id].copies) {
    finding.evidence.push_back(copy.evidence);
  }
  maker.add(std::move(finding));
}

/// Nobody says of any copy that it was ever restored.
void find_untested(const findings::StoreRisk& risk, ComponentId id, FindingMaker& maker) {
  const auto& copies = maker.bp()[id].copies;
  const bool is_tested = std::any_of(copies.begin(), copies.end(), [](const auto& copy) {
    return copy.tested.value_or(false) || copy.restorable.is_known() ||
           copy.kind.value_or(blueprint::CopyKind::snapshot) == blueprint::CopyKind::replica;
  });
  if (is_tested) {
    return;
  }
  Words words;
  words.name = risk.name;
  words.cut =
      fmt::format("{} (between {} and {})", percent_of(1 - risk.restorable),
                  percent_of(1 - risk.restorable_high), percent_of(1 - risk.restorable_low));
  Finding finding = maker.start("untested_copies", {id}, words);
  finding.severity = Severity::low;
  finding.cut = {risk.component};
  finding.evidence = {copies.front().evidence};
  maker.add(std::move(finding));
}

/// Of stores whose copies somebody names one by one.
void find_copy_risks(const std::set<ComponentId>& used, FindingMaker& maker) {
  for (const findings::StoreRisk& risk : maker.stores()) {
    const ComponentId id = maker.bp().find(risk.component);
    if (failure::has_named_copies(maker.bp(), maker.bp()[id])) {
      find_shared_fates(risk, id, used.contains(id), maker);
      find_untested(risk, id, maker);
    }
  }
}

}  // namespace

void find_data_risks(FindingMaker& maker) {
  const auto& used = maker.on_a_path();
  for (const ComponentId id : base::ids<ComponentId>(maker.bp().components().size())) {
    const Component& c = maker.bp()[id];
    const auto& retention = c.backups.retention;
    if (!c.is_store || failure::has_named_copies(maker.bp(), c) || !retention.is_known() ||
        retention->value > 0) {
      continue;
    }
    Words words;
    words.name = c.name;
    Finding finding = maker.start("no_backup", {id}, words);
    finding.severity = used.contains(id) ? Severity::high : Severity::medium;
    finding.cut = {c.id};
    point_at(retention.span(), finding);
    for (const failure::EventId event : base::ids<failure::EventId>(maker.cases().events.size())) {
      if (maker.cases().events[event].kind == failure::EventKind::data_deleted &&
          maker.cases().events[event].component == id) {
        maker.is_about(event, finding);
      }
    }
    maker.add(std::move(finding));
  }
  find_copy_risks(used, maker);
}

}  // namespace outlast::pipeline
