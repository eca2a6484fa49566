#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "blueprint/blueprint.h"
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

/// Plays an incident elsewhere: `name` = `value` instead of what it was. A region takes zones that bear
/// its name along, and a zone its region.
///
/// in      name   a role of the incident ("region", "provider"), or one that its faults select
/// errors  no such role; a provider that does not play it
[[nodiscard]] base::Result<Incident> transposed(const Incident& incident, std::string_view name,
                                                std::string_view value);

/// Why an incident that was transposed could happen nowhere: its provider has no such region, or its
/// region no such zone. Asked once all of it is said; nothing where it could.
[[nodiscard]] std::optional<base::Error> why_nowhere(const Incident& incident);

/// Why what plays a role is nowhere: a region, or a place in one, that no provider is known to have and
/// that the input does not name. Nothing for other roles.
[[nodiscard]] std::optional<base::Error> why_unknown(const Incident& incident,
                                                     const std::string& role,
                                                     const blueprint::Blueprint& bp);

}  // namespace outlast::incidents
