#include <gtest/gtest.h>

#include "catalog/catalog.h"
#include "unit/catalog/meaning_of.h"

namespace outlast::catalog {
namespace {

using Lines = std::vector<std::string>;

constexpr const char* kMachine = "azurerm_linux_virtual_machine.a";
constexpr const char* kServer = "azurerm_postgresql_flexible_server.db";

MeaningOf server(const std::string& attributes) {
  return MeaningOf(
      plan_of({{kServer, R"({"name": "db", "location": "West Europe", )" + attributes + "}"}}));
}

TEST(Azure, ARegionIsOneHoweverItIsWritten) {
  const Catalog& catalog = Catalog::built_in();
  EXPECT_EQ(catalog.region_name("azure", "West Europe"), "westeurope");
  EXPECT_EQ(catalog.region_name("azure", "westeurope"), "westeurope");
  EXPECT_EQ(catalog.region_name("azure", "Nowhere"), "Nowhere");
}

TEST(Azure, ALogicalZoneIsAZoneOfItsRegion) {
  const MeaningOf meaning(
      plan_of({{kMachine, R"({"name": "a", "location": "UK South", "zone": "2"})"}}));
  EXPECT_EQ(meaning.zones(kMachine), Lines{"uksouth-2"});
  EXPECT_EQ(meaning.component(kMachine).region.value_or(""), "uksouth");
}

TEST(Azure, WithoutAZoneNoneIsKnown) {
  const std::string group = "azurerm_linux_virtual_machine_scale_set.s";
  const MeaningOf meaning(
      plan_of({{group, R"({"name": "s", "location": "uksouth", "instances": 3, "zones": null})"}}));
  EXPECT_EQ(meaning.zones(group), Lines{});
  EXPECT_EQ(meaning.component(group).scope.value_or(blueprint::Scope::region),
            blueprint::Scope::zone);
}

TEST(Azure, MachinesOfAnAvailabilitySetLieInOnePlace) {
  const std::string attributes = R"({"name": "a", "availability_set_id": "/sets/one"})";
  const MeaningOf meaning(
      plan_of({{"azurerm_availability_set.s", R"({"id": "/sets/one", "name": "one"})"},
               {kMachine, attributes},
               {"azurerm_linux_virtual_machine.b", attributes}}));
  EXPECT_EQ(meaning.zones(kMachine), Lines{"?"});
  ASSERT_EQ(meaning.component(kMachine).placements.size(), 1U);
  EXPECT_EQ(meaning.component(kMachine).placements[0].label,
            meaning.component("azurerm_linux_virtual_machine.b").placements[0].label);
}

TEST(Azure, ABlockThatIsOnlyKnownLaterMayNotBeThere) {
  const MeaningOf meaning(import::plan_text({import::created(
      kServer, "azurerm_postgresql_flexible_server", R"({"name": "db", "location": "uksouth"})",
      R"({"high_availability": true})")}));
  EXPECT_TRUE(meaning.component(kServer).replicas.is_unknown());
}

TEST(Azure, AnAccountOfWhichNobodySaysHowItIsKeptMayLieInOneZoneOrSeveral) {
  const std::string account = "azurerm_storage_account.a";
  const MeaningOf meaning(import::plan_text({import::created(
      account, "azurerm_storage_account", R"({"name": "a", "location": "uksouth"})",
      R"({"account_replication_type": true})")}));
  EXPECT_TRUE(meaning.component(account).scope.is_unknown());
  EXPECT_TRUE(meaning.component(account).replicas.is_unknown());
}

TEST(Azure, ARoleOnAGroupIsOneOnAllThatLiesInIt) {
  const std::string inside = "azurerm_storage_account.inside";
  const MeaningOf meaning(plan_of(
      {{"azurerm_resource_group.g", R"({"id": "/subscriptions/1/resourceGroups/g", "name": "g"})"},
       {inside, R"({"id": "/accounts/inside", "name": "inside", "resource_group_name": "g"})"},
       {"azurerm_storage_account.outside",
        R"({"id": "/accounts/outside", "name": "outside", "resource_group_name": "h"})"},
       {"azurerm_user_assigned_identity.who",
        R"({"id": "/who", "principal_id": "who-00000001", "name": "who"})"},
       {"azurerm_linux_function_app.f",
        R"({"id": "/f", "name": "f", "identity": [{"identity_ids": ["/who"]}]})"},
       {"azurerm_role_assignment.r",
        R"({"scope": "/subscriptions/1/resourceGroups/g", "role_definition_name": "Owner",
            "principal_id": "who-00000001"})"}}));
  const auto& grants = meaning.reading.draft().grants;
  ASSERT_EQ(grants.size(), 1U);
  EXPECT_EQ(grants[0].resource_components, Lines{inside});
}

TEST(Azure, ARuleNamesItsGroupByTheNameThatItHas) {
  const MeaningOf meaning(plan_of(
      {{"azurerm_network_security_group.g", R"({"id": "/groups/web", "name": "web"})"},
       {"azurerm_network_interface.i", R"({"id": "/interfaces/i", "name": "i"})"},
       {"azurerm_network_interface_security_group_association.a",
        R"({"network_interface_id": "/interfaces/i", "network_security_group_id": "/groups/web"})"},
       {kMachine, R"({"name": "web", "network_interface_ids": ["/interfaces/i"]})"},
       {"azurerm_network_security_rule.ssh",
        R"({"network_security_group_name": "web", "direction": "Inbound", "access": "Allow",
            "protocol": "Tcp", "priority": 100, "destination_port_range": "22",
            "source_address_prefix": "*"})"}}));
  const auto& rules = meaning.reading.draft().network_rules;
  ASSERT_FALSE(rules.empty());
  EXPECT_EQ(rules[0].subjects, Lines{kMachine});
}

TEST(Azure, AnAddressOfAllZonesIsNoZoneOfThatName) {
  const std::string balancer = "azurerm_lb.front";
  const auto zones_with = [&](const std::string& zone) {
    return MeaningOf(
               plan_of(
                   {{balancer,
                     R"({"name": "front", "location": "West Europe", "frontend_ip_configuration": [)"
                     R"({"public_ip_address_id": "/addresses/front"}]})"},
                    {"azurerm_public_ip.front",
                     R"({"id": "/addresses/front", "location": "West Europe", )"
                     R"("availability_zone": ")" +
                         zone + "\"}"}}))
        .zones(balancer);
  };
  EXPECT_EQ(zones_with("Zone-Redundant"), (Lines{"westeurope-1", "westeurope-2", "westeurope-3"}));
  EXPECT_EQ(zones_with("2"), Lines{"westeurope-2"});
  EXPECT_EQ(zones_with("No-Zone"), Lines{});
}

/// A Front Door whose origins have these priorities: of the first server, and of the second.
MeaningOf front_door(const std::string& first, const std::string& second) {
  const auto origin = [](const std::string& name, const std::string& priority) {
    return R"({"cdn_frontdoor_origin_group_id": "/doors/shop/group", "host_name": ")" + name +
           R"(.example", "priority": )" + priority + "}";
  };
  const auto app = [](const std::string& name) {
    return R"({"name": ")" + name + R"(", "default_hostname": ")" + name + R"(.example"})";
  };
  return MeaningOf(plan_of(
      {{"azurerm_cdn_frontdoor_endpoint.e", R"({"id": "/doors/shop/endpoint", "name": "e"})"},
       {"azurerm_cdn_frontdoor_origin_group.g", R"({"id": "/doors/shop/group", "name": "g"})"},
       {"azurerm_cdn_frontdoor_origin.a", origin("a", first)},
       {"azurerm_cdn_frontdoor_origin.b", origin("b", second)},
       {"azurerm_cdn_frontdoor_route.r",
        R"({"cdn_frontdoor_endpoint_id": "/doors/shop/endpoint", "cdn_frontdoor_origin_group_id": "/doors/shop/group"})"},
       {"azurerm_linux_web_app.a", app("a")},
       {"azurerm_linux_web_app.b", app("b")}}));
}

TEST(Azure, OfOriginsTheLowestPriorityServesUntilItFails) {
  constexpr const char* kDoor = "azurerm_cdn_frontdoor_endpoint.e";
  const auto ordered = front_door("2", "1");
  EXPECT_EQ(ordered.needs(kDoor), Lines{"azurerm_linux_web_app.b azurerm_linux_web_app.a"});
  EXPECT_EQ(ordered.component(kDoor).needs.at(0).via, std::string(kDoor) + ".failover");
  const auto shared = front_door("1", "1");
  EXPECT_EQ(shared.needs(kDoor), Lines{"azurerm_linux_web_app.a azurerm_linux_web_app.b"});
  EXPECT_EQ(shared.component(kDoor).needs.at(0).via, "") << "they share the users";
}

TEST(Azure, AStandbyLiesWhereItsModeSays) {
  const auto single = server(R"("zone": "1")");
  EXPECT_EQ(single.component(kServer).replicas.value_or(0), 1);
  const auto same = server(R"("zone": "1", "high_availability": [{"mode": "SameZone"}])");
  EXPECT_EQ(same.component(kServer).replicas.value_or(0), 2);
  EXPECT_FALSE(same.component(kServer).is_spread);
  const auto other = server(
      R"("zone": "1", "high_availability": [{"mode": "ZoneRedundant", "standby_availability_zone": "2"}])");
  EXPECT_EQ(other.zones(kServer), (Lines{"westeurope-1", "westeurope-2"}));
  EXPECT_TRUE(other.component(kServer).placements_are_distinct);
  const auto unnamed = server(R"("zone": "1", "high_availability": [{"mode": "ZoneRedundant"}])");
  EXPECT_EQ(unnamed.zones(kServer), Lines{});
  EXPECT_TRUE(unnamed.component(kServer).placements_are_distinct);
}

TEST(Azure, ADatabaseLiesInTheRegionOfItsServer) {
  const std::string database = "azurerm_mssql_database.d";
  const MeaningOf meaning(
      plan_of({{"azurerm_mssql_server.s", R"({"id": "/servers/s", "location": "North Europe"})"},
               {database, R"({"name": "d", "server_id": "/servers/s"})"},
               {kMachine, R"({"name": "a", "location": "uksouth"})"}}));
  EXPECT_EQ(meaning.component(database).region.value_or(""), "northeurope");
}

TEST(Azure, WhoNamesAServerNeedsItsDatabases) {
  const std::string app = "azurerm_linux_web_app.w";
  const MeaningOf meaning(plan_of(
      {{"azurerm_mssql_server.s",
        R"({"id": "/servers/s", "name": "s", "fqdn": "s.database.windows.net"})"},
       {"azurerm_mssql_database.d", R"({"name": "d", "server_id": "/servers/s"})"},
       {app,
        R"({"name": "w", "app_settings": {"DB": "Server=s.database.windows.net;Database=d"}})"}}));
  EXPECT_EQ(meaning.needs(app), Lines{"azurerm_mssql_database.d"});
}

TEST(Azure, OneEndpointOfAProfileIsNoFailover) {
  const auto profile = [](const std::string& which) {
    return std::vector<std::pair<std::string, std::string>>{
        {"azurerm_public_ip." + which, R"({"id": "/ip/)" + which + R"("})"},
        {"azurerm_lb." + which,
         R"({"name": "l", "frontend_ip_configuration": [{"public_ip_address_id": "/ip/)" + which +
             R"("}]})"},
        {"azurerm_traffic_manager_profile." + which, R"({"id": "/tm/)" + which + R"("})"},
        {"azurerm_traffic_manager_azure_endpoint." + which,
         R"({"profile_id": "/tm/)" + which + R"(", "target_resource_id": "/ip/)" + which +
             R"("})"}};
  };
  auto resources = profile("one");
  const auto others = profile("two");
  resources.insert(resources.end(), others.begin(), others.end());
  EXPECT_EQ(MeaningOf(plan_of(resources)).needs("azurerm_traffic_manager_profile.one"),
            Lines{"azurerm_lb.one"});
  resources.back().second = R"({"profile_id": "/tm/one", "target_resource_id": "/ip/two"})";
  EXPECT_EQ(MeaningOf(plan_of(resources)).needs("azurerm_traffic_manager_profile.one"),
            Lines{"azurerm_lb.one azurerm_lb.two"});
}

