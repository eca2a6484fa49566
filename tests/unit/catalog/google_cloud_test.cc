#include <gtest/gtest.h>

#include "catalog/attribute_path.h"
#include "unit/catalog/meaning_of.h"

namespace outlast::catalog {
namespace {

using Lines = std::vector<std::string>;

constexpr const char* kCluster = "google_container_cluster.c";
constexpr const char* kPool = "google_container_node_pool.p";

MeaningOf cluster(const std::string& location, const std::string& pool) {
  return MeaningOf(plan_of({{kCluster, R"({"name": "c", "location": ")" + location +
                                           R"(", "remove_default_node_pool": true})"},
                            {kPool, R"({"name": "p", "cluster": "c", )" + pool + "}"}}));
}

TEST(Patterns, StarIsAnyTextAndQuestionMarkAnyCharacter) {
  EXPECT_TRUE(matches("*-*-?", "europe-west2-a"));
  EXPECT_FALSE(matches("*-*-?", "europe-west2"));
  EXPECT_TRUE(matches("POSTGRES*", "POSTGRES_16"));
  EXPECT_TRUE(matches("a*b*", "ab"));
  EXPECT_FALSE(matches("a?", "a"));
  EXPECT_TRUE(matches("*", ""));
  EXPECT_FALSE(matches("", "a"));
}

TEST(GoogleCloud, AnAutoscalerKeepsItsShareOfTheProcessors) {
  const auto level = [](const std::string& policy) {
    constexpr const char* kGroup = "google_compute_instance_group_manager.web";
    const MeaningOf meaning(plan_of(
        {{kGroup, R"({"name": "web", "zone": "us-central1-a", "target_size": 2})"},
         {"google_compute_autoscaler.web",
          R"({"target": "web", "autoscaling_policy": [{"max_replicas": 5, "min_replicas": 2)" +
              policy + "}]}"}}));
    return meaning.component(kGroup).scale.target.value_or("");
  };
  EXPECT_EQ(level(R"(, "cpu_utilization": [{"target": 0.75}])"), "cpu 75%");
  EXPECT_EQ(level(""), "cpu 60%") << "what Google takes where nothing is said";
  EXPECT_EQ(level(R"(, "metric": [{"name": "queue", "target": 3}])"), "");
}

TEST(GoogleCloud, NodesOfAZonalClusterLieInItsZone) {
  const auto meaning = cluster("us-central1-b", R"("location": "us-central1-b", "node_count": 2)");
  EXPECT_EQ(meaning.zones(kPool), Lines{"us-central1-b"});
  EXPECT_EQ(meaning.component(kPool).replicas.value_or(0), 2);
  EXPECT_TRUE(meaning.is_marked(kCluster, "zonal_control_plane"));
}

TEST(GoogleCloud, NodeCountIsPerZone) {
  const auto regional = cluster("us-central1", R"("location": "us-central1", "node_count": 2)");
  EXPECT_EQ(regional.zones(kPool), (Lines{"us-central1-a", "us-central1-b", "us-central1-c"}));
  EXPECT_EQ(regional.component(kPool).replicas.value_or(0), 6);
  EXPECT_FALSE(regional.is_marked(kCluster, "zonal_control_plane"));
  const auto chosen = cluster("us-central1", R"("node_count": 2, "node_locations":
      ["us-central1-a", "us-central1-f"])");
  EXPECT_EQ(chosen.component(kPool).replicas.value_or(0), 4);
}

TEST(GoogleCloud, ARegionalGroupLiesInThreeZonesOfItsRegion) {
  const std::string group = "google_compute_region_instance_group_manager.g";
  const MeaningOf meaning(plan_of({{group, R"({"region": "us-east1", "target_size": 3})"}}));
  EXPECT_EQ(meaning.zones(group), (Lines{"us-east1-b", "us-east1-c", "us-east1-d"}));
}

TEST(GoogleCloud, AMachineLiesInTheZoneOfItsProviderIfItSaysNone) {
  const std::string plan = R"({"format_version": "1.2", "resource_changes": [)" +
                           import::created("google_compute_instance.a", "google_compute_instance") +
                           R"(], "configuration": {"provider_config": {"google": {"name": "google",
      "expressions": {"zone": {"constant_value": "us-east1-c"}}}},
      "root_module": {"resources": [{"mode": "managed", "type": "google_compute_instance",
      "name": "a", "provider_config_key": "google", "expressions": {}}]}}})";
  EXPECT_EQ(MeaningOf(plan).zones("google_compute_instance.a"), Lines{"us-east1-c"});
}

