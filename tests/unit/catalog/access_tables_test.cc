// Who can come to what: addresses, layers of firewalls, identities, what is for everybody.

#include "catalog/guess_class.h"
#include "catalog/policy_document.h"
#include "unit/catalog/meaning_of.h"
#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

using base::Truth;

std::string bucket(const std::string& more) {
  return created(
      "aws_s3_bucket.b", "aws_s3_bucket",
      R"({"id": "acme-b", "bucket": "acme-b", "arn": "arn:aws:s3:::acme-b")" + more + "}");
}

std::vector<const blueprint::DraftGrant*> for_everybody(const Understanding& u) {
  std::vector<const blueprint::DraftGrant*> all;
  for (const auto& grant : u.draft().grants) {
    if (grant.character.to_everyone) {
      all.push_back(&grant);
    }
  }
  return all;
}

TEST(PublicAccess, AListForEverybodyIsAGrantToEverybody) {
  const Understanding u({bucket(R"(, "acl": "public-read")")});
  const auto grants = for_everybody(u);
  ASSERT_EQ(grants.size(), 1U);
  EXPECT_EQ(grants[0]->resource_components, Lines{"aws_s3_bucket.b"});
  EXPECT_EQ(grants[0]->character.applies, Truth::yes);
}

TEST(PublicAccess, IsShutForTheWholeBucket) {
  const auto block = [](const std::string& value) {
    return created("aws_s3_bucket_public_access_block.b", "aws_s3_bucket_public_access_block",
                   R"({"bucket": "acme-b", "ignore_public_acls": )" + value + "}");
  };
  const std::string open = R"(, "acl": "public-read")";
  EXPECT_TRUE(for_everybody(Understanding({bucket(open), block("true")})).empty());
  EXPECT_EQ(for_everybody(Understanding({bucket(open), block("false")})).size(), 1U);
}

TEST(PublicAccess, IsReadFromATemplateAlike) {
  const auto open = [](const std::string& more) {
    const MeaningOf meaning("Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: {" +
                            more + "}\n");
    const auto& grants = meaning.reading.draft().grants;
    return std::any_of(grants.begin(), grants.end(), [](const auto& grant) {
      return grant.character.to_everyone && grant.character.applies == Truth::yes;
    });
  };
  const std::string shut = "PublicAccessBlockConfiguration: {IgnorePublicAcls: ";
  EXPECT_TRUE(open("AccessControl: PublicRead"));
  EXPECT_TRUE(open("AccessControl: PublicRead, " + shut + "false}"));
  EXPECT_FALSE(open("AccessControl: PublicRead, " + shut + "true}"));
  EXPECT_FALSE(open("AccessControl: Private"));
}

TEST(PublicAccess, IsShutForAllBucketsOfAnAccount) {
  const auto with = [](const std::string& account_says) {
    const Understanding u(
        {bucket(""),
         created("aws_s3_bucket_policy.p", "aws_s3_bucket_policy",
                 R"({"bucket": "acme-b", "policy": "{\"Statement\": [{\"Effect\": \"Allow\", )"
                 R"(\"Principal\": \"*\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}]}"})"),
         created("aws_s3_account_public_access_block.a", "aws_s3_account_public_access_block",
                 "{" + account_says + "}")});
    return for_everybody(u).size();
  };
  EXPECT_EQ(with(""), 1U);
  EXPECT_EQ(with(R"("restrict_public_buckets": false)"), 1U);
  EXPECT_EQ(with(R"("restrict_public_buckets": true)"), 0U);
}

TEST(Policies, EverybodyIsWhoIsNotNarrowedDown) {
  const auto only = [](const std::string& statement) {
    const auto grants = read_policy_document(R"({"Statement": )" + statement + "}");
    EXPECT_EQ(grants.size(), 1U);
    return grants.front().character;
  };
  EXPECT_TRUE(only(R"({"Effect": "Allow", "Principal": "*"})").to_everyone);
  EXPECT_TRUE(only(R"({"Effect": "Allow", "Principal": {"AWS": ["*"]}})").to_everyone);
  EXPECT_FALSE(
      only(R"({"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"}})").to_everyone);
  const auto in_org = only(R"({"Principal": "*", "Condition":
      {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}})");
  EXPECT_EQ(in_org.applies, Truth::no) << "then it is not for everybody";
  const auto by_hour = only(R"({"Principal": "*", "Condition":
      {"DateGreaterThan": {"aws:CurrentTime": "2030-01-01T00:00:00Z"}}})");
  EXPECT_EQ(by_hour.applies, Truth::unknown);
}

