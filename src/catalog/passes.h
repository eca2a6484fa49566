#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "blueprint/draft.h"
#include "catalog/folding.h"
#include "catalog/places.h"
#include "catalog/programs.h"
#include "catalog/relays.h"
#include "catalog/resource_graph.h"

/// The passes of `read_meaning`, in the order they run. Each reads what the ones before it left.
namespace outlast::catalog {

/// Resources, how they hang together, and which component each became.
struct Sight {
  Sight(const blueprint::Draft& draft, const Catalog& built_in)
      : catalog(built_in), graph(draft, built_in), folding(graph), relays(graph, folding) {
    for (const ResourceId id : base::ids<ResourceId>(graph.size())) {
      programs.push_back(program_run_by(built_in, graph.resource(id), graph.entry(id)));
      const TypeEntry& entry = graph.entry(id);
      if (!entry.firewall.empty() && !entry.access.network.empty()) {
        ready_firewalls.push_back(id);
      }
    }
    for (const ProviderEntry& provider : built_in.tables().providers) {
      networks.insert(networks.end(), provider.networks.begin(), provider.networks.end());
      firewalls.insert(firewalls.end(), provider.firewalls.begin(), provider.firewalls.end());
    }
  }

  const Catalog& catalog;
  ResourceGraph graph;
  Folding folding;
  Relays relays;
  std::vector<const ProgramEntry*> programs;  ///< that each resource runs, or null
  std::vector<std::string_view> networks;     ///< types that are a network, of all providers …
  std::vector<std::string_view> firewalls;    ///< … and that rules may name as a peer
  std::vector<ResourceId> ready_firewalls;    ///< that a network has for whoever names none
  std::map<std::uint32_t, std::size_t> component_of;  ///< resource index → draft.components

