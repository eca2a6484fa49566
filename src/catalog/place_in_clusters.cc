// Pods lie where the nodes of their cluster lie, at its provider, and need a node there.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "catalog/passes.h"

namespace outlast::catalog {

using base::Node;
using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::Provenance;
using blueprint::Value;

namespace {

/// What a reference of pods leads to, as components, each once.
std::vector<std::size_t> components_at(const Sight& sight, ResourceId pod, std::string_view path) {
  std::vector<std::size_t> found;
  for (const auto& reference : sight.graph.resource(pod).references) {
    if (reference.path != path) {
      continue;
    }
    for (const ResourceId host : reference.targets) {
      for (const ResourceId owner : sight.folding.owners(host)) {
        const auto at = sight.component_of.find(owner.index);
        if (at != sight.component_of.end() &&
            std::find(found.begin(), found.end(), at->second) == found.end()) {
          found.push_back(at->second);
        }
      }
    }
  }
  return found;
}

/// A control plane without nodes of its own, as some clusters are, runs no pods where others do.
void leave_out_control_planes(const Sight& sight, const Draft& draft,
                              std::vector<std::size_t>& pools) {
  std::vector<std::size_t> nodes;
  std::copy_if(pools.begin(), pools.end(), std::back_inserter(nodes), [&](std::size_t at) {
    const TypeEntry* type = sight.catalog.type_of(draft.components[at]);
    return type != nullptr && type->is_workload;
  });
  pools = nodes.empty() ? pools : nodes;
}

/// A replica uses the nodes of its own zone; any of several groups will do.
void use_nodes_of_own_zone(const Draft& draft, const std::vector<std::size_t>& pools,
                           const std::vector<std::size_t>& named, DraftComponent& pod) {
  const auto is_among = [&](const std::vector<std::size_t>& those, const std::string& id) {
    return std::any_of(those.begin(), those.end(),
                       [&](std::size_t at) { return draft.components[at].id == id; });
  };
  for (blueprint::DraftNeed& need : pod.needs) {
    const bool is_for_nodes =
        std::all_of(need.any_of.begin(), need.any_of.end(),
                    [&](const std::string& id) { return is_among(named, id); });
    if (is_for_nodes) {
      need.is_local = true;
      need.confidence = blueprint::Confidence::referenced;  // no input says so in so many words
      std::erase_if(need.any_of, [&](const std::string& id) { return !is_among(pools, id); });
    }
  }
}

/// Lies where one of the groups lies; which, the scheduler decides.
void lie_where_pools_lie(const Draft& draft, const std::vector<std::size_t>& pools,
                         DraftComponent& pod) {
  bool are_all_known = true;
  std::set<std::string> told;
  for (const std::size_t at : pools) {
    const DraftComponent& pool = draft.components[at];
    are_all_known = are_all_known && pool.placements_are_known;
    for (const blueprint::DraftPlacement& placement : pool.placements) {
      if (told.insert(placement.zone.value_or(placement.label)).second) {
        pod.placements.push_back({placement.zone, placement.label, {}});
      }
    }
  }
  pod.placements_are_known = are_all_known && !pod.placements.empty();
}

/// Nodes of the manifests in zones where no group of the plan has any: one of the two is of another
/// time, or of another cluster.
void tell_other_zones(const Sight& sight, const Draft& draft, const std::vector<std::size_t>& pools,
                      base::Diagnostics& diagnostics) {
  const DraftComponent& first = draft.components[pools.front()];
  std::set<std::string> zones;
  for (const std::size_t at : pools) {
    for (const blueprint::DraftPlacement& placement : draft.components[at].placements) {
      if (!placement.zone.is_known()) {
        return;
      }
      zones.insert(*placement.zone);
    }
  }
  for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
    const Node labels = sight.graph.resource(id).attributes["metadata"]["labels"];
    const Node zone = labels["topology.kubernetes.io/zone"];
    const bool is_node = sight.graph.resource(id).type == "Node" && !zone.text().empty();
    if (is_node && !zones.empty() && !zones.contains(std::string(zone.text()))) {
      diagnostics.warning("OUT-E1406", zone.span(),
                          fmt::format("{} lies in {}, where no group of nodes of {} is",
                                      sight.graph.resource(id).address, zone.text(), first.id),
                          "this one is taken: is the other input of another day or cluster?");
      diagnostics.warning("OUT-E1406", first.evidence.span,
                          fmt::format("{} is made here", first.id), "give two inputs of one day");
      return;
    }
  }
}

/// What stands before pods, such as the balancer of a service, is at the cluster's provider too.
void place_beside(const Sight& sight, const DraftComponent& pod, std::string_view provider,
                  Draft& draft) {
  for (const auto& [index, at] : sight.component_of) {
    DraftComponent& c = draft.components[at];
    if (sight.graph.entry(ResourceId{index}).provider == provider && c.id != pod.id) {
      c.provider.fill(pod.provider);
      c.region.fill(pod.region);
      c.account = pod.account;
    }
  }
}

}  // namespace

void place_in_clusters(const Sight& sight, Draft& draft, base::Diagnostics& diagnostics) {
  bool is_told = false;
  const DraftComponent* first = nullptr;
  std::string_view provider;
  for (const auto& [index, at] : sight.component_of) {
    const auto clusters = components_at(sight, ResourceId{index}, kClusterOfPods);
    if (clusters.empty()) {
      continue;
    }
    DraftComponent& pod = draft.components[at];
    const DraftComponent& cluster = draft.components[clusters.front()];
    const auto named = components_at(sight, ResourceId{index}, kPoolsOfPods);
    auto pools = named;
    leave_out_control_planes(sight, draft, pools);
    if (!pools.empty() && !is_told) {
      tell_other_zones(sight, draft, pools, diagnostics);
      is_told = true;
    }
    if (pod.placements.empty()) {  // else its own input holds the nodes
      lie_where_pools_lie(draft, pools, pod);
      pod.may_share_places = sight.graph.resource(ResourceId{index}).may_share_places;
    }
    use_nodes_of_own_zone(draft, pools, named, pod);
    const TypeEntry* type = sight.catalog.type_of(cluster);
    if (type != nullptr) {
      pod.provider.fill(Value<std::string>::of(std::string(type->provider), Provenance::inferred));
    }
    pod.region.fill(pools.empty() ? cluster.region : draft.components[pools.front()].region);
    pod.account = cluster.account;
    first = first == nullptr ? &pod : first;
    provider = sight.graph.entry(ResourceId{index}).provider;
  }
  if (first != nullptr) {
    place_beside(sight, *first, provider, draft);
  }
}

}  // namespace outlast::catalog
