#include "picture/addresses.h"

#include <fmt/format.h>

#include <algorithm>

namespace outlast::picture {

using blueprint::Component;
using blueprint::FateGroupId;
using blueprint::FateKind;

namespace {

/// A host, a rack or a facility that is no component: such a machine is drawn as a node, and what
/// lies on it leads there.
bool is_shared_place(const blueprint::Blueprint& bp, FateGroupId group) {
  const FateKind kind = bp[group].kind;
  return (kind == FateKind::host || kind == FateKind::rack || kind == FateKind::facility) &&
         !bp.find(bp[group].name).exists();
}

bool holds_all(FateGroupId group, const Component& c) {
  return std::all_of(c.replicas.begin(), c.replicas.end(), [&](const blueprint::Replica& replica) {
    const auto& groups = replica.fate_groups;
    return std::find(groups.begin(), groups.end(), group) != groups.end();
  });
}

const std::string& name_for_people(const blueprint::FateGroup& group) {
  return group.title.empty() ? group.name : group.title;
}

}  // namespace

Addresses::Addresses(const blueprint::Blueprint& bp) : bp_(bp) {
  for (const Component& c : bp_.components()) {
    ++count_[of_.emplace_back(address_of(c))];
  }
}

bool Addresses::is_alone_in_a_guess(blueprint::ComponentId id) const {
  const auto at = zones_.find(of(id));
  return at != zones_.end() && !bp_[at->second].is_certain && count_.at(of(id)) == 1;
}

Address Addresses::known(Address address) const {
  Address zone = address;
  zone[4].clear();
  const auto at = zones_.find(zone);
  if (at != zones_.end() && !bp_[at->second].is_certain) {
    address[3].clear();
    address[4].clear();
  }
  return address;
}

Address Addresses::address_of(const Component& c) {
  Address address;
  if (c.kind == blueprint::Kind::external) {
    return address;
  }
  if (!c.provider.empty()) {
    place_at_provider(c, address);
  }
  if (const FateGroupId shared = shared_by(c); shared.exists()) {
    address[4] = bp_[shared].name;
    shared_.insert_or_assign(address, shared);
  }
  return address;
}

void Addresses::place_at_provider(const Component& c, Address& address) {
  address[0] = c.provider;
  address[1] = c.account;
  const auto zone = c.replicas.empty() ? FateGroupId() : c.replicas.front().zone;
  const bool is_in_one =
      zone.exists() && std::all_of(c.replicas.begin(), c.replicas.end(),
                                   [&](const auto& replica) { return replica.zone == zone; });
  if (c.scope != blueprint::Scope::global) {
    address[2] = zone.exists() ? bp_[zone].region : c.region.value_or("");
  }
  if (is_in_one) {
    address[3] = bp_[zone].name;
    zones_.insert_or_assign(address, zone);
  }
}

/// The smallest place that all of a component lies in; may not exist.
FateGroupId Addresses::shared_by(const Component& c) const {
  FateGroupId smallest;
  for (const FateGroupId group :
       c.replicas.empty() ? std::vector<FateGroupId>() : c.replicas.front().fate_groups) {
    const bool is_smaller = !smallest.exists() || bp_[group].kind < bp_[smallest].kind;
    if (is_smaller && is_shared_place(bp_, group) && holds_all(group, c)) {
      smallest = group;
    }
  }
  return smallest;
}

Box Addresses::zone_box(const Address& address, const SinglePoints& points) const {
  const auto& zone = bp_[zones_.at(address)];
  Box box{0, Place::zone, zone.is_certain ? zone.name : name_for_people(zone)};
  box.is_certain = zone.is_certain;
  // Of what may be several zones none alone is known to stop users.
  box.is_single_point = !zone.may_be_several && points.places.contains({"zone", zone.name});
  return box;
}

Box Addresses::shared_box(const Address& address, const SinglePoints& points) const {
  const auto& group = bp_[shared_.at(address)];
  Box box{0, Place::shared, name_for_people(group)};
  box.is_single_point =
      points.places.contains({group.kind == FateKind::facility ? "zone" : "server", group.name});
  return box;
}

std::vector<std::pair<Address, Box>> Addresses::boxes_of(const Address& address,
                                                         const SinglePoints& points) const {
  std::vector<std::pair<Address, Box>> boxes;
  Address part = {address[0], address[1]};
  if (!address[0].empty()) {
    const std::string title =
        address[1].empty() ? address[0] : fmt::format("{} · {}", address[0], address[1]);
    boxes.push_back(
        {part, {0, Place::provider, title, points.places.contains({"provider", address[0]})}});
  }
  if (!address[2].empty()) {
    part[2] = address[2];
    boxes.push_back(
        {part, {0, Place::region, address[2], points.places.contains({"region", address[2]})}});
  }
  if (!address[3].empty()) {
    part[3] = address[3];
    boxes.emplace_back(part, zone_box(part, points));
  }
  if (!address[4].empty()) {
    boxes.emplace_back(address, shared_box(address, points));
  }
  return boxes;
}

}  // namespace outlast::picture
