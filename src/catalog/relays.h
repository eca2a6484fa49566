#pragma once

#include <string>
#include <vector>

#include "catalog/folding.h"

namespace outlast::catalog {

/// Components that a need ends at; several stand in for each other.
struct Reach {
  std::vector<ResourceId> any_of;
  bool is_certain = true;
  std::optional<blueprint::EdgeKind> kind;  ///< where a relay on the way is one of supply
  blueprint::Value<base::Seconds> detect;   ///< of the health check of a relay on the way
  /// Type of what switches to the next one where the first serves until it fails; empty: all serve.
  std::string_view switched_by = {};
};

/// Follows needs through what only passes them on: target groups, route tables, subnets.
class Relays {
 public:
  Relays(const ResourceGraph& graph, const Folding& folding);

  /// All that a need of `target` comes down to; all of the result is needed.
  [[nodiscard]] std::vector<Reach> reached(ResourceId target) const;
  /// The same for the targets of one attribute, which may stand in for each other.
  /// Who carries a target asks for the target itself.
  [[nodiscard]] std::vector<Reach> reached(const std::vector<ResourceId>& targets,
                                           bool alternatives, ResourceId asking) const;
  /// Who does the work of a component: itself, unless others carry it.
  [[nodiscard]] std::vector<ResourceId> workers(ResourceId component) const;
  [[nodiscard]] bool is_relay(ResourceId id) const;

 private:
  struct Edge {
    std::vector<ResourceId> targets;
    const LinkRule* rule = nullptr;
    bool is_certain = true;
    std::int64_t order = 0;  ///< of those that stand in for each other the lowest serves first
  };
  [[nodiscard]] std::vector<Reach> follow(ResourceId target, ResourceId asking,
                                          std::size_t depth) const;

  const ResourceGraph& graph_;
  const Folding& folding_;
  std::vector<std::vector<Edge>> edges_;
  std::vector<std::vector<ResourceId>> carriers_;  ///< who does the work of each component
};

/// What a link's source says of when its turn comes; what says nothing keeps its place.
[[nodiscard]] std::int64_t order_of(const ResourceGraph& graph, const Link& link);

/// All reaches as one, of which any suffices.
[[nodiscard]] std::vector<Reach> as_alternatives(std::vector<Reach> all);

}  // namespace outlast::catalog
