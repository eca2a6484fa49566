// Years of series.
//
// Problem  hundreds of services at which users come in each need hundreds of others, nearly all of
//          them the same, and one that is down is enough. Going through the gates for each of them
//          does the same work again.
// Method   terms of exactly the same tops are one group, down while any of them is true. Each top
//          rests on its largest group, which tells most of its time, and is looked at by itself only
//          while another one of its groups is down.
// It sees the same years as the gates would: occurrences and their draws are numbered by cause.

#include "engines/montecarlo/series_years.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/alike_items.h"
#include "base/parallel.h"
#include "base/series.h"
#include "engines/montecarlo/occurrences.h"

namespace outlast::engines::montecarlo {
namespace {

constexpr std::uint32_t kNone = base::AlikeItems::kNone;
constexpr std::size_t kNoChance = static_cast<std::size_t>(-1);

/// One of several things that alone make a top true.
struct CauseTerm {
  base::VariableId variable;
  std::size_t chance = kNoChance;  ///< index in the model's
};

/// Tops that are series, and who of them is concerned by what.
struct Members {
  /// What a cause costs tops that are not down anyway.
  struct Moments {
    double seconds;
    std::vector<std::uint32_t> bases;  ///< all that rest on these …
    std::vector<std::uint32_t> tops;   ///< … and these, positions in `tops`
  };
  std::vector<std::size_t> tops;  ///< indexes in the model
  std::vector<CauseTerm> terms;
  std::vector<std::vector<std::uint32_t>> terms_of;     ///< by variable
  std::vector<std::uint32_t> group_of;                  ///< by term; `kNone`: no top has it
  std::vector<std::uint32_t> base_of;                   ///< by top: the group it rests on
  std::vector<std::vector<std::uint32_t>> tops_beside;  ///< by group: tops that rest on another one
  std::vector<std::vector<Moments>> moments_of;         ///< by cause
};

/// Finds them.
class MembersFinder {
 public:
  MembersFinder(const YearModel& model, const std::vector<std::size_t>& cause_of,
                std::size_t no_cause)
      : model_(model), cause_of_(cause_of), no_cause_(no_cause) {}

