#pragma once

#include <vector>

#include "base/diagnostics.h"
#include "blueprint/blueprint.h"
#include "blueprint/scenario.h"

namespace outlast::clock {

/// Requests of journeys that fare alike: of one kind are those whose operations meet the same needs
/// and the same of some other operations.
struct Kinds {
  /// By kind, the operations that its journeys take, each once.
  std::vector<std::vector<blueprint::Operations>> operations;

  /// Are there any to be told apart?
  [[nodiscard]] bool are_told() const { return operations.size() > 1; }
  [[nodiscard]] std::size_t of(blueprint::Operations taken) const;
};

/// Operations of users that a fault is about. What nobody names, those journeys take that take all.
[[nodiscard]] blueprint::Operations operations_of(const blueprint::Blueprint& bp,
                                                  const blueprint::ScenarioFault& fault);

/// errors  OUT-E1812: no journey and no need here takes an operation that a fault is about
void check_operations(const blueprint::Blueprint& bp, const blueprint::ScenarioFault& fault,
                      base::Diagnostics& diagnostics);

/// Operations that a component is asked for.
[[nodiscard]] blueprint::Operations asked_of(const blueprint::Blueprint& bp,
                                             blueprint::ComponentId id);

/// Share of users whose journeys take any of some operations.
[[nodiscard]] double users_taking(const blueprint::Blueprint& bp, blueprint::Operations operations);

/// in  hit  operations that faults are about
[[nodiscard]] Kinds kinds_of(const blueprint::Blueprint& bp,
                             const std::vector<blueprint::Operations>& hit);

}  // namespace outlast::clock
