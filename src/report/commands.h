#pragma once

#include <string>
#include <string_view>

#include "report/report.h"

namespace outlast::report {

/// What to type to be told more of something: "outlast explain OUT-A001 plan.json".
/// in  id  of a rule, a case, …
[[nodiscard]] std::string explain_command(const Content& content, std::string_view id);

}  // namespace outlast::report
