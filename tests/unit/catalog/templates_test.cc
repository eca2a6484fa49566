// What a template of CloudFormation tells is read as what a plan tells.

#include "unit/catalog/meaning_of.h"
#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

using base::Truth;

/// Resources of a template, a line each.
MeaningOf template_of(const std::string& resources) {
  return MeaningOf("Resources:\n" + resources);
}

TEST(Templates, ARuleOfAListIsForItsPortsAlone) {
  const MeaningOf meaning = template_of(R"(
  S: { Type: "AWS::EC2::Subnet", Properties: { CidrBlock: 10.0.1.0/24 } }
  N: { Type: "AWS::EC2::NetworkAcl" }
  A: { Type: "AWS::EC2::SubnetNetworkAclAssociation", Properties: { SubnetId: !Ref S, NetworkAclId: !Ref N } }
  R: { Type: "AWS::EC2::NetworkAclEntry", Properties: { NetworkAclId: !Ref N, RuleNumber: 90, Protocol: 6, RuleAction: deny, CidrBlock: 0.0.0.0/0, PortRange: { From: 3389, To: 3390 } } }
  I: { Type: "AWS::EC2::Instance", Properties: { SubnetId: !Ref S } }
)");
  const auto& rules = meaning.reading.draft().network_rules;
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_EQ(rules[0].from_port.value_or(0), 3389);
  EXPECT_EQ(rules[0].to_port.value_or(0), 3390);
}

TEST(Templates, AListOfAddressesThatIsKeptElsewhereIsNotNobody) {
  const MeaningOf meaning = template_of(R"(
  G: { Type: "AWS::EC2::SecurityGroup", Properties: { SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 22, ToPort: 22, SourcePrefixListId: pl-1 }] } }
  I: { Type: "AWS::EC2::Instance", Properties: { SecurityGroupIds: [!Ref G] } }
)");
  const auto& rules = meaning.reading.draft().network_rules;
  ASSERT_EQ(rules.size(), 1U);
  EXPECT_TRUE(rules[0].character.peers_are_unknown) << "whose addresses these are stands elsewhere";
}

TEST(Templates, ASearchDomainTellsWhoMayReadItAndWhetherItIsEncrypted) {
  const auto domain = [](const std::string& encrypted) {
    return template_of(R"(
  D:
    Type: AWS::OpenSearchService::Domain
    Properties:
      EncryptionAtRestOptions: { Enabled: )" +
                       encrypted + R"( }
      AccessPolicies: { Statement: [{ Effect: Allow, Principal: "*", Action: "es:*", Resource: "*" }] }
)");
  };
  const MeaningOf open = domain("true");
  const auto& grants = open.reading.draft().grants;
  ASSERT_EQ(grants.size(), 1U);
  EXPECT_TRUE(grants[0].character.to_everyone);
  const std::string id = open.ids().front();
  EXPECT_FALSE(open.is_marked(id, "unencrypted_data"));
  EXPECT_TRUE(domain("false").is_marked(id, "unencrypted_data"));
}

/// Whom the grants of a template are for, of those with a key.
Lines keyed_grantees(const std::string& policies) {
  const MeaningOf meaning = template_of(R"(
  U: { Type: "AWS::IAM::User", Properties: { UserName: bot } }
  K: { Type: "AWS::IAM::AccessKey", Properties: { UserName: !Ref U } }
)" + policies);
  Lines all;
  for (const auto& identity : meaning.reading.draft().access.identities) {
    for (const auto& grant : meaning.reading.draft().grants) {
      if (identity.has_key && grant.identity == identity.address && !grant.actions.empty()) {
        all.push_back(identity.name);
      }
    }
  }
  return all;
}

TEST(Templates, AKeyIsItsUsersAndMayWhatTheUserMay) {
  const std::string may =
      R"(PolicyDocument: { Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] })";
  EXPECT_EQ(keyed_grantees(""), Lines{});
  EXPECT_EQ(keyed_grantees("  P: { Type: \"AWS::IAM::Policy\", Properties: { Users: [!Ref U], " +
                           may + " } }\n"),
            Lines{"user bot"});
  const std::string group =
      "  G: { Type: \"AWS::IAM::Group\", Properties: { Policies: [{ " + may + " }] } }\n";
  EXPECT_EQ(keyed_grantees(group), Lines{}) << "nobody is in it";
  EXPECT_EQ(keyed_grantees(group + "  M: { Type: \"AWS::IAM::UserToGroupAddition\", Properties: { "
                                   "GroupName: !Ref G, Users: [!Ref U] } }\n"),
            Lines{"user bot"});
}

