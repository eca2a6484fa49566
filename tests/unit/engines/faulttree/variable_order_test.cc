#include "engines/faulttree/variable_order.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "engines/faulttree/compile.h"
#include "models.h"

namespace outlast::engines::faulttree {
namespace {

using base::GateId;
using base::VariableId;

std::vector<VariableOrder> all_orders(const Formula& formula) {
  std::vector<VariableOrder> orders{depth_first_order(formula), separator_order(formula),
                                    written_order(formula), force_order(formula)};
  orders.push_back(narrow_order(formula, orders));
  return orders;
}

std::vector<std::size_t> indices(const VariableOrder& order) {
  std::vector<std::size_t> result;
  for (VariableId id : order) {
    result.push_back(id.index);
  }
  return result;
}

TEST(VariableOrder, AConstantNeedsNone) {
  base::Gates gates;
  for (const VariableOrder& order : all_orders(Formula(gates, gates.always()))) {
    EXPECT_TRUE(order.empty());
  }
}

TEST(VariableOrder, SharedVariablesComeBeforeTheGroups) {
  const Model m = zonal_groups(50);
  VariableOrder order = separator_order(Formula(m.gates, m.top));
  order.resize(4);
  EXPECT_EQ(indices(order), (std::vector<std::size_t>{0, 1, 2, 3}));
}

TEST(VariableOrder, AChainIsAskedFromTheTop) {
  Model m;
  const std::vector<GateId> x = m.add(5);
  m.top = m.gates.any({x[3], m.gates.all({x[1], m.gates.any({x[4], m.gates.all({x[0], x[2]})})})});
  const std::vector<std::size_t> expected{3, 1, 4, 0, 2};
  EXPECT_EQ(indices(depth_first_order(Formula(m.gates, m.top))), expected);
  EXPECT_EQ(indices(separator_order(Formula(m.gates, m.top))), expected);
}

TEST(VariableOrder, AsWrittenAGatesOwnVariablesComeFirst) {
  Model m;
  const std::vector<GateId> x = m.add(5);
  const GateId inner = m.gates.all({x[4], x[1]});
  m.top = m.gates.any({m.gates.all({x[2], inner}), m.gates.all({x[3], inner}), x[0]});
  EXPECT_EQ(indices(written_order(Formula(m.gates, m.top))),
            (std::vector<std::size_t>{0, 2, 1, 4, 3}));
}

TEST(VariableOrder, IndependentPartsStayTogether) {
  Model m;
  const std::vector<GateId> zones = m.add(4);
  std::vector<GateId> down;
  for (std::size_t group = 0; group < 8; ++group) {
    const std::size_t region = group % 2;
    down.push_back(m.gates.all({m.gates.any({m.add(), zones[2 * region]}),
                                m.gates.any({m.add(), zones[2 * region + 1]})}));
  }
  m.top = m.gates.any(down);
  const VariableOrder order = separator_order(Formula(m.gates, m.top));
  const auto region_of = [](VariableId id) {
    return id.index < 4 ? id.index / 2 : (id.index - 4) / 2 % 2;
  };
  for (std::size_t i = 0; i < order.size(); ++i) {
    EXPECT_EQ(region_of(order[i]), i < order.size() / 2 ? 0U : 1U);
  }
}

TEST(VariableOrder, LongLaddersEndInTime) {
  Model m;
  const std::vector<GateId> x = m.add(20'000);
  std::vector<GateId> pairs;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    pairs.push_back(m.gates.all({x[i], x[i + 1]}));
  }
  m.top = m.gates.any(pairs);
  for (const VariableOrder& order : all_orders(Formula(m.gates, m.top))) {
    EXPECT_EQ(order.size(), x.size());
  }
}

/// A grid in which a gate ties each variable to the one beside it and the one below: as many gates
/// are open as the shorter side is long, if it is walked along the longer one.
TEST(VariableOrder, ANarrowOrderWalksAlongAGrid) {
  constexpr std::size_t kLong = 40, kShort = 5;
  Model m;
  const std::vector<GateId> x = m.add(kLong * kShort);
  std::vector<GateId> pairs;
  const auto at = [&](std::size_t i, std::size_t j) {
    return x[(i * kShort + j) * 83 % x.size()];  // 83 and 200 have no common divisor: well mixed
  };
  for (std::size_t i = 0; i < kLong; ++i) {
    for (std::size_t j = 0; j < kShort; ++j) {
      if (i + 1 < kLong) {
        pairs.push_back(m.gates.all({at(i, j), at(i + 1, j)}));
      }
      if (j + 1 < kShort) {
        pairs.push_back(m.gates.all({at(i, j), at(i, j + 1)}));
      }
    }
  }
  m.top = m.gates.any(pairs);
  const Formula formula(m.gates, m.top);
  const std::vector<VariableOrder> begin{separator_order(formula), force_order(formula)};
  const auto narrow = compile(formula, narrow_order(formula, begin), 1'000'000).compiled;
  ASSERT_TRUE(narrow.has_value());
  EXPECT_LT(narrow->graph.nodes.size(), kLong * kShort * (1U << (kShort + 1)));
  for (const VariableOrder& other : begin) {
    const auto compiled = compile(formula, other, 100'000).compiled;
    EXPECT_TRUE(!compiled || compiled->graph.nodes.size() >= narrow->graph.nodes.size());
  }
}

RC_GTEST_PROP(VariableOrderLaws, EveryVariableOfTheFormulaComesOnce, ()) {
  const Model m = random_model(14);
  const Formula formula(m.gates, m.top);
  std::vector<std::size_t> expected;
  for (Formula::Node node = 0; node < formula.size(); ++node) {
    if (formula.kind(node) == base::GateKind::variable) {
      expected.push_back(formula.variable(node).index);
    }
  }
  std::sort(expected.begin(), expected.end());
  for (const VariableOrder& order : all_orders(formula)) {
    std::vector<std::size_t> found = indices(order);
    std::sort(found.begin(), found.end());
    RC_ASSERT(found == expected);
  }
}

RC_GTEST_PROP(VariableOrderLaws, EveryOrderMeansTheSame, ()) {
  const Model m = random_model(8);
  const Formula formula(m.gates, m.top);
  const BruteForce brute(m);
  for (const VariableOrder& order : all_orders(formula)) {
    const auto compiled = compile(formula, order, 1'000'000).compiled;
    RC_ASSERT(compiled.has_value());
    const NodeGraph& graph = compiled->graph;
    for (std::uint32_t mask = 0; mask < brute.assignments(); ++mask) {
      std::uint32_t node = graph.root;
      while (node >= kFirstInner) {
        const VariableId variable = order[graph.nodes[node].level];
        node = (mask >> variable.index & 1U) != 0 ? graph.nodes[node].high : graph.nodes[node].low;
      }
      RC_ASSERT((node == kTrue) == brute.is_true(mask));
    }
  }
}

RC_GTEST_PROP(VariableOrderLaws, DiagramsAreReduced, ()) {
  const Model m = random_model(14);
  const Formula formula(m.gates, m.top);
  const auto compiled = compile(formula, depth_first_order(formula), 1'000'000).compiled;
  RC_ASSERT(compiled.has_value());
  const std::vector<Node>& nodes = compiled->graph.nodes;
  for (std::size_t i = kFirstInner; i < nodes.size(); ++i) {
    RC_ASSERT(nodes[i].low != nodes[i].high);
    RC_ASSERT(nodes[i].low < i);
    RC_ASSERT(nodes[i].high < i);
    RC_ASSERT(nodes[i].level < nodes[nodes[i].low].level);
    RC_ASSERT(nodes[i].level < nodes[nodes[i].high].level);
    for (std::size_t j = kFirstInner; j < i; ++j) {
      RC_ASSERT(!(nodes[i] == nodes[j]));
    }
  }
}

}  // namespace
}  // namespace outlast::engines::faulttree
