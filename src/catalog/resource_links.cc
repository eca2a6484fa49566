#include <algorithm>

#include "base/text.h"
#include "catalog/attribute_path.h"
#include "catalog/resource_graph.h"

// The rules of the catalog applied to each resource: who is linked to what.

namespace outlast::catalog {

using base::Node;
using base::NodeKind;
using blueprint::EdgeKind;

/// All that wear one of these tags: written as a map, or as blocks of key and value.
Naming ResourceGraph::tagged_by(ResourceId source, const LinkRule& rule,
                                const std::vector<Selected>& tags) const {
  Naming naming;
  naming.evidence = draft_.resources[source].evidence;
  // A condition of a selection calls a tag by what AWS's policies call it.
  constexpr std::string_view kTagOfResource = "aws:ResourceTag/";
  const auto wears = [&](ResourceId id, std::string_view key, Node value) {
    key.remove_prefix(key.starts_with(kTagOfResource) ? kTagOfResource.size() : 0);
    return value.is(NodeKind::string) &&
           std::any_of(rule.tagged_in.begin(), rule.tagged_in.end(), [&](std::string_view worn_in) {
             const Node worn = draft_.resources[id].attributes[worn_in][key];
             return worn.is(NodeKind::string) && worn.text() == value.text();
           });
  };
  const auto is_worn = [&](ResourceId id, const Selected& at) {
    if (at.node["key"].exists()) {
      return wears(id, at.node["key"].text(), at.node["value"]);
    }
    for (std::size_t i = 0; at.node.is(NodeKind::map) && i < at.node.size(); ++i) {
      if (wears(id, at.node.key(i), at.node.at(i))) {
        return true;
      }
    }
    return false;
  };
  // Conditions hold together, tags beside each other.
  const bool are_conditions = std::any_of(tags.begin(), tags.end(), [&](const Selected& at) {
    return at.node["key"].text().starts_with(kTagOfResource);
  });
  for (const ResourceId id : base::ids<ResourceId>(entries_.size())) {
    const auto worn = std::count_if(tags.begin(), tags.end(),
                                    [&](const Selected& at) { return is_worn(id, at); });
    const auto wanted = are_conditions ? static_cast<std::ptrdiff_t>(tags.size()) : 1;
    if (worn >= wanted && may_be_meant(id, rule.to)) {
      naming.targets.push_back(id);
    }
  }
  return naming;
}

/// Is anything of what may be done to it an action of this service: "s3" of "s3:GetObject"?
bool ResourceGraph::is_of_service(std::string_view service, ResourceId id) const {
  const auto is_its = [&](std::string_view action) {
    return matches(service, action.substr(0, action.find(':')));
  };
  const auto& access = entries_[id.index]->access;
  return std::any_of(access.reads.begin(), access.reads.end(), is_its) ||
         std::any_of(access.deletes.begin(), access.deletes.end(), is_its);
}

std::vector<ResourceId> ResourceGraph::named_in_arn(std::string_view arn) const {
  constexpr std::size_t kService = 2;
  constexpr std::size_t kThing = 5;
  std::vector<ResourceId> found;
  const auto fields = base::split(arn, ':');
  if (fields.size() <= kThing || fields[0] != "arn") {
    return found;
  }
  for (std::size_t i = kThing; i < fields.size(); ++i) {
    for (const std::string_view name : base::split(fields[i], '/')) {
      const auto known = by_identity_.find(name);
      if (known == by_identity_.end()) {
        continue;
      }
      for (const ResourceId id : known->second) {
        if (is_of_service(fields[kService], id) &&
            std::find(found.begin(), found.end(), id) == found.end()) {
          found.push_back(id);
        }
      }
    }
  }
  return found;
}

/// Does "arn:aws:dynamodb:*:*:table/orders-*" mean it: by its own name, or by its service, the kind
/// of thing and what it is called?
bool ResourceGraph::is_meant_by(std::string_view pattern, ResourceId id) const {
  constexpr std::size_t kService = 2;
  constexpr std::size_t kThing = 5;
  const auto fields = base::split(pattern, ':');
  if (fields.size() <= kThing || fields[0] != "arn") {
    return false;
  }
  const TypeEntry& entry = *entries_[id.index];
  const auto& resource = draft_.resources[id];
  if (!is_of_service(fields[kService], id)) {
    return false;
  }
  std::string_view thing =
      pattern.substr(static_cast<std::size_t>(fields[kThing].data() - pattern.data()));
  std::string kind;
  if (const auto end = thing.find_first_of("/:"); end != std::string_view::npos) {
    kind = std::string(thing.substr(0, end));
    std::replace(kind.begin(), kind.end(), '-', '_');
    thing.remove_prefix(end + 1);
  }
  const bool is_of_kind =
      kind.empty() || kind == "*" || resource.type.find("_" + kind) != std::string::npos;
  return is_of_kind &&
         (thing == "*" ||
          std::any_of(entry.identity.begin(), entry.identity.end(), [&](std::string_view name) {
            const std::string_view called = resource.attributes[name].text();
            return !called.empty() && matches(thing, called);
          }));
}

/// A part of "*" is one of all that it can be a part of; one of a pattern, of those that fit.
void ResourceGraph::take_all_where_meant(const LinkRule& rule, Naming& naming) const {
  if (rule.to.empty()) {
    return;
  }
  for (const std::string& pattern : naming.outside) {
    if (pattern.find('*') == std::string::npos) {
      continue;
    }
    for (const ResourceId id : base::ids<ResourceId>(draft_.resources.size())) {
      if (may_be_meant(id, rule.to) && is_meant_by(pattern, id)) {
        naming.targets.push_back(id);
      }
    }
  }
  const auto all = std::find(naming.outside.begin(), naming.outside.end(), "*");
  if (all == naming.outside.end()) {
    return;
  }
  naming.outside.erase(all);
  naming.targets.clear();
  for (const ResourceId id : base::ids<ResourceId>(draft_.resources.size())) {
    if (may_be_meant(id, rule.to)) {
      naming.targets.push_back(id);
    }
  }
}

void ResourceGraph::add_block_links(ResourceId source, const LinkRule& rule, std::string_view block,
                                    std::string_view leaf, Node block_node) {
  Truth truth = Truth::yes;
  for (const Condition& condition : rule.when) {
    truth =
        both(truth, block_node.exists() ? holds(block_node, condition.attribute, condition.value)
                                        : Truth::unknown);
  }
  if (truth == Truth::no) {
    return;
  }
  // What joins that which it supplies says so in a text.
  const bool merges = rule.role == LinkRole::mentions ||
                      (rule.role == LinkRole::needed_by && rule.kind == EdgeKind::supply);
  Naming naming = rule.tagged_in.empty() ? named_by(source, leaf, block, rule.to, merges)
                                         : tagged_by(source, rule, select(block_node, leaf));
  if (naming.targets.empty() && naming.outside.empty() && !naming.is_unknown) {
    return;
  }
  if (rule.role == LinkRole::owner) {
    take_all_where_meant(rule, naming);
  }
  std::vector<ResourceId> subjects = {source};
  if (!rule.from.empty()) {
    subjects = named_by(source, rule.from).targets;
    if (subjects.empty()) {  // a bare name, which only what it refers to tells
      subjects = named_by(source, rule.from, "", {}, true).targets;
    }
  }
  for (const ResourceId subject : subjects) {
    links_.push_back({&rule, source, subject, naming, truth == Truth::yes});
  }
}

void ResourceGraph::add_links(ResourceId source) {
  const Node attributes = draft_.resources[source].attributes;
  for (const LinkRule& rule : entries_[source.index]->links) {
    const auto dot = rule.attribute.rfind('.');
    const std::string_view prefix =
        dot == std::string_view::npos ? std::string_view() : rule.attribute.substr(0, dot);
    const std::string_view leaf =
        dot == std::string_view::npos ? rule.attribute : rule.attribute.substr(dot + 1);
    if (prefix.empty() || rule.role == LinkRole::mentions) {
      add_block_links(source, rule, "", rule.attribute, attributes);
      continue;
    }
    const auto blocks = select(attributes, prefix);
    for (const Selected& block : blocks) {
      add_block_links(source, rule, block.path, leaf, block.node);
    }
    if (blocks.empty()) {  // only the configuration's references may show it
      add_block_links(source, rule, "", rule.attribute, {});
    }
  }
}

}  // namespace outlast::catalog
