#include "catalog/translate.h"

#include <gtest/gtest.h>

#include "base/document.h"

namespace outlast::catalog {
namespace {

TEST(Translate, NamesTurnByRule) {
  EXPECT_EQ(snake_case("DBInstanceClass"), "db_instance_class");
  EXPECT_EQ(snake_case("TargetGroupARNs"), "target_group_arns");
  EXPECT_EQ(snake_case("SubnetIds"), "subnet_ids");
  EXPECT_EQ(snake_case("MultiAZ"), "multi_az");
  EXPECT_EQ(snake_case("VPCZoneIdentifier"), "vpc_zone_identifier");
  EXPECT_EQ(snake_case("DB_HOST"), "DB_HOST");
  EXPECT_EQ(snake_case("name"), "name");
}

/// A resource of a type with the properties written, after its translation.
struct Translated {
  Translated(std::string type, std::string properties) {
    const auto source = sources.add("t.yaml", std::move(properties), "");
    auto parsed = base::parse_yaml(sources, source, diagnostics);
    draft.documents.push_back(std::move(parsed->front()));
    blueprint::DraftResource resource;
    resource.format = "cloudformation";
    resource.type = std::move(type);
    resource.attributes = draft.documents.back().root();
    resource.evidence.span = resource.attributes.span();
    resource.references.push_back({"LoadBalancers[0].TargetGroupArn", {}});
    draft.resources.push_back(std::move(resource));
    translate_resources(Catalog::built_in(), draft);
  }
  [[nodiscard]] const blueprint::DraftResource& resource() const {
    return draft.resources[blueprint::ResourceId(0)];
  }
  base::Sources sources;
  base::Diagnostics diagnostics;
  blueprint::Draft draft;
};

TEST(Translate, PathsAreMovedAndBlocksOpened) {
  const Translated service("AWS::ECS::Service", R"(
DesiredCount: 2
NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [a], AssignPublicIp: ENABLED } }
LoadBalancers: [{ TargetGroupArn: t }]
Tags: [{ Key: team, Value: shop }]
)");
  const auto attributes = service.resource().attributes;
  EXPECT_EQ(service.resource().type, "aws_ecs_service");
  EXPECT_EQ(service.resource().written_type, "AWS::ECS::Service");
  EXPECT_EQ(attributes["desired_count"].text(), "2");
  EXPECT_EQ(attributes["network_configuration"]["subnets"].at(0).text(), "a");
  EXPECT_EQ(attributes["network_configuration"]["assign_public_ip"].text(), "true");
  EXPECT_EQ(attributes["load_balancer"].at(0)["target_group_arn"].text(), "t");
  EXPECT_EQ(attributes["tags"]["team"].text(), "shop");
  EXPECT_EQ(service.resource().references[0].path, "load_balancer[0].target_group_arn");
}

TEST(Translate, AttributesThatBelongTogetherComeToLieInOneBlock) {
  const Translated group("AWS::ElasticLoadBalancingV2::TargetGroup",
                         "HealthCheckIntervalSeconds: 10\nUnhealthyThresholdCount: 3\n");
  const auto check = group.resource().attributes["health_check"];
  EXPECT_EQ(check["interval"].text(), "10");
  EXPECT_EQ(check["unhealthy_threshold"].text(), "3");
}

TEST(Translate, AnEngineIsTheSameInAnyCase) {
  const Translated store("AWS::RDS::DBInstance", "Engine: MySQL\nMultiAZ: true\n");
  EXPECT_EQ(store.resource().attributes["engine"].text(), "mysql");
}

TEST(Translate, AnAttributeThatIsThereMakesAnotherTypeOfIt) {
  EXPECT_EQ(Translated("AWS::RDS::DBInstance", "MultiAZ: true").resource().type, "aws_db_instance");
  EXPECT_EQ(Translated("AWS::RDS::DBInstance", "DBClusterIdentifier: c").resource().type,
            "aws_rds_cluster_instance");
}

TEST(Translate, PoliciesAreReadAsText) {
  const Translated policy("AWS::S3::BucketPolicy",
                          "PolicyDocument: { Statement: [{ Effect: Allow }] }");
  EXPECT_NE(policy.resource().attributes["policy"].text().find("\"Effect\": \"Allow\""),
            std::string_view::npos);
}

TEST(Translate, RemediesAreSaidInTheWordsOfTheFormat) {
  const Catalog& catalog = Catalog::built_in();
  EXPECT_EQ(in_words_of(catalog, "AWS::RDS::DBInstance", "multi_az = true"), "MultiAZ: true");
  EXPECT_EQ(in_words_of(catalog, "AWS::RDS::DBCluster",
                        "a second aws_rds_cluster_instance in another zone"),
            "a second AWS::RDS::DBInstance in another zone");
  EXPECT_EQ(in_words_of(catalog, "", "multi_az = true"), "multi_az = true");
}

}  // namespace
}  // namespace outlast::catalog
