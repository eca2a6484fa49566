#pragma once

#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/file_source.h"
#include "blueprint/own_record.h"

namespace outlast::import {

/// Reads a history: YAML (a list below `history`) or CSV with a head (of,failures,exposure).
///
/// errors  to `diagnostics`, all at once and each with its place: unknown or missing keys,
///         failures that are no number from 0 on, no exposure, the same thing twice
[[nodiscard]] std::vector<blueprint::OwnRecord> read_history(const std::string& path,
                                                             const base::FileSource& files,
                                                             base::Sources& sources,
                                                             base::Diagnostics& diagnostics);

}  // namespace outlast::import
