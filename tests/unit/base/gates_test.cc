#include "base/gates.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/gate_part.h"

namespace outlast::base {
namespace {

/// Variables number 0 to `count` - 1, added to `gates`.
std::vector<GateId> add_variables(Gates& gates, std::size_t count) {
  std::vector<GateId> added(count);
  std::generate(added.begin(), added.end(), [&] { return gates.variable(gates.add_variable()); });
  return added;
}

/// A draw below `end` that does not start small: rapidcheck's ranges grow with the test's size.
std::size_t draw_below(std::size_t end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, end));
}

struct Three {
  Gates gates;
  GateId x = gates.variable(gates.add_variable());
  GateId y = gates.variable(gates.add_variable());
  GateId z = gates.variable(gates.add_variable());
};

TEST(Gates, ConstantsAreThereFromTheStart) {
  const Gates gates;
  EXPECT_EQ(gates.kind(gates.never()), GateKind::constant_false);
  EXPECT_EQ(gates.kind(gates.always()), GateKind::constant_true);
  EXPECT_EQ(gates.size(), 2U);
}

TEST(Gates, AVariableIsOneGate) {
  Three m;
  EXPECT_EQ(m.gates.variable(VariableId(1U)), m.y);
  EXPECT_EQ(m.gates.variable_of(m.y), VariableId(1U));
  EXPECT_EQ(m.gates.size(), 5U);
}

TEST(Gates, EqualGatesAreTheSameGateInAnyOrderOfInputs) {
  Three m;
  const GateId made = m.gates.all({m.x, m.y, m.z});
  EXPECT_EQ(m.gates.all({m.z, m.x, m.y, m.x}), made);
  EXPECT_NE(m.gates.any({m.x, m.y, m.z}), made);
  EXPECT_NE(m.gates.at_least(2, {m.x, m.y, m.z}), made);
}

TEST(Gates, EmptyAllIsTrueAndEmptyAnyIsFalse) {
  Gates gates;
  EXPECT_EQ(gates.all({}), gates.always());
  EXPECT_EQ(gates.any({}), gates.never());
  EXPECT_EQ(gates.at_least(0, {}), gates.always());
  EXPECT_EQ(gates.at_least(1, {}), gates.never());
}

TEST(Gates, ConstantsFoldAway) {
  Three m;
  Gates& g = m.gates;
  EXPECT_EQ(g.all({m.x, g.never()}), g.never());
  EXPECT_EQ(g.all({m.x, g.always()}), m.x);
  EXPECT_EQ(g.any({m.x, g.never()}), m.x);
  EXPECT_EQ(g.any({m.x, g.always()}), g.always());
  EXPECT_EQ(g.at_least(3, {m.x, m.y, m.z, g.always(), g.never()}), g.at_least(2, {m.x, m.y, m.z}));
  EXPECT_EQ(g.at_least(2, {m.x, g.always(), g.always()}), g.always());
}

TEST(Gates, AtLeastIsAnyAllOrConstantAtItsEnds) {
  Three m;
  Gates& g = m.gates;
  EXPECT_EQ(g.at_least(0, {m.x, m.y}), g.always());
  EXPECT_EQ(g.at_least(1, {m.x, m.y}), g.any({m.x, m.y}));
  EXPECT_EQ(g.at_least(2, {m.x, m.y}), g.all({m.x, m.y}));
  EXPECT_EQ(g.at_least(3, {m.x, m.y}), g.never());
}

TEST(Gates, RepeatedInputsCountAsOftenAsTheyOccur) {
  Three m;
  const GateId gate = m.gates.at_least(2, {m.x, m.x, m.y, m.z});
  EXPECT_EQ(m.gates.kind(gate), GateKind::at_least);
  EXPECT_EQ(m.gates.threshold(gate), 2U);
  EXPECT_EQ(m.gates.inputs(gate).size(), 4U);
  EXPECT_TRUE(m.gates.evaluate({true, false, false})[gate.index]);
  EXPECT_FALSE(m.gates.evaluate({false, true, false})[gate.index]);
  EXPECT_TRUE(m.gates.evaluate({false, true, true})[gate.index]);
  EXPECT_EQ(m.gates.at_least(2, {m.x, m.x, m.x}), m.x);
}

