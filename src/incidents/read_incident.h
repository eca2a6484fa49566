#pragma once

#include <optional>
#include <string_view>

#include "base/diagnostics.h"
#include "base/document.h"
#include "incidents/incident.h"

namespace outlast::incidents {

/// Reads one incident and tells all that is wrong with it at once.
///
/// in      root   of a YAML document
///         table  roles that selectors may name
/// errors  OUT-I001 … OUT-I009 to `diagnostics`, each with its place and a remedy; then nothing is
///         returned. What is of a customer (a TTL, a pool, a tail after the provider's repair) is
///         refused: it is read from the architecture that is asked about.
[[nodiscard]] std::optional<Incident> read_incident(base::Node root, const RoleTable& table,
                                                    base::Diagnostics& diagnostics);

/// Reads the table of roles: `roles: {key_value_store: {aws: [dynamodb]}}`.
[[nodiscard]] RoleTable read_roles(base::Node root, base::Diagnostics& diagnostics);

/// Seconds since 1970 of "2025-10-20T06:48:00Z"; absent for anything else.
[[nodiscard]] std::optional<std::int64_t> parse_moment(std::string_view text);

/// "2025-10-20 06:48" of seconds since 1970, UTC.
[[nodiscard]] std::string format_moment(std::int64_t seconds);

}  // namespace outlast::incidents
