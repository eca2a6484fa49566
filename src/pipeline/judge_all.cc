#include "pipeline/judge_all.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "base/parallel.h"
#include "failure/placements.h"
#include "pipeline/earlier.h"
#include "pipeline/open_questions.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ComponentId;
using failure::Bound;
using failure::Event;
using failure::EventId;
using failure::Impact;
using failure::Path;

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
    if (event.kind != failure::EventKind::instance) {
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

/// The order in which events are looked at: those that take a region or more before others, as each
/// takes long; those beside each other that take the same component first, so that they share what a
/// finder has settled.
std::vector<EventId> by_what_they_hit(const Blueprint& bp,
                                      const base::IdVector<EventId, Event>& events) {
  const std::size_t nobody = bp.components().size();
  std::vector<std::size_t> first_in(bp.fate_groups().size(), nobody);
  const auto lies_in = [&](blueprint::FateGroupId group, ComponentId id) {
    if (group.exists()) {
      first_in[group.index] = std::min<std::size_t>(first_in[group.index], id.index);
    }
  };
  for (const ComponentId id : base::ids<ComponentId>(nobody)) {
    for (const auto& r : bp[id].replicas) {
      lies_in(r.zone, id);
      std::for_each(r.fate_groups.begin(), r.fate_groups.end(),
                    [&](const auto group) { lies_in(group, id); });
    }
  }
  const auto hit_by = [&](EventId id) {
    const Event& event = events[id];
    const std::size_t first = event.component.exists() ? event.component.index
                              : event.group.exists()   ? first_in[event.group.index]
                                                       : nobody;
    return first == nobody ? 0 : first + 1;
  };
  std::vector<EventId> order;
  for (const EventId id : base::ids<EventId>(events.size())) {
    order.push_back(id);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](EventId a, EventId b) { return hit_by(a) < hit_by(b); });
  return order;
}

/// Where all that stops users may not be there, because nobody can decide the condition that makes
/// it, nothing stops them at best.
bool may_strike_nothing(const Blueprint& bp, const Impact& impact) {
  std::size_t stopping = 0;
  std::size_t in_doubt = 0;
  for (const failure::Casualty& casualty : impact.casualties) {
    const bool stops = casualty.is_root && casualty.stops_users;
    stopping += stops ? 1U : 0U;
    in_doubt += stops && !bp[casualty.component].made_if.empty() ? 1U : 0U;
  }
  return stopping > 0 && stopping == in_doubt;
}

bool is_of_zone(const Event& event) {
  return event.kind == failure::EventKind::zone_outage ||
         event.kind == failure::EventKind::zone_destroyed;
}

/// Is there a store of which no input tells a copy? Others may lose more and be told of alone.
bool may_lose_copies(const Impact& impact) {
  return std::any_of(impact.casualties.begin(), impact.casualties.end(), [](const auto& casualty) {
    return casualty.data.kind == failure::DataLoss::Kind::unknown;
  });
}

/// What an event does at both ends of what is not known.
class EndFinder {
 public:
  struct Ends {
    Judgement worst, best;
    std::vector<bool> fails_at;  ///< by placement, at both bounds of all else; empty: bounds alone
  };

  /// in  placements  every way in which zones that are not known can lie; empty: only bounds are
  EndFinder(const Blueprint& bp, const std::vector<Path>& paths,
            const std::vector<failure::Placement>& placements)
      : bp_(bp), paths_(paths), placements_(placements) {}

  /// in  worst_known  what it does at worst, where that is known already; else null
  [[nodiscard]] Ends ends_of(const Event& event, failure::ImpactFinder& finder,
                             const Judgement* worst_known) const {
    const auto at = [&](Bound bound, const failure::Placement* zones) {
      const failure::Reading reading{
          .placement = bound, .edges = bound, .buffers = bound, .zones = zones};
      return judge(bp_, event, finder.impact_of(event, reading), paths_);
    };
    if (placements_.empty() || !is_of_zone(event)) {
      return {worst_known != nullptr ? *worst_known : at(Bound::pessimistic, nullptr),
              at(Bound::optimistic, nullptr),
              {}};
    }
    std::vector<Judgement> all;
    for (const failure::Placement& zones : placements_) {
      all.push_back(at(Bound::pessimistic, &zones));
      all.push_back(at(Bound::optimistic, &zones));
    }
    const auto [best, worst] = std::minmax_element(all.begin(), all.end(), is_milder);
    Ends out{*worst, *best, {}};
    for (const Judgement& j : all) {
      out.fails_at.push_back(j.verdict == findings::Verdict::no);
    }
    return out;
  }

