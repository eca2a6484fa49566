#include "catalog/places.h"

#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

TEST(Places, AnInstanceLiesInTheZoneOfItsSubnet) {
  const Understanding u(
      {subnet("a", "eu-west-1a"), instance("web", R"("subnet_id": "subnet-000a")")});
  EXPECT_EQ(u.places("aws_instance.web"), Lines{"eu-west-1a"});
  EXPECT_EQ(u.at("aws_instance.web").region.value_or(""), "eu-west-1");
  EXPECT_TRUE(u.at("aws_instance.web").placements_are_known);
}

TEST(Places, ASubnetWithoutAKnownZoneKeepsItsName) {
  const Understanding u({created("aws_subnet.s", "aws_subnet", R"({"id": "subnet-000s"})",
                                 R"({"availability_zone": true})"),
                         instance("web", R"("subnet_id": "subnet-000s")")});
  EXPECT_EQ(u.places("aws_instance.web"), Lines{"somewhere in aws_subnet.s"});
}

TEST(Places, AGroupLiesInAllItsSubnets) {
  const Understanding u(
      {subnet("a", "eu-west-1a"), subnet("b", "eu-west-1b"),
       created("aws_autoscaling_group.web", "aws_autoscaling_group",
               R"({"vpc_zone_identifier": ["subnet-000a", "subnet-000b"], "min_size": 2,
                   "max_size": 4, "desired_capacity": 2})")});
  EXPECT_EQ(u.places("aws_autoscaling_group.web"), (Lines{"eu-west-1a", "eu-west-1b"}));
  EXPECT_EQ(u.at("aws_autoscaling_group.web").replicas.value_or(0), 2);
}

TEST(Places, ABalancerHasANodeInEachOfItsSubnetsAndOneSuffices) {
  const Understanding u(
      {subnet("a", "eu-west-1a"), subnet("b", "eu-west-1b"),
       created("aws_lb.front", "aws_lb", R"({"subnets": ["subnet-000a", "subnet-000b"]})")});
  EXPECT_EQ(u.at("aws_lb.front").replicas.value_or(0), 2);
  EXPECT_EQ(u.at("aws_lb.front").at_least.value_or(0), 1);
  EXPECT_TRUE(u.at("aws_lb.front").at_least.is_known());
}

TEST(Places, ABalancerOfABlueprintThatNamesTwoZonesHasANodeInEach) {
  for (const std::string type : {"aws.alb", "naver.lb", "kt.lb", "nhn.lb"}) {
    const Understanding u({}, "outlast: 1\ncomponents:\n  two: {type: " + type +
                                  ", zones: [x-1, x-2]}\n  one: {type: " + type + "}\n");
    EXPECT_EQ(u.at("two").replicas.value_or(0), 2) << type;
    EXPECT_EQ(u.at("one").replicas.value_or(0), 1) << type;
  }
}

TEST(Places, SubnetsOfWhichNobodyKnowsHowManyThereAreAreNotOne) {
  const auto u = Understanding::of({{"main.tf", R"(
    variable "azs" {}
    resource "aws_subnet" "s" { count = length(var.azs) }
    resource "aws_lb" "front" { subnets = aws_subnet.s[*].id }
  )"}});
  EXPECT_EQ(u.places("aws_lb.front"),
            (Lines{"somewhere in aws_subnet.s[0]", "somewhere in others of aws_subnet.s"}));
  const auto template_of_one =
      Understanding::of({{"shop.yaml", R"(AWSTemplateFormatVersion: "2010-09-09"
Parameters: { P: { Type: String } }
Conditions: { C: !Equals [!Ref P, "x"] }
Resources:
  S: { Type: AWS::EC2::Subnet, Condition: C, Properties: { VpcId: v } }
  L: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Subnets: [!Ref S] } }
)"}});
  EXPECT_EQ(template_of_one.places("shop/L"), (Lines{"somewhere in shop/S"}));
}

TEST(Places, ADatabaseWithAStandbyHasTwoReplicas) {
  const Understanding u(
      {created("aws_db_instance.two", "aws_db_instance", R"({"multi_az": true})"),
       created("aws_db_instance.one", "aws_db_instance", R"({"multi_az": false})"),
       created("aws_db_instance.open", "aws_db_instance", "{}", R"({"multi_az": true})")});
  EXPECT_EQ(u.at("aws_db_instance.two").replicas.value_or(0), 2);
  EXPECT_EQ(u.at("aws_db_instance.one").replicas.value_or(0), 1);
  EXPECT_TRUE(u.at("aws_db_instance.open").replicas.is_unknown());
}

TEST(Places, HowManyMustStayWhileRollingOutTellsHowManyCarryTheLoad) {
  const auto service = [](const char* percent) {
    return Understanding({created("aws_ecs_service.api", "aws_ecs_service",
                                  std::string(R"({"desired_count": 4,
                    "deployment_minimum_healthy_percent": )") +
                                      percent + "}")});
  };
  EXPECT_EQ(service("50").at("aws_ecs_service.api").at_least.value_or(0), 2);
  EXPECT_TRUE(service("100").at("aws_ecs_service.api").at_least.is_unset())
      << "the default says nothing";
}

}  // namespace
}  // namespace outlast::catalog
