// What a template leaves open: the interval of availability has the ends of what it may turn out to
// be.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/analysed.h"

namespace outlast {
namespace {

findings::Availability availability(const std::string& text,
                                    const std::vector<std::string>& parameters) {
  const auto bp = support::blueprint_of("t.yaml", text, parameters);
  return *pipeline::analyse(bp, catalog::Catalog::built_in(), {}).analysis.availability;
}

/// The ends of the template as it stands hold those of what it says with each parameter, and are
/// no further out than the seconds in which somebody switches to what is not there, and the faults
/// of which nobody tells that they should switch.
void expect_ends_of(const std::string& text, const std::string& one, const std::string& other) {
  const auto open = availability(text, {});
  const auto first = availability(text, {one});
  const auto second = availability(text, {other});
  EXPECT_GT(std::max(first.high, second.high), std::min(first.low, second.low));
  EXPECT_LE(open.low, std::min(first.low, second.low) + 1e-12);
  EXPECT_NEAR(open.low, std::min(first.low, second.low), 5e-6);
  EXPECT_NEAR(open.high, std::max(first.high, second.high), 1e-9);
}

constexpr const char* kNetwork = R"(
  A: {Type: "AWS::EC2::Subnet", Properties: {VpcId: v, CidrBlock: 10.0.0.0/24, AvailabilityZone: us-east-1a}}
  B: {Type: "AWS::EC2::Subnet", Properties: {VpcId: v, CidrBlock: 10.0.1.0/24, AvailabilityZone: us-east-1b}}
)";

TEST(Undecided, AGroupThatMayNotBeMadeIsNoAlternativeAtWorst) {
  const std::string text = R"(
Parameters: {Second: {Type: String}}
Conditions: {HasSecond: !Equals [!Ref Second, "true"]}
Resources:
  Alb:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Scheme: internet-facing, Subnets: [!Ref A, !Ref B]}
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, Protocol: HTTP, VpcId: v}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Alb, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}
  One:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: "1", MaxSize: "1", VPCZoneIdentifier: [!Ref A], TargetGroupARNs: [!Ref Targets]}
  Other:
    Type: AWS::AutoScaling::AutoScalingGroup
    Condition: HasSecond
    Properties: {MinSize: "1", MaxSize: "1", VPCZoneIdentifier: [!Ref B], TargetGroupARNs: [!Ref Targets]}
)" + std::string(kNetwork);
  expect_ends_of(text, "Second=true", "Second=false");
}

TEST(Undecided, BackupsThatMayNotBeKeptDoNotRestoreAtWorst) {
  const std::string text = R"(
Parameters: {Days: {Type: Number}}
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-1, SubnetId: !Ref A, UserData: {"Fn::Base64": !Sub "${Db.Endpoint.Address}"}}
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {DBInstanceClass: db.t3.small, Engine: mysql, AvailabilityZone: us-east-1a, BackupRetentionPeriod: !Ref Days}
)" + std::string(kNetwork);
  expect_ends_of(text, "Days=0", "Days=7");
}

TEST(Undecided, ServersNamedByATargetGroupAreWhatTheBalancerNeeds) {
  const auto bp = support::blueprint_of("t.yaml", R"(
Resources:
  Alb:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Scheme: internet-facing, Subnets: [!Ref A, !Ref B]}
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, Protocol: HTTP, VpcId: v, Targets: [{Id: !Ref One}, {Id: !Ref Other}]}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Alb, Port: 80, Protocol: HTTP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}
  One: {Type: "AWS::EC2::Instance", Properties: {ImageId: ami-1, SubnetId: !Ref A}}
  Other: {Type: "AWS::EC2::Instance", Properties: {ImageId: ami-1, SubnetId: !Ref B}}
)" + std::string(kNetwork));
  ASSERT_EQ(bp.needs().size(), 1U);
  const auto& need = bp[blueprint::NeedId{0}];
  EXPECT_EQ(bp[need.from].name, "Alb");
  EXPECT_EQ(need.any_of.size(), 2U);
}

/// What a loss of a zone does to a database of which nobody says where it lies.
TEST(UnknownPlaces, OfReplicasThatAreKeptApartAreNeverOne) {
  const auto bp = support::blueprint_of("t.yaml", R"(
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Web: {Type: "AWS::Lambda::Function", Properties: {Environment: {Variables: {DB: !GetAtt Db.Endpoint.Address}}}}
  Url: {Type: "AWS::Lambda::Url", Properties: {AuthType: NONE, TargetFunctionArn: !Ref Web}}
  Db: {Type: "AWS::RDS::DBInstance", Properties: {DBInstanceClass: db.t3.small, Engine: mysql, MultiAZ: true, BackupRetentionPeriod: 7}}
)");
  const auto analysis = pipeline::analyse(bp, catalog::Catalog::built_in(), {}).analysis;
  EXPECT_NE(support::row(analysis, "zone", "outage").survives, findings::Verdict::no);
  EXPECT_NE(support::row(analysis, "zone", "outage").survives, findings::Verdict::unknown);
}

}  // namespace
}  // namespace outlast
