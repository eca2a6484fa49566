// What a bad change reaches: closed forms, the binomial tail against its sum, and laws.

#include "engines/rollout/reach.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>

#include "engines/rollout/binomial.h"

namespace outlast::engines::rollout {
namespace {

double tail_by_sum(std::uint64_t trials, double p, std::uint64_t k) {
  const auto n = static_cast<double>(trials);
  double sum = 0;
  for (std::uint64_t at = k + 1; at <= trials; ++at) {
    const auto i = static_cast<double>(at);
    sum += std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1) +
                    i * std::log(p) + (n - i) * std::log1p(-p));
  }
  return sum;
}

TEST(BinomialTail, IsTheSumOfItsTerms) {
  for (const std::uint64_t n : {1U, 2U, 7U, 40U, 500U}) {
    for (const double p : {0.001, 0.05, 0.3, 0.5, 0.97}) {
      for (const std::uint64_t k : {std::uint64_t{0}, n / 20, n / 2, n - 1}) {
        EXPECT_NEAR(binomial_above(n, p, k), tail_by_sum(n, p, k), 1e-9)
            << n << " " << p << " " << k;
      }
    }
  }
  EXPECT_EQ(binomial_above(0, 0.5, 0), 0);
  EXPECT_EQ(binomial_above(10, 0, 0), 0);
  EXPECT_EQ(binomial_above(10, 1, 9), 1);
}

TEST(BinomialTail, IsTheSameOnBothSidesOfALargeVariance) {
  // 40,000 trials of 0.5 have a variance of 10,000; by hand, one trial more or less.
  for (const std::uint64_t k : {19'800U, 19'950U, 20'000U, 20'100U}) {
    EXPECT_NEAR(binomial_above(40'000, 0.5, k), tail_by_sum(40'000, 0.5, k), 1e-7);
    EXPECT_NEAR(binomial_above(48'000, 0.7, 13'700 + k), tail_by_sum(48'000, 0.7, 13'700 + k),
                1e-5);
  }
}

