#pragma once

#include <vector>

#include "base/gates.h"

namespace outlast::base {

/// One gate with all below it, as gates of its own.
struct GatePart {
  Gates gates;
  GateId top;
  std::vector<VariableId> variables;  ///< by its variables: which of the whole each is, ascending
};

/// The gate and all below it, ascending: inputs first.
/// cost  linear in these, and a logarithm; not in the model
[[nodiscard]] std::vector<GateId> all_below(const Gates& whole, GateId top);

/// Takes a gate out of a model, so that questions about it cost as much as it, not as the model.
///
/// out   the same formula: gates and variables keep their order
/// cost  linear in the gates below `top`, and a logarithm
[[nodiscard]] GatePart part_below(const Gates& whole, GateId top);

}  // namespace outlast::base
