#pragma once

#include <vector>

#include "base/diagnostics.h"
#include "incidents/incident.h"

namespace outlast::incidents {

/// Where the parts of an incident stand, in its order.
struct Places {
  base::Span top;
  std::vector<base::Span> phases;
  std::vector<base::Span> actions;
  std::vector<base::Span> boundaries;
};

/// Tells where the parts of an incident contradict each other.
///
/// errors  OUT-I007 times, OUT-I008 names and what a fault or class asks for, OUT-I009 roles that
///         no provider of the incident plays
void check_incident(const Incident& incident, const Places& places, const RoleTable& table,
                    base::Diagnostics& diagnostics);

}  // namespace outlast::incidents
