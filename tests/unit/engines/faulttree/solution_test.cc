#include "engines/faulttree/solution.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "engines/faulttree/conditioning.h"
#include "engines/faulttree/families.h"
#include "engines/faulttree/grow_families.h"
#include "engines/faulttree/importance.h"
#include "engines/faulttree/modules.h"
#include "models.h"

namespace outlast::engines::faulttree {
namespace {

RC_GTEST_PROP(Solution, AgreesWithBruteForce, ()) {
  const Model m = random_model(16);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const Solution solution = Solution::of(m.gates, m.top);
  RC_ASSERT(solution.has_diagrams());
  const Bounds found = solution.probability(p);
  RC_ASSERT(found.low == found.high);
  RC_ASSERT(std::fabs(found.high - BruteForce(m).probability(p)) < 1e-12);
}

RC_GTEST_PROP(Solution, NegatedVariablesAgreeWithBruteForce, ()) {
  const Model m = random_model_with_negation(16);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const double truth = BruteForce(m).probability(p);
  RC_ASSERT(std::fabs(Solution::of(m.gates, m.top).probability(p).high - truth) < 1e-12);
  const Bounds loose = bounds(m.gates, m.top, p);
  RC_ASSERT(loose.low <= truth + 1e-12);
  RC_ASSERT(loose.high >= truth - 1e-12);
}

TEST(Importances, OfAGateThatIsNeverTrueAnEventMayAchieveAll) {
  const std::vector<double> p = {0, 0};
  const auto all = importances(0, p, std::vector<double>{1, 0});  // x or (y and never)
  EXPECT_EQ(all[0].birnbaum, 1);
  EXPECT_TRUE(std::isinf(all[0].raw));
  EXPECT_EQ(all[1].raw, 1);
}

TEST(Importances, WhatCannotBeOnceAnEventHappenedIsNothing) {
  // P(a and not b): 0.7 · 0.3 less its own change by b is 0 but for roundings.
  const double a = 0.7, b = 1.0 / 3;
  const double gate = a * (1 - b);
  const auto all =
      importances(gate, std::vector<double>{a, b}, std::vector<double>{1 - b, -a * (1 + 1e-16)});
  EXPECT_EQ(all[1].raw, 0);
  EXPECT_EQ(all[1].diagnosis, 0);
  EXPECT_NEAR(all[0].raw, 1 / a, 1e-12);
}

RC_GTEST_PROP(Solution, ImportancesAreDifferencesOfProbabilities, ()) {
  const Model m = random_model_with_negation(10);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const Solution solution = Solution::of(m.gates, m.top);
  const std::vector<double> birnbaum = solution.birnbaum(p);
  for (std::size_t i = 0; i < p.size(); ++i) {
    std::vector<double> with = p, without = p;
    with[i] = 1;
    without[i] = 0;
    const double difference = solution.probability(with).high - solution.probability(without).high;
    RC_ASSERT(std::fabs(birnbaum[i] - difference) < 1e-12);
  }
}

RC_GTEST_PROP(Solution, CutSetsAreThoseOfTheWholeDiagram, ()) {
  const Model m = random_model(12);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const std::size_t max_order = draw_below(14);
  const auto whole = Diagram::build(m.gates, m.top);
  RC_ASSERT(whole);
  const auto expected = whole->cut_sets(max_order);
  RC_ASSERT(expected);
  const auto found = Solution::of(m.gates, m.top)
                         .cut_sets(Rank::by_order, p, max_order, expected->sets.size() + 10);
  RC_ASSERT(found);
  std::vector<std::size_t> counts = found->count_by_order;
  counts.resize(expected->count_by_order.size());
  RC_ASSERT(counts == expected->count_by_order);
  std::vector<CutSet> sets;
  for (const RankedCutSet& set : found->first) {
    sets.push_back(set.variables);
  }
  std::sort(sets.begin(), sets.end());
  std::vector<CutSet> all = expected->sets;
  std::sort(all.begin(), all.end());
  RC_ASSERT(sets == all);
}

RC_GTEST_PROP(Solution, TheLikeliestCutSetsComeFirst, ()) {
  const Model m = random_model(12);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const auto whole = Diagram::build(m.gates, m.top);
  std::vector<double> likely;
  const auto all = whole->cut_sets(12);
  for (const CutSet& set : all->sets) {
    double product = 1;
    for (const base::VariableId variable : set) {
      product *= p[variable.index];
    }
    likely.push_back(product);
  }
  std::sort(likely.rbegin(), likely.rend());
  likely.resize(std::min<std::size_t>(likely.size(), 5));
  const auto found = Solution::of(m.gates, m.top).cut_sets(Rank::by_probability, p, 12, 5);
  RC_ASSERT(found->first.size() == likely.size());
  for (std::size_t i = 0; i < likely.size(); ++i) {
    RC_ASSERT(std::fabs(found->first[i].probability - likely[i]) < 1e-12);
  }
}

/// By brute force: an implicant that can do without none of its literals.
bool is_prime(const BruteForce& all, std::uint32_t happened, std::uint32_t absent) {
  bool is_prime = all.is_implicant(happened, absent);
  for (std::uint32_t bit = 1; bit <= (happened | absent); bit <<= 1U) {
    is_prime = is_prime && (((happened | absent) & bit) == 0 ||
                            !all.is_implicant(happened & ~bit, absent & ~bit));
  }
  return is_prime;
}

RC_GTEST_PROP(Solution, PrimeImplicantsAreThoseOfBruteForce, ()) {
  const Model m = random_model_with_negation(6);
  if (m.gates.is_monotone(m.top)) {
    return;
  }
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const BruteForce all(m);
  std::set<std::pair<std::uint32_t, std::uint32_t>> primes;
  for (std::uint32_t happened = 0; happened < all.assignments(); ++happened) {
    for (std::uint32_t absent = 0; absent < all.assignments(); ++absent) {
      if ((happened & absent) == 0 && is_prime(all, happened, absent)) {
        primes.emplace(happened, absent);
      }
    }
  }
  const auto found = Solution::of(m.gates, m.top).cut_sets(Rank::by_probability, p, 6, 1000);
  RC_ASSERT(found);
  std::set<std::pair<std::uint32_t, std::uint32_t>> listed;
  double last = 1;
  for (const RankedCutSet& set : found->first) {
    std::uint32_t happened = 0, absent = 0;
    for (const base::VariableId variable : set.variables) {
      happened |= 1U << variable.index;
    }
    for (const base::VariableId variable : set.absent) {
      absent |= 1U << variable.index;
    }
    listed.emplace(happened, absent);
    RC_ASSERT(set.probability <= last);
    last = set.probability;
  }
  RC_ASSERT(listed == primes);
  RC_ASSERT(std::accumulate(found->count_by_order.begin(), found->count_by_order.end(),
                            std::size_t{0}) == primes.size());
}

/// Shuffled into words: what is listed must be the same, whatever was left out in between.
RC_GTEST_PROP(Solution, PrimeImplicantsOfFewLiteralsAreAllOfThem, ()) {
  const Model m = random_model_with_negation(7);
  const Solution solution = Solution::of(m.gates, m.top);
  const auto all = solution.cut_sets(Rank::by_order, {}, 7, 10'000);
  const std::size_t most = draw_below(5);
  const auto few = solution.cut_sets(Rank::by_order, {}, most, 10'000);
  RC_ASSERT(all && few);
  using Literals = std::pair<CutSet, CutSet>;
  std::set<Literals> expected, found;
  for (const RankedCutSet& set : all->first) {
    if (set.variables.size() + set.absent.size() <= most) {
      expected.emplace(set.variables, set.absent);
    }
  }
  for (const RankedCutSet& set : few->first) {
    found.emplace(set.variables, set.absent);
  }
  RC_ASSERT(found == expected);
}

TEST(Solution, FewPrimeImplicantsAreFoundWhereAllAreTooMany) {
  // One of 24 is odd: 2^23 implicants of all of them; and x24 alone, or x24 away and x25 with it.
  Model m;
  const auto x = m.add(26);
  base::GateId odd = x[0], even = m.gates.negation(base::VariableId(0U));
  for (std::size_t i = 1; i < 24; ++i) {
    const base::GateId no = m.gates.negation(base::VariableId(i));
    const base::GateId other = m.gates.any({m.gates.all({odd, no}), m.gates.all({even, x[i]})});
    even = m.gates.any({m.gates.all({odd, x[i]}), m.gates.all({even, no})});
    odd = other;
  }
  m.top = m.gates.any({m.gates.all({odd, x[25]}), x[24]});
  const Solution solution = Solution::of(m.gates, m.top);
  const auto two = solution.cut_sets(Rank::by_order, {}, 2, 10, {3'000});
  ASSERT_TRUE(two);
  EXPECT_EQ(two->count_by_order, (std::vector<std::size_t>{0, 1}));
  EXPECT_FALSE(two->is_monotone);
}

TEST(Solution, WhatIsWrittenWithNegationMayBeMonotone) {
  Model m;
  const auto x = m.add(3);
  const base::GateId no = m.gates.negation(base::VariableId(0U));
  m.top = m.gates.all({x[2], m.gates.any({x[0], m.gates.all({no, x[1]})})});
  const auto found = Solution::of(m.gates, m.top).cut_sets(Rank::by_order, {}, 3, 10);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->is_monotone);
  m.top = m.gates.any({m.top, no});
  const auto other = Solution::of(m.gates, m.top).cut_sets(Rank::by_order, {}, 3, 10);
  ASSERT_TRUE(other);
  EXPECT_FALSE(other->is_monotone);
}

TEST(Solution, PrimeImplicantsOfIndependentPartsArePutTogether) {
  // xor of two pairs, each an all: x0 x1 and not all of x2 x3, or the other way round.
  Model m;
  const auto x = m.add(4);
  const auto no = [&](std::size_t i) { return m.gates.negation(base::VariableId(i)); };
  m.top = m.gates.any({m.gates.all({x[0], x[1], m.gates.any({no(2), no(3)})}),
                       m.gates.all({x[2], x[3], m.gates.any({no(0), no(1)})})});
  const auto found = Solution::of(m.gates, m.top).cut_sets(Rank::by_order, {}, 4, 10);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->count_by_order, (std::vector<std::size_t>{0, 0, 0, 4}));
  EXPECT_EQ(found->first.front().variables, (CutSet{base::VariableId(0U), base::VariableId(1U)}));
  EXPECT_EQ(found->first.front().absent, CutSet{base::VariableId(2U)});
}

TEST(Solution, TooManyPrimeImplicantsAreRefused) {
  Model m;
  const auto x = m.add(24);
  base::GateId odd = x[0], even = m.gates.negation(base::VariableId(0U));
  for (std::size_t i = 1; i < x.size(); ++i) {
    const base::GateId no = m.gates.negation(base::VariableId(i));
    const base::GateId other = m.gates.any({m.gates.all({odd, no}), m.gates.all({even, x[i]})});
    even = m.gates.any({m.gates.all({odd, x[i]}), m.gates.all({even, no})});
    odd = other;
  }
  m.top = odd;
  const Solution solution = Solution::of(m.gates, m.top);
  EXPECT_FALSE(solution.cut_sets(Rank::by_order, {}, 24, 10, {100}));
  const auto all = solution.cut_sets(Rank::by_order, {}, 24, 3);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->count_by_order.back(), std::size_t{1} << 23U);
}

TEST(Solution, IndependentPartsAreModules) {
  Model m;
  const auto x = m.add(6);
  m.top = m.gates.any(
      {m.gates.all({x[0], x[1]}), m.gates.all({x[2], x[3]}), m.gates.all({x[3], x[4]}), x[5]});
  const Modules modules = split_into_modules(Formula(m.gates, m.top), 6);
  EXPECT_EQ(modules.parts.size(), 3U);
  EXPECT_EQ(modules.parts.back().variable_count(), 3U);
}

TEST(Solution, OverBudgetItIsBoundedAndSaysSo) {
  const Model m = tangle(60);
  const std::vector<double> p(60, 0.01);
  const Solution solution = Solution::of(m.gates, m.top, {100});
  EXPECT_FALSE(solution.has_diagrams());
  const Bounds found = solution.probability(p);
  EXPECT_FALSE(is_exact(found));
  EXPECT_GT(found.low, 0.0);
  EXPECT_LT(found.low, found.high);
  EXPECT_LT(found.high, 1.0);
  EXPECT_TRUE(solution.birnbaum(p).empty());
}

TEST(Solution, AnswersThatShareTheWorkOfOneAreBoundsToo) {
  const Model m = tangle(200);
  const Solution solution = Solution::of(m.gates, m.top, {20'000}, std::vector(200, 0.01));
  ASSERT_FALSE(solution.has_diagrams());
  const std::vector<double> p(200, 0.02);
  const Bounds alone = solution.probability(p);
  const Bounds shared = solution.probability(p, 1'000);
  EXPECT_LT(shared.low, alone.low);
  EXPECT_GT(shared.high, alone.high);
  EXPECT_GT(shared.low, 0.0);
  EXPECT_LT(shared.high, 1.0);
}

TEST(Solution, WhatIsRarelyTrueIsBoundedClosely) {
  const Model m = tangle(200);
  const std::vector<double> p(200, 0.01);
  const Solution solution = Solution::of(m.gates, m.top, {20'000}, p);
  ASSERT_FALSE(solution.has_diagrams());
  const Bounds found = solution.probability(p);
  EXPECT_LT(found.high, 3 * found.low);  // 6.4 times, told apart by what is shared most alone
}

TEST(Solution, BoundsThatAreNearEnoughAreNotWorkedOn) {
  const Model m = tangle(60);
  const std::vector<double> p(60, 0.0001);
  const Bounds near = Solution::of(m.gates, m.top, {20'000, 0.5}, p).probability(p);
  const Bounds nearest = Solution::of(m.gates, m.top, {20'000}, p).probability(p);
  EXPECT_TRUE(is_exact(near, 0.5));
  EXPECT_LT(near.low, nearest.low);
  EXPECT_GT(near.high, nearest.high);
}

RC_GTEST_PROP(Solution, OverBudgetBoundsOfWhatIsNegatedHoldTheTruth, ()) {
  const Model m = random_model_with_negation(10);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const double truth = BruteForce(m).probability(p);
  for (const std::size_t nodes : {1U, 8U, 60U}) {
    const Bounds found = Solution::of(m.gates, m.top, {nodes}, p).probability(p);
    RC_ASSERT(found.low <= truth * (1 + 1e-12) + 1e-300);
    RC_ASSERT(found.high >= truth * (1 - 1e-12));
  }
}

TEST(Solution, WhatIsNegatedIsNotBoundedByNothing) {
  Model m = tangle(60);
  std::vector<base::GateId> some;
  for (std::size_t i = 0; i < 60; i += 3) {
    some.push_back(m.gates.negation(base::VariableId(i)));
  }
  m.top = m.gates.all({m.top, m.gates.any(some)});
  const std::vector<double> p(60, 0.01);
  const Solution solution = Solution::of(m.gates, m.top, {2'000}, p);
  ASSERT_FALSE(solution.has_diagrams());
  const Bounds found = solution.probability(p);
  EXPECT_GT(found.low, 0);
  EXPECT_LT(found.high, 1);
}

TEST(Solution, WorksNoLongerOnWhatDecidesNothing) {
  Model m = tangle(40);
  m.top = m.gates.any({m.top, m.add()});
  constexpr Budget kBudget = {400'000};
  std::vector<double> p(41, 0.2);
  p.back() = 1;
  const Solution sure = Solution::of(m.gates, m.top, kBudget, p);
  EXPECT_FALSE(sure.has_diagrams());
  EXPECT_TRUE(is_exact(sure.probability(p)));
  p.back() = 0.2;
  const Solution open = Solution::of(m.gates, m.top, kBudget, p);
  EXPECT_TRUE(open.has_diagrams());
}

RC_GTEST_PROP(Conditioning, AgreesWithBruteForce, ()) {
  const Model m = random_model(12);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const Formula formula(m.gates, m.top);
  const Bounds found = Conditioning(formula).probability(p, p, 10'000'000);
  const double truth = BruteForce(m).probability(p);
  RC_ASSERT(std::fabs(found.high - truth) < 1e-12);
  RC_ASSERT(std::fabs(found.low - truth) < 1e-12);
}

RC_GTEST_PROP(Conditioning, WithLittleWorkItStillBounds, ()) {
  const Model m = random_model(12);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const Formula formula(m.gates, m.top);
  const Bounds found = Conditioning(formula).probability(p, p, draw_below(500));
  const double truth = BruteForce(m).probability(p);
  RC_ASSERT(found.low <= truth + 1e-12);
  RC_ASSERT(found.high >= truth - 1e-12);
}

RC_GTEST_PROP(Conditioning, SlopesAreDifferencesOfProbabilities, ()) {
  const Model m = random_model(10);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const Formula formula(m.gates, m.top);
  const BruteForce all(m);
  std::vector<double> slopes;
  const Conditioning cases(formula);
  const Bounds found = cases.slopes(p, 10'000'000, slopes);
  std::vector<double> slope(p.size());
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    slope[cases.variables()[i].index] = slopes[i];
  }
  RC_ASSERT(std::fabs(found.high - all.probability(p)) < 1e-12);
  for (std::size_t i = 0; i < p.size(); ++i) {
    std::vector<double> with = p, without = p;
    with[i] = 1;
    without[i] = 0;
    // What vanishes of P is not told apart further, but P may change with it all the same.
    const bool is_told = p[i] > 0 && p[i] < 1;
    const double difference = all.probability(with) - all.probability(without);
    RC_ASSERT(!is_told || std::fabs(slope[i] - difference) < 1e-9);
  }
}

RC_GTEST_PROP(GrownFamilies, AreThoseOfTheDiagram, ()) {
  const Model m = random_model(12);
  const std::size_t max_order = draw_below(14);
  const auto expected = Diagram::build(m.gates, m.top)->cut_sets(max_order);
  const auto grown = grow_family(Formula(m.gates, m.top), max_order, 1'000'000);
  RC_ASSERT(grown);
  Families families{{*grown}, m.gates.variable_count()};
  std::vector<std::size_t> counts = count_by_order(families, max_order, 1'000'000).by_order;
  counts.resize(expected->count_by_order.size());
  RC_ASSERT(counts == expected->count_by_order);
}

/// Racks of hosts in pods under cores, as many as no diagram can count; against the closed form:
/// given how many core groups are up, pods are alike and independent.
TEST(Solution, CountsHostsOfAWholeDataCentre) {
  constexpr std::size_t kPods = 8, kRacks = 4, kHosts = 4, kCores = 3;
  constexpr double kHost = 0.02, kRack = 0.01, kLink = 0.05, kCore = 0.1;
  Model m;
  std::vector<double> p;
  const auto event = [&](double probability) {
    p.push_back(probability);
    return m.add();
  };
  std::vector<base::GateId> cores, down;
  for (std::size_t c = 0; c < kCores; ++c) {
    cores.push_back(event(kCore));
  }
  for (std::size_t pod = 0; pod < kPods; ++pod) {
    std::vector<base::GateId> ways;
    for (const base::GateId core : cores) {
      ways.push_back(m.gates.any({event(kLink), core}));
    }
    const base::GateId cut = m.gates.all(ways);
    for (std::size_t rack = 0; rack < kRacks; ++rack) {
      const base::GateId tor = event(kRack);
      for (std::size_t host = 0; host < kHosts; ++host) {
        down.push_back(m.gates.any({event(kHost), tor, cut}));
      }
    }
  }
  constexpr std::size_t kDown = 20;
  m.top = m.gates.at_least(kDown, down);
  const auto sum = [](const std::vector<double>& a, const std::vector<double>& b) {
    std::vector<double> out(a.size() + b.size() - 1);
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (std::size_t j = 0; j < b.size(); ++j) {
        out[i + j] += a[i] * b[j];
      }
    }
    return out;
  };
  const auto guarded = [](double guard, std::vector<double> rest) {
    for (double& share : rest) {
      share *= 1 - guard;
    }
    rest.back() += guard;
    return rest;
  };
  double truth = 0;
  for (std::size_t up = 0; up <= kCores; ++up) {
    const double ways[] = {1, 3, 3, 1};
    const double mass = ways[up] * std::pow(1 - kCore, up) * std::pow(kCore, kCores - up);
    std::vector<double> rack{1}, pod{1}, all{1};
    for (std::size_t i = 0; i < kHosts; ++i) {
      rack = sum(rack, {1 - kHost, kHost});
    }
    for (std::size_t i = 0; i < kRacks; ++i) {
      pod = sum(pod, guarded(kRack, rack));
    }
    for (std::size_t i = 0; i < kPods; ++i) {
      all = sum(all, guarded(std::pow(kLink, up), pod));
    }
    for (std::size_t k = kDown; k < all.size(); ++k) {
      truth += mass * all[k];
    }
  }
  const Solution solution = Solution::of(m.gates, m.top, {1000}, p);
  const Bounds found = solution.probability(p);
  EXPECT_FALSE(solution.has_diagrams());
  EXPECT_NEAR(found.low / truth, 1, 1e-12);
  EXPECT_NEAR(found.high / truth, 1, 1e-12);
  // A core, a way up, a rack's switch and a host: what P rises by from surely up to surely down.
  const std::vector<double> birnbaum = solution.birnbaum(p);
  ASSERT_EQ(birnbaum.size(), p.size());
  for (std::size_t i = 0; i <= kCores + kCores + 1; ++i) {
    std::vector<double> with = p, without = p;
    with[i] = 1;
    without[i] = 0;
    const double rise = solution.probability(with).high - solution.probability(without).high;
    EXPECT_NEAR(birnbaum[i] / rise, 1, 1e-9);
  }
}

TEST(Solution, CutSetsAreFoundWhereNoDiagramIs) {
  const Model m = tangle(60);
  const Solution solution = Solution::of(m.gates, m.top, {100});
  EXPECT_FALSE(solution.has_diagrams());
  const auto found = solution.cut_sets(Rank::by_order, {}, 60, 10);
  ASSERT_TRUE(found);
  std::set<std::set<std::size_t>> singles, pairs;
  for (std::size_t i = 0; i < 60; ++i) {
    for (const std::size_t step : {1U, 7U, 19U, 31U}) {
      const std::set<std::size_t> pair{i, (i * step + step) % 60};
      (pair.size() == 1 ? singles : pairs).insert(pair);
    }
  }
  std::erase_if(pairs, [&](const std::set<std::size_t>& pair) {
    return singles.contains({*pair.begin()}) || singles.contains({*pair.rbegin()});
  });
  EXPECT_EQ(found->count_by_order, (std::vector<std::size_t>{0, singles.size(), pairs.size()}));
  EXPECT_EQ(found->first.size(), 10U);
}

}  // namespace
}  // namespace outlast::engines::faulttree
