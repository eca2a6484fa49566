// Copies of a store that are components of their own are called by these; machines that are, too.

#include "failure/replicas.h"

#include <algorithm>

namespace outlast::failure {

using blueprint::Blueprint;
using blueprint::ComponentId;
using blueprint::Copy;
using blueprint::CopyKind;
using blueprint::FateGroupId;
using blueprint::FateKind;

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

bool may_share_a_machine(const Blueprint& bp, ComponentId id) {
  const blueprint::Component& c = bp[id];
  const auto first = c.replicas.front().zone;
  const auto is_surely_elsewhere = [&](const blueprint::Replica& r) {
    return first.exists() && r.zone.exists() && r.zone != first && bp[first].is_certain &&
           bp[r.zone].is_certain;
  };
  return c.may_share_a_machine && c.at_least < c.replicas.size() &&
         std::none_of(c.replicas.begin(), c.replicas.end(), is_surely_elsewhere);
}

FateGroupId host_of(const Blueprint& bp, ComponentId id) {
  FateGroupId only;
  for (const blueprint::Replica& replica : bp[id].replicas) {
    const auto host = std::find_if(replica.fate_groups.begin(), replica.fate_groups.end(),
                                   [&](FateGroupId g) { return bp[g].kind == FateKind::host; });
    if (host == replica.fate_groups.end() || (only.exists() && *host != only)) {
      return {};
    }
    only = *host;
  }
  return only;
}

ComponentId machine_of(const Blueprint& bp, FateGroupId host) {
  return bp[host].kind == FateKind::host ? bp.find(bp[host].name) : ComponentId();
}

ComponentId only_machine_of(const Blueprint& bp, FateGroupId host) {
  const ComponentId machine = machine_of(bp, host);
  return machine.exists() && bp[machine].replicas.size() == 1 ? machine : ComponentId();
}

bool may_use_any_zone(const blueprint::Component& c) {
  return c.relocates && c.zones.empty();
}

}  // namespace outlast::failure