  Members find(std::vector<std::size_t>& others) {
    auto series = base::read_series(model_.gates, model_.tops);
    std::vector<std::optional<CauseTerm>> known;
    for (const base::SeriesTerm& term : series.terms) {
      known.push_back(read(term));
      out_.terms.push_back(known.back().value_or(CauseTerm()));
    }
    std::vector<std::vector<std::uint32_t>> sets;
    for (std::size_t top = 0; top < model_.tops.size(); ++top) {
      auto& terms = series.of_top[top];
      const bool is_known = terms && std::all_of(terms->begin(), terms->end(),
                                                 [&](auto t) { return known[t].has_value(); });
      if (is_known) {
        out_.tops.push_back(top);
        sets.push_back(std::move(*terms));
      } else {
        others.push_back(top);
      }
    }
    group(sets);
    find_moments();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::optional<CauseTerm> read(base::SeriesTerm term) const {
    auto [variable, with] = term;
    if (with.exists() && cause_of_[variable.index] == no_cause_) {
      std::swap(variable, with);
    }
    const std::size_t chance = with.exists() ? chance_at(with) : kNoChance;
    const bool is_known =
        cause_of_[variable.index] != no_cause_ && with.exists() == (chance != kNoChance);
    return is_known ? std::optional(CauseTerm{variable, chance}) : std::nullopt;
  }

  [[nodiscard]] std::size_t chance_at(base::VariableId variable) const {
    const auto found =
        std::find_if(model_.chances.begin(), model_.chances.end(),
                     [&](const Chance& chance) { return chance.variable == variable; });
    return found == model_.chances.end() ? kNoChance
                                         : static_cast<std::size_t>(found - model_.chances.begin());
  }

  void group(const std::vector<std::vector<std::uint32_t>>& sets) {
    const base::AlikeItems alike = base::find_alike(out_.terms.size(), sets);
    out_.group_of = alike.group_of;
    out_.terms_of.resize(model_.gates.variable_count());
    for (std::uint32_t t = 0; t < out_.terms.size(); ++t) {
      if (out_.group_of[t] != kNone) {
        out_.terms_of[out_.terms[t].variable.index].push_back(t);
      }
    }
    // A last group that is never down is for tops without any.
    out_.tops_beside.resize(alike.groups.size() + 1);
    for (std::uint32_t top = 0; top < out_.tops.size(); ++top) {
      const auto& groups = alike.of_set[top];
      const auto largest = std::max_element(groups.begin(), groups.end(), [&](auto a, auto b) {
        return alike.groups[a].size() < alike.groups[b].size();
      });
      out_.base_of.push_back(
          largest == groups.end() ? static_cast<std::uint32_t>(alike.groups.size()) : *largest);
      for (const std::uint32_t group : groups) {
        if (group != out_.base_of.back()) {
          out_.tops_beside[group].push_back(top);
        }
      }
    }
  }

  void find_moments() {
    out_.moments_of.resize(model_.causes.size());
    for (std::uint32_t top = 0; top < out_.tops.size(); ++top) {
      for (const Moment& moment : model_.moments[out_.tops[top]]) {
        auto& known = out_.moments_of[moment.cause];
        auto alike = std::find_if(known.begin(), known.end(), [&](const Members::Moments& moments) {
          return moments.seconds == moment.seconds;
        });
        if (alike == known.end()) {
          alike = known.insert(known.end(), {moment.seconds, {}, {}});
        }
        alike->tops.push_back(top);
      }
    }
    std::vector<std::size_t> resting(out_.tops_beside.size(), 0);  // by group: tops on it
    for (const std::uint32_t base : out_.base_of) {
      ++resting[base];
    }
    std::vector<std::size_t> touched(resting.size(), 0);
    for (auto& moments : out_.moments_of) {
      for (Members::Moments& alike : moments) {
        take_bases(resting, touched, alike);
      }
    }
  }

  /// Names the bases of which all tops are there, instead of those.
  /// in  touched  [groups], zeros; they are again when this is over
  void take_bases(const std::vector<std::size_t>& resting, std::vector<std::size_t>& touched,
                  Members::Moments& moments) const {
    for (const std::uint32_t top : moments.tops) {
      const std::uint32_t base = out_.base_of[top];
      if (++touched[base] == resting[base]) {
        moments.bases.push_back(base);
      }
    }
    std::erase_if(moments.tops, [&](std::uint32_t top) {
      return touched[out_.base_of[top]] == resting[out_.base_of[top]];
    });
    for (const std::uint32_t base : moments.bases) {
      touched[base] = 0;
    }
    for (const std::uint32_t top : moments.tops) {
      touched[out_.base_of[top]] = 0;
    }
  }

  const YearModel& model_;
  const std::vector<std::size_t>& cause_of_;
  std::size_t no_cause_;
  Members out_;
};

/// A term becomes true or false, or (without one) a cause has happened.
struct TermChange {
  double at_s;
  bool begins;
  std::uint32_t term;  ///< kNone: of the cause itself
  std::uint32_t cause;
};

/// One year at a time.
class SeriesYear {
 public:
  SeriesYear(const YearModel& model, const Members& members, std::uint64_t seed)
      : model_(model),
        members_(members),
        seed_(seed),
        groups_(members.tops_beside.size()),
        beside_(members.tops.size(), 0),
        since_s_(members.tops.size(), 0) {}