/// Of one statement for everybody: does it apply to strangers?
Truth applies_to_strangers(const std::string& effect, const std::string& condition) {
  const auto grants = read_policy_document(R"({"Statement": {"Principal": "*", "Effect": ")" +
                                           effect + R"(", "Condition": )" + condition + "}}");
  return grants.back().character.applies;
}

TEST(Policies, ConditionsAreMetByStrangersOrNot) {
  const std::string plain = R"({"Bool": {"aws:SecureTransport": "false"}})";
  EXPECT_EQ(applies_to_strangers("Deny", plain), Truth::no) << "they ask encrypted";
  EXPECT_EQ(applies_to_strangers("Deny", R"({"Bool": {"aws:SecureTransport": false}})"), Truth::no);
  EXPECT_EQ(applies_to_strangers("Deny", R"({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}})"),
            Truth::yes)
      << "they do not come from there";
  EXPECT_EQ(applies_to_strangers("Deny", R"({"StringEquals": {"aws:PrincipalAccount": "1"}})"),
            Truth::no);
  EXPECT_EQ(applies_to_strangers("Allow", R"({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}})"),
            Truth::no);
  EXPECT_EQ(applies_to_strangers("Allow", R"({"IpAddress": {"aws:SourceIp": ["0.0.0.0/0"]}})"),
            Truth::yes);
  EXPECT_EQ(applies_to_strangers("Deny", R"({"NotIpAddress": {"aws:SourceIp": "203.0.113.7"}})"),
            Truth::yes);
  EXPECT_EQ(applies_to_strangers("Allow", R"({"StringLike": {"aws:UserAgent": "curl*"}})"),
            Truth::unknown);
}

TEST(Policies, AStatementThatIsNotKnownMayAllowAnything) {
  const auto perhaps = read_policy_document(R"({"Statement": ["${unknown}"]})");
  ASSERT_EQ(perhaps.size(), 1U);
  EXPECT_TRUE(is_unread(perhaps.front()));
  const auto account = read_policy_document(
      R"({"Statement": {"Effect": "Allow", "Principal": "${unknown}", "Action": "s3:*",
          "Resource": "*"}})");
  ASSERT_EQ(account.size(), 1U);
  EXPECT_FALSE(account.front().character.to_everyone) << "an account that is not known is one";
}

TEST(Policies, ATrustInAnOpenSignerIsOneInItsOwnersOrInEverybody) {
  const auto trust = [](const std::string& conditions) {
    const auto grants = read_policy_document(
        R"({"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal":
            {"Federated": "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"},
            "Condition": )" +
        conditions + "}]}");
    return grants.front().character.to_everyone ? grants.front().character.applies : Truth::no;
  };
  const std::string aud =
      R"("StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"})";
  const auto sub = [&](const std::string& pattern) {
    return "{" + aud + R"(, "StringLike": {"token.actions.githubusercontent.com:sub": ")" +
           pattern + R"("}})";
  };
  EXPECT_EQ(trust("{" + aud + "}"), Truth::yes) << "any repository of anybody";
  EXPECT_EQ(trust(sub("repo:*")), Truth::yes);
  EXPECT_EQ(trust(sub("*")), Truth::yes);
  EXPECT_EQ(trust(sub("repo:acme/shop:*")), Truth::no);
}

TEST(Policies, ARefusalForEverybodyIsForEveryIdentityToo) {
  const auto of = [](const std::string& condition) {
    return read_policy_document(R"({"Statement": {"Effect": "Deny", "Principal": "*")" + condition +
                                "}}");
  };
  const auto outright = of("");
  ASSERT_EQ(outright.size(), 2U);
  EXPECT_EQ(outright[0].identity, "*");
  EXPECT_EQ(outright[0].character.applies, Truth::yes);
  EXPECT_TRUE(outright[1].character.to_everyone);
  const auto from_elsewhere =
      of(R"(, "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}})");
  EXPECT_EQ(from_elsewhere[0].character.applies, Truth::unknown) << "who wears it may lie there";
  const auto unencrypted = of(R"(, "Condition": {"Bool": {"aws:SecureTransport": "false"}})");
  EXPECT_EQ(unencrypted[0].character.applies, Truth::no);
}

