#include "catalog/ways_out.h"

#include <algorithm>

namespace outlast::catalog {

namespace {

/// In a route: to what lies in the network itself.
constexpr std::string_view kOwnNetwork = "local";

std::string_view provider_in_name_of(const TypeEntry& type) {
  return type.name.substr(0, type.name.find('.'));
}

/// Does it name what cannot be told? A table of which nobody writes any route has none, though what
/// the provider will say of its routes is not known yet.
bool is_open(const Sight& sight, ResourceId id, std::string_view attribute, const Naming& named) {
  const auto& references = sight.graph.resource(id).references;
  const std::string_view block = attribute.substr(0, attribute.find('.'));
  const bool is_written =
      references.empty() || std::any_of(references.begin(), references.end(), [&](const auto& one) {
        return std::string_view(one.path).starts_with(block);
      });
  return named.leaves_open() && is_written;
}

}  // namespace

WaysOut::WaysOut(const Sight& sight) : sight_(sight) {
  for (const TypeEntry& type : sight.catalog.tables().types) {
    if (type.access.leads_out) {
      with_gateways_.insert(provider_in_name_of(type));
    }
  }
  for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
    const AccessEntry& access = sight.graph.entry(id).access;
    if (access.leads_out && !access.network.empty()) {
      read_gateway(id);
    }
    if (!sight.graph.entry(id).access.leads_to.empty()) {
      read_routes(id);
    }
  }
}

/// It says itself which network it is of, or what attaches it does.
void WaysOut::read_gateway(ResourceId id) {
  bool is_told = false;
  for (const ResourceId part : sight_.folding.whole(id)) {
    const std::string network =
        network_named(sight_, part, sight_.graph.entry(part).access.network);
    is_told = is_told || !network.empty();
    gated_.insert(network);  // no network has no name
  }
  has_gateway_somewhere_ = has_gateway_somewhere_ || !is_told;
}

void WaysOut::read_routes(ResourceId id) {
  const TypeEntry& entry = sight_.graph.entry(id);
  // A route that is a resource of its own says of which table it is.
  const std::string_view table_of =
      entry.links.empty() ? std::string_view() : entry.links.front().from;
  const auto tables =
      table_of.empty() ? std::vector{id} : sight_.graph.named_by(id, table_of).targets;
  Truth may_lead = Truth::no;
  for (const std::string_view attribute : entry.access.leads_to) {
    const Naming named = sight_.graph.named_by(id, attribute);
    const bool is_way_out =
        std::any_of(named.targets.begin(), named.targets.end(),
                    [&](ResourceId target) { return sight_.graph.entry(target).access.leads_out; });
    const bool leads_elsewhere = std::any_of(named.outside.begin(), named.outside.end(),
                                             [](const auto& one) { return one != kOwnNetwork; });
    if (is_way_out || leads_elsewhere || is_open(sight_, id, attribute, named)) {
      may_lead = Truth::unknown;
    }
  }
  for (const ResourceId table : tables) {
    tables_.insert(table.index);
    Truth& leads = leads_.try_emplace(table.index, Truth::no).first->second;
    leads = std::max(leads, may_lead);
  }
}

bool WaysOut::ends_at_gateway(ResourceId target) const {
  const auto reached = sight_.relays.reached(target);
  return std::any_of(reached.begin(), reached.end(), [&](const Reach& reach) {
    return std::any_of(reach.any_of.begin(), reach.any_of.end(),
                       [&](ResourceId id) { return sight_.graph.entry(id).access.leads_out; });
  });
}

/// By the main table of its network, which is written as routes of the network itself.
Truth WaysOut::of_network(ResourceId subnet) const {
  const TypeEntry& entry = sight_.graph.entry(subnet);
  const auto networks =
      entry.access.network.empty() || !with_gateways_.contains(provider_in_name_of(entry))
          ? std::vector<ResourceId>()
          : sight_.graph.named_by(subnet, entry.access.network, "", sight_.networks).targets;
  if (networks.empty() || sight_.graph.resource(networks.front()).is_context ||
      sight_.graph.entry(networks.front()).access.leads_out) {
    return Truth::yes;
  }
  for (const std::size_t index : sight_.graph.links_of(networks.front())) {
    const Link& link = sight_.graph.links()[index];
    const auto& targets = link.naming.targets;
    if (link.rule->role == LinkRole::needs &&
        std::any_of(targets.begin(), targets.end(),
                    [&](ResourceId target) { return ends_at_gateway(target); })) {
      return Truth::yes;
    }
  }
  const bool may_lead = has_gateway_somewhere_ || gated_.contains(sight_.id_of(networks.front()));
  return may_lead ? Truth::unknown : Truth::no;
}

/// What no default route leads to the internet, some other route of it may.
Truth WaysOut::of_table(ResourceId table) const {
  return sight_.graph.resource(table).is_context ? Truth::unknown : leads_.at(table.index);
}

Truth WaysOut::from(ResourceId subnet, bool is_proof) const {
  if (ends_at_gateway(subnet)) {
    return Truth::yes;
  }
  Truth leads = Truth::no;
  bool has_table = false;
  for (const std::size_t index : sight_.graph.links_of(subnet)) {
    const Link& link = sight_.graph.links()[index];
    for (const ResourceId target : link.naming.targets) {
      if (link.rule->role == LinkRole::needs && tables_.contains(target.index)) {
        has_table = true;
        leads = std::max(leads, of_table(target));
      }
    }
  }
  return has_table ? leads : is_proof ? Truth::yes : of_network(subnet);
}

}  // namespace outlast::catalog
