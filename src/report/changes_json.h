#pragma once

#include <vector>

#include "base/json_writer.h"
#include "findings/change.h"

namespace outlast::report {

/// "changes": how releases and configurations reach users, and what a bad one does.
void write_changes(base::JsonWriter& json, const std::vector<findings::Change>& changes);

}  // namespace outlast::report
