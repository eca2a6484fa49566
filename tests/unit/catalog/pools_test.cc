#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

std::string node_group(const std::string& name, const std::string& cluster,
                       const std::string& subnet, const std::string& desired,
                       const std::string& more = "") {
  return created("aws_eks_node_group." + name, "aws_eks_node_group",
                 R"({"cluster_name": ")" + cluster + R"(", "subnet_ids": [")" + subnet +
                     R"("], "scaling_config": [{"desired_size": )" + desired +
                     R"(, "min_size": 1, "max_size": 9}])" + more + "}");
}

TEST(Pools, NodeGroupsOfOneClusterAreOnePool) {
  const Understanding u({subnet("a", "eu-west-1a"), subnet("b", "eu-west-1b"),
                         node_group("a", "shop", "subnet-000a", "2"),
                         node_group("b", "shop", "subnet-000b", "3")});
  EXPECT_EQ(u.components(), Lines{"aws_eks_node_group.a"});
  const auto& pool = u.at("aws_eks_node_group.a");
  EXPECT_EQ(pool.replicas.value_or(0), 5);
  EXPECT_EQ(pool.scale.min.value_or(0), 2);
  EXPECT_EQ(u.places(pool.id), (Lines{"eu-west-1a", "eu-west-1b"}));
  EXPECT_EQ(pool.parts, Lines{"aws_eks_node_group.b"});
  EXPECT_EQ(u.journeys().size(), 1U);
}

TEST(Pools, GroupsOfOtherClustersOrTaintsAreApart) {
  const Understanding u({subnet("a", "eu-west-1a"), node_group("a", "shop", "subnet-000a", "2"),
                         node_group("b", "stock", "subnet-000a", "2"),
                         node_group("gpu", "shop", "subnet-000a", "2",
                                    R"(, "taint": [{"key": "gpu", "value": "yes"}])")});
  EXPECT_EQ(u.components(),
            (Lines{"aws_eks_node_group.a", "aws_eks_node_group.b", "aws_eks_node_group.gpu"}));
}

TEST(Pools, APoolIsNoWiderThanTheGroupsThatHaveMachines) {
  const Understanding u({subnet("a", "eu-west-1a"), subnet("b", "eu-west-1b"),
                         node_group("a", "shop", "subnet-000a", "2"),
                         node_group("b", "shop", "subnet-000b", "0")});
  EXPECT_EQ(u.places("aws_eks_node_group.a"), Lines{"eu-west-1a"});
  EXPECT_EQ(u.at("aws_eks_node_group.a").replicas.value_or(0), 2);
}

TEST(Pools, APoolWithAGroupOfUnknownSizeIsOfUnknownSize) {
  const Understanding u({subnet("a", "eu-west-1a"), node_group("a", "shop", "subnet-000a", "2"),
                         created("aws_eks_node_group.b", "aws_eks_node_group",
                                 R"({"cluster_name": "shop", "scaling_config": [{}]})",
                                 R"({"scaling_config": [{"desired_size": true}]})")});
  EXPECT_TRUE(u.at("aws_eks_node_group.a").replicas.is_unknown());
}

TEST(Groups, RestAfterTheyHaveChanged) {
  const Understanding u({subnet("a", "eu-west-1a"),
                         created("aws_autoscaling_group.web", "aws_autoscaling_group",
                                 R"({"min_size": 2, "max_size": 4, "default_cooldown": 240,)"
                                 R"( "vpc_zone_identifier": ["subnet-000a"]})")});
  const auto& scale = u.at("aws_autoscaling_group.web").scale;
  ASSERT_TRUE(scale.cooldown_out.is_known() && scale.cooldown_in.is_known());
  EXPECT_EQ(scale.cooldown_out->value, 240);
  EXPECT_EQ(scale.cooldown_in->value, 240);
}

std::string policy_of(const std::string& says) {
  return R"({"autoscaling_group_name": "web", )" + says + "}";
}

TEST(Groups, KeepTheLevelThatTheirPolicyTracks) {
  const auto scale = [](const std::string& says) {
    const Understanding u(
        {subnet("a", "eu-west-1a"),
         created("aws_autoscaling_group.web", "aws_autoscaling_group",
                 R"({"name": "web", "min_size": 2, "max_size": 4,)"
                 R"( "vpc_zone_identifier": ["subnet-000a"]})"),
         created("aws_autoscaling_policy.web", "aws_autoscaling_policy", policy_of(says))});
    return u.at("aws_autoscaling_group.web").scale;
  };
  const auto tracking = [](const std::string& metric) {
    return R"("target_tracking_configuration": [{"target_value": 70,)"
           R"( "predefined_metric_specification": [{"predefined_metric_type": ")" +
           metric + R"("}]}])";
  };
  EXPECT_EQ(scale(tracking("ASGAverageCPUUtilization")).target.value_or(""), "cpu 70%");
  EXPECT_FALSE(scale(tracking("ALBRequestCountPerTarget")).target.is_known());
  const auto out = scale(R"("scaling_adjustment": 2, "cooldown": 120)");
  EXPECT_EQ(out.cooldown_out.value_or({0}).value, 120);
  EXPECT_FALSE(out.cooldown_in.is_known());
  EXPECT_EQ(scale(R"("scaling_adjustment": -1, "cooldown": 300)").cooldown_in.value_or({0}).value,
            300);
}

