#include "catalog/groups.h"

#include <algorithm>

namespace outlast::catalog {

std::vector<ResourceId> things_in(const Sight& sight, ResourceId group) {
  const std::string_view group_of = sight.graph.entry(group).access.group_of;
  const std::string_view name = sight.graph.resource(group).attributes["name"].text();
  std::vector<ResourceId> things;
  if (group_of.empty() || name.empty()) {
    return things;
  }
  const auto said_by = [&](ResourceId id) {
    return sight.graph.resource(id).attributes[group_of].text();
  };
  for (const auto& [index, at] : sight.component_of) {
    const ResourceId id{index};
    const auto parts = sight.folding.parts(id);
    const bool lies_in_it =
        said_by(id).empty() ? std::any_of(parts.begin(), parts.end(),
                                          [&](ResourceId part) { return said_by(part) == name; })
                            : said_by(id) == name;
    if (lies_in_it) {
      things.push_back(id);
    }
  }
  return things;
}

}  // namespace outlast::catalog
