#include "catalog/ways_out.h"

#include <algorithm>

namespace outlast::catalog {

namespace {

/// In a route: to what lies in the network itself.
constexpr std::string_view kOwnNetwork = "local";

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
  for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
    const TypeEntry& entry = sight.graph.entry(id);
    if (entry.access.leads_to.empty()) {
      continue;
    }
    // A route that is a resource of its own says of which table it is.
    const std::string_view table_of =
        entry.links.empty() ? std::string_view() : entry.links.front().from;
    const auto tables =
        table_of.empty() ? std::vector{id} : sight.graph.named_by(id, table_of).targets;
    Truth may_lead = Truth::no;
    for (const std::string_view attribute : entry.access.leads_to) {
      const Naming named = sight.graph.named_by(id, attribute);
      const bool is_way_out = std::any_of(
          named.targets.begin(), named.targets.end(),
          [&](ResourceId target) { return sight.graph.entry(target).access.leads_out; });
      const bool leads_elsewhere = std::any_of(named.outside.begin(), named.outside.end(),
                                               [](const auto& one) { return one != kOwnNetwork; });
      if (is_way_out || leads_elsewhere || is_open(sight, id, attribute, named)) {
        may_lead = Truth::unknown;
      }
    }
    for (const ResourceId table : tables) {
      tables_.insert(table.index);
      Truth& leads = leads_.try_emplace(table.index, Truth::no).first->second;
      leads = std::max(leads, may_lead);
    }
  }
}

/// What no default route leads to the internet, some other route of it may.
Truth WaysOut::of_table(ResourceId table) const {
  return sight_.graph.resource(table).is_context ? Truth::unknown : leads_.at(table.index);
}

Truth WaysOut::from(ResourceId subnet) const {
  for (const Reach& reach : sight_.relays.reached(subnet)) {
    const bool is_way_out =
        std::any_of(reach.any_of.begin(), reach.any_of.end(),
                    [&](ResourceId id) { return sight_.graph.entry(id).access.leads_out; });
    if (is_way_out) {
      return Truth::yes;
    }
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
  return has_table ? leads : Truth::yes;
}

}  // namespace outlast::catalog