  /// out  down_s, has_outage  [tops], zeros before
  void run(const std::vector<Occurrence>& occurrences, double* down_s, char* has_outage) {
    down_s_ = down_s;
    has_outage_ = has_outage;
    list_changes(occurrences);
    for (std::size_t i = 0; i < changes_.size();) {
      const std::size_t first = i;
      for (; i < changes_.size() && changes_[i].at_s == changes_[first].at_s; ++i) {
        if (changes_[i].term != kNone) {
          change(changes_[i]);
        }
      }
      for (std::size_t c = first; c < i; ++c) {
        if (changes_[c].term == kNone) {
          add_moments(changes_[c].cause);
        }
      }
    }
    add_bases();
  }

 private:
  struct Group {
    std::int32_t true_terms = 0;
    double since_s = 0;
    double down_s = 0;     ///< of the year
    double moments_s = 0;  ///< of those that rest on it while it is not down
    bool has_outage = false;
    std::vector<std::uint32_t> beside;  ///< tops that rest on it, of which another group is down
    [[nodiscard]] bool is_down() const { return true_terms > 0; }
  };

  void list_changes(const std::vector<Occurrence>& occurrences) {
    changes_.clear();
    for (const Occurrence& occurrence : occurrences) {
      const Cause& cause = model_.causes[occurrence.cause];
      const double whether = presence_of(cause, occurrence, seed_);
      const auto index = static_cast<std::uint32_t>(occurrence.cause);
      changes_.push_back({occurrence.start_s, true, kNone, index});
      for (const Cause::Part& part : cause.parts) {
        for (const std::uint32_t term : members_.terms_of[part.variable.index]) {
          if (whether < part.present && strikes(cause, occurrence, members_.terms[term].chance)) {
            changes_.push_back({occurrence.start_s, true, term, index});
            changes_.push_back({end_of(cause, part, occurrence), false, term, index});
          }
        }
      }
    }
    std::sort(changes_.begin(), changes_.end(), [](const TermChange& a, const TermChange& b) {
      return a.at_s != b.at_s       ? a.at_s < b.at_s
             : a.begins != b.begins ? a.begins < b.begins
                                    : a.term < b.term;
    });
  }

  [[nodiscard]] bool strikes(const Cause& cause, const Occurrence& occurrence,
                             std::size_t chance) const {
    return chance == kNoChance || is_struck(cause, model_.chances[chance], occurrence, seed_);
  }

  void change(const TermChange& change) {
    Group& group = groups_[members_.group_of[change.term]];
    const auto& tops = members_.tops_beside[members_.group_of[change.term]];
    if (change.begins && group.true_terms++ == 0) {
      begin(group, change.at_s);
      std::for_each(tops.begin(), tops.end(), [&](auto top) { begin_beside(top, change.at_s); });
    } else if (!change.begins && --group.true_terms == 0) {
      end(group, change.at_s);
      std::for_each(tops.begin(), tops.end(), [&](auto top) { end_beside(top, change.at_s); });
    }
  }

  void begin(Group& group, double at_s) {
    group.since_s = at_s;
    group.has_outage = true;
    for (const std::uint32_t top : group.beside) {  // from now on it is counted with its base
      down_s_[top] += at_s - since_s_[top];
    }
  }

  void end(Group& group, double at_s) {
    group.down_s += at_s - group.since_s;
    for (const std::uint32_t top : group.beside) {
      since_s_[top] = at_s;
    }
  }

  void begin_beside(std::uint32_t top, double at_s) {
    if (beside_[top]++ > 0) {
      return;
    }
    has_outage_[top] = 1;
    groups_[members_.base_of[top]].beside.push_back(top);
    since_s_[top] = at_s;
  }

  void end_beside(std::uint32_t top, double at_s) {
    if (--beside_[top] > 0) {
      return;
    }
    Group& base = groups_[members_.base_of[top]];
    std::erase(base.beside, top);
    down_s_[top] += base.is_down() ? 0 : at_s - since_s_[top];
  }

