#pragma once

#include "base/document.h"
#include "settings/settings.h"

namespace outlast::settings {

/// Reads the list behind `ignores`: maps of id, reason, and perhaps address and until.
[[nodiscard]] std::vector<gate::Ignore> read_ignores(base::Node list,
                                                     base::Diagnostics& diagnostics);

}  // namespace outlast::settings
