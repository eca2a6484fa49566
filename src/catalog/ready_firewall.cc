#include "catalog/ready_firewall.h"

#include <algorithm>
#include <optional>
#include <set>

#include "catalog/attribute_path.h"
#include "catalog/marks.h"
#include "catalog/places.h"

namespace outlast::catalog {
namespace {

/// Does it, or a part of it, say anything of firewalls, known or not?
bool says_its_firewalls(const Sight& sight, ResourceId component) {
  const auto whole = sight.folding.whole(component);
  return std::any_of(whole.begin(), whole.end(), [&](ResourceId part) {
    const auto& links = sight.graph.links_of(part);
    return std::any_of(links.begin(), links.end(), [&](std::size_t index) {
      const Link& link = sight.graph.links()[index];
      return link.rule->role == LinkRole::firewall && link.naming.said > 0;
    });
  });
}

/// Types of which some have no firewall at all: those of its conditions.
bool goes_unguarded(const Sight& sight, ResourceId component) {
  const auto& rules = sight.graph.entry(component).access.unguarded;
  return std::any_of(rules.begin(), rules.end(), [&](const Condition& one) {
    return meets(sight, component, component, one) != Truth::no;
  });
}

/// The network that one is of; of who names none, the provider's own, without name. Absent where it
/// names one that is not known.
std::optional<std::string> network_of(const Sight& sight, ResourceId id) {
  const std::string_view attribute = sight.graph.entry(id).access.network;
  std::string named = network_named(sight, id, attribute);
  const bool is_told = !named.empty() || holds(sight.graph.resource(id).attributes, attribute,
                                               "absent") == Truth::yes;
  return is_told ? std::optional(std::move(named)) : std::nullopt;
}

/// The networks that are known of its subnets.
std::set<std::string> networks_of(const Sight& sight, ResourceId component) {
  std::set<std::string> networks;
  bool lies_in_subnet = false;
  const Places places = places_of(sight.graph, sight.folding, component);
  for (const Place& place : places.all) {
    if (!place.subnet.exists()) {
      continue;
    }
    lies_in_subnet = true;
    if (auto network = network_of(sight, place.subnet)) {
      networks.insert(std::move(*network));
    }
  }
  if (!lies_in_subnet && places.are_complete &&
      sight.graph.entry(component).scope == blueprint::Scope::zone) {
    networks.insert("");
  }
  return networks;
}

}  // namespace

bool names_firewalls(const TypeEntry& entry) {
  return std::any_of(entry.links.begin(), entry.links.end(), [](const LinkRule& rule) {
    return rule.role == LinkRole::firewall && rule.from.empty();
  });
}

ResourceId ready_firewall_of(const Sight& sight, ResourceId component) {
  if (sight.ready_firewalls.empty() || !names_firewalls(sight.graph.entry(component)) ||
      says_its_firewalls(sight, component) || goes_unguarded(sight, component)) {
    return {};
  }
  const std::set<std::string> networks = networks_of(sight, component);
  const auto found =
      std::find_if(sight.ready_firewalls.begin(), sight.ready_firewalls.end(), [&](ResourceId id) {
        const auto network = network_of(sight, id);
        return network && networks.contains(*network);
      });
  return found == sight.ready_firewalls.end() ? ResourceId() : *found;
}

}  // namespace outlast::catalog
