#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/document.h"
#include "reproduction/reproduction.h"

namespace outlast::reproduction {

/// What stands at `value:`, and what kind of figure it is by how it is written.
struct Value {
  Unit unit = Unit::number;
  std::vector<double> values;
};

/// "5m", "58%", "200", "true", "[1%, 10%, 100%]"; with `per` a rate: "58%" per "1h".
/// out  absent for anything else, for a rate or period of nothing, and for steps that do not rise
///      to all
[[nodiscard]] std::optional<Value> read_value(base::Node value, base::Node per);

}  // namespace outlast::reproduction
