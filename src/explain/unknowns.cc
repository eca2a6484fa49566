// What each unknown is worth.
//
// An unknown has a few outcomes. For each of them the draft is changed so that it holds, validated
// and analysed with everything else left open; the mean of the widths that remain is what is to be
// expected once it is known. Work is counted in components analysed and in the journeys that they are
// looked at for, never in time, so that the same input gives the same answer on any machine.

#include "explain/unknowns.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "base/parallel.h"
#include "base/units.h"
#include "explain/questions.h"
#include "pipeline/analyse.h"

namespace outlast::explain {

using blueprint::Blueprint;
using blueprint::Draft;
using findings::Analysis;
using findings::OpenQuestion;

namespace {

/// Components that may be analysed over all outcomes together: what an event does to so many
/// journeys takes about as long as what it does to one component.
constexpr std::size_t kBudget = 12'000;
constexpr std::size_t kJourneysOfAComponent = 32;

/// What remains open once one outcome holds.
struct Remains {
  double width = 0;
  std::set<std::string> unknown_rows;
};

std::set<std::string> unknown_rows(const Analysis& analysis) {
  std::set<std::string> rows;
  for (const auto& row : analysis.survival) {
    if (row.survives == findings::Verdict::unknown) {
      rows.insert(row.worst_case + (row.mode.empty() ? "" : "." + row.mode));
    }
  }
  return rows;
}

Remains remains_of(const Analysis& analysis) {
  return {analysis.availability ? width_minutes(*analysis.availability) : 0,
          unknown_rows(analysis)};
}

/// As many questions from the front as the budget affords.
std::size_t affordable(const std::vector<Asked>& asked, const Blueprint& bp) {
  std::size_t journeys = 0;
  for (const auto& journey : bp.journeys()) {
    journeys += journey.cohorts.size();
  }
  const std::size_t components = std::max<std::size_t>(1, bp.components().size());
  const std::size_t each = components + components * journeys / kJourneysOfAComponent;
  std::size_t work = 0;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    work += asked[i].settle.size() * each;
    if (work > kBudget) {
      return i;
    }
  }
  return asked.size();
}

/// Puts each outcome into the draft and looks at what remains.
std::vector<std::vector<Remains>> try_outcomes(const Draft& draft, const Remains& now,
                                               const std::vector<Asked>& asked, std::size_t count,
                                               const catalog::Catalog& catalog,
                                               const UnknownsOptions& options) {
  std::vector<std::pair<std::size_t, std::size_t>> jobs;
  std::vector<std::vector<Remains>> remains(count);
  for (std::size_t i = 0; i < count; ++i) {
    remains[i].assign(asked[i].settle.size(), now);
    for (std::size_t k = 0; k < asked[i].settle.size(); ++k) {
      jobs.emplace_back(i, k);
    }
  }
  base::parallel_for(jobs.size(), options.threads, [&](std::size_t job) {
    const auto [question, outcome] = jobs[job];
    Draft changed = without_documents(draft);
    asked[question].settle[outcome](changed);
    base::Diagnostics unheard;  // an outcome that cannot be changes nothing
    if (const auto bp = blueprint::validate(changed, unheard)) {
      pipeline::AnalysisOptions how;
      how.seed = options.seed;
      how.threads = 1;
      how.outcome_only = true;
      how.with_interval = true;
      how.records = options.records;
      remains[question][outcome] = remains_of(pipeline::analyse(*bp, catalog, how).analysis);
    }
  });
  return remains;
}

void weigh(const Remains& now, const std::vector<Remains>& outcomes, OpenQuestion& question) {
  double sum = 0;
  std::set<std::string> settled = now.unknown_rows;
  for (const Remains& outcome : outcomes) {
    sum += outcome.width;
    std::erase_if(settled,
                  [&](const std::string& row) { return outcome.unknown_rows.contains(row); });
  }
  question.narrows_minutes = std::max(0.0, now.width - sum / static_cast<double>(outcomes.size()));
  question.settles.assign(settled.begin(), settled.end());
}

}  // namespace

double width_minutes(const findings::Availability& availability) {
  return (availability.high - availability.low) * base::kMinutesPerYear;
}

std::vector<OpenQuestion> rank_unknowns(const Draft& draft, const Blueprint& bp,
                                        const Analysis& now, const catalog::Catalog& catalog,
                                        const UnknownsOptions& options) {
  std::vector<Asked> asked = open_questions(draft, bp, catalog);
  const Remains remains = remains_of(now);
  const std::size_t count = affordable(asked, bp);
  const auto tried = try_outcomes(draft, remains, asked, count, catalog, options);
  std::vector<OpenQuestion> out;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (i < count && !tried[i].empty()) {
      weigh(remains, tried[i], asked[i].question);
    }
    out.push_back(std::move(asked[i].question));
  }
  std::stable_sort(out.begin(), out.end(), [](const OpenQuestion& a, const OpenQuestion& b) {
    return std::tuple(-a.narrows_minutes.value_or(-1), b.settles.size()) <
           std::tuple(-b.narrows_minutes.value_or(-1), a.settles.size());
  });
  return out;
}

}  // namespace outlast::explain