TEST(Groups, WhatTheyMayEachMemberMay) {
  const auto allowed = [](const std::string& membership) {
    const auto u = Understanding::of({{"main.tf", R"(
resource "aws_iam_user" "ci" { name = "ci" }
resource "aws_iam_group" "all" { name = "all" }
resource "aws_iam_group_policy" "p" {
  group  = aws_iam_group.all.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}
)" + membership}});
    Lines identities;
    for (const auto& grant : u.draft().grants) {
      identities.push_back(grant.identity);
    }
    return identities;
  };
  EXPECT_EQ(allowed(""), Lines{});
  EXPECT_EQ(allowed(R"(
resource "aws_iam_user_group_membership" "m" {
  user   = aws_iam_user.ci.name
  groups = [aws_iam_group.all.name]
})"),
            Lines{"aws_iam_user.ci"});
  EXPECT_EQ(allowed(R"(
resource "aws_iam_group_membership" "m" {
  group = aws_iam_group.all.name
  users = [aws_iam_user.ci.name]
})"),
            Lines{"aws_iam_user.ci"});
}

TEST(Templates, AddressesThatAreAskedForAreThereThoughNotYetKnown) {
  const MeaningOf meaning = template_of(R"(
  V: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: 10.0.0.0/16 } }
  S: { Type: "AWS::EC2::Subnet", Properties: { VpcId: !Ref V, CidrBlock: 10.0.1.0/24, Ipv6CidrBlock: !Select [0, !GetAtt V.Ipv6CidrBlocks] } }
  I: { Type: "AWS::EC2::Instance", Properties: { SubnetId: !Ref S } }
)");
  ASSERT_EQ(meaning.reading.draft().access.addresses.size(), 1U);
  EXPECT_EQ(meaning.reading.draft().access.addresses[0].ranges, (Lines{"10.0.1.0/24", "2000::/3"}));
}

TEST(Templates, ASubnetHasTheAddressesThatAnotherResourceAddsToIt) {
  const MeaningOf meaning = template_of(R"(
  V: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: 10.0.0.0/16 } }
  S: { Type: "AWS::EC2::Subnet", Properties: { VpcId: !Ref V, CidrBlock: 10.0.1.0/24 } }
  B: { Type: "AWS::EC2::SubnetCidrBlock", Properties: { SubnetId: !Ref S, Ipv6CidrBlock: !Select [0, !GetAtt V.Ipv6CidrBlocks] } }
  I: { Type: "AWS::EC2::Instance", Properties: { SubnetId: !Ref S } }
)");
  ASSERT_EQ(meaning.reading.draft().access.addresses.size(), 1U);
  EXPECT_EQ(meaning.reading.draft().access.addresses[0].ranges, (Lines{"10.0.1.0/24", "2000::/3"}));
}

TEST(Templates, AFileSystemTellsWhetherItHasAStandby) {
  const MeaningOf meaning = template_of(R"(
  F: { Type: "AWS::FSx::FileSystem", Properties: { FileSystemType: WINDOWS, WindowsConfiguration: { DeploymentType: MULTI_AZ_1, AutomaticBackupRetentionDays: 7 } } }
)");
  EXPECT_EQ(meaning.component(meaning.ids().front()).replicas.value_or(0), 2);
}

TEST(Templates, AStackLiesInTheRegionThatAnyOfItsZonesTells) {
  const MeaningOf meaning = template_of(R"(
  V: { Type: "AWS::EC2::Volume", Properties: { AvailabilityZone: eu-west-1a, Size: 10 } }
  F: { Type: "AWS::EFS::FileSystem" }
)");
  for (const std::string& id : meaning.ids()) {
    EXPECT_EQ(meaning.component(id).region.value_or(""), "eu-west-1") << id;
  }
}

TEST(Templates, NamesAsShortAsTheyMayBeAreFollowed) {
  import::Reading reading(import::Reading::Files{{"t.yaml", R"(
Resources:
  A: { Type: "AWS::EC2::Subnet", Properties: { CidrBlock: 10.0.1.0/24, AvailabilityZone: us-east-1a } }
  I: { Type: "AWS::EC2::Instance", Properties: { SubnetId: !Ref A } }
)"}});
  read_meaning(reading.imported.draft, Catalog::built_in(), reading.diagnostics);
  const auto& all = reading.draft().components;
  ASSERT_EQ(all.size(), 1U);
  ASSERT_EQ(all[0].placements.size(), 1U);
  EXPECT_EQ(all[0].placements[0].zone.value_or("?"), "us-east-1a");
}

/// What a function may do by its connectors, and whether they leave something that is not understood.
Lines connected(const std::string& function, const std::string& connectors) {
  const MeaningOf meaning =
      template_of("  F: { " + function + " }\n" + connectors +
                  "  Q: { Type: \"AWS::SQS::Queue\" }\n  T: { Type: \"AWS::DynamoDB::Table\" }\n"
                  "  R: { Type: \"AWS::IAM::Role\" }\n");
  Lines all;
  for (const auto& grant : meaning.reading.draft().grants) {
    for (const std::string& thing : grant.resources) {
      all.push_back(grant.actions.front() + " " + thing);
    }
  }
  for (const auto& c : meaning.reading.draft().components) {
    all.insert(all.end(), c.kind.is_known() && *c.kind == blueprint::Kind::other ? 1U : 0U, c.id);
  }
  return all;
}

TEST(Templates, WhoeverIsConnectedMayWorkWithWhatTheConnectorNames) {
  const std::string serverless = "Type: \"AWS::Serverless::Function\"";
  const std::string held =
      serverless +
      ", Connectors: { c: { Properties: { Destination: [{ Id: Q }, { Id: T }], "
      "Permissions: [Write] } } }";
  const Lines both = {"sqs:SendMessage plan.Q", "dynamodb:PutItem plan.T"};
  EXPECT_EQ(connected(held, ""), both);
  const std::string beside =
      "  C: { Type: \"AWS::Serverless::Connector\", Properties: { Source: { Id: F }, Destination: "
      "[{ Id: Q }, { Id: T }], Permissions: [Write] } }\n";
  EXPECT_EQ(connected(serverless, beside), both);
  EXPECT_EQ(
      connected("Type: \"AWS::Lambda::Function\", Properties: { Role: !GetAtt R.Arn }", beside),
      both);
}

}  // namespace
}  // namespace outlast::catalog
