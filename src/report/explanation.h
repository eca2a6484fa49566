#pragma once

#include <string>
#include <vector>

#include "base/source.h"
#include "findings/explanation.h"
#include "report/report.h"

namespace outlast::report {

/// For people: the claim, its numbers put into their formulas, what happens, and what it rests on.
[[nodiscard]] std::string explanations_text(const std::vector<findings::Explanation>& all,
                                            const base::Sources& sources, const TextStyle& style);

/// For programs: an array under "explanations", with all steps and witnesses.
[[nodiscard]] std::string explanations_json(const std::vector<findings::Explanation>& all,
                                            const base::Sources& sources);

}  // namespace outlast::report