TEST(GoogleCloud, OfSeveralWithOneNameThePathTellsWhich) {
  const std::string eu = "google_compute_instance_group_manager.eu";
  const std::string us = "google_compute_instance_group_manager.us";
  const MeaningOf meaning(plan_of(
      {{eu, R"({"name": "web", "zone": "europe-west1-b"})"},
       {us, R"({"name": "web", "zone": "us-east1-c"})"},
       {"google_compute_backend_service.b",
        R"({"name": "b", "backend": [{"group": "projects/p/zones/us-east1-c/instanceGroups/web"}]})"},
       {"google_compute_forwarding_rule.f",
        R"({"name": "f", "load_balancing_scheme": "INTERNAL", "backend_service": "projects/p/b"})"}}));
  EXPECT_EQ(meaning.needs("google_compute_forwarding_rule.f"), Lines{us});
}

TEST(GoogleCloud, WhoNeedsAClusterNeedsItsNodes) {
  const std::string chart = R"({"address": "helm_release.app", "mode": "managed",
      "type": "helm_release", "name": "app", "change": {"actions": ["create"], "after":
      {"values": ["neg: \"web-neg-http\""]}}})";
  const std::string plan = import::plan_text(
      {import::created(kCluster, "google_container_cluster", R"({"name": "c"})"),
       import::created(kPool, "google_container_node_pool", R"({"cluster": "c"})"), chart,
       import::created(
           "google_compute_backend_service.b", "google_compute_backend_service",
           R"({"name": "b", "backend": [{"group": "projects/p/zones/z/web-neg-http"}]})"),
       import::created("google_compute_forwarding_rule.f", "google_compute_forwarding_rule",
                       R"({"backend_service": "b"})")},
      R"({"resources": [)" +
          import::configured("helm_release", "app", "{}",
                             R"("depends_on": ["google_container_cluster.c"])") +
          "]}");
  EXPECT_EQ(MeaningOf(plan).needs("google_compute_forwarding_rule.f"), Lines{kPool});
  EXPECT_EQ(MeaningOf(plan).needs(kPool), Lines{kCluster});
}

TEST(GoogleCloud, WhatIsInstalledOnAClusterIsUsedByItsNodes) {
  const std::string store = "google_sql_database_instance.db";
  const std::string plan =
      R"({"format_version": "1.2", "resource_changes": [)" +
      import::created(kCluster, "google_container_cluster", R"({"name": "c"})") + "," +
      import::created(kPool, "google_container_node_pool", R"({"cluster": "c"})") + "," +
      import::created(store, "google_sql_database_instance", R"({"name": "db"})",
                      R"({"private_ip_address": true})") +
      "," +
      import::created("kubernetes_deployment.app", "kubernetes_deployment", R"({"spec": [{}]})",
                      R"({"spec": [{"env": true}]})") +
      R"(], "configuration": {"provider_config": {"kubernetes": {"name": "kubernetes",
          "expressions": {"host": {"references": ["google_container_cluster.c.endpoint",
                                                  "google_container_cluster.c"]}}}},
          "root_module": {"resources": [{"mode": "managed", "type": "google_container_cluster",
          "name": "c", "expressions": {}}, )" +
      import::configured("kubernetes_deployment", "app",
                         R"({"spec": [{"env": {"references": [
          "google_sql_database_instance.db.private_ip_address",
          "google_sql_database_instance.db"]}}]})",
                         R"("provider_config_key": "kubernetes")") +
      "]}}}";
  EXPECT_EQ(MeaningOf(plan).needs(kPool), (Lines{kCluster, store}));
}

TEST(GoogleCloud, AFirewallRuleIsForThoseWithItsTags) {
  const std::string web = "google_compute_instance.web";
  const std::string store = "google_compute_instance.store";
  const MeaningOf meaning(plan_of(
      {{web, R"({"tags": ["web"], "network_interface": [{"access_config": [{}]}]})"},
       {store, R"({"tags": ["store"], "network_interface": [{"access_config": [{}]}]})"},
       {"google_compute_firewall.users", R"({"source_ranges": ["0.0.0.0/0"],
           "target_tags": ["web"], "allow": [{"protocol": "tcp", "ports": ["80", "8000-8080"]}]})"},
       {"google_compute_firewall.inside", R"({"source_tags": ["web"], "target_tags": ["store"],
           "allow": [{"protocol": "tcp", "ports": ["5432"]}]})"}}));
  EXPECT_TRUE(meaning.component(web).internet.value_or(false));
  EXPECT_FALSE(meaning.component(store).internet.value_or(true));
  EXPECT_EQ(meaning.needs(web), Lines{store});
  EXPECT_EQ(meaning.reading.draft().network_rules.size(), 3U);
}

TEST(GoogleCloud, ARuleForAWholeNetworkTellsOfNoCalls) {
  const std::string machine = R"({"tags": ["x"], "network_interface": [{"network": "net1"}]})";
  const MeaningOf meaning(
      plan_of({{"google_compute_network.n", R"({"name": "net1"})"},
               {"google_compute_instance.a", machine},
               {"google_compute_instance.b", machine},
               {"google_compute_firewall.all", R"({"network": "net1", "source_tags": ["x"],
           "allow": [{"protocol": "tcp", "ports": ["5432"]}]})"}}));
  EXPECT_TRUE(meaning.component("google_compute_instance.a").needs.empty());
}

TEST(GoogleCloud, ARuleNamesItsNetworkByTheNameThatItHas) {
  const std::string machine = "google_compute_instance.a";
  const MeaningOf meaning(plan_of(
      {{"google_compute_network.n", R"({"id": "projects/p/networks/net1", "name": "net1"})"},
       {machine, R"({"network_interface": [{"network": "projects/p/networks/net1",
                                            "access_config": [{}]}]})"},
       {"google_compute_firewall.ssh", R"({"network": "net1", "source_ranges": ["0.0.0.0/0"],
           "allow": [{"protocol": "tcp", "ports": ["22"]}]})"}}));
  const auto& rules = meaning.reading.draft().network_rules;
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0].subjects, Lines{machine});
}

