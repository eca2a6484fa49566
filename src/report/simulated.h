#pragma once

#include <string>

#include "findings/simulated.h"
#include "report/report.h"

namespace outlast::report {

/// "    12:05  database is back: after 20 min".
[[nodiscard]] std::string told_line(const findings::StoryLine& told);

/// For people: the answer, lines of load and use, and the story with its causes.
[[nodiscard]] std::string simulated_text(const findings::Simulated& simulated,
                                         const std::string& name, const TextStyle& style);

/// For programs: the same, every series, and every assumption.
[[nodiscard]] std::string simulated_json(const findings::Simulated& simulated,
                                         const std::string& name);

/// The timeline as a table: at_s, kind, subject, metric, value, cause; a line for every change of
/// state and for every number of every step, by time.
[[nodiscard]] std::string trace_csv(const findings::Simulated& simulated);

}  // namespace outlast::report
