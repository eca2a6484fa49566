#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/ids.h"

namespace outlast::base {

using VariableId = Id<struct VariableTag>;
using GateId = Id<struct GateTag>;

enum class GateKind : std::uint8_t {
  constant_false,
  constant_true,
  variable,
  negation,  ///< of a variable: its only input is the variable's gate
  all,
  any,
  at_least
};

/// Boolean formulas over independent variables, shared as one acyclic graph.
///
/// A variable that is true is an event that has happened; a gate that is true is a failure.
/// Monotone unless a variable is negated; nothing else can be. Gates are made bottom-up, so every
/// input of a gate has a smaller id, and equal gates are the same gate; constants, single inputs
/// and repeated inputs are folded away.
class Gates {
 public:
  Gates();

  VariableId add_variable() { return VariableId(variable_count_++); }
  [[nodiscard]] std::size_t variable_count() const { return variable_count_; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

  [[nodiscard]] GateId never() const { return GateId(0U); }
  [[nodiscard]] GateId always() const { return GateId(1U); }
  GateId variable(VariableId id);
  /// True where the variable is false.
  GateId negation(VariableId id);
  GateId all(std::vector<GateId> inputs);
  GateId any(std::vector<GateId> inputs);
  /// True where at least `k` of the inputs are; inputs may repeat and then count as often.
  GateId at_least(std::size_t k, std::vector<GateId> inputs);

  [[nodiscard]] GateKind kind(GateId gate) const { return nodes_[gate.index].kind; }
  [[nodiscard]] std::span<const GateId> inputs(GateId gate) const;
  [[nodiscard]] VariableId variable_of(GateId gate) const;
  [[nodiscard]] std::size_t threshold(GateId gate) const { return nodes_[gate.index].k; }

  /// False where `top` depends on a negated variable.
  /// cost  linear in the gates up to `top`
  [[nodiscard]] bool is_monotone(GateId top) const;

  /// Value of every gate for one assignment, indexed by gate; `happened` by variable.
  [[nodiscard]] std::vector<bool> evaluate(const std::vector<bool>& happened) const;

 private:
  struct NodeData {
    GateKind kind;
    std::uint32_t k = 0;      ///< threshold, or the variable
    std::uint32_t first = 0;  ///< into inputs_
    std::uint32_t count = 0;
  };
  GateId intern(GateKind kind, std::uint32_t k, const std::vector<GateId>& inputs);

  std::size_t variable_count_ = 0;
  std::vector<NodeData> nodes_;
  std::vector<GateId> inputs_;
  std::unordered_multimap<std::uint64_t, GateId> known_;
};

}  // namespace outlast::base
