#pragma once

#include <array>
#include <functional>
#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "findings/evaluation.h"
#include "incidents/incident.h"
#include "replay/exposure.h"
#include "replay/luck.h"
#include "replay/timeline.h"

namespace outlast::replay {

/// A replica that lies in the building an incident happens in, or that is deleted.
struct Struck {
  blueprint::ComponentId component;
  std::size_t replica = 0;
  std::size_t phase = 0;
  Exposure exposure = Exposure::hit;  ///< unknown: of a cohort that it may not be in
  /// From the phase on until it is good again, by luck; infinite: never.
  std::array<double, kQuantiles.size()> down_s{};
  double held_s = 0;  ///< how long it waited to be started elsewhere, for nothing could be
  findings::DataLost data = {};  ///< of a store of which nothing else is left

  [[nodiscard]] double down(Luck luck) const { return down_s[static_cast<std::size_t>(luck)]; }
};

using LaunchesLost = std::function<Timeline(blueprint::ComponentId)>;

/// Replicas that phases in a place of the incident hit, those in a zone or facility of its name, and those
/// that are deleted wherever they lie, as when their account is lost.
///
/// in   launches_lost  what is lost of launching a component, over time
/// out  down_s  by the same ways back as for a zone or an account: waited for, or, once launching works,
///              started elsewhere, rebuilt or restored by people
[[nodiscard]] std::vector<Struck> struck_replicas(const blueprint::Blueprint& bp,
                                                  const catalog::Catalog& catalog,
                                                  const incidents::Incident& incident,
                                                  const incidents::RoleTable& roles,
                                                  const LaunchesLost& launches_lost);

}  // namespace outlast::replay
