#include "catalog/protected_components.h"

#include <algorithm>

#include "catalog/attribute_path.h"
#include "catalog/ready_firewall.h"

namespace outlast::catalog {

using blueprint::Draft;

void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
  for (const std::string& id : from) {
    if (std::find(to.begin(), to.end(), id) == to.end()) {
      to.push_back(id);
    }
  }
}

ProtectedComponents::ProtectedComponents(const Sight& sight, const Draft& draft)
    : sight_(sight), protected_(sight.graph.size()) {
  std::set<std::string_view> types;
  for (const Link& link : sight_.graph.links()) {
    if (link.rule->role != LinkRole::firewall) {
      continue;
    }
    types.insert(link.rule->to.begin(), link.rule->to.end());
    for (const ResourceId owner : sight_.folding.owners(link.subject)) {
      for (const ResourceId firewall : link.naming.targets) {
        protect(firewall, sight_.id_of(owner), 0);
      }
      for (const ResourceId firewall : link.naming.perhaps) {
        in_doubt_.insert({firewall.index, sight_.id_of(owner)});
      }
    }
  }
  for (const auto& [index, at] : sight_.component_of) {
    if (const ResourceId ready = ready_firewall_of(sight_, ResourceId{index}); ready.exists()) {
      protect(ready, draft.components[at].id, 0);
    }
  }
  types_.assign(types.begin(), types.end());
  find_places(draft);
  for (const auto& [index, at] : sight_.component_of) {
    const ResourceId id{index};
    note_tags(id, id);
    for (const ResourceId part : sight_.folding.parts(id)) {
      note_tags(part, id);
    }
  }
}

/// Lists that stand before places: whatever lies there is behind them.
void ProtectedComponents::find_places(const Draft& draft) {
  std::map<std::uint32_t, std::vector<ResourceId>> lists;  // place → its lists
  for (const ResourceId id : base::ids<ResourceId>(sight_.graph.size())) {
    for (const FirewallRule& rule : sight_.graph.entry(id).firewall) {
      for (const ResourceId place : rule.places.empty()
                                        ? std::vector<ResourceId>{}
                                        : sight_.graph.named_by(id, rule.places).targets) {
        lists[place.index].push_back(id);
      }
    }
  }
  for (const Link& link : sight_.graph.links()) {
    if (link.rule->role == LinkRole::firewall && is_place(sight_.graph.entry(link.subject))) {
      auto& to = lists[link.subject.index];
      to.insert(to.end(), link.naming.targets.begin(), link.naming.targets.end());
    }
  }
  for (const auto& [index, at] :
       lists.empty() ? decltype(sight_.component_of)() : sight_.component_of) {
    for (const Place& place : places_of(sight_.graph, sight_.folding, ResourceId{index}).all) {
      const auto found = lists.find(place.subnet.index);
      if (found == lists.end()) {
        continue;
      }
      for (const ResourceId list : found->second) {
        append(protected_[list.index], {draft.components[at].id});
      }
    }
  }
}

/// What protects a subnet protects all that lies in it.
void ProtectedComponents::protect(ResourceId firewall, const std::string& component,
                                  std::size_t depth) {
  constexpr std::size_t kMostSteps = 3;
  append(protected_[firewall.index], {component});
  if (depth > 0) {
    by_place_.insert({firewall.index, component});
  }
  for (const std::size_t index : sight_.graph.links_of(firewall)) {
    const Link& link = sight_.graph.links()[index];
    if (link.rule->role == LinkRole::firewall && depth < kMostSteps) {
      for (const ResourceId next : link.naming.targets) {
        protect(next, component, depth + 1);
      }
    }
  }
}

void ProtectedComponents::note_tags(ResourceId from, ResourceId component) {
  for (const std::string_view attribute : sight_.graph.entry(from).tags) {
    for (const Selected& at : select(sight_.graph.resource(from).attributes, attribute)) {
      if (!at.node.text().empty()) {
        for (const ResourceId worker : sight_.relays.workers(component)) {
          append(tagged_[std::string(at.node.text())], {sight_.id_of(worker)});
        }
      }
    }
  }
}

void ProtectedComponents::append_tagged(base::Node block, std::string_view attribute,
                                        std::vector<std::string>& to) const {
  for (const Selected& at : select(block, attribute)) {
    if (const auto found = tagged_.find(std::string(at.node.text())); found != tagged_.end()) {
      append(to, found->second);
    }
  }
}

/// A name such as "web" is only unique among what can be meant by it.
std::vector<ResourceId> ProtectedComponents::named_by(ResourceId rule,
                                                      std::string_view attribute) const {
  auto targets = sight_.graph.named_by(rule, attribute, "", types_).targets;
  return targets.empty() ? sight_.graph.named_by(rule, attribute).targets : targets;
}

}  // namespace outlast::catalog
