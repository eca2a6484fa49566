// Firewalls, grants and mentions: who may, and who does.

#include "catalog/passes.h"
#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

std::string group(const std::string& name, const std::string& ingress = "") {
  return created("aws_security_group." + name, "aws_security_group",
                 R"({"id": "sg-000000)" + name + R"(", "ingress": [)" + ingress + "]}");
}

std::string door(const std::string& from, int port) {
  return R"({"protocol": "tcp", "from_port": )" + std::to_string(port) + R"(, "to_port": )" +
         std::to_string(port) + R"(, "security_groups": ["sg-000000)" + from + "\"]}";
}

std::string behind(const std::string& name) {
  return R"("vpc_security_group_ids": ["sg-000000)" + name + "\"]";
}

std::string database(const std::string& more) {
  return created("aws_db_instance.db", "aws_db_instance",
                 R"({"id": "db-00000001", "address": "db-1.example.internal", )" + more + "}");
}

TEST(Firewalls, ADoorIntoADatabaseTellsWhoCallsIt) {
  const Understanding u({group("web"), group("db", door("web", 5432)),
                         instance("web", behind("web")), database(behind("db"))});
  EXPECT_EQ(u.needs("aws_instance.web"), Lines{"aws_db_instance.db: hard service referenced"});
  ASSERT_EQ(u.draft().network_rules.size(), 1U);
  const auto& row = u.draft().network_rules[0];
  EXPECT_EQ(row.subjects, Lines{"aws_db_instance.db"});
  EXPECT_EQ(row.peer_components, Lines{"aws_instance.web"});
  EXPECT_EQ(row.from_port.value_or(0), 5432);
}

TEST(Firewalls, ADoorBetweenServersIsOnlyAPossibility) {
  const Understanding u({group("web"), group("api", door("web", 80)),
                         instance("web", behind("web")), instance("api", behind("api"))});
  EXPECT_EQ(u.needs("aws_instance.web"), Lines{"aws_instance.api: hard service inferred"});
  EXPECT_EQ(u.needs("aws_instance.api"), Lines{});
}

TEST(Firewalls, ADoorForEverythingTellsNothingSure) {
  const Understanding u({group("web"),
                         group("db", R"({"protocol": "-1", "from_port": 0, "to_port": 0,
                       "security_groups": ["sg-000000web"]})"),
                         instance("web", behind("web")), database(behind("db"))});
  EXPECT_EQ(u.needs("aws_instance.web"), Lines{"aws_db_instance.db: hard service inferred"});
}