TEST(Azure, PrioritiesOfAProfileAreAnOrder) {
  const auto profile = [](const std::string& method) {
    const auto endpoint = [](const std::string& name, const std::string& priority) {
      return std::pair<std::string, std::string>("azurerm_traffic_manager_azure_endpoint." + name,
                                                 R"({"profile_id": "/tm/p", "priority": )" +
                                                     priority + R"(, "target_resource_id": "/ip/)" +
                                                     name + R"("})");
    };
    const auto front = [](const std::string& name) {
      return std::pair<std::string, std::string>(
          "azurerm_lb." + name,
          R"({"name": "l", "frontend_ip_configuration": [{"public_ip_address_id": "/ip/)" + name +
              R"("}]})");
    };
    const auto address = [](const std::string& name) {
      return std::pair<std::string, std::string>("azurerm_public_ip." + name,
                                                 R"({"id": "/ip/)" + name + R"("})");
    };
    return plan_of({address("a"),
                    address("b"),
                    front("a"),
                    front("b"),
                    endpoint("a", "2"),
                    endpoint("b", "1"),
                    {"azurerm_traffic_manager_profile.p",
                     R"({"id": "/tm/p", "traffic_routing_method": ")" + method + R"("})"}});
  };
  const auto need = [](const std::string& plan) {
    const MeaningOf meaning(plan);
    const auto& all = meaning.component("azurerm_traffic_manager_profile.p").needs;
    return all.empty() ? blueprint::DraftNeed() : all.front();
  };
  EXPECT_EQ(need(profile("Priority")).any_of, (Lines{"azurerm_lb.b", "azurerm_lb.a"}));
  EXPECT_EQ(need(profile("Priority")).via, "azurerm_traffic_manager_profile.p.failover");
  EXPECT_EQ(need(profile("Weighted")).via, "");
}

