#pragma once

#include <optional>
#include <string>

#include "base/diagnostics.h"
#include "base/file_source.h"
#include "blueprint/scenario.h"

namespace outlast::import {

/// Reads a scenario: what goes wrong when, and what is done about it.
///
///     scenario: the database dies during the sale
///     users: 5000
///     until: 1h
///     faults:
///       - {id: sale, at: 1m, fault: surge, users: 20000, within: 5m}
///       - {at: 10m, fault: down, match: {component: database}, replicas: 1}
///       - {id: slow, at: 20m, fault: degrade, match: {zone: us-east-1a}, slower: 4}
///     recoveries:
///       - {at: 35m, recovery: restart, ends: [slow]}
///
/// out     faults and recoveries by time; nothing if there was an error
/// errors  to `diagnostics`, all at once and each with its place: of shape OUT-E12xx, of sense
///         OUT-E18xx (docs/how-to-write-a-scenario.md lists them). Whether what is named is there
///         the architecture decides.
[[nodiscard]] std::optional<blueprint::Scenario> read_scenario(const std::string& path,
                                                               const base::FileSource& files,
                                                               base::Sources& sources,
                                                               base::Diagnostics& diagnostics);

}  // namespace outlast::import
