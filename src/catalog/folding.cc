#include "catalog/folding.h"

#include <algorithm>
#include <unordered_map>

#include "catalog/attribute_path.h"

namespace outlast::catalog {
namespace {

void add_unique(std::vector<ResourceId>& to, ResourceId id) {
  if (std::find(to.begin(), to.end(), id) == to.end()) {
    to.push_back(id);
  }
}

/// Adds what an attribute says; false if it cannot be told.
bool add_word(const ResourceGraph& graph, ResourceId id, std::string_view attribute,
              std::string& key) {
  key += '|';
  const Naming named = graph.named_by(id, attribute);
  if (!named.targets.empty()) {
    key += "#" + std::to_string(named.targets.front().index);
    return true;
  }
  for (const Selected& at : select(graph.resource(id).attributes, attribute)) {
    if (at.node.is(base::NodeKind::unknown)) {
      return false;
    }
    key += at.node.text();
    for (std::size_t i = 0; at.node.is(base::NodeKind::map) && i < at.node.size(); ++i) {
      key += std::string(at.node.key(i)) + "=" + std::string(at.node.at(i).text()) + ",";
    }
    key += ';';
  }
  return true;
}

/// What resources must have alike to be merged; empty if it cannot be told.
std::string merge_key(const ResourceGraph& graph, ResourceId id, const TypeEntry& entry) {
  std::string key(entry.name);
  if (entry.scope != blueprint::Scope::global) {  // one name in two regions is two things
    key += "|" + graph.resource(id).region.value_or("") + "|" + graph.resource(id).account;
  }
  for (const std::string_view attribute : entry.merge_by) {
    const std::size_t before = key.size() + 1;
    if (!add_word(graph, id, attribute, key) || key.size() == before) {
      return "";  // two that do not say are not known to be alike
    }
  }
  for (const std::string_view attribute : entry.apart_by) {
    if (!add_word(graph, id, attribute, key)) {
      return "";
    }
  }
  return key;
}

}  // namespace

Folding::Folding(const ResourceGraph& graph)
    : graph_(graph),
      heads_(graph.size()),
      merged_(graph.size()),
      joins_(graph.size(), 0),
      direct_owners_(graph.size()),
      owners_(graph.size()),
      parts_(graph.size()),
      members_(graph.size()) {
  find_heads();
  link_parts();
  std::vector<char> state(graph.size(), 0);
  for (const ResourceId id : base::ids<ResourceId>(graph.size())) {
    find_owners(id, state);
  }
  for (const ResourceId id : base::ids<ResourceId>(graph.size())) {
    for (const ResourceId owner : owners_[id.index]) {
      if (owner != id) {
        parts_[owner.index].push_back(id);
      }
    }
  }
}

void Folding::find_heads() {
  std::unordered_map<std::string, ResourceId> first;
  for (const ResourceId id : base::ids<ResourceId>(graph_.size())) {
    heads_[id.index] = id;
    merged_[id.index] = {id};
    const TypeEntry& entry = graph_.entry(id);
    if (entry.becomes != Becomes::component || graph_.resource(id).is_context) {
      continue;
    }
    if (!entry.merge_by.empty()) {
      if (const std::string key = merge_key(graph_, id, entry); !key.empty()) {
        heads_[id.index] = first.emplace(key, id).first->second;
      }
    }
    if (heads_[id.index] == id) {
      components_.push_back(id);
    } else {
      merged_[heads_[id.index].index].push_back(id);
    }
  }
}

void Folding::link_parts() {
  for (const Link& link : graph_.links()) {
    const auto role = link.rule->role;
    if (role == LinkRole::part) {
      for (const ResourceId part : link.naming.targets) {
        add_unique(direct_owners_[part.index], link.subject);
      }
    } else if (role == LinkRole::owner || role == LinkRole::member || role == LinkRole::joins) {
      for (const ResourceId owner : link.naming.targets) {
        add_unique(direct_owners_[link.subject.index], owner);
        if (role == LinkRole::member) {
          add_unique(members_[heads_[owner.index].index], link.subject);
        }
        if (role == LinkRole::joins) {
          joins_[link.subject.index] = 1;
        }
      }
    }
  }
}

/// Follows owners of owners to the components at the end; a circle ends where it began.
void Folding::find_owners(ResourceId id, std::vector<char>& state) {
  enum : char { untouched, open, done };
  if (state[id.index] != untouched) {
    return;
  }
  state[id.index] = open;
  const bool may_stand =
      graph_.entry(id).becomes == Becomes::component && !graph_.resource(id).is_context;
  const bool is_member = std::any_of(direct_owners_[id.index].begin(),
                                     direct_owners_[id.index].end(), [&](ResourceId owner) {
                                       const auto& all = members_[heads_[owner.index].index];
                                       return std::find(all.begin(), all.end(), id) != all.end();
                                     });
  if (may_stand && !is_member && joins_[id.index] == 0) {
    owners_[id.index] = {heads_[id.index]};
  } else {
    for (const ResourceId owner : direct_owners_[id.index]) {
      find_owners(owner, state);
      for (const ResourceId top : owners_[owner.index]) {
        add_unique(owners_[id.index], top);
      }
    }
  }
  state[id.index] = done;
}

std::vector<ResourceId> Folding::whole(ResourceId component) const {
  std::vector<ResourceId> all = {component};
  all.insert(all.end(), parts(component).begin(), parts(component).end());
  all.insert(all.end(), members(component).begin(), members(component).end());
  return all;
}

}  // namespace outlast::catalog
