#include "backtest/score.h"

#include <algorithm>
#include <limits>

namespace outlast::backtest {
namespace {

bool count(Score& score, const Function& seen, std::optional<Fell> told) {
  ++score.functions;
  const bool is_right = told && *told == seen.fell;
  score.right += is_right ? 1U : 0U;
  score.not_known += told ? 0U : 1U;
  return is_right;
}

void count(Score& score, const Function& seen, const Told& told) {
  const bool is_right = count(score, seen, told.fell);
  if (!seen.lost_s) {
    return;
  }
  ++score.timed;
  const auto [least, most] = *seen.lost_s;
  if (most > kLoss) {
    const bool has_time = told.fell && told.lost_s > 0;
    score.factors.push_back(has_time ? std::max({1.0, least / told.lost_s, told.lost_s / most})
                            : told.fell && least <= 0 ? 1.0
                                                      : std::numeric_limits<double>::infinity());
  }
  if (!is_right) {
    return;
  }
  score.meets += told.least_s <= most && told.most_s >= least ? 1U : 0U;
  score.in_time += told.lost_s >= least && told.lost_s <= most ? 1U : 0U;
}

/// Survivors and victims of one incident, two by two.
Ranking ranking_of(const std::vector<Result>& results, Told Result::*const reading) {
  Ranking ranking;
  for (const Result& one : results) {
    for (const Result& other : results) {
      const bool is_scored = !one.seen.is_inferred && !other.seen.is_inferred;
      if (!is_scored || one.incident != other.incident || one.seen.fell >= other.seen.fell) {
        continue;
      }
      ++ranking.pairs;
      const auto& lesser = (one.*reading).fell;
      const auto& deeper = (other.*reading).fell;
      ranking.ordered += lesser && deeper && *lesser < *deeper ? 1U : 0U;
    }
  }
  return ranking;
}

}  // namespace

void add_up(Backtest& backtest) {
  for (const Result& result : backtest.results) {
    if (result.seen.is_inferred) {
      continue;
    }
    count(backtest.declared, result.seen, result.declared);
    count(backtest.revealed, result.seen, result.revealed);
    const Baselines& declared = result.simple_declared;
    const Baselines& revealed = result.simple_revealed;
    (void)count(backtest.always, result.seen, revealed.always);
    (void)count(backtest.anywhere_declared, result.seen, declared.anywhere);
    (void)count(backtest.one_hop_declared, result.seen, declared.one_hop);
    (void)count(backtest.anywhere_revealed, result.seen, revealed.anywhere);
    (void)count(backtest.one_hop_revealed, result.seen, revealed.one_hop);
  }
  backtest.ranked_declared = ranking_of(backtest.results, &Result::declared);
  backtest.ranked_revealed = ranking_of(backtest.results, &Result::revealed);
}

}  // namespace outlast::backtest
