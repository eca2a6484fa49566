#pragma once

#include <vector>

#include "base/json_writer.h"
#include "findings/evaluation.h"

namespace outlast::report {

/// The member "stores": what leaves no restorable copy of each store's data.
void write_stores(base::JsonWriter& json, const std::vector<findings::StoreRisk>& stores);

}  // namespace outlast::report
