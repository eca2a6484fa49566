#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/diagnostics.h"
#include "blueprint/blueprint.h"

namespace outlast::blueprint {

/// Turns one draft into a blueprint, telling every mistake on the way.
class BlueprintMaker {
 public:
  BlueprintMaker(const Draft& draft, base::Diagnostics& diagnostics)
      : draft_(draft), diagnostics_(diagnostics) {}

  [[nodiscard]] std::optional<Blueprint> make();

 private:
  void add_components();
  void add_component(const DraftComponent& draft);
  void check_component(const DraftComponent& draft);

  // Where replicas lie, and what they share their fate with.
  struct PlaceGroup {
    FateGroupId zone;
    std::size_t placement;  ///< index of the draft's placement; kNoPlacement: none
  };
  void add_replicas(const DraftComponent& draft, Component& component);
  void limit_replicas(const DraftComponent& draft, std::int64_t wanted, Component& component);
  [[nodiscard]] std::vector<PlaceGroup> places_of(const DraftComponent& draft,
                                                  const Component& component);
  void place_replicas(const DraftComponent& draft, Component& component);
  void share_fates(const DraftComponent& draft, Component& component);
  [[nodiscard]] FateGroupId fate_group(FateGroup group);
  [[nodiscard]] FateGroupId zone_of(const DraftPlacement& placement, const Component& component);
  [[nodiscard]] FateGroupId uncertain_zone(const Component& component, const std::string& label,
                                           std::vector<FateGroupId> candidates);

  // Needs, once all components exist.
  void add_needs(const DraftComponent& draft);
  [[nodiscard]] NeedId add_need(const DraftNeed& draft, ComponentId from);
  void check_need(const DraftNeed& draft, const Need& need);
  void check_caches(ComponentId from);
  void add_local_need(const DraftNeed& draft, ComponentId from);
  void add_needs_of_places(const DraftComponent& draft, ComponentId id);
  void add_needs_of_any_place(const DraftComponent& draft, ComponentId id);

  void add_journeys();
  void add_journey(const DraftJourney& draft);
  void share_out_weights();
  void share_out_cohorts(const DraftJourney& draft, Journey& journey);
  void add_tables();
  void add_access();

  [[nodiscard]] ComponentId resolve(const std::string& id, base::Span span, std::string_view what);
  [[nodiscard]] std::vector<ComponentId> resolve_known(const std::vector<std::string>& ids) const;
  [[nodiscard]] Operations operations_of(const std::vector<std::string>& names, base::Span span);
  void assume(std::string name, std::string value, std::string source);

  const Draft& draft_;
  base::Diagnostics& diagnostics_;
  Blueprint bp_;
  std::map<std::tuple<FateKind, std::string, std::string, std::string, std::string>, FateGroupId>
      fate_ids_;
  std::map<std::string, std::vector<std::size_t>> placement_of_replica_;  ///< by component id
  bool has_told_operations_ = false;  ///< that there are too many
};

}  // namespace outlast::blueprint
