#pragma once

#include <string_view>

#include "explain/explain.h"

namespace outlast::explain {

/// What a habit was graded by: single faults, places, changes or needs, one by one.
/// in  id  "assumes_failure", … of `pipeline::kHabitMeasures`
[[nodiscard]] findings::Explanation explain_habit(const Subject& subject, std::string_view id);

}  // namespace outlast::explain
