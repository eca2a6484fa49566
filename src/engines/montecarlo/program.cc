#include "engines/montecarlo/program.h"

#include <algorithm>

#include "base/assert.h"
#include "base/gate_part.h"

namespace outlast::engines::montecarlo {

using base::GateId;
using base::GateKind;

namespace {

std::uint32_t threshold_of(const base::Gates& gates, GateId gate) {
  switch (gates.kind(gate)) {
    case GateKind::any:
      return 1;
    case GateKind::all:
      return static_cast<std::uint32_t>(gates.inputs(gate).size());
    case GateKind::at_least:
      return static_cast<std::uint32_t>(gates.threshold(gate));
    case GateKind::negation:
      return 0;
    case GateKind::constant_false:
    case GateKind::constant_true:
    case GateKind::variable:
      break;
  }
  OUTLAST_ASSERT(false, "constants are folded away below other gates");
}

}  // namespace

Program::Program(const base::Gates& gates, GateId top) {
  const std::vector<GateId> used = base::all_below(gates, top);
  for (const GateId gate : used) {
    if (gates.kind(gate) == GateKind::variable) {
      events_.push_back(gates.variable_of(gate));
    }
  }
  std::sort(events_.begin(), events_.end());
  std::vector<std::uint32_t> slot;  // by place in `used`
  const auto slot_of = [&](GateId gate) {
    const auto at = std::lower_bound(used.begin(), used.end(), gate);
    return slot[static_cast<std::size_t>(at - used.begin())];
  };
  for (const GateId gate : used) {
    if (gates.kind(gate) == GateKind::variable) {
      const auto at = std::lower_bound(events_.begin(), events_.end(), gates.variable_of(gate));
      slot.push_back(static_cast<std::uint32_t>(at - events_.begin()));
      continue;
    }
    const auto in = gates.inputs(gate);
    operations_.push_back({threshold_of(gates, gate), static_cast<std::uint32_t>(inputs_.size()),
                           static_cast<std::uint32_t>(in.size())});
    for (const GateId input : in) {
      inputs_.push_back(slot_of(input));
    }
    slot.push_back(static_cast<std::uint32_t>(events_.size() + operations_.size() - 1));
  }
  top_ = slot.back();
}

ProgramView Program::view() const {
  return {operations_.data(), operations_.size(), inputs_.data(), events_.size(), top_};
}

}  // namespace outlast::engines::montecarlo