TEST(BinomialTail, FollowsTheNormalLawForManyTrials) {
  // Above the mean itself: one half; one deviation above: 15.87 %.
  const double n = 1e12;
  EXPECT_NEAR(binomial_above(1'000'000'000'000, 0.25, 250'000'000'000), 0.5, 1e-5);
  const auto one = static_cast<std::uint64_t>(n * 0.25 + std::sqrt(n * 0.25 * 0.75));
  EXPECT_NEAR(binomial_above(1'000'000'000'000, 0.25, one), 0.158655, 1e-5);
}

Badness dead() {
  Badness way;
  way.noticed = base::Duration::fixed({300});
  return way;
}

Plan plan_of(std::vector<Stage> stages) {
  Plan plan;
  plan.stages = std::move(stages);
  plan.react = base::Duration::fixed({600});
  plan.revert = base::Duration::fixed({60});
  return plan;
}

TEST(Reach, EverywhereAtOnceIsDownUntilNoticedUnderstoodAndUndone) {
  const Badness ways[] = {dead()};
  const Reach reach = reach_of(plan_of({{1, 0}}), ways);
  EXPECT_DOUBLE_EQ(reach.everyone, 1);
  EXPECT_DOUBLE_EQ(reach.reached, 1);
  EXPECT_NEAR(reach.harm_s, 300 + 600 + 60, 1e-9);
  EXPECT_NEAR(reach.at(0.5).down_s, 960, 1e-9);
}

TEST(Reach, HowLongHalfOfThemAreDownIsNotTheTimeOfTheOneThatHarmsAsMuchAsHalf) {
  const auto way = [](double weight, double hit, double noticed_s) {
    Badness one = dead();
    one.weight = weight;
    one.least_hit = one.most_hit = hit;
    one.noticed = base::Duration::fixed({noticed_s});
    return one;
  };
  Plan plan;
  plan.stages = {{1, 0}};
  // Few requests for hours harm more than few for minutes, and less than all of them for minutes.
  const Badness ways[] = {way(0.4, 1, 600), way(0.2, 0.05, 8000), way(0.4, 0.02, 1000)};
  const Reach reach = reach_of(plan, ways);
  EXPECT_NEAR(reach.at(0.5).down_s, 8000, 1);
  EXPECT_NEAR(reach.down_s_at(0.5), 1000, 1);
  EXPECT_NEAR(reach.down_s_at(0.9), 8000, 1);
}

TEST(Reach, AGateThatSeesEnoughStopsTheFirstStage) {
  Plan plan = plan_of({{0.01, 300}, {0.1, 300}, {1, 300}});
  plan.gate = {0.05, 100, 0};  // 300 requests in the first stage
  const Badness ways[] = {dead()};
  const Reach reach = reach_of(plan, ways);
  EXPECT_NEAR(reach.everyone, 0, 1e-12);
  EXPECT_NEAR(reach.reached, 0.01, 1e-12);
  EXPECT_NEAR(reach.harm_s, 0.01 * 300 + 0.01 * 60, 1e-9);
  EXPECT_EQ(reach.at(0.9).down_s, 0);  // one request in a hundred is not more than that
}

TEST(Reach, StopsByTheProductOfItsChances) {
  // A change that fails 3 % of the requests, a gate at 2 %, stages of 100, 1,000 and 10,000.
  Plan plan = plan_of({{0.01, 100}, {0.1, 100}, {1, 100}});
  plan.gate = {0.02, 100, 0};
  Badness way = dead();
  way.least_hit = way.most_hit = 0.03;
  const Badness ways[] = {way};
  const double first = tail_by_sum(100, 0.03, 2);
  const double second = tail_by_sum(1000, 0.03, 20);
  const double third = tail_by_sum(10'000, 0.03, 200);
  const Reach reach = reach_of(plan, ways);
  EXPECT_NEAR(reach.everyone, (1 - first) * (1 - second), 1e-9);
  EXPECT_NEAR(reach.reached, first * 0.01 + (1 - first) * second * 0.1 + (1 - first) * (1 - second),
              1e-9);
  const double seen = 0.03 * (0.01 * 100 * 1 + 0.01 * 60) * first +
                      0.03 * (1 + 10 + 0.1 * 60) * (1 - first) * second +
                      0.03 * (1 + 10 + 100 + 60) * (1 - first) * (1 - second) * third +
                      0.03 * (1 + 10 + 960) * (1 - first) * (1 - second) * (1 - third);
  EXPECT_NEAR(reach.harm_s, seen, 1e-9);
}

TEST(Reach, ACanaryOfLittleTrafficSeesNothing) {
  Plan plan = plan_of({{0.01, 300}, {1, 0}});
  plan.gate = {0.05, 0.2, 0};  // 0.6 requests come to the canary
  const Badness ways[] = {dead()};
  EXPECT_DOUBLE_EQ(reach_of(plan, ways).everyone, 1);
}

TEST(Reach, AGateThatClosesBeforeTheChangeTakesEffectSeesNothing) {
  Plan plan = plan_of({{0.1, 300}, {1, 300}});
  plan.gate = {0.05, 1000, 300};
  const Badness ways[] = {dead()};
  EXPECT_DOUBLE_EQ(reach_of(plan, ways).everyone, 1);
  plan.gate->takes_effect_s = 200;
  EXPECT_NEAR(reach_of(plan, ways).everyone, 0, 1e-12);
}

TEST(Reach, WhatCannotStartReachesNobodyWhereThatIsLookedAt) {
  Plan plan = plan_of({{1, 0}});
  Badness way = dead();
  way.cannot_start = true;
  const Badness ways[] = {way};
  EXPECT_DOUBLE_EQ(reach_of(plan, ways).reached, 1);
  plan.starts_checked = true;
  EXPECT_DOUBLE_EQ(reach_of(plan, ways).reached, 0);
  EXPECT_DOUBLE_EQ(reach_of(plan, ways).harm_s, 0);
}

TEST(Reach, TheProductIsAveragedNotItsFactors) {
  // Half as bad as not to be seen, half so that every stage sees it: what passes the first passes
  // all. Averaged factors would let half of the half through.
  Plan plan = plan_of({{0.1, 1000}, {0.5, 1000}, {1, 0}});
  plan.gate = {0.1, 1e6, 0};
  Badness way = dead();
  way.least_hit = 0.01;
  way.most_hit = 1;  // ln 0.1 lies half way
  const Badness ways[] = {way};
  EXPECT_NEAR(reach_of(plan, ways).everyone, 0.5, 1e-6);
}

/// A random plan with a gate, and one more stage before its first.
struct Pair {
  Plan plan;
  Plan finer;
  Badness way;
};

Pair random_pair() {
  const auto in = [](int low, int high) { return *rc::gen::inRange(low, high); };
  std::vector<Stage> stages;
  double reached = in(2, 20) / 1000.0;
  for (int i = in(0, 4); i >= 0; --i) {
    stages.push_back({reached, static_cast<double>(in(0, 600))});
    reached = std::min(0.9, reached * in(2, 6));
  }
  stages.push_back({1, static_cast<double>(in(0, 600))});
  Pair pair;
  pair.plan = plan_of(stages);
  pair.plan.gate = {in(1, 20) / 100.0, in(0, 1000) / 1.0, static_cast<double>(in(0, 100))};
  stages.insert(stages.begin(), {stages.front().reached / 2, static_cast<double>(in(0, 600))});
  pair.finer = pair.plan;
  pair.finer.stages = stages;
  pair.way = dead();
  pair.way.least_hit = in(1, 50) / 100.0;
  return pair;
}

RC_GTEST_PROP(Reach, OneMoreStageNeverReachesMore, ()) {
  const Pair pair = random_pair();
  const Badness ways[] = {pair.way};
  const Reach coarse = reach_of(pair.plan, ways);
  const Reach fine = reach_of(pair.finer, ways);
  RC_ASSERT(fine.everyone <= coarse.everyone + 1e-12);
  RC_ASSERT(fine.reached <= coarse.reached + 1e-12);
}

RC_GTEST_PROP(Reach, ProbabilitiesSumToOneAndMoreTrafficSeesMore, ()) {
  Pair pair = random_pair();
  const Badness ways[] = {pair.way};
  const Reach reach = reach_of(pair.plan, ways);
  const double sum =
      std::accumulate(reach.outcomes.begin(), reach.outcomes.end(), 0.0,
                      [](double so_far, const Outcome& o) { return so_far + o.probability; });
  RC_ASSERT(std::abs(sum - 1) < 1e-9);
  pair.plan.gate.reset();
  RC_ASSERT(reach.everyone <= reach_of(pair.plan, ways).everyone + 1e-12);
}

}  // namespace
}  // namespace outlast::engines::rollout
