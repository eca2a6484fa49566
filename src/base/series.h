#pragma once

#include <optional>
#include <vector>

#include "base/gates.h"

namespace outlast::base {

/// What alone makes a series true: a variable, or two variables together.
struct SeriesTerm {
  VariableId variable;
  VariableId with;  ///< absent: the first alone
};

/// Terms of a gate that is true as soon as any of them is, no two of which share a variable: a
/// series, of which much is known without building anything. Nothing where the gate is more than
/// that.
///
/// out   ascending by variable
/// cost  linear in the gates below `top`
[[nodiscard]] std::optional<std::vector<SeriesTerm>> series_of(const Gates& gates, GateId top);

}  // namespace outlast::base
