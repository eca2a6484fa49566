#include <algorithm>

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
  const auto wears = [&](ResourceId id, std::string_view key, Node value) {
    return value.is(NodeKind::string) &&
           std::any_of(rule.tagged_in.begin(), rule.tagged_in.end(), [&](std::string_view worn_in) {
             const Node worn = draft_.resources[id].attributes[worn_in][key];
             return worn.is(NodeKind::string) && worn.text() == value.text();
           });
  };
  for (const ResourceId id : base::ids<ResourceId>(entries_.size())) {
    const bool is_meant =
        may_be_meant(id, rule.to) && std::any_of(tags.begin(), tags.end(), [&](const Selected& at) {
          if (at.node["key"].exists()) {
            return wears(id, at.node["key"].text(), at.node["value"]);
          }
          for (std::size_t i = 0; at.node.is(NodeKind::map) && i < at.node.size(); ++i) {
            if (wears(id, at.node.key(i), at.node.at(i))) {
              return true;
            }
          }
          return false;
        });
    if (is_meant) {
      naming.targets.push_back(id);
    }
  }
  return naming;
}

/// A part of "*" is one of all that it can be a part of.
void ResourceGraph::take_all_where_meant(const LinkRule& rule, Naming& naming) const {
  const auto all = std::find(naming.outside.begin(), naming.outside.end(), "*");
  if (rule.to.empty() || all == naming.outside.end()) {
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
