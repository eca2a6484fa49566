#pragma once

#include "base/json_writer.h"
#include "findings/resilience.h"

namespace outlast::report {

/// Writes the members "double_faults", "vendor_sets", "recovery_needs", "recovery_tools" and
/// "planned_work".
void write_resilience(base::JsonWriter& json, const findings::Resilience& resilience);

}  // namespace outlast::report
