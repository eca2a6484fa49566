#include "base/gate_part.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace outlast::base {
std::vector<GateId> all_below(const Gates& whole, GateId top) {
  std::unordered_set<std::uint32_t> seen = {top.index};
  std::vector<GateId> all = {top};
  for (std::size_t next = 0; next < all.size(); ++next) {
    for (const GateId input : whole.inputs(all[next])) {
      if (seen.insert(input.index).second) {
        all.push_back(input);
      }
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

GatePart part_below(const Gates& whole, GateId top) {
  GatePart part;
  const std::vector<GateId> all = all_below(whole, top);
  for (const GateId gate : all) {
    if (whole.kind(gate) == GateKind::variable) {
      part.variables.push_back(whole.variable_of(gate));
    }
  }
  std::sort(part.variables.begin(), part.variables.end());
  for (std::size_t i = 0; i < part.variables.size(); ++i) {
    part.gates.add_variable();
  }
  const auto own = [&](VariableId variable) {
    const auto at = std::lower_bound(part.variables.begin(), part.variables.end(), variable);
    return VariableId(static_cast<std::size_t>(at - part.variables.begin()));
  };
  std::unordered_map<std::uint32_t, GateId> made;
  for (const GateId gate : all) {
    std::vector<GateId> inputs;
    for (const GateId input : whole.inputs(gate)) {
      inputs.push_back(made.at(input.index));
    }
    switch (whole.kind(gate)) {
      case GateKind::constant_false:
        part.top = part.gates.never();
        break;
      case GateKind::constant_true:
        part.top = part.gates.always();
        break;
      case GateKind::variable:
        part.top = part.gates.variable(own(whole.variable_of(gate)));
        break;
      case GateKind::negation:
        part.top = part.gates.negation(part.gates.variable_of(inputs.front()));
        break;
      case GateKind::all:
        part.top = part.gates.all(std::move(inputs));
        break;
      case GateKind::any:
        part.top = part.gates.any(std::move(inputs));
        break;
      case GateKind::at_least:
        part.top = part.gates.at_least(whole.threshold(gate), std::move(inputs));
        break;
    }
    made.emplace(gate.index, part.top);
  }
  return part;
}

}  // namespace outlast::base
