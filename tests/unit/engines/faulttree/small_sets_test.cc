#include "engines/faulttree/small_sets.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>

#include "engines/faulttree/families.h"
#include "engines/faulttree/solution.h"
#include "models.h"

namespace outlast::engines::faulttree {
namespace {

constexpr std::size_t kPlenty = 100'000'000;

std::size_t weight_of(std::uint32_t mask, const std::vector<std::uint32_t>& least) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < least.size(); ++i) {
    sum += (mask >> i & 1U) != 0 ? least[i] : 0;
  }
  return sum;
}

/// By trying every assignment; in the order of words.
std::vector<CutSet> brute_force_sets(const Model& m, const std::vector<std::uint32_t>& least,
                                     std::size_t max_order) {
  const BruteForce brute(m);
  std::vector<CutSet> sets;
  for (std::uint32_t mask = 0; mask < brute.assignments(); ++mask) {
    if (brute.is_minimal_cut(mask) && weight_of(mask, least) <= max_order) {
      CutSet& set = sets.emplace_back();
      for (std::size_t i = 0; i < least.size(); ++i) {
        if ((mask >> i & 1U) != 0) {
          set.emplace_back(i);
        }
      }
    }
  }
  std::sort(sets.begin(), sets.end());
  return sets;
}

RC_GTEST_PROP(SmallSets, AreThoseOfAllAssignments, ()) {
  const Model m = random_model(12);
  std::vector<std::uint32_t> least;
  for (std::size_t i = 0; i < m.gates.variable_count(); ++i) {
    least.push_back(static_cast<std::uint32_t>(draw_below(4) == 0 ? 2 : 1));
  }
  const std::size_t max_order = draw_below(7);
  auto found = small_cut_sets(Formula(m.gates, m.top), least, max_order, kPlenty);
  RC_ASSERT(found.has_value());
  std::sort(found->begin(), found->end());
  RC_ASSERT(*found == brute_force_sets(m, least, max_order));
}

TEST(SmallSets, WhatNeverHappensIsInNone) {
  Model m;
  const auto x = m.add(3);
  m.top = m.gates.any({x[0], m.gates.all({x[1], x[2]})});
  const std::vector<std::uint32_t> least{1, 1, std::numeric_limits<std::uint32_t>::max()};
  const auto found = small_cut_sets(Formula(m.gates, m.top), least, 3, kPlenty);
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (std::vector<CutSet>{{base::VariableId(0U)}}));
}

TEST(SmallSets, SayWhenWorkWasNotEnough) {
  const Model m = tangle(40);
  const std::vector<std::uint32_t> least(40, 1);
  EXPECT_FALSE(small_cut_sets(Formula(m.gates, m.top), least, 2, 100));
}

RC_GTEST_PROP(SmallSets, BecomeADiagramThatHoldsThem, ()) {
  const Model m = random_model(10);
  const std::vector<std::uint32_t> least(m.gates.variable_count(), 1);
  auto sets = small_cut_sets(Formula(m.gates, m.top), least, 10, kPlenty);
  RC_ASSERT(sets.has_value());
  Families families{{}, m.gates.variable_count()};
  families.of_module.push_back(family_of_sets(*sets));
  const std::vector<double> cost(m.gates.variable_count(), 1.0);
  auto listed = cheapest_sets(families, cost, 10, 10'000, kPlenty).sets;
  std::sort(listed.begin(), listed.end());
  std::sort(sets->begin(), sets->end());
  RC_ASSERT(listed == *sets);
}

/// Three of two thousand, each down by itself or with what all share: no diagram may count so much, and
/// the sets of three are 1.3e9.
TEST(SmallSets, OfTheOrderAskedForAreListedWhereNoDiagramFits) {
  Model m;
  const base::GateId shared = m.add();
  std::vector<base::GateId> parts;
  for (const base::GateId own : m.add(2'000)) {
    parts.push_back(m.gates.any({own, shared}));
  }
  const auto other = m.add(2);
  m.top = m.gates.any({m.gates.at_least(3, parts), m.gates.all({shared, other[0]}),
                       m.gates.all({parts[7], other[0], other[1]})});
  const std::vector<double> p(m.gates.variable_count(), 0.001);
  const Budget little{50'000};
  const Solution solution = Solution::of(m.gates, m.top, little, p);
  const auto found = solution.cut_sets(Rank::by_order, p, 2, 10, little);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->max_order, 2);
  EXPECT_FALSE(found->is_cut_off);
  EXPECT_EQ(found->count_by_order, (std::vector<std::size_t>{0, 1}));
  ASSERT_EQ(found->first.size(), 1);
  EXPECT_EQ(found->first.front().variables, (CutSet{m.gates.variable_of(shared)}));
}

TEST(SmallSets, OfOneVariableAreFoundHoweverManyThereAre) {
  Model m;
  const auto x = m.add(300'000);
  m.top = m.gates.any(x);
  const std::vector<double> p(x.size(), 1e-6);
  const auto found = Solution::of(m.gates, m.top, {}, p).cut_sets(Rank::by_order, p, 1, 3);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->count_by_order.size(), 2);
  EXPECT_EQ(found->count_by_order[1], x.size());
  EXPECT_EQ(found->first.size(), 3);
}

}  // namespace
}  // namespace outlast::engines::faulttree
