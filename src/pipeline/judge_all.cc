#include "pipeline/judge_all.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "base/parallel.h"
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

}  // namespace

Cases judge_all(const Blueprint& bp, const catalog::Catalog& catalog,
                const failure::Dependence& dependence, const std::vector<Path>& paths,
                base::IdVector<EventId, Event> events, const JudgeOptions& options) {
  Cases cases;
  cases.events = std::move(events);
  const std::size_t count = cases.events.size();
  cases.impacts = base::IdVector<EventId, Impact>(count);
  cases.judgements = base::IdVector<EventId, Judgement>(count);
  std::vector<std::optional<std::pair<Judgement, Judgement>>> ends(count);
  const OpenQuestions open(bp);
  const auto alike = first_alike(bp, cases.events);
  // One chunk per finder: a finder remembers distributions, and is not shared by threads.
  constexpr std::size_t kChunk = 256;
  base::parallel_for((count + kChunk - 1) / kChunk, options.threads, [&](std::size_t chunk) {
    failure::ImpactFinder finder(bp, catalog, dependence, paths, options.seed);
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
          const failure::Reading reading{.placement = bound, .edges = bound, .buffers = bound};
          return judge(bp, event, finder.impact_of(event, reading), paths);
        };
        ends[i] = {open.can_worsen(event) ? at(Bound::pessimistic) : cases.judgements[id],
                   at(Bound::optimistic)};
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

}  // namespace outlast::pipeline