TEST(Gates, ManyGatesStayDistinct) {
  Gates gates;
  const std::vector<GateId> variables = add_variables(gates, 300);
  std::vector<GateId> made;
  for (std::size_t i = 0; i < variables.size(); ++i) {
    for (std::size_t j = i + 1; j < variables.size(); ++j) {
      made.push_back(gates.all({variables[i], variables[j]}));
    }
  }
  std::sort(made.begin(), made.end());
  EXPECT_EQ(std::unique(made.begin(), made.end()), made.end());
  EXPECT_EQ(gates.size(), 2 + 300 + made.size());
}

TEST(Gates, InputsHaveSmallerIds) {
  Three m;
  const GateId gate = m.gates.all({m.gates.any({m.x, m.y}), m.z});
  for (GateId input : m.gates.inputs(gate)) {
    EXPECT_LT(input, gate);
  }
}

RC_GTEST_PROP(GatesLaws, AtLeastMeansCountingTheInputs, (const std::vector<std::uint8_t>& raw)) {
  Gates g;
  std::vector<GateId> pool = add_variables(g, 6);
  pool.insert(pool.end(), {g.never(), g.always()});
  std::vector<GateId> inputs;
  inputs.reserve(raw.size());
  for (std::uint8_t byte : raw) {
    inputs.push_back(pool[byte % pool.size()]);
  }
  const std::size_t k = draw_below(inputs.size() + 2);
  const GateId gate = g.at_least(k, inputs);
  for (unsigned mask = 0; mask < 64; ++mask) {
    std::vector<bool> happened(6);
    for (unsigned i = 0; i < 6; ++i) {
      happened[i] = (mask >> i & 1U) != 0;
    }
    std::size_t count = 0;
    for (GateId input : inputs) {
      const bool is_true =
          input == g.always() || (input != g.never() && happened[g.variable_of(input).index]);
      count += is_true ? 1 : 0;
    }
    RC_ASSERT(g.evaluate(happened)[gate.index] == (count >= k));
  }
}

RC_GTEST_PROP(GatesLaws, OrderOfInputsDoesNotMatter, (const std::vector<std::uint8_t>& raw)) {
  Gates g;
  const std::vector<GateId> pool = add_variables(g, 8);
  std::vector<GateId> inputs;
  inputs.reserve(raw.size());
  for (std::uint8_t byte : raw) {
    inputs.push_back(pool[byte % pool.size()]);
  }
  std::vector<GateId> turned = inputs;
  const std::size_t by = draw_below(inputs.size() + 1);
  std::rotate(turned.begin(), turned.begin() + static_cast<std::ptrdiff_t>(by), turned.end());
  const std::size_t k = draw_below(inputs.size() + 2);
  RC_ASSERT(g.at_least(k, inputs) == g.at_least(k, turned));
  RC_ASSERT(g.all(inputs) == g.all(turned));
  RC_ASSERT(g.any(inputs) == g.any(turned));
}

RC_GTEST_PROP(GatePart, SaysWhatTheGateSaysInTheWhole, ()) {
  Gates whole;
  std::vector<GateId> known = add_variables(whole, 6);
  known.push_back(whole.negation(VariableId(3U)));
  for (int i = 0; i < 8; ++i) {
    std::vector<GateId> inputs;
    for (std::size_t n = 1 + draw_below(4); n > 0; --n) {
      inputs.push_back(known[draw_below(known.size())]);
    }
    const std::size_t k = draw_below(4);
    known.push_back(k == 0   ? whole.all(inputs)
                    : k == 1 ? whole.any(inputs)
                             : whole.at_least(k, inputs));
  }
  const GateId top = known[draw_below(known.size())];
  const GatePart part = part_below(whole, top);
  RC_ASSERT(part.gates.variable_count() == part.variables.size());
  RC_ASSERT(std::is_sorted(part.variables.begin(), part.variables.end()));
  for (std::size_t bits = 0; bits < 64; ++bits) {
    std::vector<bool> in_whole;
    for (std::size_t v = 0; v < 6; ++v) {
      in_whole.push_back((bits >> v & 1U) != 0);
    }
    std::vector<bool> in_part;
    for (const VariableId v : part.variables) {
      in_part.push_back(in_whole[v.index]);
    }
    RC_ASSERT(part.gates.evaluate(in_part)[part.top.index] == whole.evaluate(in_whole)[top.index]);
  }
}

}  // namespace
}  // namespace outlast::base
