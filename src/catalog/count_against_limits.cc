#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "base/units.h"
#include "catalog/attribute_path.h"
#include "catalog/names.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::DraftComponent;

namespace {

/// What a provider counts together: what, in which account, at which place.
using Pool = std::tuple<std::string_view, std::string, std::string>;

struct Count {
  const Limit* limit = nullptr;
  double number = 0;
  std::vector<ResourceId> of;
};

class Counter {
 public:
  Counter(const Sight& sight, blueprint::Draft& draft) : sight_(sight), draft_(draft) {}

  void count() {
    for (const ResourceId id : base::ids<ResourceId>(sight_.graph.size())) {
      if (!sight_.graph.resource(id).is_context) {
        count(id);
      }
    }
    for (const auto& [pool, counted] : counts_) {
      if (counted.number > counted.limit->most) {
        tell(std::get<2>(pool), counted);
      }
    }
  }

 private:
  void count(ResourceId id) {
    const auto& resource = sight_.graph.resource(id);
    for (const Limit& limit : sight_.graph.entry(id).limits) {
      const auto place = place_of(limit, id);
      if (!place) {
        continue;  // of which pool is not known: it is counted in none
      }
      double number = limit.attribute.empty() ? 1 : 0;
      if (!limit.attribute.empty()) {
        for (const Selected& at : select(resource.attributes, limit.attribute)) {
          number += std::max(0.0, at.node.as_number().value_or(0));
        }
      }
      Count& counted = counts_[{limit.name, resource.account, *place}];
      counted.limit = &limit;
      counted.number += number;
      counted.of.push_back(id);
    }
  }

  /// The component that a resource is or belongs to; null if it belongs to none.
  [[nodiscard]] DraftComponent* component_of(ResourceId id) const {
    for (const ResourceId owner : sight_.folding.owners(id)) {
      const auto at = sight_.component_of.find(owner.index);
      if (at != sight_.component_of.end()) {
        return &draft_.components[at->second];
      }
    }
    return nullptr;
  }

  [[nodiscard]] std::optional<std::string> place_of(const Limit& limit, ResourceId id) const {
    if (limit.per == LimitPer::account) {
      return "";
    }
    const DraftComponent* c = component_of(id);
    const auto& of_resource = sight_.graph.resource(id).region;
    if (limit.per == LimitPer::region) {
      const auto& region = c != nullptr && c->region.is_known() ? c->region : of_resource;
      return region.is_known() ? std::optional(*region) : std::nullopt;
    }
    const bool has_one_zone =
        c != nullptr && c->placements.size() == 1 && c->placements.front().zone.is_known();
    return has_one_zone ? std::optional(*c->placements.front().zone) : std::nullopt;
  }

  void tell(const std::string& place, const Count& counted) {
    const Limit& limit = *counted.limit;
    for (const ResourceId id : counted.of) {
      if (DraftComponent* c = component_of(id)) {
        c->marks.push_back(
            {"over_limit", sight_.graph.resource(id).evidence,
             fmt::format("{} {}{}, where {} are allowed{}", base::format_number(counted.number),
                         limit.name, place.empty() ? "" : " in " + place,
                         base::format_number(limit.most),
                         limit.can_be_raised ? " unless the provider agreed to more" : "")});
        return;
      }
    }
  }

  const Sight& sight_;
  blueprint::Draft& draft_;
  std::map<Pool, Count> counts_;
};

}  // namespace

void count_against_limits(const Sight& sight, blueprint::Draft& draft) {
  Counter(sight, draft).count();
}

}  // namespace outlast::catalog
