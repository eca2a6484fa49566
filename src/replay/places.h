#pragma once

#include <optional>
#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "findings/evaluation.h"
#include "incidents/incident.h"

namespace outlast::replay {

/// A replica that lies in the building an incident happens in.
struct Struck {
  blueprint::ComponentId component;
  std::size_t replica = 0;
  std::size_t phase = 0;
  double down_s = 0;        ///< from the phase on until it is good again; infinite: never
  findings::DataLost data;  ///< of a store of which nothing else is left
};

/// Replicas that phases in a place of the incident hit: those in a zone or facility of its name.
///
/// out  down_s  the median, by the same ways back as for a zone: waited for, started elsewhere,
///              rebuilt or restored by people
[[nodiscard]] std::vector<Struck> struck_in_places(const blueprint::Blueprint& bp,
                                                   const catalog::Catalog& catalog,
                                                   const incidents::Incident& incident,
                                                   const incidents::RoleTable& roles);

}  // namespace outlast::replay
