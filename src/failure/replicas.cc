// Copies of a store that are components of their own are called by these.

#include "failure/replicas.h"

#include <algorithm>

namespace outlast::failure {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Copy;
using blueprint::CopyKind;

std::vector<ComponentId> replicas_of(const Blueprint& bp, ComponentId store) {
  std::vector<ComponentId> replicas;
  for (const Copy& copy : bp[store].copies) {
    const ComponentId holder = bp.find(copy.name);
    if (holder.exists() && copy.kind.value_or(CopyKind::snapshot) == CopyKind::replica) {
      replicas.push_back(holder);
    }
  }
  return replicas;
}

bool has_named_copies(const Blueprint& bp, const blueprint::Component& store) {
  return std::any_of(store.copies.begin(), store.copies.end(),
                     [&](const Copy& copy) { return !bp.find(copy.name).exists(); });
}

bool may_use_any_zone(const blueprint::Component& c) {
  return c.relocates && c.zones.empty();
}

}  // namespace outlast::failure
