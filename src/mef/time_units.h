#pragma once

#include "mef/definitions.h"
#include "mef/model.h"

namespace outlast::mef {

/// Numbers are taken as they are written, whatever their unit: a rate per year times a time in hours is
/// told, and so is one times the mission time that nobody gave, which is a year in hours.
///
/// errors  none; warnings OUT-E1521, one for each unit that is not the first one's
void compare_time_units(const Definitions& definitions, const Model& model, double mission_time,
                        const base::Sources& sources, Mistakes& mistakes);

}  // namespace outlast::mef
