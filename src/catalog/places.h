#pragma once

#include <string>
#include <vector>

#include "catalog/folding.h"

namespace outlast::catalog {

/// A place where replicas may lie: a zone, or a subnet.
struct Place {
  blueprint::Value<std::string> zone;
  std::string label;  ///< the zone's name, or address or id of the subnet
  ResourceId subnet;  ///< may be absent
};

struct Places {
  std::vector<Place> all;    ///< in the order written, each once
  bool are_complete = true;  ///< false: there are or may be others that cannot be told
};

/// True for what other resources lie in: a subnet.
[[nodiscard]] bool is_place(const TypeEntry& entry);

/// The places of a component: the zones its members name, else those its placement attributes
/// lead to, within the zones it names itself. How many replicas lie in each is not kept.
[[nodiscard]] Places places_of(const ResourceGraph& graph, const Folding& folding,
                               ResourceId component);

}  // namespace outlast::catalog
