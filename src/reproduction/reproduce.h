#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/file_source.h"
#include "base/source.h"
#include "reproduction/compare.h"

namespace outlast::reproduction {

/// Reproductions held against their incidents.
///
/// in      which  id of an incident, or a file of the user's; empty: all that are compiled in
/// errors  no such reproduction, a file that cannot be read or is none, an incident that is not in
///         the archive; then nothing
[[nodiscard]] std::vector<Held> reproduce(const std::string& which, const base::FileSource& files,
                                          base::Sources& sources, base::Diagnostics& diagnostics);

/// Ids of the incidents that are reproduced.
[[nodiscard]] std::vector<std::string> reproduced_ids();

}  // namespace outlast::reproduction
