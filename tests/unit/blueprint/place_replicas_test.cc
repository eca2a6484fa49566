#include <gtest/gtest.h>

#include "unit/blueprint/drafts.h"

namespace outlast::blueprint {
namespace {

/// A place of which only the subnet is known.
DraftPlacement subnet(const std::string& label) {
  return {{}, label, {}};
}

TEST(PlaceReplicas, DealsThemOverTheZonesInTurn) {
  auto web = component("web", {"a", "b"});
  web.replicas = stated<std::int64_t>(3);
  const Validated v({web});
  EXPECT_EQ(v.zone("web", 0), "a");
  EXPECT_EQ(v.zone("web", 1), "b");
  EXPECT_EQ(v.zone("web", 2), "a");
}

TEST(PlaceReplicas, OneZoneOfTwoComponentsIsOneGroup) {
  const Validated v({component("web", {"a"}), component("db", {"a"}), component("far", {"b"})});
  EXPECT_EQ(v.at("web").replicas[0].zone, v.at("db").replicas[0].zone);
  EXPECT_NE(v.at("web").replicas[0].zone, v.at("far").replicas[0].zone);
}

TEST(PlaceReplicas, ZonesOfOneNameInTwoRegionsOrAccountsAreTwo) {
  auto south = component("south", {"a"});
  south.region = stated("south");
  auto other = component("other", {"a"});
  other.account = stated("second");
  const Validated v({component("north", {"a"}), south, other});
  EXPECT_NE(v.at("north").replicas[0].zone, v.at("south").replicas[0].zone);
  EXPECT_NE(v.at("north").replicas[0].zone, v.at("other").replicas[0].zone);
}

TEST(PlaceReplicas, ASubnetOfAnUnknownZoneIsAnUncertainZoneThatTwoShare) {
  auto web = component("web");
  auto db = component("db");
  auto far = component("far", {"a"});
  web.placements = {subnet("s1")};
  db.placements = {subnet("s1")};
  const Validated v({web, db, far});
  const FateGroup& zone = (*v.bp)[v.at("web").replicas[0].zone];
  EXPECT_FALSE(zone.is_certain);
  EXPECT_TRUE(zone.candidates.empty());
  EXPECT_EQ(v.at("web").replicas[0].zone, v.at("db").replicas[0].zone);
  EXPECT_NE(v.at("web").replicas[0].zone, v.at("far").replicas[0].zone);
}

TEST(PlaceReplicas, OneReplicaThatMayLieInTwoZonesLiesInNeitherForSure) {
  auto web = component("web", {"a", "b"});
  web.replicas = stated<std::int64_t>(1);
  const Validated v({web});
  const FateGroup& zone = (*v.bp)[v.at("web").replicas[0].zone];
  EXPECT_FALSE(zone.is_certain);
  ASSERT_EQ(zone.candidates.size(), 2U);
  EXPECT_EQ((*v.bp)[zone.candidates[1]].name, "b");
  EXPECT_EQ(v.at("web").zones, zone.candidates);
}

TEST(PlaceReplicas, SeveralOfWhichNothingIsKnownMayLieInSeveralZones) {
  auto two = component("two");
  two.replicas = stated<std::int64_t>(2);
  const Validated v({two, component("one")});
  EXPECT_TRUE((*v.bp)[v.at("two").replicas[0].zone].may_be_several);
  EXPECT_FALSE((*v.bp)[v.at("one").replicas[0].zone].may_be_several);
}

/// The group of a kind that a component belongs to as a whole; absent if none.
FateGroupId group_of(const Validated& v, std::string_view id, FateKind kind) {
  for (const FateGroupId group : v.at(id).fate_groups) {
    if ((*v.bp)[group].kind == kind) {
      return group;
    }
  }
  return {};
}

TEST(PlaceReplicas, WhatTheProviderSpreadsLiesInNoZone) {
  auto queue = component("queue");
  queue.scope = stated(Scope::region);
  auto cdn = component("cdn");
  cdn.scope = stated(Scope::global);
  const Validated v({queue, cdn});
  EXPECT_FALSE(v.at("queue").replicas[0].zone.exists());
  ASSERT_TRUE(group_of(v, "queue", FateKind::region).exists());
  EXPECT_EQ((*v.bp)[group_of(v, "queue", FateKind::region)].name, "north");
  EXPECT_FALSE(group_of(v, "cdn", FateKind::region).exists()) << "no region takes it down";
  EXPECT_EQ(group_of(v, "cdn", FateKind::provider), group_of(v, "queue", FateKind::provider));
}

TEST(PlaceReplicas, AServiceFailsInItsRegion) {
  auto one = component("one");
  one.service = stated("db");
  auto two = component("two");
  two.service = stated("db");
  auto south = component("south");
  south.service = stated("db");
  south.region = stated("south");
  const Validated v({one, two, south});
  EXPECT_EQ(v.at("one").fate_groups, v.at("two").fate_groups);
  EXPECT_NE(group_of(v, "one", FateKind::service), group_of(v, "south", FateKind::service));
}

TEST(PlaceReplicas, NamesOfFateAreDealtOverReplicas) {
  auto web = component("web", {"a", "b"});
  web.replicas = stated<std::int64_t>(3);
  web.fate["rack"] = {"r1", "r2"};
  const Validated v({web});
  const auto rack = [&](std::size_t i) {
    return (*v.bp)[v.at("web").replicas[i].fate_groups.at(0)].name;
  };
  EXPECT_EQ(rack(0) + rack(1) + rack(2), "r1r2r1");
}

TEST(PlaceReplicas, WhatAPlaceNeedsItsReplicasNeedOnceEach) {
  auto web = component("web", {"a", "b"});
  web.replicas = stated<std::int64_t>(3);
  web.placements[0].local_needs = {need_of({"nat-a"})};
  web.placements[1].local_needs = {need_of({"nat-b"})};
  const Validated v({web, component("nat-a", {"a"}), component("nat-b", {"b"})});
  ASSERT_TRUE(v.bp);
  const auto& replicas = v.at("web").replicas;
  const auto target = [&](std::size_t i) {
    return (*v.bp)[(*v.bp)[replicas[i].local_needs.at(0)].any_of.at(0)].id;
  };
  EXPECT_EQ(target(0), "nat-a");
  EXPECT_EQ(target(1), "nat-b");
  EXPECT_EQ(replicas[0].local_needs, replicas[2].local_needs) << "both lie in a";
  EXPECT_TRUE(v.at("web").needs.empty());
}

TEST(PlaceReplicas, ALocalNeedIsThatOfTheReplicasInItsZone) {
  auto local = need_of({"disk"});
  local.is_local = true;
  local.local_zone = "b";
  const Validated v({component("web", {"a", "b"}, {local}), component("disk", {"b"})});
  EXPECT_TRUE(v.at("web").replicas[0].local_needs.empty());
  EXPECT_EQ(v.at("web").replicas[1].local_needs.size(), 1U);
  local.local_zone = "c";
  EXPECT_EQ(Validated({component("web", {"a", "b"}, {local}), component("disk")}).told,
            Lines{"OUT-E1228 web has no replica in zone c | `local:` takes true, or a zone that "
                  "the component lies in"});
}

}  // namespace
}  // namespace outlast::blueprint
