// Copies of a store that are components of their own are called by these.

#include "failure/replicas.h"

#include <algorithm>
#include <string_view>

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

bool may_share_a_machine(const Blueprint& bp, ComponentId id) {
  // By the rule that tells so, for what decides it stands in attributes that are not kept.
  constexpr std::string_view kNotKeptApart = "not_kept_apart";
  const blueprint::Component& c = bp[id];
  const bool is_told = std::any_of(c.marks.begin(), c.marks.end(),
                                   [&](const auto& mark) { return mark.finding == kNotKeptApart; });
  const auto first = c.replicas.front().zone;
  const auto is_surely_elsewhere = [&](const blueprint::Replica& r) {
    return first.exists() && r.zone.exists() && r.zone != first && bp[first].is_certain &&
           bp[r.zone].is_certain;
  };
  return is_told && c.at_least < c.replicas.size() &&
         std::none_of(c.replicas.begin(), c.replicas.end(), is_surely_elsewhere);
}

bool may_use_any_zone(const blueprint::Component& c) {
  return c.relocates && c.zones.empty();
}

}  // namespace outlast::failure
