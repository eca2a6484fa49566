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
