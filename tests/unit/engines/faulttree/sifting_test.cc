#include "engines/faulttree/sifting.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "engines/faulttree/compile.h"
#include "models.h"

namespace outlast::engines::faulttree {
namespace {

using base::GateId;

/// Is a graph what brute force says, for every assignment?
void expect_same(const NodeGraph& graph, std::uint32_t root, const VariableOrder& order,
                 const BruteForce& truth) {
  for (std::uint32_t mask = 0; mask < truth.assignments(); ++mask) {
    std::uint32_t node = root;
    while (node >= kFirstInner) {
      const Node& at = graph.nodes[node];
      node = (mask >> order[at.level].index & 1U) != 0 ? at.high : at.low;
    }
    RC_ASSERT((node == kTrue) == truth.is_true(mask));
  }
}

/// Pairs whose partners come only after all first halves: 2^n decisions.
Model distant_pairs(std::size_t n) {
  Model m;
  const std::vector<GateId> x = m.add(2 * n);
  std::vector<GateId> pairs;
  for (std::size_t i = 0; i < n; ++i) {
    pairs.push_back(m.gates.all({x[i], x[n + i]}));
  }
  m.top = m.gates.any(pairs);
  return m;
}

VariableOrder by_number(std::size_t count) {
  VariableOrder order;
  for (std::uint32_t i = 0; i < count; ++i) {
    order.emplace_back(i);
  }
  return order;
}

TEST(Sifting, BringsPartnersTogether) {
  constexpr std::size_t kPairs = 10;
  const Model m = distant_pairs(kPairs);
  VariableOrder order = by_number(2 * kPairs);
  const auto compiled = compile(Formula(m.gates, m.top), order, 1'000'000).compiled;
  ASSERT_TRUE(compiled.has_value());
  ASSERT_GT(compiled->graph.nodes.size(), std::size_t{1} << kPairs);
  std::uint32_t root = compiled->graph.root;
  const NodeGraph sifted = sift(compiled->graph, {&root, 1}, order, 10'000'000);
  EXPECT_EQ(sifted.nodes.size(), 2 * kPairs + kFirstInner);
}

RC_GTEST_PROP(Sifting, KeepsAllFunctions, ()) {
  const Model m = random_model(9);
  const Formula formula(m.gates, m.top);
  if (formula.is_constant()) {
    return;
  }
  VariableOrder order = depth_first_order(formula);
  const auto compiled = compile(formula, order, 1'000'000).compiled;
  RC_ASSERT(compiled.has_value());
  // The whole, and whatever part of it: both are roots.
  const auto part = static_cast<std::uint32_t>(draw_below(compiled->graph.nodes.size()));
  const VariableOrder old_order = order;
  std::vector<std::uint32_t> roots{compiled->graph.root, part};
  const NodeGraph sifted = sift(compiled->graph, roots, order, draw_below(2000));
  RC_ASSERT(sifted.nodes.size() <= compiled->graph.nodes.size());
  expect_same(sifted, roots[0], order, BruteForce(m));
  const std::vector<double> p = random_probabilities(m.gates.variable_count());
  const auto value_of = [&](const NodeGraph& graph, const VariableOrder& by, std::uint32_t root) {
    std::vector<double> value(graph.nodes.size());
    value[kTrue] = 1.0;
    for (std::size_t i = kFirstInner; i < value.size(); ++i) {
      const Node& node = graph.nodes[i];
      const double happens = p[by[node.level].index];
      value[i] = happens * value[node.high] + (1 - happens) * value[node.low];
    }
    return value[root];
  };
  const double before = value_of(compiled->graph, old_order, part);
  const double after = value_of(sifted, order, roots[1]);
  RC_ASSERT(std::abs(before - after) < 1e-12);
}

RC_GTEST_PROP(Sifting, CompilingOnTheWayAgreesWithBruteForce, ()) {
  const Model m = random_model(10);
  const Formula formula(m.gates, m.top);
  if (formula.is_constant()) {
    return;
  }
  VariableOrder order = depth_first_order(formula);
  // So few nodes that it sifts after nearly every gate, and often gives up.
  const auto compiled = compile_sifting(formula, order, 30 + draw_below(200));
  if (compiled) {
    expect_same(compiled->graph, compiled->graph.root, order, BruteForce(m));
  }
}

/// The carry of adding two numbers, all digits of one asked before those of the other.
TEST(Sifting, FitsWhereTheGivenOrderDoesNot) {
  constexpr std::size_t kDigits = 16;
  Model m;
  const std::vector<GateId> x = m.add(2 * kDigits);
  m.top = m.gates.all({x[0], x[kDigits]});
  for (std::size_t i = 1; i < kDigits; ++i) {
    m.top = m.gates.at_least(2, {x[i], x[kDigits + i], m.top});
  }
  VariableOrder order = by_number(2 * kDigits);
  const Formula formula(m.gates, m.top);
  constexpr std::size_t kBudget = 10'000;
  ASSERT_FALSE(compile(formula, order, kBudget).compiled.has_value());
  const auto compiled = compile_sifting(formula, order, kBudget);
  ASSERT_TRUE(compiled.has_value());
  EXPECT_LT(compiled->graph.nodes.size(), kBudget / 10);
}

}  // namespace
}  // namespace outlast::engines::faulttree
