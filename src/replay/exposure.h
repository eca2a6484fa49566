#pragma once

#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "incidents/incident.h"

namespace outlast::replay {

/// Is a component among what a phase hits? Ascending: the least of several conditions decides.
enum class Exposure { spared, unknown, hit };

/// in   roles  who plays what at which provider
/// out  unknown where its provider, its region, or a trait of the cohort, is not known
[[nodiscard]] Exposure exposure_of(const incidents::Incident& incident,
                                   const incidents::Phase& phase, const incidents::RoleTable& roles,
                                   const blueprint::Blueprint& bp, blueprint::ComponentId id);

/// Does a component surely play one of a phase's roles? Always, where it names none.
[[nodiscard]] bool plays_a_role(const incidents::Incident& incident, const incidents::Phase& phase,
                                const incidents::RoleTable& roles, const blueprint::Blueprint& bp,
                                blueprint::ComponentId id);

/// Is it not known at which provider a component runs, so that it may be among what a phase hits?
[[nodiscard]] bool is_cloud_open(const incidents::Incident& incident, const incidents::Phase& phase,
                                 const incidents::RoleTable& roles, const blueprint::Blueprint& bp,
                                 blueprint::ComponentId id);

/// What is not known of a component and decides whether a phase hits it: "proxy", "its region".
[[nodiscard]] std::vector<std::string> open_traits(const incidents::Phase& phase,
                                                   const blueprint::Component& component);

}  // namespace outlast::replay
