#pragma once

#include <optional>
#include <string>

#include "base/diagnostics.h"
#include "base/file_source.h"
#include "incidents/incident.h"

namespace outlast::incidents {

/// Reads one incident of a file of the user's, against the table of roles that is compiled in.
/// errors  a file that cannot be read or is no YAML; all of `read_incident`
[[nodiscard]] std::optional<Incident> read_incident_file(const std::string& path,
                                                         const base::FileSource& files,
                                                         base::Sources& sources,
                                                         base::Diagnostics& diagnostics);

}  // namespace outlast::incidents
