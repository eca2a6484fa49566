#include "pipeline/worst_cases.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "pipeline/open_questions.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using failure::DataLoss;
using failure::Event;
using failure::EventId;
using failure::EventKind;
using failure::Path;
using findings::SurvivalRow;
using findings::Verdict;

namespace {

/// A row of the table: which events are instances of its case.
struct Row {
  std::string_view worst_case;
  std::string_view mode;
  blueprint::FaultClass fault_class;
  std::array<EventKind, 2> kinds;
};

using enum EventKind;
using blueprint::FaultClass;

constexpr Row kRows[] = {
    {"server", "", FaultClass::hardware, {instance, shared_hardware}},
    {"zone", "outage", FaultClass::zone, {zone_outage, zone_outage}},
    {"zone", "destroyed", FaultClass::zone, {zone_destroyed, zone_destroyed}},
    {"region", "outage", FaultClass::region, {region_outage, region_outage}},
    {"region", "destroyed", FaultClass::region, {region_destroyed, region_destroyed}},
    {"provider", "outage", FaultClass::provider, {provider_outage, provider_outage}},
    {"provider", "destroyed", FaultClass::provider, {account_lost, account_lost}},
    {"service", "", FaultClass::region, {service, service}},
    {"dns", "", FaultClass::provider, {name_service, name_service}},
    {"third_party", "", FaultClass::provider, {third_party, third_party}},
    {"data_deleted", "", FaultClass::data, {data_deleted, data_deleted}},
};

/// Worse is greater: what users must know first.
auto badness(const Judgement& j) {
  const int verdict = 4 - static_cast<int>(j.verdict);
  const int data = j.data.kind == DataLoss::Kind::all       ? 3
                   : j.data.kind == DataLoss::Kind::unknown ? 2
                   : j.data.kind == DataLoss::Kind::seconds ? 1
                                                            : 0;
  return std::tuple(verdict, data, j.data.seconds, j.user_minutes);
}

/// A verdict that holds whichever way the unknown turns out; else unknown.
Verdict combined(Verdict evidence, Verdict worst, Verdict best) {
  const auto survives = [](Verdict v) { return v != Verdict::no; };
  return survives(worst) == survives(best) ? evidence : Verdict::unknown;
}

void take_worst(const Blueprint& bp, const Cases& cases, EventId id, SurvivalRow& row) {
  const Event& event = cases.events[id];
  const Judgement& j = cases.judgements[id];
  row.scope = event.what;
  row.survives = j.verdict;
  row.down_s = j.down_s;
  row.down_p90_s = j.down_p90_s;
  row.users = std::min(1.0, j.users);
  row.data = j.data;
  row.because = j.because;
  if (event.per_year > 0) {
    row.every_years = 1 / event.per_year;
  }
  row.cut = {event.component.exists() ? bp[event.component].id : event.what};
  if (const auto ends = cases.ends.find(id); ends != cases.ends.end()) {
    const auto& [worst, best] = ends->second;
    row.survives = combined(j.verdict, worst.verdict, best.verdict);
    const auto range = std::minmax({worst.users, best.users, j.users});
    if (range.first != range.second) {
      row.users_range = {std::min(1.0, range.first), std::min(1.0, range.second)};
    }
    if (row.survives == Verdict::unknown) {
      row.because = {open_question(bp, event)};
      row.down_s = row.down_p90_s = row.users = std::nullopt;
    }
  }
}

}  // namespace

std::vector<SurvivalRow> survival_table(const Blueprint& bp, const Cases& cases,
                                        const std::vector<Path>& paths) {
  const auto blind_spot = paths.empty() ? nothing_serves_but(bp) : not_understood(bp, paths);
  std::vector<SurvivalRow> table;
  for (const Row& kind : kRows) {
    SurvivalRow row;
    row.worst_case = kind.worst_case;
    row.mode = kind.mode;
    row.fault_class = kind.fault_class;
    row.objective = blueprint::objective_of(bp.objectives(), kind.fault_class);
    EventId worst;
    SurvivalRow worst_row = row;
    const auto rank = [](const SurvivalRow& r) {
      return r.survives == Verdict::no         ? 4
             : r.survives == Verdict::unknown  ? 3
             : r.survives == Verdict::degraded ? 2
             : r.survives == Verdict::yes      ? 1
                                               : 0;
    };
    for (const EventId id : base::ids<EventId>(cases.events.size())) {
      const EventKind is = cases.events[id].kind;
      if (is != kind.kinds[0] && is != kind.kinds[1]) {
        continue;
      }
      SurvivalRow candidate = row;
      take_worst(bp, cases, id, candidate);
      if (candidate.survives == Verdict::not_exposed) {
        continue;
      }
      const bool is_worse = !worst.exists() || rank(candidate) > rank(worst_row) ||
                            (rank(candidate) == rank(worst_row) &&
                             badness(cases.judgements[id]) > badness(cases.judgements[worst]));
      if (is_worse) {
        worst = id;
        worst_row = std::move(candidate);
      }
    }
    const auto nameless =
        kind.kinds[0] == name_service && !worst.exists() ? nameless_entry(bp, paths) : std::nullopt;
    if (nameless) {
      worst_row.survives = Verdict::unknown;
      worst_row.because = {*nameless};
    }
    if (worst_row.survives != Verdict::no && blind_spot) {
      worst_row.survives = Verdict::unknown;
      worst_row.because = {*blind_spot};
      worst_row.down_s = worst_row.down_p90_s = worst_row.users = std::nullopt;
    }
    table.push_back(std::move(worst_row));
  }
  return table;
}

std::vector<findings::Instance> list_instances(const Blueprint& bp, const Cases& cases) {
  std::map<std::tuple<std::string_view, std::string_view, std::string>, findings::Instance> all;
  for (const EventId id : base::ids<EventId>(cases.events.size())) {
    const Event& event = cases.events[id];
    const auto row = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& r) {
      return r.kinds[0] == event.kind || r.kinds[1] == event.kind;
    });
    const std::string key =
        event.component.exists() ? bp[event.component].id : bp[event.group].name;
    SurvivalRow outcome;
    take_worst(bp, cases, id, outcome);
    auto [at, is_new] = all.try_emplace({row->worst_case, row->mode, key});
    if (is_new || outcome.survives < at->second.survives) {
      at->second = {std::string(row->worst_case), std::string(row->mode), key, event.what,
                    outcome.survives};
    }
  }
  std::vector<findings::Instance> list;
  for (auto& [key, instance] : all) {
    list.push_back(std::move(instance));
  }
  return list;
}

}  // namespace outlast::pipeline
