#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <limits>

#include "engines/faulttree/diagram.h"
#include "models.h"

namespace outlast::engines::faulttree {
namespace {

using base::GateId;
using base::VariableId;

constexpr std::size_t kEvery = 1'000'000;

CutSet set_of(std::initializer_list<std::size_t> variables) {
  CutSet set;
  for (std::size_t variable : variables) {
    set.emplace_back(variable);
  }
  return set;
}

CutSets cut_sets_of(const Model& m, std::size_t max_order, std::size_t limit = kEvery) {
  const auto diagram = Diagram::build(m.gates, m.top);
  if (!diagram) {
    ADD_FAILURE() << "over budget";
    return {};
  }
  auto found = diagram->cut_sets(max_order, limit);
  EXPECT_TRUE(found);
  return found ? *found : CutSets{};
}

/// Minimal cut sets by trying every assignment: by order, then by variables.
std::vector<CutSet> brute_force_cut_sets(const Model& m, std::size_t max_order) {
  const BruteForce brute(m);
  std::vector<CutSet> sets;
  for (std::uint32_t mask = 0; mask < brute.assignments(); ++mask) {
    if (static_cast<std::size_t>(std::popcount(mask)) <= max_order && brute.is_minimal_cut(mask)) {
      CutSet& set = sets.emplace_back();
      for (std::size_t i = 0; i < m.gates.variable_count(); ++i) {
        if ((mask >> i & 1U) != 0) {
          set.emplace_back(i);
        }
      }
    }
  }
  std::sort(sets.begin(), sets.end(), [](const CutSet& a, const CutSet& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  return sets;
}

TEST(CutSets, AConstantHasTheEmptySetOrNone) {
  Model m;
  m.add();
  m.top = m.gates.never();
  EXPECT_TRUE(cut_sets_of(m, 3).sets.empty());
  m.top = m.gates.always();
  const CutSets always = cut_sets_of(m, 3);
  EXPECT_EQ(always.sets, std::vector<CutSet>{CutSet{}});
  EXPECT_EQ(always.count_by_order, (std::vector<std::size_t>{1, 0}));
  EXPECT_TRUE(always.complete);
}

TEST(CutSets, SharedPowerFeedMakesTwoZonesOne) {
  Model m;
  const std::vector<GateId> x = m.add(3);
  m.top = m.gates.all({m.gates.any({x[0], x[2]}), m.gates.any({x[1], x[2]})});
  EXPECT_EQ(cut_sets_of(m, 2).sets, (std::vector<CutSet>{set_of({2}), set_of({0, 1})}));
}

TEST(CutSets, LargerSetsDoNotAppearUnderSmallOrders) {
  const Model m = zonal_groups(10);
  const CutSets one = cut_sets_of(m, 1);
  EXPECT_EQ(one.sets, std::vector<CutSet>{set_of({0})});
  EXPECT_TRUE(one.complete);
  EXPECT_EQ(one.count_by_order, (std::vector<std::size_t>{0, 1}));
  const CutSets two = cut_sets_of(m, 2);
  EXPECT_EQ(two.count_by_order, (std::vector<std::size_t>{0, 1, 3 + 3 * 2 * 10 + 3 * 10}));
}

TEST(CutSets, OrderZeroAsksOnlyForTheConstant) {
  const CutSets none = cut_sets_of(zonal_groups(3), 0);
  EXPECT_EQ(none.count_by_order, std::vector<std::size_t>{0});
  EXPECT_TRUE(none.complete);
}

TEST(CutSets, TheListIsCutOffAndTheCountIsNot) {
  const Model m = zonal_groups(50);
  const CutSets all = cut_sets_of(m, 2);
  const CutSets few = cut_sets_of(m, 2, 20);
  EXPECT_FALSE(few.complete);
  EXPECT_EQ(few.count_by_order, all.count_by_order);
  EXPECT_EQ(few.sets, std::vector<CutSet>(all.sets.begin(), all.sets.begin() + 20));
  EXPECT_FALSE(cut_sets_of(m, 2, 0).complete);
}

TEST(CutSets, MoreSetsThanCanBeCountedAreTheGreatestNumber) {
  Model m;
  std::vector<GateId> pairs;
  pairs.reserve(70);
  for (int i = 0; i < 60; ++i) {
    pairs.push_back(m.gates.any(m.add(2)));
  }
  m.top = m.gates.all(pairs);
  EXPECT_EQ(cut_sets_of(m, 120, 3).count_by_order[60], std::size_t{1} << 60);
  for (int i = 0; i < 10; ++i) {
    pairs.push_back(m.gates.any(m.add(2)));
  }
  m.top = m.gates.all(pairs);
  const CutSets many = cut_sets_of(m, 140, 3);
  EXPECT_EQ(many.count_by_order[70], std::numeric_limits<std::size_t>::max());
  ASSERT_EQ(many.sets.size(), 3U);
  EXPECT_EQ(many.sets[0].front(), VariableId(0U));
  EXPECT_EQ(many.sets[1].back(), VariableId(139U));
}

TEST(CutSets, EveryVariableOfALongChainIsOne) {
  Model m;
  m.top = m.gates.any(m.add(100'000));
  const CutSets singles = cut_sets_of(m, 3);
  EXPECT_EQ(singles.sets.size(), 100'000U);
  EXPECT_EQ(singles.count_by_order[1], 100'000U);
}

/// Subsumption walks two long chains against each other.
TEST(CutSets, DeepSubsumptionDoesNotOverflowTheStack) {
  Model m;
  const std::vector<GateId> x = m.add(20'000);
  const std::vector<GateId> y = m.add(20'000);
  m.top = m.gates.all({m.gates.any(x), m.gates.any(y), m.add()});
  const CutSets sets = cut_sets_of(m, 4, 10);
  EXPECT_EQ(sets.count_by_order[3], 20'000U * 20'000U);
  EXPECT_EQ(sets.sets.front(), set_of({0, 20'000, 40'000}));
}

TEST(CutSets, OneSetOfAllVariablesCostsNoMoreThanItsLength) {
  Model m;
  m.top = m.gates.all(m.add(50'000));
  const CutSets all = cut_sets_of(m, 50'000);
  ASSERT_EQ(all.sets.size(), 1U);
  EXPECT_EQ(all.sets.front().size(), 50'000U);
}

TEST(CutSets, OverBudgetSaysSo) {
  const Model m = tangle(30);
  const auto diagram = Diagram::build(m.gates, m.top);
  ASSERT_TRUE(diagram);
  const auto sets = diagram->cut_sets(30, 10, Budget{20});
  ASSERT_FALSE(sets);
  EXPECT_EQ(sets.error().nodes, 20U);
}

RC_GTEST_PROP(CutSetsLaws, AreThoseOfAllAssignments, ()) {
  const Model m = random_model(14);
  const std::size_t max_order = draw_below(15);
  const std::vector<CutSet> expected = brute_force_cut_sets(m, max_order);
  const CutSets found = cut_sets_of(m, max_order);
  RC_ASSERT(found.sets == expected);
  RC_ASSERT(found.complete);
  std::vector<std::size_t> count(std::min(max_order, m.gates.variable_count()) + 1);
  for (const CutSet& set : expected) {
    ++count[set.size()];
  }
  RC_ASSERT(found.count_by_order == count);
}

RC_GTEST_PROP(CutSetsLaws, AShortListIsTheBeginningOfTheLongOne, ()) {
  const Model m = random_model(12);
  const std::vector<CutSet> expected = brute_force_cut_sets(m, 12);
  const std::size_t limit = draw_below(expected.size() + 2);
  const CutSets found = cut_sets_of(m, 12, limit);
  const std::size_t listed = std::min(limit, expected.size());
  RC_ASSERT(found.sets ==
            std::vector<CutSet>(expected.begin(),
                                expected.begin() + static_cast<std::ptrdiff_t>(listed)));
  RC_ASSERT(found.complete == (listed == expected.size()));
}

}  // namespace
}  // namespace outlast::engines::faulttree