TEST(Policies, ARefusalByNameMayMeanAnyIdentity) {
  const auto named = read_policy_document(
      R"({"Statement": {"Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::1:role/web"}}})");
  ASSERT_EQ(named.size(), 2U);
  EXPECT_EQ(named[0].identity, "*");
  EXPECT_EQ(named[0].character.applies, Truth::unknown);
  EXPECT_FALSE(named[1].character.to_everyone);
  const auto all_but_one = read_policy_document(
      R"({"Statement": {"Effect": "Deny", "NotPrincipal": {"AWS": "arn:aws:iam::1:role/web"}}})");
  ASSERT_EQ(all_but_one.size(), 2U);
  EXPECT_EQ(all_but_one[0].character.applies, Truth::unknown);
  EXPECT_TRUE(all_but_one[1].character.to_everyone) << "strangers are refused for sure";
  EXPECT_EQ(read_policy_document(R"({"Statement": {"Effect": "Deny", "Action": "s3:*"}})").size(),
            1U)
      << "an identity's own policy is about itself";
}

TEST(Policies, AllButSomeAreEverybody) {
  const auto grants = read_policy_document(
      R"({"Statement": {"Effect": "Allow", "NotPrincipal": {"AWS": "arn:aws:iam::1:role/web"}}})");
  ASSERT_EQ(grants.size(), 1U);
  EXPECT_TRUE(grants[0].character.to_everyone);
  EXPECT_EQ(grants[0].character.applies, Truth::yes);
}

TEST(Identities, AUserWithAKeyIsSomebodyWhoseKeyCanLeak) {
  const Understanding u(
      {created("aws_iam_user.ci", "aws_iam_user", R"({"id": "ci", "name": "ci"})"),
       created("aws_iam_access_key.ci", "aws_iam_access_key", R"({"user": "ci"})"),
       created("aws_iam_user_policy.ci", "aws_iam_user_policy",
               R"({"user": "ci", "policy": "{\"Statement\": [{\"Effect\": \"Allow\",)"
               R"( \"Action\": \"s3:*\", \"Resource\": \"*\"}]}"})")});
  ASSERT_EQ(u.draft().access.identities.size(), 1U);
  EXPECT_TRUE(u.draft().access.identities[0].has_key);
  ASSERT_EQ(u.draft().grants.size(), 1U);
  EXPECT_EQ(u.draft().grants[0].identity, "aws_iam_user.ci");
}

TEST(Identities, APolicyThatNoInputHoldsMayAllowAnything) {
  const auto attached = [](const std::string& arn) {
    return Understanding(
        {created("aws_iam_role.r", "aws_iam_role", R"({"id": "r", "name": "r"})"),
         created("aws_iam_role_policy_attachment.r", "aws_iam_role_policy_attachment",
                 R"({"role": "r", "policy_arn": ")" + arn + "\"}")});
  };
  const auto foreign = attached("arn:aws:iam::123456789012:policy/somebody-elses").draft().grants;
  ASSERT_EQ(foreign.size(), 1U);
  EXPECT_EQ(foreign[0].character.applies, Truth::unknown);
  const auto known = attached("arn:aws:iam::aws:policy/AdministratorAccess").draft().grants;
  ASSERT_EQ(known.size(), 1U);
  EXPECT_EQ(known[0].actions, Lines{"*"});
  EXPECT_EQ(known[0].character.applies, Truth::yes);
}

TEST(Identities, OneOfSeveralPoliciesThatNoInputHoldsMayAllowAnything) {
  const Understanding u({created("aws_iam_role.r", "aws_iam_role", R"({"id": "r", "name": "r",
      "managed_policy_arns": ["arn:aws:iam::aws:policy/ReadOnlyAccess",
                              "arn:aws:iam::123456789012:policy/somebody-elses"]})")});
  const auto& grants = u.draft().grants;
  ASSERT_EQ(grants.size(), 2U);
  EXPECT_EQ(grants[0].character.applies, Truth::yes);
  EXPECT_EQ(grants[1].actions, Lines{"*"});
  EXPECT_EQ(grants[1].character.applies, Truth::unknown);
}

TEST(Lists, OfRangesStandForThemWhereTheyAreInTheInputs) {
  const auto rule_with = [](const std::string& list) {
    const Understanding u(
        {created("aws_ec2_managed_prefix_list.offices", "aws_ec2_managed_prefix_list",
                 R"({"id": "pl-00000001", "entry": [{"cidr": "203.0.113.0/24"}]})"),
         created("aws_security_group.g", "aws_security_group",
                 R"({"id": "sg-00000001", "ingress": [{"protocol": "tcp", "from_port": 22,
                     "to_port": 22, "prefix_list_ids": [")" +
                     list + R"("]}]})"),
         instance("web", R"("vpc_security_group_ids": ["sg-00000001"])")});
    return u.draft().network_rules.at(0);
  };
  EXPECT_EQ(rule_with("pl-00000001").peer_ranges, Lines{"203.0.113.0/24"});
  EXPECT_FALSE(rule_with("pl-00000001").character.peers_are_unknown);
  EXPECT_TRUE(rule_with("pl-elsewhere").character.peers_are_unknown);
}

