#include "replay/exposure.h"

#include <algorithm>

#include "failure/events.h"

namespace outlast::replay {

using blueprint::Blueprint;
using blueprint::Component;
using blueprint::ComponentId;
using incidents::Incident;
using incidents::Phase;

namespace {

/// The provider that plays a role in this incident; empty where nobody does.
std::string player_of(const Incident& incident, const std::string& role) {
  const auto own = incident.roles.find(role);
  if (own != incident.roles.end()) {
    return own->second;
  }
  const auto all = incident.roles.find("provider");
  return all == incident.roles.end() ? "" : all->second;
}

/// A type as a whole, or one of its variants.
bool is_of_type(const std::string& type, const std::string& name) {
  return type == name || type.starts_with(name + ".");
}

/// Is a component one of the parts that may be at any provider, as far as its input says?
bool is_of_unknown_cloud(const Component& c, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return name.find('.') != std::string::npos
               ? is_of_type(c.type, name)
               : c.provider.empty() && c.type.empty() && blueprint::name_of(c.kind) == name;
  });
}

/// Does a component play a role at its player? Not known, where its input names no cloud.
Exposure in_role(const Incident& incident, const std::string& role,
                 const incidents::RoleTable& roles, const Blueprint& bp, ComponentId id) {
  const Component& c = bp[id];
  const std::string player = player_of(incident, role);
  const auto known = roles.find(role);
  if (known == roles.end() || !known->second.contains(player)) {
    return Exposure::spared;
  }
  const auto group = failure::group_of(bp, id, blueprint::FateKind::service);
  const std::string service = group.exists() ? bp[group].name : "";
  const auto& names = known->second.at(player);
  const bool is_hit =
      player == c.provider && std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return name.find('.') != std::string::npos ? is_of_type(c.type, name) : service == name;
      });
  const auto unknown = known->second.find(std::string(incidents::kUnknownCloud));
  const bool is_anywhere =
      !is_hit && unknown != known->second.end() && is_of_unknown_cloud(c, unknown->second);
  // The nodes of a cluster can tell at whom the pods on them run.
  const bool names_cloud = !c.provider.empty() && !c.type.starts_with(c.provider + ".");
  const bool runs_there = is_anywhere && names_cloud && c.provider == player;
  return is_hit || runs_there          ? Exposure::hit
         : is_anywhere && !names_cloud ? Exposure::unknown
                                       : Exposure::spared;
}

Exposure in_roles(const Incident& incident, const Phase& phase, const incidents::RoleTable& roles,
                  const Blueprint& bp, ComponentId id) {
  Exposure exposure = Exposure::spared;
  for (const std::string& role : phase.match.roles) {
    exposure = std::max(exposure, in_role(incident, role, roles, bp, id));
  }
  return exposure;
}

/// What is spread over the world is in no region.
Exposure in_region(const Incident& incident, const Phase& phase, const Component& c) {
  const auto region = incident.roles.find("region");
  if (phase.match.is_everywhere || region == incident.roles.end()) {
    return Exposure::hit;
  }
  if (c.scope == blueprint::Scope::global) {
    return Exposure::spared;
  }
  if (!c.region.is_known()) {
    return Exposure::unknown;
  }
  return *c.region == region->second ? Exposure::hit : Exposure::spared;
}

Exposure in_cohort(const Phase& phase, const Component& c) {
  Exposure exposure = Exposure::hit;
  for (const auto& [name, value] : phase.match.cohort.traits) {
    const auto own = c.traits.find(name);
    if (own == c.traits.end()) {
      exposure = std::min(exposure, Exposure::unknown);
    } else if (own->second != value) {
      return Exposure::spared;
    }
  }
  return exposure;
}

}  // namespace

Exposure exposure_of(const Incident& incident, const Phase& phase,
                     const incidents::RoleTable& roles, const Blueprint& bp, ComponentId id) {
  if (!phase.match.place.empty()) {
    return Exposure::spared;  // whom it hits is a matter of replicas: places.h
  }
  const Exposure played = in_roles(incident, phase, roles, bp, id);
  return played == Exposure::spared
             ? played
             : std::min({played, in_region(incident, phase, bp[id]), in_cohort(phase, bp[id])});
}

bool plays_a_role(const Incident& incident, const Phase& phase, const incidents::RoleTable& roles,
                  const Blueprint& bp, ComponentId id) {
  return phase.match.roles.empty() || in_roles(incident, phase, roles, bp, id) == Exposure::hit;
}

bool is_cloud_open(const Incident& incident, const Phase& phase, const incidents::RoleTable& roles,
                   const Blueprint& bp, ComponentId id) {
  return in_roles(incident, phase, roles, bp, id) == Exposure::unknown;
}

std::vector<std::string> open_traits(const Phase& phase, const Component& component) {
  std::vector<std::string> open;
  for (const auto& [name, value] : phase.match.cohort.traits) {
    if (!component.traits.contains(name)) {
      open.push_back(name);
    }
  }
  if (!phase.match.is_everywhere && !component.region.is_known()) {
    open.emplace_back("the region");
  }
  return open;
}

}  // namespace outlast::replay
