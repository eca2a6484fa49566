#include "engines/faulttree/solution.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engines/faulttree/conditioning.h"
#include "engines/faulttree/families.h"
#include "engines/faulttree/grow_families.h"
#include "engines/faulttree/modules.h"
#include "models.h"

namespace outlast::engines::faulttree {
namespace {

RC_GTEST_PROP(Solution, AgreesWithBruteForce, ()) {
  const Model m = random_model(12);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const Solution solution = Solution::of(m.gates, m.top);
  RC_ASSERT(solution.has_diagrams());
  const Bounds found = solution.probability(p);
  RC_ASSERT(found.low == found.high);
  RC_ASSERT(std::fabs(found.high - BruteForce(m).probability(p)) < 1e-12);
}

RC_GTEST_PROP(Solution, NegatedVariablesAgreeWithBruteForce, ()) {
  const Model m = random_model_with_negation(10);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const double truth = BruteForce(m).probability(p);
  RC_ASSERT(std::fabs(Solution::of(m.gates, m.top).probability(p).high - truth) < 1e-12);
  const Bounds loose = bounds(m.gates, m.top, p);
  RC_ASSERT(loose.low <= truth + 1e-12);
  RC_ASSERT(loose.high >= truth - 1e-12);
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

RC_GTEST_PROP(Conditioning, AgreesWithBruteForce, ()) {
  const Model m = random_model(12);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const Formula formula(m.gates, m.top);
  const Bounds found = Conditioning(formula).probability(formula, p, p, 10'000'000);
  const double truth = BruteForce(m).probability(p);
  RC_ASSERT(std::fabs(found.high - truth) < 1e-12);
  RC_ASSERT(std::fabs(found.low - truth) < 1e-12);
}

RC_GTEST_PROP(Conditioning, WithLittleWorkItStillBounds, ()) {
  const Model m = random_model(12);
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const Formula formula(m.gates, m.top);
  const Bounds found = Conditioning(formula).probability(formula, p, p, draw_below(500));
  const double truth = BruteForce(m).probability(p);
  RC_ASSERT(found.low <= truth + 1e-12);
  RC_ASSERT(found.high >= truth - 1e-12);
}

RC_GTEST_PROP(GrownFamilies, AreThoseOfTheDiagram, ()) {
  const Model m = random_model(12);
  const std::size_t max_order = draw_below(14);
  const auto expected = Diagram::build(m.gates, m.top)->cut_sets(max_order);
  const auto grown = grow_family(Formula(m.gates, m.top), max_order, 1'000'000);
  RC_ASSERT(grown);
  Families families{{*grown}, m.gates.variable_count()};
  std::vector<std::size_t> counts = count_by_order(families, max_order);
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
