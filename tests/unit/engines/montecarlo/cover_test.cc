#include "engines/montecarlo/cover.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "unit/engines/faulttree/models.h"

namespace outlast::engines::montecarlo {
namespace {

using faulttree::draw_below;
using faulttree::Model;
using faulttree::random_model;

using Sets = std::vector<std::vector<std::uint32_t>>;

Sets sorted(Sets sets) {
  std::sort(sets.begin(), sets.end());
  return sets;
}

std::vector<double> equal(const Program& program, double p) {
  return std::vector<double>(program.events().size(), p);
}

TEST(Cover, OfAnyAreItsInputsOneByOne) {
  Model m;
  m.top = m.gates.any(m.add(3));
  const Program program(m.gates, m.top);
  const Cover cover = find_cover(program, equal(program, 0.01));
  EXPECT_EQ(sorted(cover.sets), (Sets{{0}, {1}, {2}}));
  EXPECT_NEAR(cover.total, 0.03, 1e-15);
}

TEST(Cover, OfTwoOfThreeArePairs) {
  Model m;
  m.top = m.gates.at_least(2, m.add(3));
  const Program program(m.gates, m.top);
  EXPECT_EQ(sorted(find_cover(program, equal(program, 0.01)).sets), (Sets{{0, 1}, {0, 2}, {1, 2}}));
}

TEST(Cover, WhatAZoneTakesAlongIsNotAskedTwice) {
  Model m;  // two replicas in one zone
  const base::GateId zone = m.add();
  m.top = m.gates.all({m.gates.any({m.add(), zone}), m.gates.any({m.add(), zone})});
  const Program program(m.gates, m.top);
  EXPECT_EQ(sorted(find_cover(program, equal(program, 0.01)).sets), (Sets{{0}, {1, 2}}));
}

TEST(Cover, WithoutBudgetIsTheEmptySet) {
  Model m;
  m.top = m.gates.any(m.add(3));
  const Program program(m.gates, m.top);
  const Cover cover = find_cover(program, equal(program, 0.01), {0, 100});
  EXPECT_EQ(cover.sets, (Sets{{}}));
  EXPECT_EQ(cover.total, 1);
}

TEST(Cover, OfWhatCannotHappenIsEmpty) {
  Model m;
  m.top = m.gates.all(m.add(2));
  const Program program(m.gates, m.top);
  EXPECT_TRUE(find_cover(program, equal(program, 0)).sets.empty());
}

RC_GTEST_PROP(CoverLaws, EveryFailureContainsASetWhateverTheBudget, ()) {
  const Model m = random_model(9);
  RC_PRE(m.gates.kind(m.top) > base::GateKind::constant_true);
  const Program program(m.gates, m.top);
  std::vector<double> p;
  for (std::size_t e = 0; e < program.events().size(); ++e) {
    p.push_back(0.001 + 0.1 * static_cast<double>(draw_below(10)));
  }
  const CoverBudget budget{draw_below(60), 2 + draw_below(40)};
  const Cover cover = find_cover(program, p, budget);
  for (std::uint32_t mask = 0; mask >> program.events().size() == 0; ++mask) {
    std::vector<bool> happened(m.gates.variable_count(), false);
    for (std::size_t e = 0; e < program.events().size(); ++e) {
      happened[program.events()[e].index] = (mask >> e & 1U) != 0;
    }
    if (m.gates.evaluate(happened)[m.top.index]) {
      RC_ASSERT(std::any_of(cover.sets.begin(), cover.sets.end(), [&](const auto& set) {
        return std::all_of(set.begin(), set.end(), [&](auto e) { return (mask >> e & 1U) != 0; });
      }));
    }
  }
}

}  // namespace
}  // namespace outlast::engines::montecarlo
