// What experts say of the security of public inputs, item by item: what they expect is found at the
// address where it is written, and of what they call a trap nothing weighs medium or more.

#include "corpus/asking.h"

namespace outlast {
namespace {

std::string azure_server(const std::string& region, const std::string& rest) {
  return "module.server[\"" + region + "\"]." + rest;
}

class SecurityKey : public Corpus {
 protected:
  /// Findings of the security goal that weigh medium or more; secrets in clear are another matter.
  void expect_silent(const std::string& input) const {
    const Parsed json = report(input);
    const Node all = json.root()["findings"];
    ASSERT_TRUE(all.exists()) << input;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string_view severity = all.at(i)["severity"].text();
      const bool is_grave = severity != "low" && severity != "info";
      EXPECT_FALSE(is_grave && all.at(i)["goal"].text() == "security" &&
                   all.at(i)["rule"].text() != "OUT-S001")
          << input << ": " << all.at(i)["title"].text();
    }
  }
};

TEST_F(SecurityKey, ADeliberatelyInsecurePlan) {
  constexpr const char* kInput = "terragoat";
  constexpr const char* kBase = "aws_db_instance.default";
  constexpr const char* kSearch = "aws_elasticsearch_domain.monitoring-framework";
  constexpr Item kItems[] = {
      {kInput, "OUT-S011", kBase, kBase},
      {kInput, "OUT-S007", kBase, kBase},
      {kInput, "OUT-S001", kBase, kBase},
      {kInput, "OUT-S004", "aws_instance.web_host", "aws_security_group.web-node"},
      {kInput, "OUT-S017", "aws_instance.web_host", "aws_security_group.web-node"},
      {kInput, "OUT-S002", "aws_s3_bucket.data", "aws_s3_bucket.data"},
      {kInput, "OUT-S002", kSearch, "aws_elasticsearch_domain_policy.monitoring-framework-policy"},
      {kInput, "OUT-S007", "aws_neptune_cluster.default", "aws_neptune_cluster.default"},
      {kInput, "OUT-S008", "aws_elb.weblb", "aws_elb.weblb"}};
  const Parsed json = report(kInput);
  for (const Item& item : kItems) {
    expect_at(json, item);
  }
  const auto open = findings(json, "OUT-S002", "aws_s3_bucket.data");
  ASSERT_EQ(open.size(), 1U);
  EXPECT_NE(open[0]["title"].text().find("customer-master.xlsx"), std::string_view::npos);
  EXPECT_EQ(open[0]["severity"].text(), "high");
}

TEST_F(SecurityKey, APlanOfTwoRegions) {
  const Parsed json = report("azure-two-region");
  for (const char* region : {"North Europe", "UK South"}) {
    for (const char* number : {"0", "1"}) {
      const std::string machine =
          azure_server(region, "azurerm_linux_virtual_machine.main[" + std::string(number) + "]");
      expect_at(json, {"azure-two-region", "OUT-S009", machine.c_str(), machine.c_str()});
    }
    const std::string keys =
        azure_server(region, "module.key_vault.azurerm_key_vault.example_key_vault");
    expect_at(json, {"azure-two-region", "OUT-S010", keys.c_str(), keys.c_str()});
  }
}

TEST_F(SecurityKey, ATemplateOfOneServer) {
  constexpr const char* kServer = "WordPress_Single_Instance/WebServer";
  constexpr const char* kDoors = "WordPress_Single_Instance/WebServerSecurityGroup";
  const Parsed json = report("cfn-single");
  expect_at(json, {"cfn-single", "OUT-S004", kServer, kDoors});
  expect_at(json, {"cfn-single", "OUT-S017", kServer, kDoors});
}

TEST_F(SecurityKey, APasswordInAProjectIsFoundAndItsDatabaseIsNoWay) {
  const Parsed json = report("nextcloud");
  EXPECT_EQ(findings(json, "OUT-S001", "db").size(), 1U);
  expect_silent("nextcloud");
}

TEST_F(SecurityKey, WhatTheInternetDoesNotReachIsNoWay) {
  expect_silent("alb-asg");          // an internal balancer, and doors for 10.0.0.0/8 only
  expect_silent("golang-postgres");  // the database has internal ports only
  expect_silent("vpc-3nat");
  expect_silent("gcp98");  // the database has a private address
  const Parsed json = report("golang-postgres");
  EXPECT_EQ(findings(json, "OUT-S001", "db").size(), 0U) << "its password comes from a file";
}

}  // namespace
}  // namespace outlast
