// How well replays tell what became of real architectures.
//
// Problem. A model of outages can be right in every part and wrong about the world. Post-mortems of
// customers say what became of them; each is an architecture, a day and an outcome.
//
// Method. Every case is replayed twice: as its owners had declared it before (what a user of ours
// could have written then), and with what their report revealed. The first tells how much is hidden
// in architectures, the second how good the mechanism is. Three rules that know no mechanism are the
// measure of what that is worth.
//
// Limits. Survivors publish because they survived. No rate is fitted to these cases, only conditional
// behaviour is compared.

#include "backtest/backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "backtest/score.h"
#include "base/document.h"
#include "catalog/catalog.h"
#include "catalog/meaning.h"
#include "failure/dependence.h"
#include "failure/impact.h"
#include "import/import.h"
#include "incidents/archive.h"
#include "replay/replay.h"

namespace outlast::backtest {

using blueprint::Blueprint;

namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20U;

std::vector<std::string> files_in(const std::vector<std::string>& paths,
                                  const base::FileSource& files, base::Diagnostics& diagnostics) {
  std::vector<std::string> all;
  for (const std::string& path : paths) {
    if (files.kind_of(path) != base::FileSource::PathKind::folder) {
      all.push_back(path);
      continue;
    }
    auto below = files.list(path);
    if (!below) {
      diagnostics.error("OUT-I001", {}, path + ": " + below.error().message, below.error().remedy);
      continue;
    }
    std::copy_if(below->begin(), below->end(), std::back_inserter(all),
                 [](const std::string& file) { return file.ends_with(".yaml"); });
  }
  return all;
}

std::optional<Case> read_file(const std::string& path, const base::FileSource& files,
                              base::Sources& sources, base::Diagnostics& diagnostics) {
  auto text = files.read(path, kMostBytes);
  if (!text) {
    diagnostics.error("OUT-I001", {}, path + ": " + text.error().message, text.error().remedy);
    return std::nullopt;
  }
  const auto source = sources.add(path, std::move(*text), "");
  const auto documents = base::parse_yaml(sources, source, diagnostics);
  if (!documents || documents->size() != 1) {
    diagnostics.error("OUT-I001", {source, 0, 0}, "a file holds one case", "begin it with `case:`");
    return std::nullopt;
  }
  return read_case(documents->front().root(), diagnostics);
}

/// The architecture of a case, by the way every input goes.
std::optional<Blueprint> blueprint_of(const Case& c, bool with_revealed, base::Sources& sources,
                                      base::Diagnostics& diagnostics) {
  const std::string declared = c.id + " as declared";
  const std::string revealed = c.id + " as revealed";
  std::map<std::string, std::string> texts = {{declared, c.declared}};
  std::vector<std::string> paths = {declared};
  if (with_revealed && !c.revealed.empty()) {
    texts[revealed] = c.revealed;
    paths.push_back(revealed);
  }
  const base::MemoryFiles files(std::move(texts));
  auto imported = import::import_inputs(paths, files, sources, diagnostics);
  catalog::read_meaning(imported.draft, catalog::Catalog::built_in(), diagnostics);
  return blueprint::validate(imported.draft, diagnostics);
}

std::optional<incidents::Incident> incident_of(const Case& c, base::Diagnostics& diagnostics) {
  const incidents::Incident* known = incidents::find_incident(c.incident);
  if (known == nullptr) {
    diagnostics.error("OUT-I003", {},
                      fmt::format("{}: there is no incident \"{}\"", c.id, c.incident),
                      "outlast incidents lists them");
    return std::nullopt;
  }
  incidents::Incident incident = *known;
  for (const auto& [role, value] : c.as_if) {
    auto moved = incidents::transposed(incident, role, value);
    if (!moved) {
      diagnostics.error("OUT-I009", {}, c.id + ": " + moved.error().message, moved.error().remedy);
      return std::nullopt;
    }
    incident = std::move(*moved);
  }
  return incident;
}

findings::Replay replayed(const Blueprint& bp, const incidents::Incident& incident) {
  return replay::replay_of(bp, catalog::Catalog::built_in(), failure::Dependence(bp), incident,
                           incidents::roles(), {.telling = replay::Telling::range});
}

findings::JourneyOutcome outcome_in(const std::vector<findings::JourneyOutcome>& journeys,
                                    const std::string& name) {
  const auto found =
      std::find_if(journeys.begin(), journeys.end(),
                   [&](const findings::JourneyOutcome& one) { return one.journey == name; });
  return found == journeys.end() ? findings::JourneyOutcome{} : *found;
}

Fell fell_of(const findings::JourneyOutcome& journey) {
  const bool is_partly = journey.degraded_s > kLoss || journey.late_s > kLoss;
  return journey.downtime_s > kLoss ? Fell::down : is_partly ? Fell::partly : Fell::stood;
}

/// Nothing is told where what is not known decides how this function falls.
Told told_of(const findings::Replay& replay, const std::string& journey) {
  const auto hit = outcome_in(replay.journeys, journey);
  if (fell_of(hit) != fell_of(outcome_in(replay.spared_journeys, journey))) {
    return {};
  }
  const Fell fell = fell_of(hit);
  const auto lost = [&](const findings::JourneyOutcome& one) {
    return fell == Fell::partly ? std::max(one.degraded_s, one.late_s) : one.downtime_s;
  };
  return {fell, lost(hit), lost(outcome_in(replay.range->least_by_journey, journey)),
          lost(outcome_in(replay.range->most_by_journey, journey))};
}

Baselines simple_rules(const Blueprint& bp, const incidents::Incident& incident,
                       const findings::Replay& replay, const std::string& journey) {
  const auto is_hit = [&](const blueprint::Component& c) {
    return std::find(replay.hit.begin(), replay.hit.end(), c.id) != replay.hit.end();
  };
  const auto provider = incident.roles.find("provider");
  Baselines simple;
  for (const auto& c : bp.components()) {
    const bool is_theirs = provider != incident.roles.end() && c.provider == provider->second;
    simple.anywhere = is_theirs || is_hit(c) ? Fell::down : simple.anywhere;
  }
  for (const auto& path : failure::list_paths(bp)) {
    if (bp[path.journey].name != journey) {
      continue;
    }
    const auto& entry = bp[path.enters];
    bool touches = is_hit(entry);
    for (const blueprint::NeedId id : entry.needs) {
      const auto& need = bp[id];
      const auto& targets = need.any_of;
      touches = touches || (need.strength == blueprint::Strength::hard &&
                            std::any_of(targets.begin(), targets.end(),
                                        [&](auto target) { return is_hit(bp[target]); }));
    }
    simple.one_hop = touches ? Fell::down : simple.one_hop;
  }
  return simple;
}

std::optional<Data> data_of(const findings::Replay& replay) {
  using Kind = failure::DataLoss::Kind;
  switch (replay.data.kind) {
    case Kind::none:
      return Data::none;
    case Kind::seconds:
      return Data::some;
    case Kind::all:
      return Data::all;
    case Kind::unknown:
    case Kind::exposed:
      break;
  }
  return std::nullopt;
}

bool run_case(const Case& c, base::Sources& sources, base::Diagnostics& diagnostics,
              Backtest& out) {
  const auto incident = incident_of(c, diagnostics);
  const auto declared = blueprint_of(c, false, sources, diagnostics);
  const auto revealed = blueprint_of(c, true, sources, diagnostics);
  if (!incident || !declared || !revealed) {
    return false;
  }
  const auto before = replayed(*declared, *incident);
  const auto after = replayed(*revealed, *incident);
  for (const Function& function : c.functions) {
    const auto& journeys = after.journeys;
    if (std::none_of(journeys.begin(), journeys.end(),
                     [&](const auto& one) { return one.journey == function.journey; })) {
      diagnostics.error(
          "OUT-I003", {},
          fmt::format("{}: {} is no journey of its blueprint", c.id, function.journey),
          "name a function as its journey is");
      return false;
    }
    out.results.push_back({c.id, c.incident, c.grade, function, told_of(before, function.journey),
                           told_of(after, function.journey),
                           simple_rules(*declared, *incident, before, function.journey),
                           simple_rules(*revealed, *incident, after, function.journey)});
  }
  if (c.data) {
    out.data.push_back({c.id, *c.data, data_of(before), data_of(after)});
  }
  return true;
}

}  // namespace

std::optional<Backtest> run_backtest(const std::vector<std::string>& paths,
                                     const base::FileSource& files, base::Sources& sources,
                                     base::Diagnostics& diagnostics) {
  Backtest backtest;
  bool is_good = true;
  for (const std::string& path : files_in(paths, files, diagnostics)) {
    const auto c = read_file(path, files, sources, diagnostics);
    is_good = c && run_case(*c, sources, diagnostics, backtest) && is_good;
  }
  if (!is_good || backtest.results.empty()) {
    return std::nullopt;
  }
  add_up(backtest);
  return backtest;
}

}  // namespace outlast::backtest