/// The rule of a group whose list of ranges, and what the rule names, hold values not known yet.
blueprint::DraftNetworkRule rule_of(const std::string& list_unknown, const std::string& after,
                                    const std::string& unknown) {
  const Understanding u(
      {created("aws_ec2_managed_prefix_list.offices", "aws_ec2_managed_prefix_list",
               R"({"id": "pl-00000001", "entry": [{"cidr": "203.0.113.0/24"}, {}]})", list_unknown),
       created("aws_security_group.g", "aws_security_group", R"({"id": "sg-00000001"})"),
       created("aws_security_group_rule.r", "aws_security_group_rule",
               R"({"type": "ingress", "protocol": "tcp", "from_port": 22, "to_port": 22,
                   "security_group_id": "sg-00000001", )" +
                   after + "}",
               unknown),
       instance("web", R"("vpc_security_group_ids": ["sg-00000001"])")});
  EXPECT_EQ(u.draft().network_rules.size(), 1U);
  return u.draft().network_rules.at(0);
}

TEST(Firewalls, ARangeThatIsNotKnownYetIsThereAllTheSame) {
  const std::string list = R"("prefix_list_ids": ["pl-00000001"])";
  const std::string half_known = R"({"entry": [{}, {"cidr": true}]})";
  EXPECT_FALSE(rule_of("{}", list, "{}").character.peers_are_unknown);
  const auto of_half = rule_of(half_known, list, "{}");
  EXPECT_EQ(of_half.peer_ranges, Lines{"203.0.113.0/24"});
  EXPECT_TRUE(of_half.character.peers_are_unknown) << "one of the list's ranges";
  EXPECT_TRUE(rule_of("{}", R"("prefix_list_ids": ["pl-00000001", null])",
                      R"({"prefix_list_ids": [false, true]})")
                  .character.peers_are_unknown)
      << "one of the lists";
  EXPECT_TRUE(
      rule_of("{}", R"("cidr_blocks": ["10.0.0.0/8", null])", R"({"cidr_blocks": [false, true]})")
          .character.peers_are_unknown)
      << "one range beside another";
  EXPECT_TRUE(rule_of("{}", R"("self": false)", R"({"source_security_group_id": true})")
                  .character.peers_are_unknown)
      << "the group that it lets in";
}

TEST(Networks, AreJoinedByAPeeringThatARouteLeadsTo) {
  const auto joined = [](const std::string& route) {
    const Understanding u({created("aws_vpc.a", "aws_vpc", R"({"id": "vpc-0000000a"})"),
                           created("aws_vpc.b", "aws_vpc", R"({"id": "vpc-0000000b"})"),
                           created("aws_vpc_peering_connection.ab", "aws_vpc_peering_connection",
                                   R"({"id": "pcx-00000001", "vpc_id": "vpc-0000000a",
                     "peer_vpc_id": "vpc-0000000b"})"),
                           created("aws_route_table.a", "aws_route_table",
                                   R"({"id": "rtb-00000001", "route": [)" + route + "]}"),
                           instance("web")});
    return u.draft().access.joined;
  };
  EXPECT_EQ(joined(R"({"vpc_peering_connection_id": "pcx-00000001"})"),
            (std::vector<Lines>{{"aws_vpc.a", "aws_vpc.b"}}));
  EXPECT_TRUE(joined("").empty()) << "nothing is sent there";
}

