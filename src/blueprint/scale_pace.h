#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/units.h"

namespace outlast::blueprint {

/// How many replicas may come, or go, within a time: "4 in 15s or 100% in 15s".
struct ScalePace {
  struct Limit {
    double replicas = 0;
    double share = 0;  ///< of those there when the time began
    base::Seconds within;
  };
  std::vector<Limit> limits;  ///< none: it never does
  bool takes_least = false;   ///< "and": the least that any of them lets; else the most
};

/// Reads a pace: limits joined by "or", or all by "and"; or "never".
/// out  absent where the text is none
[[nodiscard]] std::optional<ScalePace> pace_in(std::string_view text);

}  // namespace outlast::blueprint
