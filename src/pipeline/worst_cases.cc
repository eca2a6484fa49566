#include "pipeline/worst_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "base/parallel.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ComponentId;
using failure::Bound;
using failure::DataLoss;
using failure::Event;
using failure::EventId;
using failure::EventKind;
using failure::Impact;
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

/// What the blueprint leaves open, and which events can turn out differently because of it.
class OpenQuestions {
 public:
  explicit OpenQuestions(const Blueprint& bp)
      : bp_(bp), is_touched_(bp.components().size(), false) {
    const auto& groups = bp.fate_groups();
    has_places_ = std::any_of(groups.begin(), groups.end(), [](const auto& g) {
      return g.kind == blueprint::FateKind::zone && !g.is_certain;
    });
    std::vector<ComponentId> open;
    for (const blueprint::Need& need : bp.needs()) {
      if (need.confidence == blueprint::Confidence::inferred && failure::stops(need.strength)) {
        open.insert(open.end(), need.any_of.begin(), need.any_of.end());
      }
    }
    for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
      if (bp[id].replica_count.is_unknown()) {
        open.push_back(id);
      }
    }
    spread(std::move(open));
  }

  [[nodiscard]] bool touch(const Event& event) const {
    switch (event.kind) {
      case instance:
      case third_party:
      case data_deleted:
        return is_touched_[event.component.index];
      case zone_outage:
      case zone_destroyed:
        return has_places_ || has_any_;
      case shared_hardware:
      case service:
      case name_service:
        return has_any_;
      default:
        return false;  // so wide that nothing of this matters
    }
  }

 private:
  /// An event below something open is open too.
  void spread(std::vector<ComponentId> open) {
    has_any_ = !open.empty();
    while (!open.empty()) {
      const ComponentId id = open.back();
      open.pop_back();
      if (is_touched_[id.index]) {
        continue;
      }
      is_touched_[id.index] = true;
      const auto follow = [&](blueprint::NeedId need) {
        open.insert(open.end(), bp_[need].any_of.begin(), bp_[need].any_of.end());
      };
      std::for_each(bp_[id].needs.begin(), bp_[id].needs.end(), follow);
      for (const auto& replica : bp_[id].replicas) {
        std::for_each(replica.local_needs.begin(), replica.local_needs.end(), follow);
      }
    }
  }

  const Blueprint& bp_;
  std::vector<bool> is_touched_;
  bool has_places_ = false;
  bool has_any_ = false;
};

/// Does the event hit this component itself?
bool hits(const Blueprint& bp, const Event& event, ComponentId id) {
  if (event.component.exists()) {
    return event.component == id;
  }
  const auto& c = bp[id];
  return std::find(c.fate_groups.begin(), c.fate_groups.end(), event.group) !=
             c.fate_groups.end() ||
         std::any_of(c.replicas.begin(), c.replicas.end(), [&](const auto& r) {
           return r.zone == event.group || std::find(r.fate_groups.begin(), r.fate_groups.end(),
                                                     event.group) != r.fate_groups.end();
         });
}

/// The one fact that would settle what an event does.
std::string open_question(const Blueprint& bp, const Event& event) {
  for (const ComponentId id : base::ids<ComponentId>(bp.components().size())) {
    if (bp[id].replica_count.is_unknown() && hits(bp, event, id)) {
      return "it is not known how many of " + bp[id].name + " there are";
    }
  }
  for (const blueprint::Need& need : bp.needs()) {
    if (need.confidence != blueprint::Confidence::inferred) {
      continue;
    }
    for (const ComponentId target : need.any_of) {
      if (hits(bp, event, target)) {
        return fmt::format("it is not known whether {} uses {}", bp[need.from].name,
                           bp[target].name);
      }
    }
  }
  return event.group.exists() && bp[event.group].kind == blueprint::FateKind::zone
             ? "it is not known where " + event.what + " lies among the others"
             : "it is not known what rests on " + event.what;
}

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

/// What a path rests on that was not understood, if anything; named once.
std::optional<std::string> not_understood(const Blueprint& bp, const std::vector<Path>& paths) {
  std::vector<bool> seen(bp.components().size(), false);
  std::vector<ComponentId> open;
  for (const Path& path : paths) {
    open.push_back(path.enters);
  }
  while (!open.empty()) {
    const ComponentId id = open.back();
    open.pop_back();
    if (seen[id.index]) {
      continue;
    }
    seen[id.index] = true;
    const auto& c = bp[id];
    bool calls_something = false;
    for (const auto need : c.needs) {
      calls_something = calls_something || bp[need].kind == blueprint::EdgeKind::service;
      open.insert(open.end(), bp[need].any_of.begin(), bp[need].any_of.end());
    }
    if (c.kind == blueprint::Kind::other) {
      return "what " + c.name + " is, is not known";
    }
    if (c.forwards && !calls_something) {
      return "what " + c.name + " forwards to is not known";
    }
  }
  return std::nullopt;
}

