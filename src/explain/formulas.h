#pragma once

#include <vector>

#include "explain/explain.h"

/// Numbers put into the formulas they come from.
namespace outlast::explain {

/// The availability over all journeys, and how its intervals come about.
[[nodiscard]] std::vector<findings::Formula> formulas_of(const Subject& subject,
                                                         const findings::Availability& whole);

/// The downtime of one journey: outages and masked faults.
[[nodiscard]] std::vector<findings::Formula> formulas_of(
    const findings::JourneyAvailability& journey);

/// The verdict of a row: what was lost against what may be.
[[nodiscard]] std::vector<findings::Formula> formulas_of(const Subject& subject,
                                                         const findings::SurvivalRow& row);

/// How much of a year an event lasts, and the downtime that is attributed to it.
[[nodiscard]] std::vector<findings::Formula> formulas_of(const Subject& subject,
                                                         failure::EventId event);

}  // namespace outlast::explain
