// What experts say of availability, hidden dependence and scalability of public inputs, item by item:
// what they expect is found at the address where it is written, and what they call a trap is not.
// Call graphs, names that nothing answers to, probes and switches between regions have tests of
// their own (corpus_test.cc). Known and not told: a deployment of one replica has no disruption
// budget, autoscaler or spread. That it is one tells the same, and of one none of them has a sense.

#include <fmt/format.h>

#include "corpus/asking.h"

namespace outlast {
namespace {

class AvailabilityKey : public Corpus {
 protected:
  /// Each finding stands at the component itself.
  void expect(const char* input, std::initializer_list<std::pair<const char*, const char*>> items) {
    const Parsed json = report(input);
    for (const auto& [rule, component] : items) {
      expect_at(json, {input, rule, component, component});
    }
  }

  /// Nothing of availability is said of it but on what it stands.
  void expect_no_alarm(const char* input, const char* component) const {
    const Parsed json = report(input);
    const Node all = json.root()["findings"];
    ASSERT_TRUE(all.exists()) << input;
    bool is_there = false;
    for (std::size_t i = 0; i < json.root()["components"].size(); ++i) {
      is_there = is_there || json.root()["components"].at(i)["id"].text() == component;
    }
    EXPECT_TRUE(is_there) << input << " has no " << component;
    for (const char* rule : {"OUT-A001", "OUT-A002", "OUT-A004", "OUT-A011", "OUT-A032"}) {
      EXPECT_EQ(findings(json, rule, component).size(), 0U) << rule << " of " << component;
    }
  }
};

TEST_F(AvailabilityKey, TwoRegions) {
  const Parsed json = report("azure-two-region");
  const auto machine = [](const char* region, int number) {
    return fmt::format("module.server[\"{}\"].azurerm_linux_virtual_machine.main[{}]", region,
                       number);
  };
  for (const int number : {0, 1}) {
    const std::string in_one_place = machine("North Europe", number);
    const std::string apart = machine("UK South", number);
    expect_at(json, {"azure-two-region", "OUT-A002", in_one_place.c_str(), in_one_place.c_str()});
    EXPECT_EQ(findings(json, "OUT-A002", apart).size(), 0U) << "they lie in zones 1 and 2";
    for (const std::string& id : {in_one_place, apart}) {
      expect_at(json, {"azure-two-region", "OUT-A021", id.c_str(), id.c_str()});
    }
  }
}

TEST_F(AvailabilityKey, AClusterAFileServerAndACeilingOfOne) {
  constexpr const char* kFiles = "module.nfs[0].google_compute_instance.nfs";
  constexpr const char* kFront = "module.cr.google_cloud_run_v2_service.frontend_app";
  expect("gcp98", {{"OUT-A002", "module.gke.google_container_node_pool.primary_nodes"},
                   {"OUT-A011", "module.gke.google_container_cluster.primary"},
                   {"OUT-A001", kFiles},
                   {"OUT-A032", kFiles},
                   {"OUT-X001", kFront},
                   {"OUT-X002", kFront},
                   {"OUT-X003", "module.network.google_compute_router_nat.nat_manual"},
                   {"OUT-A005", kFront}});
  expect_no_alarm("gcp98", "module.sql.google_sql_database_instance.postgresql");
}

TEST_F(AvailabilityKey, ADeliberatelyInsecurePlan) {
  constexpr const char* kBase = "aws_db_instance.default";
  expect("terragoat", {{"OUT-A001", kBase},
                       {"OUT-A004", kBase},
                       {"OUT-A001", "aws_elasticsearch_domain.monitoring-framework"},
                       {"OUT-A001", "aws_neptune_cluster.default"},
                       {"OUT-A001", "aws_instance.web_host"}});
}

TEST_F(AvailabilityKey, GroupsOfOneAndOfThree) {
  constexpr const char* kOne = "module.myapp-asg.aws_autoscaling_group.asg";
  expect("alb-asg", {{"OUT-A001", kOne}, {"OUT-A008", kOne}});
  expect("gcp-mig", {{"OUT-A010", "google_sql_database_instance.instance"}});
  expect_no_alarm("gcp-mig", "google_compute_region_instance_group_manager.my-group-manager");
}

TEST_F(AvailabilityKey, WaysOutOfANetwork) {
  for (const char* number : {"0", "1", "2"}) {
    expect_no_alarm("vpc-3nat", fmt::format("module.vpc.aws_nat_gateway.this[{}]", number).c_str());
  }
  expect("cfn-nat-instance", {{"OUT-A001", "vpc-nat-instance/NATAutoScalingGroup"}});
  expect_no_alarm("cfn-nat-gateway", "vpc-nat-gateway/NatGateway");
  expect_no_alarm("cfn-private-vpc", "private-vpc/NatGatewayOne");
  expect_no_alarm("cfn-private-vpc", "private-vpc/NatGatewayTwo");
}

TEST_F(AvailabilityKey, TwoTemplatesOfOneProduct) {
  expect("cfn-single", {{"OUT-A001", "WordPress_Single_Instance/WebServer"},
                        {"OUT-A004", "WordPress_Single_Instance/WebServer"}});
  expect_no_alarm("cfn-wordpress-ha", "wordpress-ha/Database");
  expect_no_alarm("cfn-wordpress-ha", "wordpress-ha/AutoScalingGroup");
}

TEST_F(AvailabilityKey, DeploymentsOfOneReplica) {
  const Parsed shop = report("online-boutique");
  for (const char* name : {"adservice", "cartservice", "checkoutservice", "currencyservice",
                           "emailservice", "frontend", "paymentservice", "productcatalogservice",
                           "recommendationservice", "redis-cart", "shippingservice"}) {
    const std::string id = std::string("default/Deployment/") + name;
    expect_at(shop, {"online-boutique", "OUT-A001", id.c_str(), id.c_str()});
  }
  ASSERT_EQ(shop.root()["journeys"].size(), 1U) << "there is one entry";
  EXPECT_EQ(shop.root()["journeys"].at(0)["enters"].at(0)["component"].text(),
            "default/Service/frontend-external");
  const Parsed socks = report("sock-shop-k8s");
  for (const char* name :
       {"carts", "carts-db", "catalogue", "catalogue-db", "front-end", "orders", "orders-db",
        "payment", "queue-master", "rabbitmq", "session-db", "shipping", "user", "user-db"}) {
    const std::string id = std::string("sock-shop/Deployment/") + name;
    expect_at(socks, {"sock-shop-k8s", "OUT-A001", id.c_str(), id.c_str()});
  }
}

TEST_F(AvailabilityKey, OneHostForAllServices) {
  const Parsed json = report("sock-shop-compose");
  const auto host = findings(json, "OUT-A001", "host");
  ASSERT_EQ(host.size(), 1U);
  EXPECT_EQ(host[0]["severity"].text(), "high");
}

}  // namespace
}  // namespace outlast
