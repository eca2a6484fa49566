// Networks that are joined by a peering, or because all of them hang on one hub.
//
// A peering alone carries nothing where the provider asks for routes: only where some route of the
// inputs leads to it are the networks taken to be joined. They are so in pairs and not in chains:
// A with B and B with C does not join A with C, but a hub joins all that hang on it.

#include <map>
#include <set>

#include "catalog/passes.h"

namespace outlast::catalog {

namespace {

std::set<std::uint32_t> routed(const Sight& sight) {
  std::set<std::uint32_t> all;
  for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
    for (const std::string_view attribute : sight.graph.entry(id).access.leads_to) {
      for (const ResourceId target : sight.graph.named_by(id, attribute).targets) {
        all.insert(target.index);
      }
    }
  }
  return all;
}

}  // namespace

std::string network_named(const Sight& sight, ResourceId id, std::string_view attribute) {
  if (attribute.empty()) {
    return "";
  }
  const Naming named = sight.graph.named_by(id, attribute, "", sight.networks);
  return !named.targets.empty()   ? sight.id_of(named.targets.front())
         : !named.outside.empty() ? named.outside.front()
                                  : "";
}

void read_joined_networks(const Sight& sight, blueprint::Draft& draft) {
  std::map<std::uint32_t, std::set<std::string>> groups;  // by what joins
  const std::set<std::uint32_t> with_route = routed(sight);
  for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
    const AccessEntry& access = sight.graph.entry(id).access;
    if (access.joins.empty()) {
      continue;
    }
    std::vector<ResourceId> joining = {id};
    if (!access.hub.empty()) {
      joining = sight.graph.named_by(id, access.hub).targets;
    }
    for (const ResourceId one : joining) {
      for (const std::string_view attribute : access.joins) {
        if (const std::string network = network_named(sight, id, attribute);
            !network.empty() && (!access.is_routed || with_route.contains(one.index))) {
          groups[one.index].insert(network);
        }
      }
    }
  }
  for (const auto& [joining, networks] : groups) {
    if (networks.size() > 1) {
      draft.access.joined.emplace_back(networks.begin(), networks.end());
    }
  }
}

}  // namespace outlast::catalog