TEST(Firewalls, ARuleOfItsOwnIsARowOfItsGroup) {
  const Understanding u({group("web"), group("db"), instance("web", behind("web")),
                         database(behind("db")),
                         created("aws_security_group_rule.in", "aws_security_group_rule",
                                 R"({"type": "ingress", "security_group_id": "sg-000000db",
                                     "source_security_group_id": "sg-000000web", "protocol": "tcp",
                                     "from_port": 5432, "to_port": 5432})")});
  EXPECT_EQ(u.needs("aws_instance.web"), Lines{"aws_db_instance.db: hard service referenced"});
}

std::string world(int port) {
  return R"({"protocol": "tcp", "from_port": )" + std::to_string(port) + R"(, "to_port": )" +
         std::to_string(port) + R"(, "cidr_blocks": ["0.0.0.0/0"]})";
}

TEST(Exposure, AnElasticAddressIsOneWhateverTheServerAsksFor) {
  const Understanding u(
      {group("open", world(443)),
       instance("open", R"("associate_public_ip_address": false, )" + behind("open")),
       created("aws_eip.e", "aws_eip", R"({"instance": "i-00000000open"})")});
  EXPECT_TRUE(u.at("aws_instance.open").internet.value_or(false));
}

TEST(Exposure, UsersComeInWhereAnAddressAndADoorAreOpen) {
  const std::string address = R"("associate_public_ip_address": true, )";
  const Understanding u(
      {group("open", world(443)), group("ssh", world(22)), group("shut"),
       instance("open", address + behind("open")), instance("ssh", address + behind("ssh")),
       instance("shut", address + behind("shut")), instance("inside", behind("open"))});
  const auto internet = [&](const std::string& name) {
    return u.at("aws_instance." + name).internet.value_or(false);
  };
  EXPECT_TRUE(internet("open"));
  EXPECT_FALSE(internet("ssh")) << "that is for administrators";
  EXPECT_FALSE(internet("shut"));
  EXPECT_FALSE(internet("inside")) << "no address";
  EXPECT_EQ(u.journeys(), Lines{"aws_instance.open: aws_instance.open"});
}

std::string https_for(const std::string& peers) {
  return R"({"protocol": "tcp", "from_port": 443, "to_port": 443, )" + peers + "}";
}

/// A balancer that asks for a public address, behind a group with these doors.
std::string balancer(const std::string& name) {
  return created("aws_lb." + name, "aws_lb",
                 R"({"internal": false, "load_balancer_type": "application",
                     "security_groups": ["sg-000000)" +
                     name + "\"]}");
}

TEST(Exposure, WhoIsLetInByNameStillComesByThePublicName) {
  const std::string all = R"({"protocol": "-1", "from_port": 0, "to_port": 0, )";
  const Understanding u(
      {group("world", https_for(R"("cidr_blocks": ["0.0.0.0/0"])")),
       group("halves", https_for(R"("cidr_blocks": ["0.0.0.0/1", "128.0.0.0/1"])")),
       group("cdn", https_for(R"("cidr_blocks": ["173.245.48.0/20", "104.16.0.0/13"])")),
       group("office", https_for(R"("cidr_blocks": ["203.0.113.7/32"])")),
       group("vpn", https_for(R"("cidr_blocks": ["10.0.0.0/8", "192.168.1.0/24"])")),
       group("list", https_for(R"("prefix_list_ids": ["pl-3b927c52"])")),
       group("any_port", all + R"("cidr_blocks": ["203.0.113.7/32"]})"), group("shut"),
       balancer("world"), balancer("halves"), balancer("cdn"), balancer("office"), balancer("vpn"),
       balancer("list"), balancer("any_port"), balancer("shut")});
  const auto internet = [&](const std::string& name) {
    const auto& told = u.at("aws_lb." + name).internet;
    return told.is_unknown() ? "unknown" : told.value_or(false) ? "yes" : "no";
  };
  EXPECT_STREQ(internet("world"), "yes");
  EXPECT_STREQ(internet("halves"), "yes");
  EXPECT_STREQ(internet("cdn"), "yes") << "users come through the proxies";
  EXPECT_STREQ(internet("office"), "yes") << "the office resolves its name";
  EXPECT_STREQ(internet("any_port"), "yes");
  EXPECT_STREQ(internet("vpn"), "no");
  EXPECT_STREQ(internet("list"), "unknown") << "whose addresses these are stands elsewhere";
  EXPECT_STREQ(internet("shut"), "no");
}

TEST(Exposure, ANameLeadsNoStrangerWhereTheyAreKeptOut) {
  const auto name_to = [](const std::string& peers) {
    const Understanding u({group("front", https_for(R"("cidr_blocks": [)" + peers + "]")),
                           created("aws_lb.front", "aws_lb",
                                   R"({"internal": false, "dns_name": "front-1.elb.example.com",
                     "load_balancer_type": "application",
                     "security_groups": ["sg-000000front"]})"),
                           created("aws_route53_record.www", "aws_route53_record",
                                   R"({"name": "www.example.com", "type": "CNAME", "zone_id": "Z1",
                     "records": ["front-1.elb.example.com"]})")});
    EXPECT_TRUE(u.at("aws_route53_record.www").internet.value_or(false)) << peers;
    const auto& all = u.draft().access.addresses;
    const auto found = std::find_if(all.begin(), all.end(), [](const auto& address) {
      return address.of == "aws_route53_record.www";
    });
    return found == all.end() ? Truth::unknown : found->is_public;
  };
  EXPECT_EQ(name_to("\"0.0.0.0/0\""), Truth::yes);
  EXPECT_EQ(name_to("\"173.245.48.0/20\""), Truth::no);
  EXPECT_EQ(name_to("\"203.0.113.7/32\""), Truth::no);
}

TEST(Exposure, OfAMachineWhoMayAskForEverythingTendsIt) {
  const std::string address = R"("associate_public_ip_address": true, )";
  const Understanding u({group("cdn", https_for(R"("cidr_blocks": ["104.16.0.0/13"])")),
                         group("office", R"({"protocol": "-1", "from_port": 0, "to_port": 0,
                           "cidr_blocks": ["203.0.113.7/32"]})"),
                         instance("cdn", address + behind("cdn")),
                         instance("office", address + behind("office"))});
  EXPECT_TRUE(u.at("aws_instance.cdn").internet.value_or(false));
  EXPECT_FALSE(u.at("aws_instance.office").internet.value_or(true));
}

/// A network, the group it has ready with one open door, and a subnet in it.
std::vector<std::string> network_with_ready_group(const std::string& ingress) {
  return {
      created("aws_vpc.v", "aws_vpc", R"({"id": "vpc-0000000v"})"),
      created("aws_default_security_group.ready", "aws_default_security_group",
              R"({"id": "sg-0000ready", "vpc_id": "vpc-0000000v", "ingress": [)" + ingress + "]}"),
      created("aws_subnet.s", "aws_subnet",
              R"({"id": "subnet-0000000s", "vpc_id": "vpc-0000000v",
                      "availability_zone": "eu-west-1a", "map_public_ip_on_launch": true})"),
      created("aws_subnet.other", "aws_subnet",
              R"({"id": "subnet-0000other", "vpc_id": "vpc-0000other",
                      "availability_zone": "eu-west-1a", "map_public_ip_on_launch": true})"),
      created("aws_db_subnet_group.g", "aws_db_subnet_group",
              R"({"id": "g", "name": "g", "subnet_ids": ["subnet-0000000s"]})")};
}

