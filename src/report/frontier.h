#pragma once

#include <string>

#include "findings/frontier.h"
#include "report/report.h"

namespace outlast::report {

/// For people: the smallest surges that it does not come back from, and what mends that.
[[nodiscard]] std::string frontier_text(const findings::Frontier& frontier, const std::string& name,
                                        const TextStyle& style);

/// For programs: the same.
[[nodiscard]] std::string frontier_json(const findings::Frontier& frontier,
                                        const std::string& name);

}  // namespace outlast::report
