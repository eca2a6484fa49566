#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/gates.h"

namespace outlast::base {

/// What alone makes a series true: a variable, or two variables together.
struct SeriesTerm {
  VariableId variable;
  VariableId with;  ///< absent: the first alone
  friend bool operator==(const SeriesTerm&, const SeriesTerm&) = default;
};

/// Gates that are true as soon as any of their terms is, no two of which share a variable: series,
/// of which much is known without building anything.
struct Series {
  std::vector<SeriesTerm> terms;  ///< each different one once, whoever has it
  /// By top: its terms, as indexes, ascending by variable; nothing where it is more than a series.
  std::vector<std::optional<std::vector<std::uint32_t>>> of_top;
};

/// cost  linear in the gates below each top
[[nodiscard]] Series read_series(const Gates& gates, const std::vector<GateId>& tops);

}  // namespace outlast::base
