// Hash-consed formulas, negations at the variables only.
//
// Problem: a model of a large architecture says the same thing many times ("zone a is down",
//   "at least two of these three are down"); every engine wants to think about it once.
// Method: a gate is made from its kind, its threshold and its sorted inputs. A table from the
//   hash of these to the gates that have it finds the equal gate, if there is one; candidates
//   are compared in full, so a collision costs time and never truth.
// Folding before that, so that equal meanings meet more often:
//   all, any    neutral inputs leave, a deciding input decides, repetitions leave;
//   at_least    a true input lowers k, a false one leaves, repetitions stay, for they count;
//               k = 0 is true, k > n false, k = 1 any, k = n all;
//   and a single remaining input is itself the gate.
// Limits: no absorption (any(x, all(x, y)) stays two gates) and no flattening: what it would
//   save, engines find cheaper in the whole formula. 2^32 gates and as many inputs.

#include "base/gates.h"

#include <algorithm>

#include "base/assert.h"
#include "base/splitmix.h"

namespace outlast::base {

namespace {

std::uint64_t hash_of(GateKind kind, std::uint32_t k, const std::vector<GateId>& inputs) {
  std::uint64_t hash = splitmix((static_cast<std::uint64_t>(kind) << 32) + k + 1);
  for (GateId input : inputs) {
    hash = splitmix(hash + kGolden + input.index);
  }
  return hash;
}

/// Removes `neutral`, sorts, removes repetitions; true where `deciding` is among the inputs.
bool simplify(std::vector<GateId>& inputs, GateId neutral, GateId deciding) {
  if (std::find(inputs.begin(), inputs.end(), deciding) != inputs.end()) {
    return true;
  }
  std::erase(inputs, neutral);
  std::sort(inputs.begin(), inputs.end());
  inputs.erase(std::unique(inputs.begin(), inputs.end()), inputs.end());
  return false;
}

}  // namespace

Gates::Gates() {
  nodes_.push_back({GateKind::constant_false});
  nodes_.push_back({GateKind::constant_true});
}

GateId Gates::variable(VariableId id) {
  OUTLAST_ASSERT(id.index < variable_count_, "a gate names a variable that was never added");
  return intern(GateKind::variable, id.index, {});
}

GateId Gates::negation(VariableId id) {
  return intern(GateKind::negation, 0, {variable(id)});
}

GateId Gates::all(std::vector<GateId> inputs) {
  if (simplify(inputs, always(), never())) {
    return never();
  }
  if (inputs.empty()) {
    return always();
  }
  return inputs.size() == 1 ? inputs.front() : intern(GateKind::all, 0, inputs);
}

GateId Gates::any(std::vector<GateId> inputs) {
  if (simplify(inputs, never(), always())) {
    return always();
  }
  if (inputs.empty()) {
    return never();
  }
  return inputs.size() == 1 ? inputs.front() : intern(GateKind::any, 0, inputs);
}

GateId Gates::at_least(std::size_t k, std::vector<GateId> inputs) {
  std::erase(inputs, never());
  k -= std::min(k, std::erase(inputs, always()));
  if (k == 0) {
    return always();
  }
  if (k > inputs.size()) {
    return never();
  }
  if (k == 1) {
    return any(std::move(inputs));
  }
  if (k == inputs.size()) {
    return all(std::move(inputs));
  }
  std::sort(inputs.begin(), inputs.end());
  if (inputs.front() == inputs.back()) {
    return inputs.front();
  }
  return intern(GateKind::at_least, static_cast<std::uint32_t>(k), inputs);
}

std::span<const GateId> Gates::inputs(GateId gate) const {
  const NodeData& node = nodes_[gate.index];
  return std::span<const GateId>(inputs_).subspan(node.first, node.count);
}

VariableId Gates::variable_of(GateId gate) const {
  OUTLAST_ASSERT(kind(gate) == GateKind::variable, "only a variable gate has a variable");
  return VariableId(nodes_[gate.index].k);
}

bool Gates::is_monotone(GateId top) const {
  std::vector<bool> needed(top.index + std::size_t{1});
  needed[top.index] = true;
  for (std::size_t i = top.index + std::size_t{1}; i-- > 0;) {
    if (needed[i] && nodes_[i].kind == GateKind::negation) {
      return false;
    }
    if (needed[i]) {
      for (const GateId input : inputs(GateId(i))) {
        needed[input.index] = true;
      }
    }
  }
  return true;
}

std::vector<bool> Gates::evaluate(const std::vector<bool>& happened) const {
  OUTLAST_ASSERT(happened.size() == variable_count_, "an assignment has a value per variable");
  std::vector<bool> value(nodes_.size());
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const NodeData& node = nodes_[i];
    const auto true_inputs = [&] {
      const auto in = inputs(GateId(i));
      return std::count_if(in.begin(), in.end(), [&](GateId id) { return value[id.index]; });
    };
    switch (node.kind) {
      case GateKind::constant_false:
        value[i] = false;
        break;
      case GateKind::constant_true:
        value[i] = true;
        break;
      case GateKind::variable:
        value[i] = happened[node.k];
        break;
      case GateKind::negation:
        value[i] = true_inputs() == 0;
        break;
      case GateKind::all:
        value[i] = true_inputs() == node.count;
        break;
      case GateKind::any:
        value[i] = true_inputs() > 0;
        break;
      case GateKind::at_least:
        value[i] = true_inputs() >= node.k;
        break;
    }
  }
  return value;
}

GateId Gates::intern(GateKind kind, std::uint32_t k, const std::vector<GateId>& inputs) {
  const std::uint64_t hash = hash_of(kind, k, inputs);
  for (auto [at, end] = known_.equal_range(hash); at != end; ++at) {
    const NodeData& node = nodes_[at->second.index];
    const auto known_inputs = this->inputs(at->second);
    if (node.kind == kind && node.k == k &&
        std::equal(known_inputs.begin(), known_inputs.end(), inputs.begin(), inputs.end())) {
      return at->second;
    }
  }
  OUTLAST_ASSERT(nodes_.size() < GateId::kNone, "gates are counted in 32 bits");
  OUTLAST_ASSERT(inputs.size() < GateId::kNone - inputs_.size(), "inputs are counted in 32 bits");
  for (GateId input : inputs) {
    OUTLAST_ASSERT(input.index < nodes_.size(), "a gate is made after its inputs");
  }
  const GateId made(nodes_.size());
  nodes_.push_back({kind, k, static_cast<std::uint32_t>(inputs_.size()),
                    static_cast<std::uint32_t>(inputs.size())});
  inputs_.insert(inputs_.end(), inputs.begin(), inputs.end());
  known_.emplace(hash, made);
  return made;
}

}  // namespace outlast::base
