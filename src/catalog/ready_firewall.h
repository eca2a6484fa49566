#pragma once

#include "catalog/passes.h"

namespace outlast::catalog {

/// The firewall that the network of a component has ready for whoever names none of its own, where the
/// inputs hold it; absent where it names one, may name one, or lies in another network.
[[nodiscard]] ResourceId ready_firewall_of(const Sight& sight, ResourceId component);

/// Its firewalls may be named on it: where it names none, it has the one that its network has ready.
[[nodiscard]] bool names_firewalls(const TypeEntry& entry);

}  // namespace outlast::catalog