/// Where nothing that was understood serves users, but not all was understood: what it is may.
std::optional<std::string> nothing_serves_but(const Blueprint& bp) {
  const auto& coverage = bp.coverage();
  if (coverage.understood == coverage.resources) {
    return std::nullopt;
  }
  if (coverage.understood == 0) {
    return "nothing of the input was understood";
  }
  return fmt::format("{} of {} resources were not understood",
                     coverage.resources - coverage.understood, coverage.resources);
}

/// Users from outside come by a name; who answers for it the input need not show.
std::optional<std::string> nameless_entry(const Blueprint& bp, const std::vector<Path>& paths) {
  const auto entry = std::find_if(paths.begin(), paths.end(), [&](const Path& path) {
    const auto& internet = bp[path.enters].internet;
    return internet.is_known() && *internet;
  });
  return entry == paths.end() ? std::nullopt
                              : std::optional("who answers for the name of " +
                                              bp[entry->enters].name + " is not in the input");
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

namespace {

/// For every event the first one that does the same: replicas of one component that lie alike are
/// alike, and one of a thousand is looked at once.
base::IdVector<EventId, EventId> first_alike(const Blueprint& bp,
                                             const base::IdVector<EventId, Event>& events) {
  using Likeness =
      std::tuple<ComponentId, blueprint::FateGroupId, std::vector<blueprint::FateGroupId>,
                 std::vector<blueprint::NeedId>, double>;
  std::map<Likeness, EventId> first;
  base::IdVector<EventId, EventId> out;
  for (const EventId id : base::ids<EventId>(events.size())) {
    const Event& event = events[id];
    if (event.kind != instance) {
      out.push_back(id);
      continue;
    }
    const auto& r = bp[event.component].replicas[event.replica];
    out.push_back(
        first.try_emplace({event.component, r.zone, r.fate_groups, r.local_needs, r.carries}, id)
            .first->second);
  }
  return out;
}

}  // namespace

Cases judge_all(const Blueprint& bp, const catalog::Catalog& catalog,
                const failure::Dependence& dependence, const std::vector<Path>& paths,
                std::uint64_t seed, std::size_t threads) {
  Cases cases;
  cases.events = failure::list_events(bp, catalog);
  const std::size_t count = cases.events.size();
  cases.impacts = base::IdVector<EventId, Impact>(count);
  cases.judgements = base::IdVector<EventId, Judgement>(count);
  std::vector<std::optional<std::pair<Judgement, Judgement>>> ends(count);
  const OpenQuestions open(bp);
  const auto alike = first_alike(bp, cases.events);
  // One chunk per finder: a finder remembers distributions, and is not shared by threads.
  constexpr std::size_t kChunk = 256;
  base::parallel_for((count + kChunk - 1) / kChunk, threads, [&](std::size_t chunk) {
    failure::ImpactFinder finder(bp, catalog, dependence, paths, seed);
    for (std::size_t i = chunk * kChunk; i < std::min(count, (chunk + 1) * kChunk); ++i) {
      const EventId id(i);
      const Event& event = cases.events[id];
      if (alike[id] != id) {
        continue;
      }
      cases.impacts[id] = finder.impact_of(event);
      cases.judgements[id] = judge(bp, event, cases.impacts[id], paths);
      if (open.touch(event)) {
        const auto at = [&](Bound bound) {
          const failure::Reading reading{.placement = bound, .edges = bound};
          return judge(bp, event, finder.impact_of(event, reading), paths);
        };
        ends[i] = {at(Bound::pessimistic), at(Bound::optimistic)};
      }
    }
  });
  for (const EventId id : base::ids<EventId>(count)) {
    const EventId first = alike[id];
    if (first != id) {
      cases.impacts[id] = cases.impacts[first];
      cases.judgements[id] = cases.judgements[first];
    }
    if (ends[first.index]) {
      cases.ends.emplace(id, *ends[first.index]);
    }
  }
  return cases;
}

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