TEST(Azure, EverybodyIsTheWholeRange) {
  const MeaningOf meaning(
      plan_of({{"azurerm_network_security_group.g",
                R"({"id": "/groups/g", "security_rule": [
          {"access": "Allow", "direction": "Inbound", "protocol": "Tcp", "priority": 100,
           "destination_port_range": "443", "source_address_prefix": "Internet"},
          {"access": "Deny", "direction": "Inbound", "protocol": "*", "priority": 200,
           "destination_port_range": "*", "source_address_prefix": "*"}]})"},
               {"azurerm_network_interface.n",
                R"({"id": "/cards/n", "network_security_group_id": "/groups/g"})"},
               {kMachine, R"({"name": "a", "network_interface_ids": ["/cards/n"]})"}}));
  const auto& rules = meaning.reading.imported.draft.network_rules;
  ASSERT_EQ(rules.size(), 3U) << "both rows, and the one of the provider for the same network";
  EXPECT_EQ(rules[0].subjects, Lines{kMachine});
  EXPECT_TRUE(rules[0].character.allows);
  EXPECT_FALSE(rules[1].character.allows);
  EXPECT_EQ(rules[1].character.order.value_or(0), 200);
  EXPECT_EQ(rules[2].peer_ranges, Lines{"VirtualNetwork"});
  EXPECT_EQ(rules[0].peer_ranges, Lines{"0.0.0.0/0"});
  EXPECT_EQ(rules[0].protocol, "tcp");
  EXPECT_EQ(rules[0].from_port.value_or(0), 443);
}

