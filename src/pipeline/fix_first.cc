#include "pipeline/fix_first.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>

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

/// Adds what one finding asks for to the trial of that remedy. Nothing is tried where the catalog
/// knows no remedy, nor a further one beyond as many as are tried.
void try_on(const Draft& draft, const Finding& finding, std::size_t number,
            const catalog::Catalog& catalog, std::map<std::string, std::size_t>& known,
            std::deque<Trial>& trials) {
  if (finding.components.empty()) {
    return;
  }
  const auto c =
      std::find_if(draft.components.begin(), draft.components.end(),
                   [&](const DraftComponent& d) { return d.id == finding.components.front(); });
  const Remedy* remedy =
      c == draft.components.end() ? nullptr : remedy_of(catalog, *c, finding.name);
  const std::string what =
      c == draft.components.end() ? "" : c->type.value_or("") + "|" + finding.remedy;
  auto same = known.find(what);
  if (remedy == nullptr || (same == known.end() && trials.size() == kMostTried)) {
    return;
  }
  if (same == known.end()) {
    same = known.emplace(what, trials.size()).first;
    trials.push_back({{}, {}, without_documents(draft)});
  }
  Trial& trial = trials[same->second];
  apply(*remedy, draft, trial.changed.components[std::size_t(c - draft.components.begin())]);
  trial.findings.push_back(number);
  if (std::find(trial.components.begin(), trial.components.end(), c->id) ==
      trial.components.end()) {
    trial.components.push_back(c->id);
  }
}

/// Only what gets better is a reason to do it; that more places can be cut apart is none against it.
bool is_better(findings::Verdict now, findings::Verdict before) {
  const auto rank = [](findings::Verdict verdict) {
    return verdict == findings::Verdict::no         ? 3
           : verdict == findings::Verdict::unknown  ? 2
           : verdict == findings::Verdict::degraded ? 1
                                                    : 0;
  };
  return rank(now) < rank(before);
}

double hours_down(const Analysis& analysis) {
  return analysis.availability ? (1 - analysis.availability->value) * base::kMinutesPerYear / 60
                               : 0;
}

/// Verdicts of the case's instances that are about the mended component or its place.
void compare_instances(const Finding& finding, const Analysis& before, const Analysis& after,
                       Fix& fix) {
  for (const findings::Instance& old : before.instances) {
    if (std::find(finding.cut.begin(), finding.cut.end(), old.key) == finding.cut.end()) {
      continue;
    }
    const auto now = std::find_if(
        after.instances.begin(), after.instances.end(), [&](const findings::Instance& i) {
          return i.key == old.key && i.worst_case == old.worst_case && i.mode == old.mode;
        });
    const bool is_told =
        std::any_of(fix.changes.begin(), fix.changes.end(), [&](const Fix::Change& change) {
          return change.worst_case == old.worst_case && change.mode == old.mode;
        });
    if (!is_told && now != after.instances.end() && is_better(now->survives, old.survives)) {
      fix.changes.push_back({old.worst_case, old.mode, old.scope, old.survives, now->survives});
    }
  }
}

Fix compare(const Trial& trial, const Analysis& before, const Analysis& after) {
  Fix fix;
  fix.findings = trial.findings;
  fix.components = trial.components;
  fix.remedy = before.findings[fix.findings.front()].remedy;
  fix.hours_saved_per_year = hours_down(before) - hours_down(after);
  for (std::size_t i = 0; i < before.survival.size() && i < after.survival.size(); ++i) {
    const auto& old_row = before.survival[i];
    const auto& new_row = after.survival[i];
    if (is_better(new_row.survives, old_row.survives)) {
      fix.changes.push_back(
          {old_row.worst_case, old_row.mode, "", old_row.survives, new_row.survives});
    }
  }
  for (const std::size_t finding : trial.findings) {
    compare_instances(before.findings[finding], before, after, fix);
  }
  return fix;
}

}  // namespace

std::vector<Fix> try_fixes(const Evaluation& evaluation, const std::vector<bool>& told,
                           const catalog::Catalog& catalog, const AnalysisOptions& how) {
  const Draft& draft = evaluation.draft;
  const blueprint::Blueprint& bp = *evaluation.blueprint;
  const Analysis& before = evaluation.analysis;
  std::deque<Trial> trials;
  std::map<std::string, std::size_t> known;  // trials by what they do
  for (std::size_t i = 0; i < before.findings.size(); ++i) {
    if (told[i] && before.findings[i].severity <= findings::Severity::medium) {
      try_on(draft, before.findings[i], i, catalog, known, trials);
    }
  }
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