/// Can the internet send to a server with a public address in a subnet whose table has these routes?
Truth reached_by(const std::string& routes, const std::string& route_of_its_own = "") {
  std::vector<std::string> resources = {
      created("aws_internet_gateway.out", "aws_internet_gateway", R"({"id": "igw-00000001"})"),
      created("aws_nat_gateway.nat", "aws_nat_gateway", R"({"id": "nat-00000001"})"),
      created("aws_subnet.s", "aws_subnet",
              R"({"id": "subnet-00000001", "availability_zone": "eu-west-1a"})"),
      created("aws_route_table.t", "aws_route_table",
              R"({"id": "rtb-00000001", "route": [)" + routes + "]}"),
      created("aws_route_table_association.s", "aws_route_table_association",
              R"({"subnet_id": "subnet-00000001", "route_table_id": "rtb-00000001"})"),
      created("aws_security_group.g", "aws_security_group",
              R"({"id": "sg-00000001", "ingress": [{"protocol": "tcp", "from_port": 22,
                  "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}]})"),
      instance("web", R"("subnet_id": "subnet-00000001", "associate_public_ip_address": true,
                         "vpc_security_group_ids": ["sg-00000001"])")};
  if (!route_of_its_own.empty()) {
    resources.push_back(created("aws_route.r", "aws_route",
                                R"({"route_table_id": "rtb-00000001", )" + route_of_its_own + "}"));
  }
  const Understanding u(resources);
  for (const auto& address : u.draft().access.addresses) {
    if (address.of == "aws_instance.web") {
      return address.is_public;
    }
  }
  ADD_FAILURE();
  return Truth::no;
}

TEST(Addresses, LeadNowhereWithoutARouteToTheInternet) {
  const std::string out = R"("gateway_id": "igw-00000001")";
  EXPECT_EQ(reached_by(R"({"cidr_block": "0.0.0.0/0", )" + out + "}"), Truth::yes);
  EXPECT_EQ(reached_by("", R"("destination_cidr_block": "0.0.0.0/0", )" + out), Truth::yes);
  EXPECT_EQ(reached_by(""), Truth::no) << "its table leads nowhere";
  EXPECT_EQ(reached_by(R"({"cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-00000001"})"),
            Truth::no);
  EXPECT_EQ(reached_by(R"({"cidr_block": "10.0.0.0/16", "gateway_id": "local"})"), Truth::no)
      << "to its own network only";
  EXPECT_EQ(reached_by(R"({"cidr_block": "198.51.100.0/24", )" + out + "}"), Truth::unknown)
      << "some may come in";
  EXPECT_EQ(reached_by(R"({"cidr_block": "0.0.0.0/0", "gateway_id": "igw-elsewhere"})"),
            Truth::unknown);
}

/// Is a server reached that has a public address in a subnet of which no table is?
Truth reached_in_network(const std::vector<std::string>& more,
                         const std::string& network = "aws_vpc") {
  std::vector<std::string> resources = {
      created(network + ".v", network, R"({"id": "vpc-00000001"})"),
      created("aws_subnet.s", "aws_subnet",
              R"({"id": "subnet-00000001", "vpc_id": "vpc-00000001",
                  "availability_zone": "eu-west-1a"})"),
      created("aws_security_group.g", "aws_security_group",
              R"({"id": "sg-00000001", "ingress": [{"protocol": "tcp", "from_port": 22,
                  "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}]})"),
      instance("web", R"("subnet_id": "subnet-00000001", "associate_public_ip_address": true,
                         "vpc_security_group_ids": ["sg-00000001"])")};
  resources.insert(resources.end(), more.begin(), more.end());
  const Understanding u(resources);
  for (const auto& address : u.draft().access.addresses) {
    if (address.of == "aws_instance.web") {
      return address.is_public;
    }
  }
  ADD_FAILURE();
  return Truth::no;
}

TEST(Addresses, LeadNowhereInANetworkWithoutAGateway) {
  EXPECT_EQ(reached_in_network({}), Truth::no) << "its table has the local route alone";
  EXPECT_EQ(reached_in_network({}, "aws_default_vpc"), Truth::yes) << "that comes with a gateway";
  const std::string elsewhere =
      created("aws_internet_gateway.i", "aws_internet_gateway", R"({"vpc_id": "vpc-00000002"})");
  EXPECT_EQ(reached_in_network({elsewhere}), Truth::no);
  const std::string gateway = created("aws_internet_gateway.i", "aws_internet_gateway",
                                      R"({"id": "igw-1", "vpc_id": "vpc-00000001"})");
  EXPECT_EQ(reached_in_network({gateway}), Truth::unknown) << "who routes to it is not told";
  const std::string apart =
      created("aws_internet_gateway.i", "aws_internet_gateway", R"({"id": "igw-1"})");
  const std::string attached =
      created("aws_internet_gateway_attachment.a", "aws_internet_gateway_attachment",
              R"({"internet_gateway_id": "igw-1", "vpc_id": "vpc-00000001"})");
  EXPECT_EQ(reached_in_network({apart, attached}), Truth::unknown);
  const std::string chosen =
      created("aws_main_route_table_association.m", "aws_main_route_table_association",
              R"({"vpc_id": "vpc-00000001", "route_table_id": "rtb-1"})");
  const std::string table =
      created("aws_route_table.t", "aws_route_table",
              R"({"id": "rtb-1", "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}]})");
  EXPECT_EQ(reached_in_network({gateway, chosen, table}), Truth::yes);
}