TEST(Azure, OneGatewayFeedsTheZonesOfWhatLiesInItsSubnet) {
  const std::string group = "azurerm_linux_virtual_machine_scale_set.s";
  const MeaningOf meaning(
      plan_of({{"azurerm_subnet.n", R"({"id": "/subnet", "name": "n"})"},
               {"azurerm_nat_gateway.g", R"({"id": "/nat", "name": "g", "zones": ["1"]})"},
               {"azurerm_subnet_nat_gateway_association.a",
                R"({"subnet_id": "/subnet", "nat_gateway_id": "/nat"})"},
               {group,
                R"({"name": "s", "zones": ["1", "2"], "network_interface":
          [{"ip_configuration": [{"subnet_id": "/subnet"}]}]})"}}));
  EXPECT_EQ(meaning.needs(group), Lines{"azurerm_nat_gateway.g"});
  EXPECT_EQ(meaning.reading.imported.draft.supplies.size(), 2U);
}

TEST(Azure, AFreeControlPlaneIsTold) {
  const std::string cluster = "azurerm_kubernetes_cluster.k";
  const auto with = [&](const std::string& tier) {
    return MeaningOf(plan_of({{cluster, R"({"name": "k", "sku_tier": ")" + tier + "\"}"}}));
  };
  EXPECT_TRUE(with("Free").is_marked(cluster, "no_service_level"));
  EXPECT_FALSE(with("Standard").is_marked(cluster, "no_service_level"));
}

/// Is a database open to every address when its server says this?
base::Truth is_open_when(const std::string& type, const std::string& server_says,
                         const std::string& unknown = "{}") {
  const bool is_sql = type == "mssql";
  const std::string server = "azurerm_" + type + "_server";
  const std::string rule = is_sql ? "azurerm_mssql_firewall_rule" : server + "_firewall_rule";
  std::vector<std::string> resources = {
      import::created(
          server + ".s", server,
          R"({"id": "/servers/s", "name": "s", "location": "westeurope")" + server_says + "}",
          unknown),
      import::created(rule + ".all", rule,
                      R"({"server_id": "/servers/s", "start_ip_address": "0.0.0.0",
                          "end_ip_address": "255.255.255.255"})")};
  if (is_sql) {
    resources.push_back(import::created("azurerm_mssql_database.db", "azurerm_mssql_database",
                                        R"({"name": "db", "server_id": "/servers/s"})"));
  }
  const std::string database = is_sql ? "azurerm_mssql_database.db" : server + ".s";
  const MeaningOf meaning(import::plan_text(resources));
  for (const auto& address : meaning.reading.draft().access.addresses) {
    if (address.of == database) {
      return address.is_public;
    }
  }
  ADD_FAILURE() << "no address of " << database;
  return base::Truth::no;
}

TEST(Azure, AServerThatShutsTheInternetOutIsNotOpenedByARule) {
  EXPECT_EQ(is_open_when("mssql", ""), base::Truth::yes);
  EXPECT_EQ(is_open_when("mssql", R"(, "public_network_access_enabled": true)"), base::Truth::yes);
  EXPECT_EQ(is_open_when("mssql", R"(, "public_network_access_enabled": false)"), base::Truth::no);
  EXPECT_EQ(is_open_when("mssql", R"(, "public_network_access_enabled": null)",
                         R"({"public_network_access_enabled": true})"),
            base::Truth::unknown)
      << "nobody knows yet whether it does";
  EXPECT_EQ(is_open_when("mysql_flexible", ""), base::Truth::yes);
  EXPECT_EQ(is_open_when("mysql_flexible", R"(, "public_network_access": "Disabled")"),
            base::Truth::no);
}

TEST(Azure, AContainerForEverybodyIsShutWithItsAccount) {
  const auto grants_for_all = [](const std::string& account_says) {
    const MeaningOf meaning(plan_of(
        {{"azurerm_storage_account.a", R"({"id": "/accounts/a", "name": "a")" + account_says + "}"},
         {"azurerm_storage_container.c",
          R"({"storage_account_id": "/accounts/a", "container_access_type": "blob"})"}}));
    const auto& grants = meaning.reading.draft().grants;
    return std::count_if(grants.begin(), grants.end(),
                         [](const auto& grant) { return grant.character.to_everyone; });
  };
  EXPECT_EQ(grants_for_all(""), 1);
  EXPECT_EQ(grants_for_all(R"(, "public_network_access_enabled": false)"), 0);
  EXPECT_EQ(grants_for_all(R"(, "network_rules": [{"default_action": "Deny"}])"), 0);
}

}  // namespace
}  // namespace outlast::catalog