Lines behind_ready_group(const Understanding& u) {
  for (const auto& rule : u.draft().network_rules) {
    if (rule.evidence.address == "aws_default_security_group.ready") {
      return rule.subjects;
    }
  }
  return {};
}

TEST(ReadyFirewalls, WhoNamesNoneOfItsNetworkHasIt) {
  auto all = network_with_ready_group(R"({"protocol": "-1", "from_port": 0, "to_port": 0,
                                          "cidr_blocks": ["0.0.0.0/0"]})");
  const std::string here = R"("subnet_id": "subnet-0000000s")";
  for (const std::string& more :
       {group("own"), instance("bare", here), instance("own", here + ", " + behind("own")),
        instance("empty", here + R"(, "vpc_security_group_ids": [])"),
        instance("elsewhere", R"("subnet_id": "subnet-0000other")"), instance("nowhere", ""),
        database(R"("db_subnet_group_name": "g", "publicly_accessible": true)"),
        created("aws_lb.app", "aws_lb",
                R"({"load_balancer_type": "application", "subnets": ["subnet-0000000s"]})"),
        created("aws_lb.net", "aws_lb",
                R"({"load_balancer_type": "network", "subnets": ["subnet-0000000s"]})"),
        created("aws_ecs_service.svc", "aws_ecs_service",
                R"({"network_configuration": [{"subnets": ["subnet-0000000s"]}]})")}) {
    all.push_back(more);
  }
  const Understanding u(all);
  Lines subjects = behind_ready_group(u);
  std::sort(subjects.begin(), subjects.end());
  EXPECT_EQ(subjects, (Lines{"aws_db_instance.db", "aws_ecs_service.svc", "aws_instance.bare",
                             "aws_instance.empty", "aws_lb.app"}));
  EXPECT_TRUE(u.at("aws_instance.bare").internet.value_or(false));
  EXPECT_FALSE(u.at("aws_instance.own").internet.value_or(true));
}

