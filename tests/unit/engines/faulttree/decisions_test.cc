#include "engines/faulttree/decisions.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "engines/faulttree/compile.h"
#include "engines/faulttree/if_then_else.h"
#include "models.h"

namespace outlast::engines::faulttree {
namespace {

/// A function of five variables: bit i is its value where the bits of i say what happened.
using Table = std::uint32_t;
constexpr std::uint32_t kVariables = 5;

Table table_of_variable(std::uint32_t level) {
  Table table = 0;
  for (std::uint32_t i = 0; i < 32; ++i) {
    table |= (i >> level & 1U) << i;
  }
  return table;
}

RC_GTEST_PROP(Decisions, EqualFunctionsAreEqualEdges, ()) {
  Decisions decisions(10'000);
  IfThenElse ite(decisions);
  std::vector<std::pair<Edge, Table>> made{{kTrueEdge, ~Table{0}}, {kFalseEdge, 0}};
  for (std::uint32_t level = 0; level < kVariables; ++level) {
    made.emplace_back(decisions.decide(level, kFalseEdge, kTrueEdge), table_of_variable(level));
  }
  for (int step = 0; step < 40; ++step) {
    const auto [f, of_f] = made[draw_below(made.size())];
    const auto [g, of_g] = made[draw_below(made.size())];
    const auto [h, of_h] = made[draw_below(made.size())];
    const auto turn = static_cast<Edge>(draw_below(2));
    const Table all = turn == 1 ? ~Table{0} : 0;
    made.emplace_back(ite(f ^ turn, g, h), ((of_f ^ all) & of_g) | (~(of_f ^ all) & of_h));
  }
  std::map<Table, Edge> edge_of;
  for (const auto& [edge, table] : made) {
    RC_ASSERT(edge_of.emplace(table, edge).first->second == edge);
    RC_ASSERT(edge_of.emplace(~table, opposite(edge)).first->second == opposite(edge));
  }
}

RC_GTEST_PROP(Decisions, TheHighEdgeOfANodeIsNoOpposite, ()) {
  Decisions decisions(10'000);
  IfThenElse ite(decisions);
  std::vector<Edge> made{kTrueEdge, kFalseEdge};
  for (std::uint32_t level = 0; level < kVariables; ++level) {
    made.push_back(decisions.decide(level, kFalseEdge, kTrueEdge));
  }
  for (int step = 0; step < 40; ++step) {
    made.push_back(ite(opposite(made[draw_below(made.size())]), made[draw_below(made.size())],
                       made[draw_below(made.size())]));
    RC_ASSERT(made.back() < 2 * kFirstInner || is_opposed(made.back()) ||
              !is_opposed(decisions.high(made.back())));
  }
}

TEST(Decisions, AFunctionAndItsOppositeAreOneNode) {
  Model m;
  const base::GateId a = m.add(), b = m.add(), c = m.add();
  const auto no = [&](std::uint32_t i) { return m.gates.negation(base::VariableId(i)); };
  const base::GateId odd = m.gates.any({m.gates.all({a, no(1)}), m.gates.all({no(0), b})});
  const base::GateId even = m.gates.any({m.gates.all({a, b}), m.gates.all({no(0), no(1)})});
  m.top = m.gates.any({m.gates.all({odd, c}), m.gates.all({even, no(2)})});
  const Formula formula(m.gates, m.top);
  const auto compiled =
      compile(formula, {base::VariableId(2U), base::VariableId(0U), base::VariableId(1U)}, 1000)
          .compiled;
  ASSERT_TRUE(compiled);
  EXPECT_EQ(compiled->graph.nodes.size() - kFirstInner, 5U);  // parity of three, handed out
  EXPECT_LE(compiled->made, 11U);
}

TEST(Decisions, WhatIsHandedOutHasNoOpposites) {
  Decisions decisions(100);
  const Edge x = decisions.decide(1, kFalseEdge, kTrueEdge);
  const Edge top = decisions.decide(0, x, opposite(x));
  std::vector<std::uint32_t> roots{top, opposite(top)};
  const NodeGraph graph = decisions.extract(roots);
  ASSERT_EQ(graph.nodes.size(), kFirstInner + 4);
  EXPECT_NE(roots[0], roots[1]);
  const Node &one = graph.nodes[roots[0]], &other = graph.nodes[roots[1]];
  EXPECT_EQ(one.low, other.high);
  EXPECT_EQ(one.high, other.low);
}

}  // namespace
}  // namespace outlast::engines::faulttree
