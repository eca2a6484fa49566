#pragma once

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "clock/load_figures.h"
#include "engines/simulation/model.h"

namespace outlast::clock {

/// What starts and stops replicas: as the blueprint says, else as the catalog has it, of its provider.
class Autoscalers {
 public:
  Autoscalers(const catalog::Catalog& catalog, LoadFigures& figures)
      : catalog_(catalog), figures_(figures) {}

  /// Of a group of machines or pods: what is measured must be over its level for a while, then some
  /// are started. Its station is not told yet.
  [[nodiscard]] engines::simulation::Autoscaler of_group(const blueprint::Component& c);
  /// Of a function: instances come as requests do, up to the quota.
  [[nodiscard]] engines::simulation::Autoscaler of_function(const blueprint::Component& c);

 private:
  [[nodiscard]] engines::simulation::Autoscaler stated_of(const blueprint::Component& c,
                                                          std::size_t most);

  const catalog::Catalog& catalog_;
  LoadFigures& figures_;
};

}  // namespace outlast::clock
