#pragma once

#include <string>

#include "base/source.h"
#include "findings/inspection.h"
#include "report/report.h"

namespace outlast::report {

/// For people: what was understood and what not, and which unknown is worth the most.
[[nodiscard]] std::string inspection_text(const findings::Inspection& inspection,
                                          const base::Sources& sources, const TextStyle& style);

/// For programs: all of it.
[[nodiscard]] std::string inspection_json(const findings::Inspection& inspection,
                                          const base::Sources& sources);

}  // namespace outlast::report