TEST(Groups, ThatStartWithAnUnknownNumberHaveTheirMinimum) {
  const Understanding u(
      {subnet("a", "eu-west-1a"),
       created("aws_autoscaling_group.web", "aws_autoscaling_group",
               R"({"min_size": 2, "max_size": 4, "vpc_zone_identifier": ["subnet-000a"]})",
               R"({"desired_capacity": true})")});
  EXPECT_EQ(u.at("aws_autoscaling_group.web").replicas.value_or(0), 2);
}

TEST(Groups, PoliciesOfATemplateBelongToThem) {
  const auto u = Understanding::of({{"shop.yaml", R"(
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 4, AvailabilityZones: [eu-west-1a]}
  More:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties: {AutoScalingGroupName: !Ref Web, ScalingAdjustment: 1}
)"}});
  EXPECT_EQ(u.at("shop/Web").parts, Lines{"shop/More"});
}

TEST(Pools, ProfilesThatSelectTheSamePodsAreOnePool) {
  const auto profile = [](const std::string& name, const std::string& subnet,
                          const std::string& space) {
    return created("aws_eks_fargate_profile." + name, "aws_eks_fargate_profile",
                   R"({"cluster_name": "shop", "subnet_ids": [")" + subnet +
                       R"("], "selector": [{"namespace": ")" + space + "\"}]}");
  };
  const Understanding u({subnet("a", "eu-west-1a"), subnet("b", "eu-west-1b"),
                         profile("a", "subnet-000a", "web"), profile("b", "subnet-000b", "web"),
                         profile("jobs", "subnet-000b", "jobs")});
  EXPECT_EQ(u.components(), (Lines{"aws_eks_fargate_profile.a", "aws_eks_fargate_profile.jobs"}));
  EXPECT_EQ(u.at("aws_eks_fargate_profile.a").replicas.value_or(0), 2);
}

std::string service(const std::string& desired) {
  return created("aws_ecs_service.api", "aws_ecs_service",
                 R"({"name": "api", "desired_count": )" + desired + "}");
}
std::string scaling(const std::string& min, const std::string& dimension,
                    const std::string& resource, const std::string& unknown = "{}") {
  return created("aws_appautoscaling_target.t", "aws_appautoscaling_target",
                 R"({"resource_id": ")" + resource + R"(", "scalable_dimension": ")" + dimension +
                     "\"" + (min.empty() ? "" : R"(, "min_capacity": )" + min) + "}",
                 unknown);
}
constexpr const char* kTasks = "ecs:service:DesiredCount";

TEST(Minima, ScalingKeepsMoreTasksThanTheServiceStartsWith) {
  const Understanding u({service("1"), scaling("3", kTasks, "service/shop/api")});
  EXPECT_EQ(u.at("aws_ecs_service.api").replicas.value_or(0), 3);
}

TEST(Minima, ALowerMinimumTakesNothingAway) {
  const Understanding u({service("4"), scaling("2", kTasks, "service/shop/api")});
  EXPECT_EQ(u.at("aws_ecs_service.api").replicas.value_or(0), 4);
}

TEST(Minima, AnUnknownMinimumMayBeMoreThanOne) {
  const Understanding u(
      {service("1"), scaling("", kTasks, "service/shop/api", R"({"min_capacity": true})")});
  EXPECT_TRUE(u.at("aws_ecs_service.api").replicas.is_unknown());
}

TEST(Minima, ScalingOfAnotherServiceSaysNothing) {
  const Understanding u({service("1"), scaling("3", kTasks, "service/api/other")});
  EXPECT_EQ(u.at("aws_ecs_service.api").replicas.value_or(0), 1);
}

TEST(Minima, CapacityOfATableIsNoNumberOfReplicas) {
  const Understanding u(
      {created("aws_dynamodb_table.t", "aws_dynamodb_table", R"({"name": "orders"})"),
       scaling("5", "dynamodb:table:ReadCapacityUnits", "table/orders")});
  EXPECT_EQ(u.at("aws_dynamodb_table.t").replicas.value_or(0), 1);
}

TEST(Minima, AGroupOfServersHasAtLeastItsMinimum) {
  const Understanding u({created("aws_autoscaling_group.g", "aws_autoscaling_group",
                                 R"({"desired_capacity": 1, "min_size": 2, "max_size": 4})")});
  EXPECT_EQ(u.at("aws_autoscaling_group.g").replicas.value_or(0), 2);
}

std::string cache(const std::string& replicas) {
  return created("aws_elasticache_replication_group.c", "aws_elasticache_replication_group",
                 R"({"num_node_groups": 3, "replicas_per_node_group": )" + replicas + "}");
}

TEST(Shards, WithoutReplicasEveryShardIsNeeded) {
  const Understanding u({cache("0")});
  const auto& c = u.at("aws_elasticache_replication_group.c");
  EXPECT_EQ(c.replicas.value_or(0), 3);
  EXPECT_EQ(c.at_least.value_or(0), 3);
  EXPECT_EQ(*c.redundancy, blueprint::Redundancy::active_active);
}

TEST(Shards, WithReplicasOneShardStandsForAll) {
  const Understanding u({cache("1")});
  const auto& c = u.at("aws_elasticache_replication_group.c");
  EXPECT_EQ(c.replicas.value_or(0), 2);
  EXPECT_TRUE(c.at_least.is_unset());
  EXPECT_EQ(*c.redundancy, blueprint::Redundancy::primary_standby);
}

}  // namespace
}  // namespace outlast::catalog
