#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "incidents/incident.h"
#include "incidents/usual_day.h"

namespace outlast::incidents {

/// The incidents of data/incidents, compiled in; by the time they began.
[[nodiscard]] const std::vector<Incident>& archive();

/// The table of roles of data/incidents, compiled in.
[[nodiscard]] const RoleTable& roles();

/// The usual day of data/incidents, compiled in.
[[nodiscard]] const UsualDay& usual_day();

/// The incident with this id; null if there is none.
[[nodiscard]] const Incident* find_incident(std::string_view id);

/// Can an incident be played with another one in this role?
[[nodiscard]] bool has_role(const Incident& incident, std::string_view name);

/// Plays an incident elsewhere: `name` = `value` instead of what it was.
///
/// in      name   a role of the incident ("region", "provider"), or one that its faults select
/// errors  no such role; a provider that does not play it
[[nodiscard]] base::Result<Incident> transposed(const Incident& incident, std::string_view name,
                                                std::string_view value);

}  // namespace outlast::incidents
