#include "pipeline/fix_first.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/diagnostics.h"
#include "base/parallel.h"
#include "blueprint/blueprint.h"
#include "pipeline/earlier.h"
#include "pipeline/remedy_words.h"

namespace outlast::pipeline {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::Provenance;
using blueprint::Value;
using catalog::Remedy;
using findings::Analysis;
using findings::Finding;
using findings::Fix;

namespace {

constexpr std::size_t kMostTried = 3;
constexpr std::string_view kNeverRestarted = "never_restarted";

const Remedy* remedy_of(const catalog::Catalog& catalog, const DraftComponent& c,
                        std::string_view finding) {
  const catalog::TypeEntry* type = catalog.type(c.type.value_or(""));
  if (type == nullptr) {
    return nullptr;
  }
  const Remedy* remedy = remedy_for(*type, finding);
  return remedy == nullptr || splits_data(*type, c.is_store.value_or(false), *remedy) ? nullptr
                                                                                      : remedy;
}

/// The zones that draw their way out from this component.
std::set<std::string> zones_fed(const Draft& draft, const std::string& id) {
  std::set<std::string> zones;
  for (const blueprint::DraftSupply& supply : draft.supplies) {
    if (supply.zone.is_known() &&
        std::find(supply.any_of.begin(), supply.any_of.end(), id) != supply.any_of.end()) {
      zones.insert(*supply.zone);
    }
  }
  return zones;
}

void add_zone(const std::string& zone, DraftComponent& c) {
  const bool is_there = std::any_of(
      c.placements.begin(), c.placements.end(),
      [&](const auto& placement) { return placement.zone.is_known() && *placement.zone == zone; });
  if (!is_there) {
    // The new place draws what the old ones draw, from its own zone where that has one.
    auto needs = c.placements.empty() ? std::vector<blueprint::DraftNeed>()
                                      : c.placements.front().local_needs;
    c.placements.push_back(
        {Value<std::string>::of(zone, Provenance::assumed), zone, std::move(needs)});
  }
}

/// A zone of the component's region that it does not lie in yet; the letters are as good as any.
std::string another_zone(const DraftComponent& c) {
  const std::string region = c.region.value_or("the region");
  for (const char letter : {'a', 'b', 'c', 'd'}) {
    std::string zone = region + letter;
    const bool is_taken =
        std::any_of(c.placements.begin(), c.placements.end(), [&](const auto& placement) {
          return placement.zone.is_known() && *placement.zone == zone;
        });
    if (!is_taken) {
      return zone;
    }
  }
  return region + " (another zone)";
}

/// Replicas in places apart are not all on the machine that the one of today was seen on.
void leave_machine_seen(const Draft& draft, DraftComponent& c) {
  const auto hosts = c.fate.find("host");
  const bool is_needed =
      hosts != c.fate.end() &&
      std::any_of(draft.components.begin(), draft.components.end(), [&](const DraftComponent& d) {
        return hosts->second == std::vector<std::string>{d.id};
      });
  if (hosts != c.fate.end() && hosts->second.size() == 1 && !is_needed) {
    c.fate.erase(hosts);
  }
}

void apply(const Remedy& remedy, const Draft& draft, DraftComponent& c) {
  if (remedy.redundancy) {
    c.redundancy = Value<blueprint::Redundancy>::of(*remedy.redundancy, Provenance::assumed);
  }
  std::int64_t replicas = std::max<std::int64_t>(remedy.replicas, c.replicas.value_or(1));
  if (remedy.finding == "shared_supply") {
    const auto zones = zones_fed(draft, c.id);
    for (const std::string& zone : zones) {
      add_zone(zone, c);
    }
    replicas = std::max<std::int64_t>(replicas, static_cast<std::int64_t>(zones.size()));
  } else if (remedy.spread && c.placements.size() < 2) {
    if (c.placements.empty()) {
      add_zone(another_zone(c), c);
    }
    add_zone(another_zone(c), c);
  }
  if (remedy.spread) {
    leave_machine_seen(draft, c);
  }
  if (replicas > 1) {  // a remedy of something else leaves a number that is not known as it is
    c.replicas = Value<std::int64_t>::of(replicas, Provenance::assumed);
  }
  if (remedy.finding == kOneMachine) {
    c.bound = Value<bool>::of(false, Provenance::assumed);
  }
  if (remedy.finding == kNeverRestarted) {
    c.failure.by_hand = Value<bool>::of(false, Provenance::assumed);
  }
  if (remedy.backups) {
    constexpr double kDay = 86400;
    c.backups.retention = Value<base::Seconds>::of({7 * kDay}, Provenance::assumed);
    c.backups.every = Value<base::Seconds>::of({kDay}, Provenance::assumed);
  }
}

/// A remedy to try on all of a type that it is told of: what many lack alike is one thing to do.
struct Trial {
  std::vector<std::size_t> findings;    ///< the heaviest first
  std::vector<std::string> components;  ///< what is changed, in that order
  Draft changed;
};

/// The trials of one draft.
class Trials {
 public:
  Trials(const Draft& draft, const catalog::Catalog& catalog) : draft_(draft), catalog_(catalog) {
    for (std::size_t i = 0; i < draft.components.size(); ++i) {
      place_of_.emplace(draft.components[i].id, i);
    }
  }

