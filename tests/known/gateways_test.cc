// Replicas that move to another zone need there what that zone has.

#include <gtest/gtest.h>

#include <string>

#include "support/analysed.h"

namespace outlast {
namespace {

/// A group behind a balancer, whose private subnets go out through these gateways.
findings::Analysis shop(const std::string& replicas, const std::string& gateway_of_b) {
  const auto bp = support::blueprint_of(
      "t.yaml",
      R"(
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  A: {Type: "AWS::EC2::Subnet", Properties: {VpcId: v, CidrBlock: 10.0.0.0/24, AvailabilityZone: us-east-1a}}
  B: {Type: "AWS::EC2::Subnet", Properties: {VpcId: v, CidrBlock: 10.0.1.0/24, AvailabilityZone: us-east-1b}}
  GatewayA: {Type: "AWS::EC2::NatGateway", Properties: {SubnetId: !Ref A, AllocationId: e}}
  GatewayB: {Type: "AWS::EC2::NatGateway", Properties: {SubnetId: !Ref B, AllocationId: f}}
  PrivateA: {Type: "AWS::EC2::Subnet", Properties: {VpcId: v, CidrBlock: 10.0.2.0/24, AvailabilityZone: us-east-1a}}
  PrivateB: {Type: "AWS::EC2::Subnet", Properties: {VpcId: v, CidrBlock: 10.0.3.0/24, AvailabilityZone: us-east-1b}}
  TableA: {Type: "AWS::EC2::RouteTable", Properties: {VpcId: v}}
  TableB: {Type: "AWS::EC2::RouteTable", Properties: {VpcId: v}}
  RouteA: {Type: "AWS::EC2::Route", Properties: {RouteTableId: !Ref TableA, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref GatewayA}}
  RouteB: {Type: "AWS::EC2::Route", Properties: {RouteTableId: !Ref TableB, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref )" +
          gateway_of_b + R"(}}
  OfA: {Type: "AWS::EC2::SubnetRouteTableAssociation", Properties: {SubnetId: !Ref PrivateA, RouteTableId: !Ref TableA}}
  OfB: {Type: "AWS::EC2::SubnetRouteTableAssociation", Properties: {SubnetId: !Ref PrivateB, RouteTableId: !Ref TableB}}
  Alb: {Type: "AWS::ElasticLoadBalancingV2::LoadBalancer", Properties: {Scheme: internet-facing, Subnets: [!Ref A, !Ref B]}}
  Targets: {Type: "AWS::ElasticLoadBalancingV2::TargetGroup", Properties: {Port: 80, Protocol: HTTP, VpcId: v}}
  Listener: {Type: "AWS::ElasticLoadBalancingV2::Listener", Properties: {LoadBalancerArn: !Ref Alb, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
  Web: {Type: "AWS::AutoScaling::AutoScalingGroup", Properties: {MinSize: ")" +
          replicas +
          R"(", MaxSize: "4", VPCZoneIdentifier: [!Ref PrivateA, !Ref PrivateB], TargetGroupARNs: [!Ref Targets]}}
)");
  return pipeline::analyse(bp, catalog::Catalog::built_in(), {}).analysis;
}

TEST(Gateways, OneForAllZonesIsMissedWhereReplicasMoveTo) {
  constexpr double kHour = 3600;
  for (const char* replicas : {"1", "2"}) {
    const findings::SurvivalRow row = support::row(shop(replicas, "GatewayA"), "zone", "outage");
    EXPECT_EQ(row.survives, findings::Verdict::no) << replicas;
    EXPECT_GT(row.down_s.value_or(0), kHour) << "as long as the zone is down: " << replicas;
  }
}

TEST(Gateways, OfTheOtherZoneServesWhoMovedThere) {
  constexpr double kHour = 3600;
  EXPECT_LT(support::row(shop("1", "GatewayB"), "zone", "outage").down_s.value_or(0), kHour);
  EXPECT_NE(support::row(shop("2", "GatewayB"), "zone", "outage").survives, findings::Verdict::no);
}

}  // namespace
}  // namespace outlast
