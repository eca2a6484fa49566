#pragma once

#include <cstddef>
#include <vector>

#include "engines/montecarlo/years.h"

namespace outlast::engines::montecarlo {

/// Years of tops that are true as soon as any of several things is, all of them at once: a cause's
/// variable, or that and a chance that the cause strikes.
///
/// in    cause_of  by variable: index of its cause; `no_cause` where it belongs to none
/// out   indexes of the other tops, of which nothing is written to `out`
/// cost  once per change of a variable, and of what tops do not share; nothing is evaluated
std::vector<std::size_t> sample_series_years(const YearModel& model,
                                             const std::vector<std::size_t>& cause_of,
                                             std::size_t no_cause, const YearOptions& options,
                                             Years& out);

}  // namespace outlast::engines::montecarlo
