#pragma once

#include <string>

#include "findings/surge.h"
#include "report/report.h"

namespace outlast::report {

/// For people: what is full first, what is lost, whether it recovers, with lines of load and use.
[[nodiscard]] std::string surge_text(const findings::Surge& surge, const std::string& name,
                                     const TextStyle& style);

/// For programs: the same, every series, and every assumption.
[[nodiscard]] std::string surge_json(const findings::Surge& surge, const std::string& name);

}  // namespace outlast::report
