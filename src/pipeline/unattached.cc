#include "pipeline/unattached.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "catalog/attribute_path.h"

namespace outlast::pipeline {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Draft;
using engines::cost::Line;
using engines::cost::LineState;

namespace {

/// Resources that another one of the inputs refers to.
std::set<std::string_view> referred_to(const Draft& draft) {
  std::set<std::string_view> all;
  for (const auto& resource : draft.resources) {
    for (const auto& reference : resource.references) {
      for (const auto id : reference.targets) {
        const auto& target = draft.resources[id];
        if (target.address != resource.address) {
          all.insert(target.address);
        }
      }
    }
  }
  return all;
}

/// Spellings of what some resource may refer to by an attribute that is not known: of those none
/// is known to be left alone.
std::set<std::string_view> maybe_referred_to(const Draft& draft, const catalog::Catalog& catalog) {
  std::set<std::string_view> all;
  for (const auto& resource : draft.resources) {
    const catalog::TypeEntry* entry = catalog.spelled(resource.format, resource.type);
    for (const auto& rule :
         entry == nullptr ? std::span<const catalog::LinkRule>() : entry->links) {
      const auto named = catalog::select(resource.attributes, rule.attribute);
      const bool is_open =
          std::any_of(named.begin(), named.end(),
                      [](const auto& at) { return at.node.is(base::NodeKind::unknown); }) &&
          std::none_of(resource.references.begin(), resource.references.end(), [&](const auto& r) {
            return r.path == rule.attribute && !r.targets.empty();
          });
      if (is_open) {
        all.insert(rule.to.begin(), rule.to.end());
      }
    }
  }
  return all;
}

/// Of two of one address the first.
std::map<std::string_view, std::string_view> types_by_address(const Draft& draft) {
  std::map<std::string_view, std::string_view> types;
  for (const auto& resource : draft.resources) {
    types.emplace(resource.address, resource.type);
  }
  return types;
}

std::set<ComponentId> needed_components(const Blueprint& bp) {
  std::set<ComponentId> needed;
  for (const auto& need : bp.needs()) {
    needed.insert(need.any_of.begin(), need.any_of.end());
  }
  return needed;
}

}  // namespace

std::vector<const Line*> unattached(const Draft& draft, const Blueprint& bp,
                                    const catalog::Catalog& catalog,
                                    const std::vector<Line>& lines) {
  const auto referred = referred_to(draft);
  const auto needed = needed_components(bp);
  // Both are asked for where something seems unused.
  std::optional<std::set<std::string_view>> maybe;
  std::map<std::string_view, std::string_view> types;
  std::set<std::string_view> told;
  std::vector<const Line*> out;
  for (const Line& line : lines) {
    if (!line.is_idle_alone || line.state != LineState::priced || referred.contains(line.address)) {
      continue;
    }
    if (!maybe) {
      maybe = maybe_referred_to(draft, catalog);
      types = types_by_address(draft);
    }
    if (maybe->contains(types[line.address])) {
      continue;
    }
    const bool is_used = line.component == line.address ? needed.contains(bp.find(line.component))
                                                        : !line.component.empty();
    if (!is_used && told.insert(line.address).second) {
      out.push_back(&line);
    }
  }
  return out;
}

}  // namespace outlast::pipeline
