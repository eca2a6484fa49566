#include "pipeline/cuts.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>

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

/// Hundreds of paths rest on thousands of events each, most of which stop a path alone: those are
/// kept by event, without a set of their own.
class CutFinder {
 public:
  CutFinder(const Structure& structure, std::size_t events, std::size_t most_events)
      : structure_(structure),
        most_events_(most_events),
        event_of_(structure.gates().variable_count(), kNoEvent),
        holds_(structure.gates().variable_count(), false),
        alone_of_top_(events),
        sets_of_top_(events),
        alone_(events) {
    for (std::size_t e = 0; e < structure.events().size(); ++e) {
      const EventVariables& event = structure.events()[e];
      for (const base::VariableId v : event.variables) {
        event_of_[v.index] = e;
      }
      if (event.coverage) {
        holds_[event.variables[1].index] = true;
      }
    }
  }

  void add_paths(const std::vector<Path>& paths) {
    std::map<GateId, std::vector<std::size_t>> paths_of_top;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      paths_of_top[structure_.top(i)].push_back(i);
    }
    const auto add = [&](const Lasts& lasts, const std::vector<std::size_t>& indexes, Cut& known) {
      for (const std::size_t path : indexes) {
        const double both = known.users + paths[path].weight;
        // The mean over users: times `users` it is the user time, path by path.
        known.share_of_time +=
            both > 0 ? (lasts.share_of_time - known.share_of_time) * paths[path].weight / both : 0;
        known.paths.push_back(path);
        known.users = both;
      }
      known.per_year = std::max(known.per_year, lasts.per_year);
    };
    std::vector<GateId> tops;
    for (const auto& [top, indexes] : paths_of_top) {
      tops.push_back(top);
    }
    const base::Series series = base::read_series(structure_.gates(), tops);
    for (std::size_t t = 0; t < tops.size(); ++t) {
      const std::vector<std::size_t>& indexes = paths_of_top[tops[t]];
      find_cuts_of(tops[t], series, series.of_top[t]);
      for (const EventId id : found_alone_) {
        alone_of_top_[id].share_of_time = share_of_any(sets_of_top_[id]);
        add(alone_of_top_[id], indexes, alone_[id]);
      }
      for (const auto& [events, lasts] : found_together_) {
        add(lasts, indexes, together_[events]);
      }
      forget_top();
    }
  }

  Cuts take() {
    Cuts out;
    out.is_complete = is_complete_;
    const auto add = [&](std::vector<EventId> events, Cut& cut) {
      cut.events = std::move(events);
      std::sort(cut.paths.begin(), cut.paths.end());
      out.all.push_back(std::move(cut));
    };
    for (const EventId id : base::ids<EventId>(alone_.size())) {
      if (!alone_[id].paths.empty()) {
        add({id}, alone_[id]);
      }
    }
    for (auto& [events, cut] : together_) {
      add(events, cut);
    }
    std::sort(out.all.begin(), out.all.end(), [](const Cut& a, const Cut& b) {
      const double of_a = a.users * a.share_of_time;
      const double of_b = b.users * b.share_of_time;
      return of_a != of_b ? of_a > of_b : a.events < b.events;
    });
    return out;
  }

 private:
  struct Lasts {
    double share_of_time = 0;
    double per_year = 0;
  };

  /// A set of one event: how long its variable lasts, and how likely it hits what must be hit.
  struct Reach {
    double lasts = 0;
    double hits = 1;
  };

  /// Share of time in which any of the sets of one event holds. The variables of an event are
  /// nested, so that the longest stretch is cut into rings; the hits of a shock are independent.
  static double share_of_any(std::vector<Reach>& sets) {
    std::sort(sets.begin(), sets.end(),
              [](const Reach& a, const Reach& b) { return a.lasts > b.lasts; });
    double share = 0;
    double none = 1;  // of the sets that last so long hits
    for (std::size_t i = 0; i < sets.size(); ++i) {
      none *= 1 - sets[i].hits;
      const double shorter = i + 1 < sets.size() ? sets[i + 1].lasts : 0;
      share += (sets[i].lasts - shorter) * (1 - none);
    }
    return share;
  }

  /// Finds what alone, and what together with others, makes a gate true.
  /// in  terms  of the series that it is, if it is one
  void find_cuts_of(GateId top, const base::Series& series,
                    const std::optional<std::vector<std::uint32_t>>& terms) {
    if (terms) {
      for (const std::uint32_t t : *terms) {
        const auto& [variable, with] = series.terms[t];
        const base::VariableId set[] = {variable, with};
        look_at({set, with.exists() ? std::size_t{2} : std::size_t{1}});
      }
    } else if (const auto sets = sets_of(top)) {
      for (const faulttree::CutSet& set : *sets) {
        look_at(set);
      }
    } else {
      is_complete_ = false;
    }
    // What another set of fewer events does already is no cut of its own.
    std::erase_if(found_together_, [&](const auto& cut) {
      return std::any_of(cut.first.begin(), cut.first.end(),
                         [&](EventId id) { return alone_of_top_[id].share_of_time > 0; });
    });
  }

  void forget_top() {
    for (const EventId id : found_alone_) {
      alone_of_top_[id] = {};
      sets_of_top_[id].clear();
    }
    found_alone_.clear();
    found_together_.clear();
  }

  /// Sets of variables that together make a gate true; nothing where that is too much work.
  std::optional<std::vector<faulttree::CutSet>> sets_of(GateId top) {
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

  /// A set of variables as events: how long all of them last, and how often that begins.
  void look_at(std::span<const base::VariableId> set) {
    if (std::any_of(set.begin(), set.end(), [&](auto v) { return bool{holds_[v.index]}; })) {
      return;
    }
    Lasts lasts{1, 0};
    lasting_.clear();
    for (const base::VariableId v : set) {
      const double p = structure_.probability()[v.index];
      lasts.share_of_time *= p;
      if (event_of_[v.index] != kNoEvent) {
        const auto known = std::find_if(lasting_.begin(), lasting_.end(), [&](const auto& other) {
          return other.first == event_of_[v.index];
        });
        (known != lasting_.end() ? *known : lasting_.emplace_back(event_of_[v.index], 1)).second *=
            p;
      }
    }
    if (lasting_.empty() || lasting_.size() > most_events_ || lasts.share_of_time <= 0) {
      return;
    }
    std::sort(lasting_.begin(), lasting_.end());
    for (const auto& [index, share] : lasting_) {
      lasts.per_year += lasts.share_of_time * structure_.events()[index].per_second / share *
                        base::kSecondsPerYear;
    }
    keep(lasts);
  }

  /// Nested variables, and the hits of a shock, make several sets of the same events: of one event
  /// any of them counts, of several the longest-lasting tells.
  void keep(const Lasts& lasts) {
    if (lasting_.size() == 1) {
      const EventId event = structure_.events()[lasting_.front().first].event;
      Lasts& known = alone_of_top_[event];
      if (known.share_of_time <= 0) {
        found_alone_.push_back(event);
      }
      known = lasts.share_of_time > known.share_of_time ? lasts : known;
      const double own = lasting_.front().second;
      sets_of_top_[event].push_back({own, lasts.share_of_time / own});
      return;
    }
    std::vector<EventId> events;
    for (const auto& [index, share] : lasting_) {
      events.push_back(structure_.events()[index].event);
    }
    std::sort(events.begin(), events.end());
    Lasts& known = found_together_[events];
    known = lasts.share_of_time > known.share_of_time ? lasts : known;
  }

  const Structure& structure_;
  std::size_t most_events_;
  std::vector<std::size_t> event_of_;  ///< by variable; a hit of a shock belongs to none
  std::vector<bool> holds_;  ///< by variable: a fault that redundancy should have stood in for
  bool is_complete_ = true;

  // Of the top at hand.
  base::IdVector<EventId, Lasts> alone_of_top_;
  base::IdVector<EventId, std::vector<Reach>> sets_of_top_;
  std::vector<EventId> found_alone_;
  std::map<std::vector<EventId>, Lasts> found_together_;
  std::vector<std::pair<std::size_t, double>> lasting_;  ///< events of a set, and their own share

  // Of all of them.
  base::IdVector<EventId, Cut> alone_;
  std::map<std::vector<EventId>, Cut> together_;
};

}  // namespace

Cuts minimal_cuts(const Structure& structure, const std::vector<Path>& paths,
                  std::size_t most_events) {
  std::size_t events = 0;
  for (const EventVariables& event : structure.events()) {
    events = std::max<std::size_t>(events, event.event.index + std::size_t{1});
  }
  CutFinder finder(structure, events, most_events);
  finder.add_paths(paths);
  return finder.take();
}

}  // namespace outlast::pipeline
