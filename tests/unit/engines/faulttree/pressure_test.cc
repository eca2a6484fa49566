#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "engines/faulttree/conditioning.h"
#include "engines/faulttree/families.h"
#include "engines/faulttree/solution.h"
#include "models.h"

namespace outlast::engines::faulttree {
namespace {

constexpr std::size_t kAnyOrder = std::numeric_limits<std::size_t>::max();

/// x0 or (x1 and (x2 or (x3 and ...))): every gate is a module of its own.
Model ladder(std::size_t rungs) {
  Model m;
  const std::vector<base::GateId> x = m.add(rungs + 1);
  m.top = x.back();
  for (std::size_t i = rungs; i-- > 0;) {
    m.top = i % 2 == 0 ? m.gates.any({x[i], m.top}) : m.gates.all({x[i], m.top});
  }
  return m;
}

TEST(Pressure, CutSetsOfALadderAreCountedInWorkAsItIsLong) {
  constexpr std::size_t kRungs = 6'000;
  const Model m = ladder(kRungs);
  const std::vector<double> p(kRungs + 1, 0.1);
  const auto found =
      Solution::of(m.gates, m.top).cut_sets(Rank::by_order, p, kAnyOrder, 3, {1'000});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->counted_order, found->max_order);
  ASSERT_EQ(found->count_by_order.size(), kRungs / 2 + 2);
  for (std::size_t order = 1; order < found->count_by_order.size(); ++order) {
    EXPECT_EQ(found->count_by_order[order], 1) << order;
  }
  ASSERT_EQ(found->first.size(), 3);
  EXPECT_EQ(found->first.back().variables.size(), 3);
}

/// Two families of pairs, each pair any of two: their product is convolved.
Families products(std::size_t pairs) {
  Families families{{}, 2 * pairs};
  Family family;
  for (std::size_t half = 0; half < 2; ++half) {
    family.sets.nodes = {{kLeafLevel, kFalse, kFalse}, {kLeafLevel, kTrue, kTrue}};
    family.order.clear();
    for (std::size_t i = 0; i < pairs; ++i) {
      family.order.emplace_back(half * pairs + i);
    }
    for (std::size_t i = pairs; i-- > 0;) {  // each variable, or not: all subsets
      const auto last = static_cast<std::uint32_t>(family.sets.nodes.size() - 1);
      family.sets.nodes.push_back({static_cast<std::uint32_t>(i), last, last});
    }
    family.sets.root = static_cast<std::uint32_t>(family.sets.nodes.size() - 1);
    families.of_module.push_back(family);
  }
  family.sets.nodes = {
      {kLeafLevel, kFalse, kFalse}, {kLeafLevel, kTrue, kTrue}, {1, kFalse, 1}, {0, kFalse, 2}};
  family.sets.root = 3;
  family.order = {base::VariableId(2 * pairs), base::VariableId(2 * pairs + 1)};
  families.of_module.push_back(family);
  return families;
}

TEST(Pressure, WhatIsTooMuchToCountIsCountedUpToAnOrderThatIsTold) {
  const Families families = products(60);
  const SetCounts all = count_by_order(families, kAnyOrder, 1'000'000);
  EXPECT_EQ(all.max_order, kAnyOrder);
  ASSERT_EQ(all.by_order.size(), 121);
  EXPECT_EQ(all.by_order[2], 120 * 119 / 2);
  const SetCounts some = count_by_order(families, kAnyOrder, 3'000);
  ASSERT_LT(some.max_order, 120);
  ASSERT_EQ(some.by_order.size(), some.max_order + 1);
  for (std::size_t order = 0; order <= some.max_order; ++order) {
    EXPECT_EQ(some.by_order[order], all.by_order[order]) << order;
  }
}

TEST(Pressure, WhatWasNotCountedIsNotAllListed) {
  RankedCutSets sets;
  sets.count_by_order = {0, 1};
  sets.first.resize(1);
  sets.max_order = 9;
  sets.counted_order = 1;
  EXPECT_TRUE(sets.lists_all(1));
  EXPECT_FALSE(sets.lists_all(2));
}

TEST(Pressure, ListingLongSetsEndsWithTheWork) {
  constexpr std::size_t kRungs = 2'000;
  const Model m = ladder(kRungs);
  const std::vector<double> p(kRungs + 1, 0.9);  // the longest sets differ by little
  const auto found =
      Solution::of(m.gates, m.top).cut_sets(Rank::by_order, p, kAnyOrder, kRungs, {1'000});
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->is_cut_off);
  EXPECT_GT(found->first.size(), 20);
  EXPECT_FALSE(found->lists_all(kRungs));
}

TEST(Pressure, SlopesOfAModuleAreOfItsOwnVariables) {
  Model m;
  const std::vector<base::GateId> x = m.add(1'000);
  m.top = m.gates.at_least(2, {m.gates.any({x[7], x[500]}), m.gates.any({x[500], x[999]}), x[3]});
  const Conditioning cases(Formula(m.gates, m.top));
  std::vector<double> slopes;
  const Bounds found = cases.slopes(std::vector<double>(1'000, 0.1), 1'000, slopes);
  EXPECT_NEAR(found.high, 0.1 * 1 + 0.9 * (0.01 + 0.01 + 0.01 - 2 * 0.001), 1e-12);
  ASSERT_EQ(slopes.size(), 4);
  EXPECT_EQ(cases.variables().size(), 4);
}

TEST(Pressure, WhatIsLessLikelyThanAnyDoubleIsNotImpossible) {
  constexpr std::size_t kPairs = 2'000;
  Model m;
  std::vector<base::GateId> pairs;
  for (std::size_t i = 0; i < kPairs; ++i) {
    pairs.push_back(m.gates.any(m.add(2)));
  }
  m.top = m.gates.all(pairs);
  std::vector<double> p(2 * kPairs, 0.01);
  for (const std::size_t budget : {std::size_t{1'000'000}, std::size_t{0}}) {
    const Solution solution = Solution::of(m.gates, m.top, {budget});
    const Bounds found = solution.probability(p);
    EXPECT_EQ(found.low, 0);
    EXPECT_GT(found.high, 0);
    EXPECT_LE(found.high, 1e-307);
    EXPECT_FALSE(is_exact(found));
    std::vector<double> never = p;
    never[0] = never[1] = 0;
    EXPECT_EQ(solution.probability(never).high, 0) << "it cannot happen";
  }
  const auto sets = Solution::of(m.gates, m.top).cut_sets(Rank::by_probability, p, kAnyOrder, 1);
  ASSERT_TRUE(sets);
  ASSERT_EQ(sets->first.size(), 1);
  EXPECT_TRUE(sets->first.front().is_below);
}

TEST(Pressure, WhatNegationMakesUnlikelyIsNotImpossibleEither) {
  Model m;
  std::vector<base::GateId> all;
  for (std::size_t i = 0; i < 2'000; ++i) {
    m.add();
    all.push_back(m.gates.negation(base::VariableId(i)));
  }
  m.top = m.gates.all(all);
  std::vector<double> p(2'000, 0.9);
  const Solution solution = Solution::of(m.gates, m.top);
  EXPECT_GT(solution.probability(p).high, 0);
  EXPECT_EQ(solution.probability(p).low, 0);
  p[7] = 1;
  EXPECT_EQ(solution.probability(p).high, 0);
}

}  // namespace
}  // namespace outlast::engines::faulttree
