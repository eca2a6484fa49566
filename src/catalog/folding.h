#pragma once

#include <vector>

#include "catalog/resource_graph.h"

namespace outlast::catalog {

/// Which resources become components, and which component stands for each of the others.
///
/// A part stands with its owner, a member with its cluster, and of resources that the catalog
/// merges (records of one name, node groups of one cluster) the first stands for all. Relays and helpers stand for nothing.
class Folding {
 public:
  explicit Folding(const ResourceGraph& graph);

  /// All resources that become components, in input order.
  [[nodiscard]] const std::vector<ResourceId>& components() const { return components_; }
  /// The components that stand for a resource: itself, or its owners; none for what is no part.
  [[nodiscard]] const std::vector<ResourceId>& owners(ResourceId id) const {
    return owners_[id.index];
  }
  [[nodiscard]] const std::vector<ResourceId>& parts(ResourceId component) const {
    return parts_[component.index];
  }
  /// Replicas that are resources of their own: instances of a database cluster.
  [[nodiscard]] const std::vector<ResourceId>& members(ResourceId component) const {
    return members_[component.index];
  }

  /// A component, its parts and its members.
  [[nodiscard]] std::vector<ResourceId> whole(ResourceId component) const;

  /// The resources merged into a component, itself first; itself alone where none are.
  [[nodiscard]] const std::vector<ResourceId>& merged(ResourceId component) const {
    return merged_[component.index];
  }

 private:
  void find_heads();
  void link_parts();
  void find_owners(ResourceId id, std::vector<char>& state);

  const ResourceGraph& graph_;
  std::vector<ResourceId> components_;
  std::vector<ResourceId> heads_;  ///< of merged resources: the first; else itself
  std::vector<std::vector<ResourceId>> merged_;
  std::vector<char> joins_;  ///< stands with its owners, whatever its type
  std::vector<std::vector<ResourceId>> direct_owners_;
  std::vector<std::vector<ResourceId>> owners_;
  std::vector<std::vector<ResourceId>> parts_;
  std::vector<std::vector<ResourceId>> members_;
};

}  // namespace outlast::catalog