 private:
  /// Survived goes before not survived; of two alike the one that users feel less.
  static bool is_milder(const Judgement& a, const Judgement& b) {
    const auto weight = [](const Judgement& j) {
      return std::tuple(j.verdict == findings::Verdict::no, j.users, j.user_minutes);
    };
    return weight(a) < weight(b);
  }

  const Blueprint& bp_;
  const std::vector<Path>& paths_;
  const std::vector<failure::Placement>& placements_;
};

}  // namespace

findings::Verdict verdict_of(const Cases& cases, EventId id) {
  const findings::Verdict evidence = cases.judgements[id].verdict;
  const auto ends = cases.ends.find(id);
  if (ends == cases.ends.end()) {
    return evidence;
  }
  const bool survives_worst = ends->second.first.verdict != findings::Verdict::no;
  const bool survives_best = ends->second.second.verdict != findings::Verdict::no;
  return survives_worst == survives_best ? evidence : findings::Verdict::unknown;
}

Cases judge_all(const Blueprint& bp, const catalog::Catalog& catalog,
                const failure::Dependence& dependence, const std::vector<Path>& paths,
                base::IdVector<EventId, Event> events, const JudgeOptions& options) {
  Cases cases;
  cases.events = std::move(events);
  const std::size_t count = cases.events.size();
  cases.impacts = base::IdVector<EventId, Impact>(count);
  cases.judgements = base::IdVector<EventId, Judgement>(count);
  std::vector<std::optional<EndFinder::Ends>> ends(count);
  std::vector<std::optional<Impact>> without_copies(count);
  const OpenQuestions open(bp);
  const auto placements = failure::possible_placements(bp, catalog, failure::kMostPlacements);
  const EndFinder both_ends(bp, paths, placements);
  const auto alike = first_alike(bp, cases.events);
  const auto order = by_what_they_hit(bp, cases.events);
  std::optional<Unchanged> unchanged;
  if (options.earlier != nullptr) {
    unchanged.emplace(bp, *options.earlier);
  }
  const auto take_over = [&](EventId id) {
    const EventId same = unchanged ? unchanged->same_as(cases.events[id]) : EventId();
    if (!same.exists() || open.touch(cases.events[id]) ||
        may_lose_copies(options.earlier->cases.impacts[same])) {
      return false;
    }
    cases.impacts[id] = options.earlier->cases.impacts[same];
    cases.judgements[id] = options.earlier->cases.judgements[same];
    return true;
  };
  // One chunk per finder: a finder remembers distributions, and is not shared by threads. To make
  // one costs as much as there are components, so that there are only a few for each thread.
  constexpr std::size_t kLeast = 256;
  constexpr std::size_t kForEachThread = 4;
  const std::size_t chunks = kForEachThread * base::threads_for(options.threads);
  const std::size_t size = std::max(kLeast, count / chunks + 1);
  base::parallel_for((count + size - 1) / size, options.threads, [&](std::size_t chunk) {
    failure::ImpactFinder finder(bp, catalog, dependence, paths, options.seed);
    for (std::size_t i = chunk * size; i < std::min(count, (chunk + 1) * size); ++i) {
      const EventId id = order[i];
      const Event& event = cases.events[id];
      if (alike[id] != id || take_over(id)) {
        continue;
      }
      cases.impacts[id] = finder.impact_of(event);
      cases.judgements[id] = judge(bp, event, cases.impacts[id], paths);
      if (may_lose_copies(cases.impacts[id])) {
        without_copies[id.index] = finder.impact_of(event, {.copies = Bound::pessimistic});
      }
      if (open.touch(event)) {
        ends[id.index] = both_ends.ends_of(
            event, finder, open.can_worsen(event) ? nullptr : &cases.judgements[id]);
      }
    }
  });
  for (const EventId id : base::ids<EventId>(count)) {
    const EventId first = alike[id];
    if (first != id) {
      cases.impacts[id] = cases.impacts[first];
      cases.judgements[id] = cases.judgements[first];
    }
    if (without_copies[first.index]) {
      cases.impacts_without_copies.emplace(id, *without_copies[first.index]);
    }
    if (ends[first.index]) {
      const EndFinder::Ends& both = *ends[first.index];
      cases.ends.emplace(id, std::pair(both.worst, both.best));
      if (!both.fails_at.empty()) {
        cases.fails_at.emplace(id, both.fails_at);
      }
    }
    if (may_strike_nothing(bp, cases.impacts[id])) {
      cases.ends.try_emplace(id, cases.judgements[id], Judgement()).first->second.second = {};
      cases.fails_at.erase(id);  // wherever what may not be there lies
    }
  }
  return cases;
}

}  // namespace outlast::pipeline
