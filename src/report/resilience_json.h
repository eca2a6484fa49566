#pragma once

#include "base/json_writer.h"
#include "findings/evaluation.h"

namespace outlast::report {

/// The member "importance".
void write_importances(base::JsonWriter& json, const findings::Importances& importances);

/// The members "single_faults", "double_faults", "vendor_sets", "recovery_needs", "recovery_tools"
/// and "planned_work".
void write_resilience(base::JsonWriter& json, const findings::Resilience& resilience);

}  // namespace outlast::report
