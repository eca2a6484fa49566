#include "pipeline/cuts.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/series.h"
#include "engines/faulttree/solution.h"

namespace outlast::pipeline {

using base::GateId;
using failure::EventId;
using failure::EventVariables;
using failure::Path;
using failure::Structure;

namespace {

namespace faulttree = engines::faulttree;

/// An event may be several nested variables, and a shock comes with its hits.
constexpr std::size_t kVariablesPerEvent = 2;
constexpr std::size_t kMostSets = 20'000;

/// Of a diagram and of its cut sets: a question beside the answer may cost less than the answer.
constexpr faulttree::Budget kBudget = {300'000};

constexpr std::size_t kNoEvent = static_cast<std::size_t>(-1);

class CutFinder {
 public:
  CutFinder(const Structure& structure, std::size_t most_events)
      : structure_(structure),
        most_events_(most_events),
        event_of_(structure.gates().variable_count(), kNoEvent) {
    for (std::size_t e = 0; e < structure.events().size(); ++e) {
      const EventVariables& event = structure.events()[e];
      for (const base::VariableId v : event.variables) {
        event_of_[v.index] = e;
      }
      if (event.coverage) {
        holds_.insert(event.variables[1]);
      }
    }
  }

  void add_paths(const std::vector<Path>& paths) {
    std::map<GateId, std::vector<std::size_t>> paths_of_top;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      paths_of_top[structure_.top(i)].push_back(i);
    }
    for (const auto& [top, indexes] : paths_of_top) {
      for (Cut& cut : cuts_of(top)) {
        Cut& known = by_events_[cut.events];
        known.events = cut.events;
        known.share_of_time = std::max(known.share_of_time, cut.share_of_time);
        known.per_year = std::max(known.per_year, cut.per_year);
        for (const std::size_t path : indexes) {
          known.paths.push_back(path);
          known.users += paths[path].weight;
        }
      }
    }
  }

  Cuts take() {
    Cuts out;
    out.is_complete = is_complete_;
    for (auto& [events, cut] : by_events_) {
      std::sort(cut.paths.begin(), cut.paths.end());
      out.all.push_back(std::move(cut));
    }
    std::stable_sort(out.all.begin(), out.all.end(), [](const Cut& a, const Cut& b) {
      return std::tuple(-a.users * a.share_of_time, a.events) <
             std::tuple(-b.users * b.share_of_time, b.events);
    });
    return out;
  }

 private:
  /// Sets of variables that together make a gate true; nothing where that is too much work.
  std::optional<std::vector<faulttree::CutSet>> sets_of(GateId top) {
    if (const auto series = base::series_of(structure_.gates(), top)) {
      std::vector<faulttree::CutSet> sets;
      for (const base::SeriesTerm& term : *series) {
        auto& set = sets.emplace_back(1, term.variable);
        if (term.with.exists()) {
          set.push_back(term.with);
        }
      }
      return sets;
    }
    const auto solution = faulttree::Solution::of(structure_.gates(), top, kBudget);
    const std::size_t most_variables = most_events_ * kVariablesPerEvent;
    const auto found =
        solution.cut_sets(faulttree::Rank::by_order, {}, most_variables, kMostSets, kBudget);
    if (!found) {
      return std::nullopt;
    }
    is_complete_ = is_complete_ && found->lists_all(most_variables);
    std::vector<faulttree::CutSet> sets;
    for (const faulttree::RankedCutSet& set : found->first) {
      sets.push_back(set.variables);
    }
    return sets;
  }

  std::vector<Cut> cuts_of(GateId top) {
    const auto sets = sets_of(top);
    if (!sets) {
      is_complete_ = false;
      return {};
    }
    std::map<std::vector<EventId>, Cut> found;
    for (const faulttree::CutSet& set : *sets) {
      if (std::any_of(set.begin(), set.end(), [&](auto v) { return holds_.contains(v); })) {
        continue;
      }
      Cut cut = cut_of(set);
      if (cut.events.empty() || cut.events.size() > most_events_) {
        continue;
      }
      // Nested variables make several sets of the same events: the longest-lasting tells.
      Cut& known = found[cut.events];
      if (cut.share_of_time > known.share_of_time) {
        known = std::move(cut);
      }
    }
    return without_supersets(found);
  }

  /// A set of variables as events: how long all of them last, and how often that begins.
  [[nodiscard]] Cut cut_of(const faulttree::CutSet& set) const {
    std::map<std::size_t, double> lasting;  // by event: share of time it lasts for what it stops
    Cut cut;
    cut.share_of_time = 1;
    for (const base::VariableId v : set) {
      const double p = structure_.probability()[v.index];
      cut.share_of_time *= p;
      if (event_of_[v.index] != kNoEvent) {
        lasting.try_emplace(event_of_[v.index], 1).first->second *= p;
      }
    }
    for (const auto& [index, share] : lasting) {
      const EventVariables& event = structure_.events()[index];
      cut.events.push_back(event.event);
      if (share > 0) {
        cut.per_year += cut.share_of_time * event.per_second / share * base::kSecondsPerYear;
      }
    }
    std::sort(cut.events.begin(), cut.events.end());
    return cut;
  }

  /// What another set of fewer events does already is no cut of its own.
  static std::vector<Cut> without_supersets(std::map<std::vector<EventId>, Cut>& found) {
    std::set<EventId> alone;
    for (const auto& [events, cut] : found) {
      if (events.size() == 1) {
        alone.insert(events.front());
      }
    }
    std::vector<Cut> cuts;
    for (auto& [events, cut] : found) {
      const bool holds_smaller =
          events.size() > 1 &&
          std::any_of(events.begin(), events.end(), [&](EventId id) { return alone.contains(id); });
      if (!holds_smaller) {
        cuts.push_back(std::move(cut));
      }
    }
    return cuts;
  }

  const Structure& structure_;
  std::size_t most_events_;
  std::vector<std::size_t> event_of_;  ///< by variable; a hit of a shock belongs to none
  std::set<base::VariableId> holds_;   ///< a fault that redundancy should have stood in for
  std::map<std::vector<EventId>, Cut> by_events_;
  bool is_complete_ = true;
};

}  // namespace

Cuts minimal_cuts(const Structure& structure, const std::vector<Path>& paths,
                  std::size_t most_events) {
  CutFinder finder(structure, most_events);
  finder.add_paths(paths);
  return finder.take();
}

}  // namespace outlast::pipeline
