// Data that nothing brings back: stores without copies, and copies that go with what they copy.

#include "pipeline/finders.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "base/units.h"
#include "catalog/guess_class.h"
#include "failure/copies.h"
#include "failure/replicas.h"
#include "pipeline/attacks.h"

namespace outlast::pipeline {

using blueprint::Component;
using blueprint::ComponentId;
using findings::Finding;
using findings::Severity;
using findings::Words;

namespace {

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
  words.cut = fmt::format("{} (between {} and {})", base::format_percent(1 - risk.restorable),
                          base::format_percent(1 - risk.restorable_high),
                          base::format_percent(1 - risk.restorable_low));
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

/// That a store keeps no backup is stated, or nothing in the inputs keeps one.
enum class Lack { none, told, untold };

/// Stores that keep no backup, and those whose youngest copy is old.
class CopyFinder {
 public:
  CopyFinder(const Intruder& intruder, FindingMaker& maker)
      : intruder_(intruder), maker_(maker), bp_(maker.bp()), used_(maker.on_a_path()) {
    for (const auto& store : bp_.access().data) {
      if (std::any_of(store.names.begin(), store.names.end(), [](const std::string& name) {
            return catalog::is_made_again_by_name(name);
          })) {
        is_made_again_.insert(store.of);
      }
    }
    for (const auto id : base::ids<failure::EventId>(maker.cases().events.size())) {
      if (maker.cases().events[id].kind == failure::EventKind::data_deleted) {
        deletions_.emplace(maker.cases().events[id].component, id);
      }
    }
  }

  void find() {
    for (const ComponentId id : base::ids<ComponentId>(bp_.components().size())) {
      if (!bp_[id].is_store || failure::has_named_copies(bp_, bp_[id])) {
        continue;
      }
      if (const Lack lack = lack_of(id); lack != Lack::none) {
        tell_lack(id, lack);
      } else if (used_.contains(id)) {
        find_old_copies(id);
      }
    }
    find_copy_risks(used_, maker_);
  }

 private:
  /// Its owners are told how to keep a backup of such a thing: nothing else does it for them.
  [[nodiscard]] bool can_be_backed_up(const Component& c) const {
    const catalog::TypeEntry* type = maker_.known().type(c.type);
    return type != nullptr &&
           std::any_of(type->remedies.begin(), type->remedies.end(),
                       [](const auto& remedy) { return remedy.finding == "no_backup"; });
  }

  /// Is it said, or told by a name, what kind of data it holds?
  [[nodiscard]] bool has_class(ComponentId id) const {
    return !intruder_.class_of(id).name.empty();
  }

  /// A database and a disk do; of a bucket or a file system who uses it or its name tells whether
  /// its data is nowhere else.
  [[nodiscard]] bool holds_data_of_its_own(ComponentId id) const {
    const Component& c = bp_[id];
    if (c.kind != blueprint::Kind::storage || c.scope == blueprint::Scope::zone) {
      return true;
    }
    const bool is_website = c.internet.value_or(false);
    const bool is_made_again = is_made_again_.contains(id) ||
                               catalog::is_made_again_by_name(c.name) ||
                               catalog::is_made_again_by_name(c.holds.value_or(""));
    return !is_website && !is_made_again && (used_.contains(id) || has_class(id));
  }

  [[nodiscard]] Lack lack_of(ComponentId id) const {
    const Component& c = bp_[id];
    const auto& retention = c.backups.retention;
    if (retention.is_known()) {
      return retention->value > 0 ? Lack::none : Lack::told;
    }
    const bool has_none = failure::copies_of(bp_, maker_.known(), id).empty();
    return has_none && can_be_backed_up(c) && holds_data_of_its_own(id) ? Lack::untold : Lack::none;
  }

  /// What nobody states may be kept elsewhere; data over several zones is lost by mistakes alone.
  [[nodiscard]] Severity severity_of(ComponentId id, Lack lack) const {
    const bool is_used = used_.contains(id);
    if (lack == Lack::told) {
      return is_used ? Severity::high : Severity::medium;
    }
    const bool lies_in_one_zone = bp_[id].scope == blueprint::Scope::zone;
    return (is_used && lies_in_one_zone) || has_class(id) ? Severity::medium : Severity::low;
  }

  void tell_lack(ComponentId id, Lack lack) {
    Words words;
    words.name = bp_[id].name;
    words.cut = lack == Lack::untold ? ", as far as the inputs tell" : "";
    Finding finding = maker_.start("no_backup", {id}, words);
    finding.severity = severity_of(id, lack);
    if (lack == Lack::untold) {
      finding.confidence = blueprint::Confidence::inferred;
    }
    finding.cut = {bp_[id].id};
    point_at(bp_[id].backups.retention.span(), finding);
    if (const auto deletion = deletions_.find(id); deletion != deletions_.end()) {
      maker_.is_about(deletion->second, finding);
    }
    maker_.add(std::move(finding));
  }

  /// What came after the youngest copy is more than may be lost.
  void find_old_copies(ComponentId id) {
    const auto deletion = deletions_.find(id);
    if (deletion == deletions_.end()) {
      return;
    }
    constexpr base::Seconds kAnHour{3600};  // what is worth telling where nobody set a limit
    const auto& declared = bp_.objectives().recovery;
    const bool is_declared =
        declared[static_cast<std::size_t>(blueprint::FaultClass::data)].is_known();
    const auto may_lose =
        is_declared ? blueprint::objective_of(bp_.objectives(), blueprint::FaultClass::data).rpo
                    : kAnHour;
    for (const failure::Casualty& casualty : maker_.cases().impacts[deletion->second].casualties) {
      if (casualty.component == id && casualty.data.kind == failure::DataLoss::Kind::seconds &&
          casualty.data.seconds > may_lose.value) {
        tell_old_copies(id, deletion->second, {casualty.data.seconds}, may_lose);
      }
    }
  }

  void tell_old_copies(ComponentId id, failure::EventId deletion, base::Seconds age,
                       base::Seconds may_lose) {
    Words words;
    words.name = bp_[id].name;
    words.down = base::format_duration(age);
    words.cut = base::format_duration(may_lose);
    Finding finding = maker_.start("old_copies", {id}, words);
    const bool lies_in_one_zone = bp_[id].scope == blueprint::Scope::zone;
    finding.severity = lies_in_one_zone ? Severity::medium : Severity::low;
    finding.cut = {bp_[id].id};
    point_at(bp_[id].backups.every.span(), finding);
    maker_.is_about(deletion, finding);
    maker_.add(std::move(finding));
  }

  const Intruder& intruder_;
  FindingMaker& maker_;
  const blueprint::Blueprint& bp_;
  const std::set<ComponentId>& used_;    ///< on the way of users
  std::set<ComponentId> is_made_again_;  ///< by the names that policies mean it by
  std::map<ComponentId, failure::EventId> deletions_;
};

}  // namespace

void find_data_risks(const Intruder& intruder, FindingMaker& maker) {
  CopyFinder(intruder, maker).find();
}

}  // namespace outlast::pipeline