TEST(ReadyFirewalls, OneThatIsShutKeepsUsersFromABalancer) {
  auto all = network_with_ready_group("");
  all.push_back(
      created("aws_lb.app", "aws_lb",
              R"({"load_balancer_type": "application", "subnets": ["subnet-0000000s"]})"));
  EXPECT_FALSE(Understanding(all).at("aws_lb.app").internet.value_or(true));
}

TEST(Grants, APermissionOnOneThingShowsThatItMayBeUsed) {
  const Understanding u(
      {created("aws_iam_role.app", "aws_iam_role",
               R"({"arn": "arn:aws:iam::1:role/app",
               "name": "app-role"})"),
       created("aws_iam_instance_profile.app", "aws_iam_instance_profile",
               R"({"name": "app-profile", "role": "app-role"})"),
       instance("app", R"("iam_instance_profile": "app-profile")"),
       created("aws_sqs_queue.jobs", "aws_sqs_queue", R"({"arn": "arn:aws:sqs:eu-west-1:1:jobs"})"),
       created("aws_iam_role_policy.app", "aws_iam_role_policy",
               R"({"role": "app-role", "policy": "{\"Statement\": [{\"Effect\": \"Allow\", )"
               R"(\"Action\": \"sqs:SendMessage\", )"
               R"(\"Resource\": \"arn:aws:sqs:eu-west-1:1:jobs\"}]}"})")});
  ASSERT_EQ(u.draft().grants.size(), 1U);
  const auto& grant = u.draft().grants[0];
  EXPECT_EQ(grant.principals, Lines{"aws_instance.app"});
  EXPECT_EQ(grant.actions, Lines{"sqs:SendMessage"});
  EXPECT_EQ(grant.resource_components, Lines{"aws_sqs_queue.jobs"});
  ASSERT_EQ(u.at("aws_instance.app").needs.size(), 1U);
  EXPECT_EQ(u.at("aws_instance.app").needs[0].any_of, Lines{"aws_sqs_queue.jobs"});
  EXPECT_EQ(u.at("aws_instance.app").needs[0].confidence, blueprint::Confidence::inferred);
}

TEST(Grants, AnArnHoldsTheNameOfWhatItMeans) {
  const auto on = [](const std::string& arn) {
    const Understanding u(
        {created("aws_iam_role.app", "aws_iam_role", R"({"name": "app-role"})"),
         created("aws_s3_bucket.b", "aws_s3_bucket", R"({"bucket": "acme-orders"})"),
         created("aws_sqs_queue.q", "aws_sqs_queue", R"({"name": "acme-orders"})"),
         created("aws_iam_role_policy.app", "aws_iam_role_policy",
                 R"({"role": "app-role", "policy": "{\"Statement\": [{\"Effect\": \"Allow\", )"
                 R"(\"Action\": \"*\", \"Resource\": \")" +
                     arn + R"(\"}]}"})")});
    return u.draft().grants.at(0).resource_components;
  };
  EXPECT_EQ(on("arn:aws:s3:::acme-orders/*"), Lines{"aws_s3_bucket.b"});
  EXPECT_EQ(on("arn:aws:s3:::acme-o*"), Lines{}) << "a pattern may mean others";
  EXPECT_EQ(on("arn:aws:dynamodb:eu-west-1:1:table/acme-orders"), Lines{}) << "of another service";
}

TEST(Mentions, AnAddressInSettingsIsACall) {
  const Understanding u({database(R"("multi_az": false)"),
                         instance("web", R"("user_data": "DB_HOST=db-1.example.internal run")")});
  EXPECT_EQ(u.needs("aws_instance.web"), Lines{"aws_db_instance.db: hard service referenced"});
}

TEST(Needs, TypesAloneMakeNone) {
  const Understanding u({instance("web"), database(R"("multi_az": false)"),
                         created("aws_elasticache_cluster.c", "aws_elasticache_cluster")});
  for (const auto& component : u.draft().components) {
    EXPECT_TRUE(component.needs.empty()) << component.id;
  }
}

}  // namespace
}  // namespace outlast::catalog
