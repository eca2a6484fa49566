// Years of series.
//
// Problem  hundreds of services at which users come in each need hundreds of others, and one that
//          is down is enough. Going through the gates for each of them does the same work again.
// Method   a year's changes are sorted once for all tops. Each top counts how many of its terms are
//          true: it goes down when the first of them becomes true and comes up with the last.
// It sees the same years as the gates would: occurrences and their draws are numbered by cause.

#include "engines/montecarlo/series_years.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/parallel.h"
#include "base/series.h"
#include "engines/montecarlo/occurrences.h"

namespace outlast::engines::montecarlo {
namespace {

/// A term becomes true or false, or (without one) a cause has happened.
struct TermChange {
  double at_s;
  bool begins;
  std::uint32_t term;  ///< kNone: of the cause itself
  std::uint32_t cause;
};

constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);

/// Who counts what: terms by variable, tops by term, moments by cause.
struct Members {
  struct Term {
    std::size_t chance;
    std::vector<std::uint32_t> tops;  ///< positions in `tops`
  };
  std::vector<Term> terms;
  std::vector<std::vector<std::uint32_t>> terms_of;                       ///< by variable
  std::vector<std::vector<std::pair<std::uint32_t, double>>> moments_of;  ///< by cause

  std::uint32_t term_at(const CauseTerm& wanted) {
    auto& known = terms_of[wanted.variable.index];
    const auto found = std::find_if(known.begin(), known.end(), [&](std::uint32_t t) {
      return terms[t].chance == wanted.chance;
    });
    if (found != known.end()) {
      return *found;
    }
    known.push_back(static_cast<std::uint32_t>(terms.size()));
    terms.push_back({wanted.chance, {}});
    return known.back();
  }
};

/// One year at a time.
class SeriesYear {
 public:
  SeriesYear(const YearModel& model, const Members& members, std::size_t tops, std::uint64_t seed)
      : model_(model), members_(members), seed_(seed), true_(tops), since_s_(tops) {}

  /// out  down_s, has_outage  [tops]
  void run(const std::vector<Occurrence>& occurrences, double* down_s, char* has_outage) {
    list_changes(occurrences);
    for (std::size_t i = 0; i < changes_.size();) {
      const std::size_t first = i;
      for (; i < changes_.size() && changes_[i].at_s == changes_[first].at_s; ++i) {
        if (changes_[i].term != kNone) {
          change(changes_[i], down_s, has_outage);
        }
      }
      for (std::size_t c = first; c < i; ++c) {
        if (changes_[c].term == kNone) {
          add_moments(changes_[c].cause, down_s);
        }
      }
    }
  }

 private:
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
    return chance == CauseTerm::kNoChance ||
           is_struck(cause, model_.chances[chance], occurrence, seed_);
  }

  void change(const TermChange& change, double* down_s, char* has_outage) {
    for (const std::uint32_t top : members_.terms[change.term].tops) {
      if (change.begins) {
        if (true_[top]++ == 0) {
          since_s_[top] = change.at_s;
          has_outage[top] = 1;
        }
      } else if (--true_[top] == 0) {
        down_s[top] += change.at_s - since_s_[top];
      }
    }
  }

  /// What is masked costs a moment where the top is not down anyway.
  void add_moments(std::uint32_t cause, double* down_s) const {
    for (const auto& [top, seconds] : members_.moments_of[cause]) {
      down_s[top] += true_[top] == 0 ? seconds : 0;
    }
  }

  const YearModel& model_;
  const Members& members_;
  std::uint64_t seed_;
  std::vector<std::int32_t> true_;  ///< by top: how many of its terms are
  std::vector<double> since_s_;
  std::vector<TermChange> changes_;
};

Members members_of(const YearModel& model, const std::vector<std::size_t>& tops,
                   const std::vector<std::vector<CauseTerm>>& terms) {
  Members members;
  members.terms_of.resize(model.gates.variable_count());
  members.moments_of.resize(model.causes.size());
  for (std::size_t t = 0; t < tops.size(); ++t) {
    const auto top = static_cast<std::uint32_t>(t);
    for (const CauseTerm& term : terms[t]) {
      members.terms[members.term_at(term)].tops.push_back(top);
    }
    for (const Moment& moment : model.moments[tops[t]]) {
      members.moments_of[moment.cause].emplace_back(top, moment.seconds);
    }
  }
  return members;
}

std::size_t chance_at(const YearModel& model, base::VariableId variable) {
  const auto found =
      std::find_if(model.chances.begin(), model.chances.end(),
                   [&](const Chance& chance) { return chance.variable == variable; });
  return found == model.chances.end() ? CauseTerm::kNoChance
                                      : static_cast<std::size_t>(found - model.chances.begin());
}

}  // namespace

std::optional<std::vector<CauseTerm>> cause_terms_of(const YearModel& model, base::GateId top,
                                                     const std::vector<std::size_t>& cause_of,
                                                     std::size_t no_cause) {
  const auto series = base::series_of(model.gates, top);
  if (!series) {
    return std::nullopt;
  }
  std::vector<CauseTerm> terms;
  for (auto [variable, with] : *series) {
    if (with.exists() && cause_of[variable.index] == no_cause) {
      std::swap(variable, with);
    }
    const CauseTerm term{variable, with.exists() ? chance_at(model, with) : CauseTerm::kNoChance};
    const bool is_known = cause_of[variable.index] != no_cause &&
                          with.exists() == (term.chance != CauseTerm::kNoChance);
    if (!is_known) {
      return std::nullopt;
    }
    terms.push_back(term);
  }
  return terms;
}

void sample_series_years(const YearModel& model, const std::vector<std::size_t>& tops,
                         const std::vector<std::vector<CauseTerm>>& terms,
                         const YearOptions& options, Years& out) {
  const Members members = members_of(model, tops, terms);
  std::vector<std::vector<Occurrence>> occurrences(out.count);  // by year
  for (std::size_t c = 0; c < model.causes.size(); ++c) {
    const auto& parts = model.causes[c].parts;
    const bool matters = !members.moments_of[c].empty() ||
                         std::any_of(parts.begin(), parts.end(), [&](const Cause::Part& part) {
                           return !members.terms_of[part.variable.index].empty();
                         });
    if (matters) {
      tell_occurrences(model.causes[c], c, out.count, options.seed,
                       [&](std::size_t year, const Occurrence& occurrence) {
                         occurrences[year].push_back(occurrence);
                       });
    }
  }
  std::vector<double> down_s(out.count * tops.size(), 0);
  std::vector<char> has_outage(out.count * tops.size(), 0);
  constexpr std::size_t kYearsEach = 32;
  base::parallel_for((out.count + kYearsEach - 1) / kYearsEach, options.threads,
                     [&](std::size_t chunk) {
                       SeriesYear year(model, members, tops.size(), options.seed);
                       const std::size_t end = std::min(out.count, (chunk + 1) * kYearsEach);
                       for (std::size_t y = chunk * kYearsEach; y < end; ++y) {
                         year.run(occurrences[y], down_s.data() + y * tops.size(),
                                  has_outage.data() + y * tops.size());
                       }
                     });
  for (std::size_t t = 0; t < tops.size(); ++t) {
    auto& down = out.down_s[tops[t]];
    auto& outage = out.has_outage[tops[t]];
    down.resize(out.count);
    outage.resize(out.count);
    for (std::size_t y = 0; y < out.count; ++y) {
      down[y] = down_s[y * tops.size() + t];
      outage[y] = has_outage[y * tops.size() + t] != 0;
    }
  }
}

}  // namespace outlast::engines::montecarlo
