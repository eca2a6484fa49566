// What settings say of all that share something with them: options of a zone, of a project. A trait
// that no setting in the inputs tells stays unknown, for it may be set elsewhere.

#include <algorithm>

#include "catalog/attribute_path.h"
#include "catalog/passes.h"

namespace outlast::catalog {

namespace {

bool is_same(const Naming& a, const Naming& b) {
  const auto share = [](const auto& these, const auto& those) {
    return std::any_of(these.begin(), these.end(), [&](const auto& one) {
      return std::find(those.begin(), those.end(), one) != those.end();
    });
  };
  return share(a.targets, b.targets) || share(a.outside, b.outside);
}

bool applies(const blueprint::DraftResource& setting, const TraitRule& rule) {
  return std::all_of(rule.when.begin(), rule.when.end(), [&](const Condition& condition) {
    return holds(setting.attributes, condition.attribute, condition.value) == Truth::yes;
  });
}

}  // namespace

void read_traits(const Sight& sight, blueprint::Draft& draft) {
  for (const ResourceId setting : base::ids<ResourceId>(sight.graph.size())) {
    for (const TraitRule& rule : sight.graph.entry(setting).traits) {
      if (!applies(sight.graph.resource(setting), rule)) {
        continue;
      }
      const Naming whose = sight.graph.named_by(setting, rule.of);
      for (const auto& [index, at] : sight.component_of) {
        if (is_same(whose, sight.graph.named_by(ResourceId{index}, rule.of))) {
          draft.components[at].traits.emplace(rule.name, rule.value);
        }
      }
    }
  }
}

}  // namespace outlast::catalog
