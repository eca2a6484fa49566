#pragma once

#include <vector>

#include "engines/security/attack_graph.h"

namespace outlast::security {

/// What an intruder gets who begins with some nodes.
struct Reach {
  std::vector<base::Truth> truth;      ///< [nodes] surely, perhaps, or surely not
  std::vector<std::size_t> break_ins;  ///< [nodes] the fewest it takes; where truth is not `no`
  std::vector<EdgeId> by;              ///< [nodes] last edge of such a way; absent: he begins there
};

/// cost  linear in the graph, up to a logarithm: few break-ins first, then few edges
[[nodiscard]] Reach reach(const AttackGraph& graph, const std::vector<NodeId>& from,
                          bool with_failover = true);

/// The edges of the cheapest way to a node that is reached, from where it begins.
[[nodiscard]] std::vector<EdgeId> way_to(const AttackGraph& graph, const Reach& reach, NodeId to);

/// The smallest set of rules and grants without which no target is reached surely.
struct Cut {
  bool is_possible = true;  ///< false: some way is made only of what things are there for
  std::vector<EdgeId> edges;
};

/// cost    edges × size of the cut
/// source  Ford & Fulkerson 1956; Edmonds & Karp 1972
[[nodiscard]] Cut smallest_cut(const AttackGraph& graph, const std::vector<NodeId>& from,
                               const std::vector<NodeId>& targets);

}  // namespace outlast::security
