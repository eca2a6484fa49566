#pragma once

#include <string>

#include "base/diagnostics.h"

namespace outlast::report {

/// What there is to tell of the inputs, for programs: each with its place in lines and columns,
/// counted from 1, and its remedy; the end of a place is the column behind it.
[[nodiscard]] std::string diagnostics_json(const base::Diagnostics& diagnostics,
                                           const base::Sources& sources);

}  // namespace outlast::report