TEST(Addresses, AreClosedByTheFirewallOfTheNetworkWhereNoneIsNamed) {
  const auto is_reached = [](const std::string& more) {
    const Understanding u({created("aws_db_instance.db", "aws_db_instance",
                                   R"({"publicly_accessible": true)" + more + "}")});
    return u.draft().access.addresses.front().is_public;
  };
  EXPECT_EQ(is_reached(""), Truth::no) << "it lets in nobody but itself";
  EXPECT_EQ(is_reached(R"(, "vpc_security_group_ids": ["sg-of-elsewhere"])"), Truth::yes)
      << "whom that one lets in is asked where firewalls are read";
}

TEST(Addresses, OfFunctionsAreTheProvidersWhereverTheyLie) {
  const auto function = [](const std::string& type) {
    return Understanding(
        {created("aws_subnet.s", "aws_subnet",
                 R"({"id": "subnet-00000001", "availability_zone": "eu-west-1a"})"),
         created("aws_route_table.t", "aws_route_table", R"({"id": "rtb-00000001", "route": []})"),
         created("aws_route_table_association.s", "aws_route_table_association",
                 R"({"subnet_id": "subnet-00000001", "route_table_id": "rtb-00000001"})"),
         created("aws_security_group.g", "aws_security_group", R"({"id": "sg-00000001"})"),
         created("aws_lambda_function.f", "aws_lambda_function",
                 R"({"function_name": "f", "vpc_config": [{"subnet_ids": ["subnet-00000001"],
                     "security_group_ids": ["sg-00000001"]}]})"),
         created("aws_lambda_function_url.u", "aws_lambda_function_url",
                 R"({"function_name": "f", "authorization_type": ")" + type + "\"}")});
  };
  const Understanding open = function("NONE");
  ASSERT_EQ(open.draft().access.addresses.size(), 1U);
  EXPECT_EQ(open.draft().access.addresses[0].is_public, Truth::yes);
  ASSERT_EQ(open.draft().network_rules.size(), 1U) << "its group does not stand before that";
  EXPECT_EQ(open.draft().network_rules[0].subjects, Lines{"aws_lambda_function.f"});
  const Understanding closed = function("AWS_IAM");
  EXPECT_EQ(closed.draft().access.addresses[0].is_public, Truth::no);
  EXPECT_TRUE(closed.draft().network_rules.empty());
}

TEST(Lists, OfASubnetStandBeforeAllThatLiesThere) {
  const Understanding u(
      {created("aws_subnet.s", "aws_subnet",
               R"({"id": "subnet-00000001", "availability_zone": "eu-west-1a",
                   "cidr_block": "10.0.1.0/24"})"),
       created("aws_network_acl.n", "aws_network_acl",
               R"({"id": "acl-00000001", "subnet_ids": ["subnet-00000001"], "ingress": [
                   {"rule_no": 100, "action": "deny", "protocol": "tcp", "from_port": 22,
                    "to_port": 22, "cidr_block": "0.0.0.0/0"}]})"),
       instance("web", R"("subnet_id": "subnet-00000001")")});
  ASSERT_EQ(u.draft().network_rules.size(), 1U);
  const auto& rule = u.draft().network_rules[0];
  EXPECT_EQ(rule.subjects, Lines{"aws_instance.web"});
  EXPECT_EQ(rule.character.layer, blueprint::kListLayer);
  EXPECT_FALSE(rule.character.allows);
  EXPECT_EQ(rule.character.order.value_or(0), 100);
  ASSERT_EQ(u.draft().access.guards.size(), 1U);
  EXPECT_TRUE(u.draft().access.guards[0].in_order);
  ASSERT_EQ(u.draft().access.addresses.size(), 1U);
  EXPECT_EQ(u.draft().access.addresses[0].ranges, Lines{"10.0.1.0/24"});
}

TEST(Classes, AreGuessedByWholeWords) {
  EXPECT_EQ(class_by_name("resources/customer-master.xlsx"), "customers");
  EXPECT_EQ(class_by_name("Payments_2026"), "payments");
  EXPECT_EQ(class_by_name("customization"), "");
  EXPECT_EQ(class_by_name("assets"), "");
}

}  // namespace
}  // namespace outlast::catalog