  /// What it means, where nothing else is said, to need this.
  [[nodiscard]] blueprint::Strength strength_of_need(ResourceId component) const {
    const ProgramEntry* program = programs[component.index];
    return program != nullptr && program->strength ? *program->strength
                                                   : graph.entry(component).default_strength;
  }
  [[nodiscard]] const std::string& id_of(ResourceId component) const {
    return graph.resource(component).address;
  }
};

/// "module.app.aws_instance.web[0]": its last one is "web[0]", its last two "aws_instance.web[0]".
/// Addresses with slashes are parted by these: "shop/Deployment/web.v2" ends in "web.v2".
[[nodiscard]] std::string last_parts(std::string_view address, std::size_t parts);

void make_components(Sight& sight, blueprint::Draft& draft, base::Diagnostics& diagnostics);
/// What of each component, or of its parts, ends one day.
void read_lifetimes(const Sight& sight, blueprint::Draft& draft);

/// What settings say of those that share a zone or the like with them, as traits.
void read_traits(const Sight& sight, blueprint::Draft& draft);
/// How releases and configurations reach a component; its replicas are read by then.
void read_rollouts(const Sight& sight, ResourceId id, blueprint::DraftComponent& c);
/// References of pods that `find_clusters` adds: to the groups of nodes they need, and to the cluster,
/// which tells where they are and is no need.
inline constexpr std::string_view kPoolsOfPods = "pools";
inline constexpr std::string_view kClusterOfPods = "cluster of pods";
/// A link that is never followed: groups of machines that are nodes only where a tag says so.
inline constexpr std::string_view kMachinesOfPods = "machines by tag";

/// Services that only traces show and that have the name of a workload: they are it.
void join_traced_services(const Catalog& catalog, blueprint::Draft& draft);
/// The cluster of another input that pods of manifests run on: they then refer to its nodes.
void find_clusters(const Catalog& catalog, blueprint::Draft& draft);
/// Where such pods lie, and whose they are; their needs are made by then.
void place_in_clusters(const Sight& sight, blueprint::Draft& draft, base::Diagnostics& diagnostics);
void find_regions(const Sight& sight, blueprint::Draft& draft);
/// Where there are more of a type than its provider allows unasked: a mark on one of them.
void count_against_limits(const Sight& sight, blueprint::Draft& draft);
void make_needs(const Sight& sight, blueprint::Draft& draft);
/// Components that hold copies of what others hold: copies of these, and no stores of their own.
void find_replicas(const Sight& sight, blueprint::Draft& draft);
/// What resources call, as their inputs name or show it; names that lead nowhere become marks.
void make_calls(const Sight& sight, blueprint::Draft& draft);
/// Needs that are possible: settings of a plan that come of a local may name whatever nobody needs.
void infer_untold_needs(const Sight& sight, blueprint::Draft& draft);
void make_routed_needs(const Sight& sight, blueprint::Draft& draft);
/// Runs no replica; one that grows from none by itself is started once it is asked.
[[nodiscard]] bool is_put_aside(const blueprint::DraftComponent& component);
/// Takes what runs no replica from the alternatives of needs, where another of them runs.
void leave_out_put_aside(blueprint::Draft& draft);
void read_firewalls(const Sight& sight, blueprint::Draft& draft);
/// Needs that the rules of firewalls show.
/// in  wide  indices of rules for all of a network, which tell of nobody in it
void infer_calls_by_firewalls(const Sight& sight, blueprint::Draft& draft,
                              const std::set<std::size_t>& wide);
void read_grants(const Sight& sight, blueprint::Draft& draft);
/// By component that is made under a condition which nobody can decide: that condition.
[[nodiscard]] std::map<std::string, std::string> undecided_conditions(const Sight& sight);
/// Needs for what may not be made at all become mere possibilities.
void doubt_conditions(const Sight& sight, blueprint::Draft& draft);
void find_exposure(const Sight& sight, blueprint::Draft& draft);
/// What only schedules and rules have work: nobody comes to it.
void find_background(const Sight& sight, blueprint::Draft& draft);
/// Addresses, layers of firewalls, and how the data of stores is got at.
void read_access(const Sight& sight, blueprint::Draft& draft);
/// What keeps the data of those stores beside them, or keeps them from being deleted.
void read_safeguards(const Sight& sight, blueprint::Draft& draft);
/// Networks that peerings and hubs join, where routes lead there.
void read_joined_networks(const Sight& sight, blueprint::Draft& draft);
/// The network that an attribute names; empty: none is told.
[[nodiscard]] std::string network_named(const Sight& sight, ResourceId id,
                                        std::string_view attribute);
void measure_coverage(const Sight& sight, blueprint::Draft& draft);
/// What of imported components no input tells, overlays and traces included.
void note_unknowns(const Catalog& catalog, blueprint::Draft& draft);
void merge_overlays(blueprint::Draft& draft, base::Diagnostics& diagnostics);
/// Calls and stores that traces show and that are known otherwise: one thing each.
void join_traces(const Catalog& catalog, blueprint::Draft& draft);
void fill_facts(const Catalog& catalog, blueprint::Draft& draft, base::Diagnostics& diagnostics);
void infer_journeys(const Catalog& catalog, blueprint::Draft& draft);

/// How long a dead replica, or a dead alternative, goes on getting requests: by the figures of a
/// type, where nobody says.
void fill_switching(const Catalog& catalog, const TypeEntry* entry,
                    blueprint::Switching& switching);

/// What watches the active one of several that `served` leads to, and switches away from it.
[[nodiscard]] blueprint::DraftComponent switch_component(const std::string& id,
                                                         const blueprint::DraftComponent& served,
                                                         std::string_view type,
                                                         const blueprint::Evidence& evidence);

/// Records of one name that lead to different targets: `make_routed_needs` reads them.
[[nodiscard]] bool is_routed(const Sight& sight, ResourceId component);

/// Adds a need unless the component has one to the same ends already; of two the better founded
/// one stays.
void add_need(blueprint::DraftComponent& component, blueprint::DraftNeed need);

}  // namespace outlast::catalog
