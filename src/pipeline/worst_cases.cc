#include "pipeline/worst_cases.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "base/assert.h"
#include "failure/timed.h"
#include "findings/data_lost.h"
#include "pipeline/open_questions.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using failure::DataLoss;
using failure::Event;
using failure::EventId;
using failure::EventKind;
using failure::kForGood;
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
    {"release", "", FaultClass::software, {release, release}},
    {"config", "", FaultClass::software, {config_push, config_push}},
    {"data_deleted", "", FaultClass::data, {data_deleted, data_deleted}},
};

/// Two lengths of an outage are told beside each other where one is so many times the other, and not
/// only moments longer.
constexpr double kFarApart = 1.5;
constexpr double kMoments_s = 60;

/// Worse is greater: what users must know first.
auto badness(const Judgement& j) {
  const int verdict = 4 - static_cast<int>(j.verdict);
  return std::tuple(verdict, findings::gravity_of(j.data.kind), j.data.seconds, j.user_minutes);
}

/// What surely is not survived goes before what may be. Of those alike by the evidence the one that
/// may become worse, then the one that comes more often.
auto badness(const Cases& cases, EventId id) {
  const auto ends = cases.ends.find(id);
  const Judgement& evidence = cases.judgements[id];
  return std::tuple(verdict_of(cases, id) == Verdict::no, badness(evidence),
                    badness(ends == cases.ends.end() ? evidence : ends->second.first),
                    cases.events[id].per_year);
}

void take_worst(const Blueprint& bp, const Cases& cases, EventId id, SurvivalRow& row) {
  const Event& event = cases.events[id];
  const Judgement& j = cases.judgements[id];
  row.event = id;
  row.scope = event.what;
  row.survives = j.verdict;
  row.down_s = j.down_s;
  row.down_p90_s = j.down_p90_s;
  row.users = std::min(1.0, j.users);
  row.data = j.data;
  row.because = j.because;
  const auto change = cases.changes.find(id);
  const double per_year =
      change == cases.changes.end() ? event.per_year : change->second.bad_per_year.value_or(0);
  if (per_year > 0) {
    row.every_years = 1 / per_year;
  }
  row.cut = {event.component.exists() ? bp[event.component].id : event.what};
  if (const auto ends = cases.ends.find(id); ends != cases.ends.end()) {
    const auto& [worst, best] = ends->second;
    row.survives = verdict_of(cases, id);
    const auto range = std::minmax({worst.users, best.users, j.users});
    if (range.first != range.second) {
      row.users_range = {std::min(1.0, range.first), std::min(1.0, range.second)};
    }
    const auto down = std::minmax({worst.down_s, best.down_s, j.down_s});
    if (down.second > kFarApart * down.first + kMoments_s) {
      row.down_range = down;
      if (const auto question = place_question(bp, event)) {
        row.because.push_back(*question);
      }
    }
    if (row.survives == Verdict::unknown) {
      const bool is_of_rollout = change != cases.changes.end() && !change->second.unknown.empty();
      row.because = is_of_rollout ? j.because : std::vector{open_question(bp, event)};
      row.down_s = row.down_p90_s = row.users = std::nullopt;
    }
  }
}

/// Where nobody tells of a copy, it is not known whether what was deleted can be brought back at all:
/// restored from one, or never.
void leave_open_what_copies_decide(SurvivalRow& row) {
  if (row.worst_case == "data_deleted" && row.data.kind == DataLoss::Kind::unknown) {
    row.down_range = {row.down_s.value_or(kForGood), kForGood};
    row.down_s = row.down_p90_s = std::nullopt;
  }
}

SurvivalRow empty_row(const Blueprint& bp, const Row& kind) {
  SurvivalRow row;
  row.worst_case = kind.worst_case;
  row.mode = kind.mode;
  row.fault_class = kind.fault_class;
  row.objective = blueprint::objective_of(bp.objectives(), kind.fault_class);
  return row;
}

/// Those of a case that are felt.
std::vector<EventId> events_of(const Cases& cases, const Row& kind) {
  std::vector<EventId> all;
  for (const EventId id : base::ids<EventId>(cases.events.size())) {
    const EventKind is = cases.events[id].kind;
    if ((is == kind.kinds[0] || is == kind.kinds[1]) &&
        verdict_of(cases, id) != Verdict::not_exposed) {
      all.push_back(id);
    }
  }
  return all;
}

bool is_worse(const Cases& cases, EventId a, EventId b) {
  const Verdict of_a = verdict_of(cases, a);
  const Verdict of_b = verdict_of(cases, b);
  return of_a != of_b ? of_a < of_b : badness(cases, a) > badness(cases, b);
}

