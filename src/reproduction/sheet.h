#pragma once

#include <string>
#include <vector>

#include "reproduction/compare.h"

namespace outlast::reproduction {

/// Predicted beside published, what it rests on, and what repairs would have made of it.
[[nodiscard]] std::string sheet_text(const std::vector<Held>& all);
[[nodiscard]] std::string sheet_json(const std::vector<Held>& all);

}  // namespace outlast::reproduction