  /// What is masked costs a moment where the top is not down anyway.
  void add_moments(std::uint32_t cause) {
    for (const Members::Moments& moments : members_.moments_of[cause]) {
      for (const std::uint32_t base : moments.bases) {
        Group& group = groups_[base];
        if (group.is_down()) {
          continue;
        }
        group.moments_s += moments.seconds;
        for (const std::uint32_t top : group.beside) {  // is down
          down_s_[top] -= moments.seconds;
        }
      }
      for (const std::uint32_t top : moments.tops) {
        const bool is_down = beside_[top] > 0 || groups_[members_.base_of[top]].is_down();
        down_s_[top] += is_down ? 0 : moments.seconds;
      }
    }
  }

  /// What is over is counted with those that rest on it, and forgotten.
  void add_bases() {
    for (std::size_t top = 0; top < members_.tops.size(); ++top) {
      const Group& base = groups_[members_.base_of[top]];
      down_s_[top] = std::max(0.0, down_s_[top] + base.down_s + base.moments_s);
      has_outage_[top] = base.has_outage ? 1 : has_outage_[top];
    }
    for (Group& group : groups_) {
      group.down_s = group.moments_s = 0;
      group.has_outage = false;
    }
  }

  const YearModel& model_;
  const Members& members_;
  std::uint64_t seed_;
  std::vector<Group> groups_;
  std::vector<std::int32_t> beside_;  ///< by top: groups beside its base that are down
  std::vector<double> since_s_;       ///< by top: since when that, and not its base, is counted
  std::vector<TermChange> changes_;
  double* down_s_ = nullptr;
  char* has_outage_ = nullptr;
};

/// By year: all that happens of causes that make a difference.
std::vector<std::vector<Occurrence>> list_occurrences(const YearModel& model,
                                                      const Members& members, std::size_t years,
                                                      std::uint64_t seed) {
  std::vector<std::vector<Occurrence>> occurrences(years);
  for (std::size_t c = 0; c < model.causes.size(); ++c) {
    const auto& parts = model.causes[c].parts;
    const bool matters = !members.moments_of[c].empty() ||
                         std::any_of(parts.begin(), parts.end(), [&](const Cause::Part& part) {
                           return !members.terms_of[part.variable.index].empty();
                         });
    if (matters) {
      tell_occurrences(model.causes[c], c, years, seed,
                       [&](std::size_t year, const Occurrence& occurrence) {
                         occurrences[year].push_back(occurrence);
                       });
    }
  }
  return occurrences;
}

}  // namespace

std::vector<std::size_t> sample_series_years(const YearModel& model,
                                             const std::vector<std::size_t>& cause_of,
                                             std::size_t no_cause, const YearOptions& options,
                                             Years& out) {
  std::vector<std::size_t> others;
  const Members members = MembersFinder(model, cause_of, no_cause).find(others);
  const auto occurrences = list_occurrences(model, members, out.count, options.seed);
  const std::size_t tops = members.tops.size();
  std::vector<double> down_s(out.count * tops, 0);
  std::vector<char> has_outage(out.count * tops, 0);
  constexpr std::size_t kYearsEach = 32;
  base::parallel_for(
      (out.count + kYearsEach - 1) / kYearsEach, options.threads, [&](std::size_t chunk) {
        SeriesYear year(model, members, options.seed);
        const std::size_t end = std::min(out.count, (chunk + 1) * kYearsEach);
        for (std::size_t y = chunk * kYearsEach; y < end; ++y) {
          year.run(occurrences[y], down_s.data() + y * tops, has_outage.data() + y * tops);
        }
      });
  for (std::size_t t = 0; t < tops; ++t) {
    auto& down = out.down_s[members.tops[t]];
    auto& outage = out.has_outage[members.tops[t]];
    down.resize(out.count);
    outage.resize(out.count);
    for (std::size_t y = 0; y < out.count; ++y) {
      down[y] = down_s[y * tops + t];
      outage[y] = has_outage[y * tops + t] != 0;
    }
  }
  return others;
}

}  // namespace outlast::engines::montecarlo