TEST(GoogleCloud, ARuleThatIsSwitchedOffIsNone) {
  const auto rules_if_off = [](const char* off) {
    const MeaningOf meaning(plan_of(
        {{"google_compute_firewall.no", std::string(R"({"network": "n", "disabled": )") + off +
                                            R"(, "source_ranges": ["0.0.0.0/0"],
             "deny": [{"protocol": "all"}]})"},
         {"google_compute_instance.a", R"({"network_interface": [{"network": "n"}]})"}}));
    return meaning.reading.draft().network_rules.size();
  };
  EXPECT_EQ(rules_if_off("true"), 0U);
  EXPECT_EQ(rules_if_off("false"), 1U);
  EXPECT_EQ(rules_if_off("null"), 1U);
}

TEST(GoogleCloud, ANetworkThatIsNotInTheInputsIsKnownByItsName) {
  const MeaningOf meaning(plan_of(
      {{"google_compute_instance.a",
        R"({"network_interface": [{"network": "default", "access_config": [{}]}]})"},
       {"google_compute_firewall.all", R"({"network": "default", "source_ranges": ["0.0.0.0/0"],
           "allow": [{"protocol": "tcp", "ports": ["443"]}]})"}}));
  EXPECT_TRUE(meaning.component("google_compute_instance.a").internet.value_or(false));
}

TEST(GoogleCloud, ForwardingRulesWithOneAddressAreOneBalancer) {
  const MeaningOf meaning(
      plan_of({{"google_compute_global_forwarding_rule.a", R"({"ip_address": "192.0.2.1"})"},
               {"google_compute_global_forwarding_rule.b", R"({"ip_address": "192.0.2.1"})"},
               {"google_compute_global_forwarding_rule.c", "{}"},
               {"google_compute_global_forwarding_rule.d", "{}"}}));
  EXPECT_EQ(meaning.reading.draft().components.size(), 3U);
}

TEST(GoogleCloud, ASharedCoreDatabaseHasNoServiceLevel) {
  const std::string small = "google_sql_database_instance.small";
  const std::string sound = "google_sql_database_instance.sound";
  const MeaningOf meaning(plan_of(
      {{small, R"({"settings": [{"tier": "db-g1-small"}]})"},
       {sound, R"({"settings": [{"tier": "db-custom-2-7680", "availability_type": "REGIONAL",
                   "backup_configuration": [{"enabled": true}]}]})"}}));
  EXPECT_TRUE(meaning.is_marked(small, "no_service_level"));
  EXPECT_FALSE(meaning.is_marked(sound, "no_service_level"));
  EXPECT_EQ(meaning.component(small).replicas.value_or(0), 1);
  EXPECT_EQ(meaning.component(sound).replicas.value_or(0), 2);
  EXPECT_EQ(meaning.component(small).backups.retention.value_or(base::Seconds{1}).value, 0);
}

TEST(GoogleCloud, RolesOnThingsAreUnderstoodWhateverTheThing) {
  EXPECT_NE(Catalog::built_in().spelled("terraform", "google_beyond_thing_iam_member"), nullptr);
  EXPECT_EQ(Catalog::built_in().spelled("terraform", "google_beyond_thing"), nullptr);
}

TEST(GoogleCloud, RegionsMayBeWrittenInCapitals) {
  const MeaningOf meaning(plan_of({{"google_storage_bucket.a", R"({"location": "EUROPE-WEST2"})"},
                                   {"google_storage_bucket.b", R"({"location": "EU"})"}}));
  EXPECT_EQ(meaning.component("google_storage_bucket.a").region.value_or(""), "europe-west2");
  EXPECT_FALSE(meaning.component("google_storage_bucket.b").region.is_known());
}

}  // namespace
}  // namespace outlast::catalog