  /// Adds what one finding asks for to the trial of that remedy. Nothing is tried where the catalog
  /// knows no remedy, nor a further one beyond as many as are tried.
  void add(const Finding& finding, std::size_t number) {
    const auto place =
        finding.components.empty() ? place_of_.end() : place_of_.find(finding.components.front());
    if (place == place_of_.end()) {
      return;
    }
    const DraftComponent& c = draft_.components[place->second];
    const Remedy* remedy = remedy_of(catalog_, c, finding.name);
    const auto what = std::pair(c.type.value_or(""), finding.remedy);
    auto same = known_.find(what);
    if (remedy == nullptr || (same == known_.end() && trials_.size() == kMostTried)) {
      return;
    }
    if (same == known_.end()) {
      same = known_.emplace(what, trials_.size()).first;
      trials_.push_back({{}, {}, without_documents(draft_)});
    }
    Trial& trial = trials_[same->second];
    apply(*remedy, draft_, trial.changed.components[place->second]);
    trial.findings.push_back(number);
    if (changed_.emplace(same->second, place->second).second) {
      trial.components.push_back(c.id);
    }
  }

  [[nodiscard]] const std::deque<Trial>& all() const { return trials_; }

 private:
  const Draft& draft_;
  const catalog::Catalog& catalog_;
  std::unordered_map<std::string_view, std::size_t> place_of_;        ///< by id
  std::map<std::pair<std::string, std::string>, std::size_t> known_;  ///< by type and remedy
  std::set<std::pair<std::size_t, std::size_t>> changed_;             ///< trial and component
  std::deque<Trial> trials_;
};

double hours_down(const Analysis& analysis) {
  return analysis.availability ? (1 - analysis.availability->value) * base::kMinutesPerYear / 60
                               : 0;
}

/// Verdicts of the cases' instances that are about the mended components or their places, of which
/// only what gets better is told: that more places can be cut apart is no reason against a remedy.
class InstanceChanges {
 public:
  InstanceChanges(const Analysis& before, const Analysis& after) : before_(before) {
    for (std::size_t i = 0; i < before.instances.size(); ++i) {
      of_key_[before.instances[i].key].push_back(i);
    }
    for (const findings::Instance& now : after.instances) {
      now_.emplace(std::tuple(std::string_view(now.key), std::string_view(now.worst_case),
                              std::string_view(now.mode)),
                   &now);
    }
  }

  void add(const Finding& finding, Fix& fix) const {
    std::set<std::size_t> about;
    for (const std::string& key : finding.cut) {
      if (const auto found = of_key_.find(key); found != of_key_.end()) {
        about.insert(found->second.begin(), found->second.end());
      }
    }
    for (const std::size_t i : about) {
      add(before_.instances[i], fix);
    }
  }

 private:
  void add(const findings::Instance& old, Fix& fix) const {
    const auto now = now_.find({old.key, old.worst_case, old.mode});
    const bool is_told =
        std::any_of(fix.changes.begin(), fix.changes.end(), [&](const Fix::Change& change) {
          return change.worst_case == old.worst_case && change.mode == old.mode;
        });
    if (!is_told && now != now_.end() && is_graver(old.survives, now->second->survives)) {
      fix.changes.push_back(
          {old.worst_case, old.mode, old.scope, old.survives, now->second->survives});
    }
  }

  const Analysis& before_;
  std::unordered_map<std::string_view, std::vector<std::size_t>> of_key_;
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>,
           const findings::Instance*>
      now_;
};

Fix compare(const Trial& trial, const Analysis& before, const Analysis& after) {
  Fix fix;
  fix.findings = trial.findings;
  fix.components = trial.components;
  fix.remedy = before.findings[fix.findings.front()].remedy;
  fix.hours_saved_per_year = hours_down(before) - hours_down(after);
  for (std::size_t i = 0; i < before.survival.size() && i < after.survival.size(); ++i) {
    const auto& old_row = before.survival[i];
    const auto& new_row = after.survival[i];
    if (is_graver(old_row.survives, new_row.survives)) {
      fix.changes.push_back(
          {old_row.worst_case, old_row.mode, "", old_row.survives, new_row.survives});
    }
  }
  const InstanceChanges instances(before, after);
  for (const std::size_t finding : trial.findings) {
    instances.add(before.findings[finding], fix);
  }
  return fix;
}

}  // namespace

std::vector<Fix> try_fixes(const Evaluation& evaluation, const std::vector<bool>& told,
                           const catalog::Catalog& catalog, const AnalysisOptions& how) {
  const Draft& draft = evaluation.draft;
  const blueprint::Blueprint& bp = *evaluation.blueprint;
  const Analysis& before = evaluation.analysis;
  Trials asked(draft, catalog);
  for (std::size_t i = 0; i < before.findings.size(); ++i) {
    if (told[i] && before.findings[i].severity <= findings::Severity::medium) {
      asked.add(before.findings[i], i);
    }
  }
  const std::deque<Trial>& trials = asked.all();
  // One trial a thread: they have nothing in common but what they only read.
  AnalysisOptions alone = how;
  alone.threads = 1;
  std::vector<std::optional<Fix>> results(trials.size());
  base::parallel_for(trials.size(), how.threads, [&](std::size_t i) {
    base::Diagnostics unheard;  // the draft was valid before, and a remedy keeps it so
    if (const auto mended = blueprint::validate(trials[i].changed, unheard)) {
      Earlier earlier{bp, evaluation.workings.cases, {}};
      for (const std::string& id : trials[i].components) {
        earlier.changed.push_back(bp.find(id));
      }
      AnalysisOptions since = alone;
      since.earlier = &earlier;
      results[i] = compare(trials[i], before, analyse(*mended, catalog, since).analysis);
    }
  });
  std::vector<Fix> fixes;
  for (auto& fix : results) {
    constexpr double kWorthTelling = 1.0 / 3600;  // a second a year
    if (fix && (!fix->changes.empty() || fix->hours_saved_per_year > kWorthTelling)) {
      fixes.push_back(std::move(*fix));
    }
  }
  return fixes;
}

}  // namespace outlast::pipeline