SurvivalRow row_of(const Blueprint& bp, const Cases& cases, const Row& kind, EventId id) {
  SurvivalRow row = empty_row(bp, kind);
  take_worst(bp, cases, id, row);
  leave_open_what_copies_decide(row);
  return row;
}

/// Wherever unknown zones lie, does the loss of some zone leave users unserved? Which zone that is
/// may depend on where they lie, and no single one may be told.
bool fails_everywhere(const Cases& cases, const std::vector<EventId>& events) {
  std::vector<bool> fails;
  for (const EventId id : events) {
    const auto at = cases.fails_at.find(id);
    if (at == cases.fails_at.end()) {
      continue;
    }
    fails.resize(at->second.size(), false);
    for (std::size_t i = 0; i < fails.size(); ++i) {
      fails[i] = fails[i] || at->second[i];
    }
  }
  return !fails.empty() && std::all_of(fails.begin(), fails.end(), [](bool b) { return b; });
}

/// The row as the worst instance has it at its worst.
void take_worst_end(const Cases& cases, EventId instance, SurvivalRow& row) {
  const Judgement& worst = cases.ends.at(instance).first;
  row.survives = Verdict::no;
  row.because = worst.because;
  row.down_s = worst.down_s;
  row.down_p90_s = worst.down_p90_s;
  row.down_range.reset();
  row.users = std::min(1.0, worst.users);
  row.data = worst.data;
}

/// Stores that no journey is seen to use lose their data as well as others: what that would mean is
/// not known. Nothing where there is none.
std::optional<std::string> unused_store(const Blueprint& bp) {
  const auto& all = bp.components();
  const auto store = std::find_if(all.begin(), all.end(), [](const blueprint::Component& c) {
    return c.is_store && c.kind != blueprint::Kind::external;
  });
  return store == all.end() ? std::nullopt
                            : std::optional("no journey is seen to use " + store->name);
}

}  // namespace

std::vector<std::pair<EventId, SurvivalRow>> instances_of(const Blueprint& bp, const Cases& cases,
                                                          std::string_view worst_case,
                                                          std::string_view mode) {
  const auto* kind = std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& row) {
    return row.worst_case == worst_case && row.mode == mode;
  });
  std::vector<std::pair<EventId, SurvivalRow>> all;
  if (kind == std::end(kRows)) {
    return all;  // a case that no event brings about: a surge
  }
  auto events = events_of(cases, *kind);
  std::stable_sort(events.begin(), events.end(),
                   [&](EventId a, EventId b) { return is_worse(cases, a, b); });
  for (const EventId id : events) {
    all.emplace_back(id, row_of(bp, cases, *kind, id));
  }
  return all;
}

std::vector<SurvivalRow> survival_table(const Blueprint& bp, const Cases& cases,
                                        const std::vector<Path>& paths) {
  std::vector<SurvivalRow> table;
  for (const Row& kind : kRows) {
    const auto events = events_of(cases, kind);
    const auto worst = std::min_element(
        events.begin(), events.end(), [&](EventId a, EventId b) { return is_worse(cases, a, b); });
    SurvivalRow row = events.empty() ? empty_row(bp, kind) : row_of(bp, cases, kind, *worst);
    if (row.survives == Verdict::unknown && fails_everywhere(cases, events)) {
      take_worst_end(cases, *worst, row);
    }
    const auto open = !events.empty()                 ? std::nullopt
                      : kind.kinds[0] == name_service ? nameless_entry(bp, paths)
                      : kind.kinds[0] == data_deleted ? unused_store(bp)
                                                      : std::nullopt;
    if (open) {
      row.survives = Verdict::unknown;
      row.because = {*open};
    }
    table.push_back(std::move(row));
  }
  doubt_where_blind(bp, paths, table);
  return table;
}

void doubt_where_blind(const Blueprint& bp, const std::vector<Path>& paths,
                       std::vector<SurvivalRow>& rows) {
  const auto blind_spot = blind_spot_of(bp, paths);
  for (SurvivalRow& row : rows) {
    if (row.survives != Verdict::no && blind_spot) {
      row.survives = Verdict::unknown;
      row.because = {*blind_spot};
      row.down_s = row.down_p90_s = row.users = std::nullopt;
      row.down_range.reset();
    }
  }
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
    const Verdict survives = verdict_of(cases, id);
    auto [at, is_new] = all.try_emplace({row->worst_case, row->mode, key});
    const bool stops_users =
        cases.judgements[id].stops_a_path || (!is_new && at->second.stops_users);
    if (is_new || survives < at->second.survives) {
      at->second = {std::string(row->worst_case), std::string(row->mode), key, event.what,
                    survives};
    }
    at->second.stops_users = stops_users;
  }
  std::vector<findings::Instance> list;
  for (auto& [key, instance] : all) {
    list.push_back(std::move(instance));
  }
  return list;
}

}  // namespace outlast::pipeline
