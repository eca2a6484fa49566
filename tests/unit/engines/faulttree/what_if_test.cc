#include "engines/faulttree/what_if.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "models.h"

namespace outlast::engines::faulttree {
namespace {

bool is_same(const Bounds& a, const Bounds& b) {
  return a.low == b.low && a.high == b.high;
}

double draw_probability() {
  return static_cast<double>(draw_below(1001)) / 1000.0;
}

/// Changes probabilities one by one, and asks the solution each time.
void walk(const Model& m, const Budget& budget) {
  std::vector<double> p = random_probabilities(m.gates.variable_count());
  const Solution solution = Solution::of(m.gates, m.top, budget, p);
  WhatIf what_if(solution, p);
  RC_ASSERT(is_same(what_if.probability(), solution.probability(p)));
  for (std::size_t step = 0; step < 20; ++step) {
    const base::VariableId variable(draw_below(p.size()));
    p[variable.index] = draw_probability();
    RC_ASSERT(is_same(what_if.set(variable, p[variable.index]), solution.probability(p)));
  }
}

RC_GTEST_PROP(WhatIf, ChangedProbabilitiesAreAsSolvedAnew, ()) {
  walk(random_model(12), {});
}

RC_GTEST_PROP(WhatIf, NegatedVariablesToo, ()) {
  walk(random_model_with_negation(10), {});
}

RC_GTEST_PROP(WhatIf, AndWhereThereIsNoDiagram, ()) {
  walk(random_model(12), {1 + draw_below(20)});
  walk(random_model_with_negation(10), {1 + draw_below(20)});
}

/// One of the gates takes another place: a group has another replica, needs another number.
base::GateId changed_top(Model& m) {
  std::vector<base::GateId> made;
  for (std::size_t i = 2; i < m.gates.size(); ++i) {
    made.emplace_back(i);
  }
  const base::GateId old = made[draw_below(made.size())];
  const std::vector<base::GateId> inputs(m.gates.inputs(old).begin(), m.gates.inputs(old).end());
  std::vector<base::GateId> more = inputs;
  more.push_back(m.gates.any({m.add(), made[draw_below(made.size())]}));
  const base::GateId other = m.gates.at_least(1 + draw_below(more.size()), more);
  std::vector<base::GateId> now(m.gates.size());
  const std::size_t end = m.top.index + 1U;
  for (std::size_t i = 0; i < end; ++i) {
    const base::GateId gate(i);
    const base::GateKind kind = m.gates.kind(gate);
    std::vector<base::GateId> renamed;
    for (const base::GateId input : m.gates.inputs(gate)) {
      renamed.push_back(now[input.index]);
    }
    now[i] = gate;
    if (kind == base::GateKind::all) {
      now[i] = m.gates.all(renamed);
    } else if (kind == base::GateKind::any) {
      now[i] = m.gates.any(renamed);
    } else if (kind == base::GateKind::at_least) {
      now[i] = m.gates.at_least(m.gates.threshold(gate), renamed);
    }
    now[i] = gate == old ? other : now[i];
  }
  return now[m.top.index];
}

RC_GTEST_PROP(Changed, GatesAreAsSolvedAnew, ()) {
  Model m = random_model(10);
  Solution solution = Solution::of(m.gates, m.top);
  for (std::size_t step = 0; step < 3; ++step) {
    m.top = changed_top(m);
    const std::vector<double> p = random_probabilities(m.gates.variable_count());
    solution = solution.changed(m.gates, m.top);
    const Solution anew = Solution::of(m.gates, m.top);
    RC_ASSERT(solution.module_count() == anew.module_count());
    RC_ASSERT(std::fabs(solution.probability(p).high - anew.probability(p).high) < 1e-12);
    RC_ASSERT(std::fabs(solution.probability(p).high - BruteForce(m).probability(p)) < 1e-12);
    const auto sets = solution.cut_sets(Rank::by_order, p, p.size(), 0);
    RC_ASSERT(sets->count_by_order ==
              anew.cut_sets(Rank::by_order, p, p.size(), 0)->count_by_order);
  }
}

TEST(Changed, WhatNothingTouchedKeepsItsDiagram) {
  Model m;
  const auto group = [&](std::size_t k) {
    const auto x = m.add(6);
    return m.gates.at_least(k, {m.gates.any({x[0], x[1]}), m.gates.all({x[1], x[2], x[3]}),
                                m.gates.any({x[3], x[4], x[5]})});
  };
  const base::GateId one = group(2), other = group(1), third = group(3);
  m.top = m.gates.any({one, other});
  const Solution before = Solution::of(m.gates, m.top);
  constexpr Budget kNone = {1};
  EXPECT_TRUE(before.changed(m.gates, m.top, kNone).has_diagrams());
  EXPECT_FALSE(Solution::of(m.gates, m.top, kNone).has_diagrams());
  const base::GateId more = m.gates.any({one, other, third});
  EXPECT_FALSE(before.changed(m.gates, more, kNone).has_diagrams());
  const std::vector<double> p(18, 0.1);
  EXPECT_DOUBLE_EQ(before.changed(m.gates, more).probability(p).high,
                   Solution::of(m.gates, more).probability(p).high);
}

TEST(Changed, AnUnchangedModuleWithoutADiagramStaysSolvedByCases) {
  const Model m = tangle(20);
  const std::vector<double> p(20, 0.01);
  const Solution before = Solution::of(m.gates, m.top, {50}, p);
  ASSERT_FALSE(before.has_diagrams());
  const Bounds was = before.probability(p);
  const Bounds now = before.changed(m.gates, m.top, {50}, p).probability(p);
  EXPECT_EQ(was.low, now.low);
  EXPECT_EQ(was.high, now.high);
}

}  // namespace
}  // namespace outlast::engines::faulttree
