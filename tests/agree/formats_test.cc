// One architecture, written as Terraform would in each of its formats: a plan, a state as JSON, a
// state of version 4 and one of version 3. All four must give the same report, but for where it is
// proven. A plan does not know ids yet and refers; a state knows them and does not refer.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/document.h"
#include "base/file_source.h"
#include "pipeline/pipeline.h"
#include "report/report.h"
#include "support/terraform_writer.h"

namespace outlast {
namespace {

using support::bare;
using support::block;
using support::Given;
using support::list;
using support::Members;
using support::refer;
using support::Resource;
using support::TerraformWriter;
using support::text;

std::vector<Resource> shop() {
  const Given anywhere = list({text("0.0.0.0/0")});
  const auto ingress = [](Given port, Members more) {
    Members members{{"from_port", port}, {"to_port", port}, {"protocol", text("tcp")}};
    members.insert(members.end(), more.begin(), more.end());
    return block(members);
  };
  std::vector<Resource> all{
      {"aws_vpc", "main", -1, {{"cidr_block", text("10.0.0.0/16")}}},
      {"aws_internet_gateway", "way", -1, {{"vpc_id", refer("aws_vpc.main.id")}}},
      {"aws_eip", "nat", -1, {{"domain", text("vpc")}}, {{"public_ip", text("203.0.113.7")}}},
      {"aws_nat_gateway",
       "nat",
       -1,
       {{"subnet_id", refer("aws_subnet.public[0].id")},
        {"allocation_id", refer("aws_eip.nat.id")}}},
      {"aws_route_table",
       "public",
       -1,
       {{"vpc_id", refer("aws_vpc.main.id")},
        {"route", block({{"cidr_block", text("0.0.0.0/0")},
                         {"gateway_id", refer("aws_internet_gateway.way.id")}})}}},
      {"aws_route_table",
       "private",
       -1,
       {{"vpc_id", refer("aws_vpc.main.id")}},
       {{"route", block({{"cidr_block", text("0.0.0.0/0")},
                         {"gateway_id", text("")},
                         {"nat_gateway_id", refer("aws_nat_gateway.nat.id")}})}}},
      {"aws_route",
       "private",
       -1,
       {{"route_table_id", refer("aws_route_table.private.id")},
        {"destination_cidr_block", text("0.0.0.0/0")},
        {"nat_gateway_id", refer("aws_nat_gateway.nat.id")}}},
      {"aws_security_group",
       "lb",
       -1,
       {{"ingress", ingress(bare("443"), {{"cidr_blocks", anywhere}})}}},
      {"aws_security_group",
       "web",
       -1,
       {{"ingress",
         ingress(bare("80"), {{"security_groups", list({refer("aws_security_group.lb.id")})}})}}},
      {"aws_security_group",
       "db",
       -1,
       {{"ingress", ingress(bare("5432"),
                            {{"security_groups", list({refer("aws_security_group.web.id")})}})}}},
      {"aws_lb",
       "front",
       -1,
       {{"name", text("front")},
        {"internal", bare("false")},
        {"load_balancer_type", text("application")},
        {"subnets", list({refer("aws_subnet.public[0].id"), refer("aws_subnet.public[1].id")})},
        {"security_groups", list({refer("aws_security_group.lb.id")})}},
       {{"dns_name", text("front-1.eu-west-1.elb.amazonaws.com")}}},
      {"aws_lb_target_group",
       "web",
       -1,
       {{"name", text("web")},
        {"port", bare("80")},
        {"health_check", block({{"interval", bare("10")}, {"unhealthy_threshold", bare("3")}})}}},
      {"aws_lb_listener",
       "https",
       -1,
       {{"load_balancer_arn", refer("aws_lb.front.arn")},
        {"port", bare("443")},
        {"default_action", block({{"type", text("forward")},
                                  {"target_group_arn", refer("aws_lb_target_group.web.arn")}})}}},
      {"aws_launch_template",
       "web",
       -1,
       {{"instance_type", text("m6i.large")},
        {"vpc_security_group_ids", list({refer("aws_security_group.web.id")})}}},
      {"aws_autoscaling_group",
       "web",
       -1,
       {{"name", text("web")},
        {"min_size", bare("2")},
        {"max_size", bare("6")},
        {"desired_capacity", bare("2")},
        {"health_check_type", text("ELB")},
        {"vpc_zone_identifier",
         list({refer("aws_subnet.private[0].id"), refer("aws_subnet.private[1].id")})},
        {"target_group_arns", list({refer("aws_lb_target_group.web.arn")})},
        {"launch_template", block({{"id", refer("aws_launch_template.web.id")}})}},
       {{"availability_zones", list({text("eu-west-1a"), text("eu-west-1b")})},
        {"load_balancers", list({})}}},
      {"aws_db_subnet_group",
       "db",
       -1,
       {{"name", text("db")},
        {"subnet_ids",
         list({refer("aws_subnet.private[0].id"), refer("aws_subnet.private[1].id")})}}},
      {"aws_db_instance",
       "db",
       -1,
       {{"identifier", text("db")},
        {"engine", text("postgres")},
        {"instance_class", text("db.m6g.large")},
        {"multi_az", bare("true")},
        {"backup_retention_period", bare("7")},
        {"publicly_accessible", bare("false")},
        {"storage_encrypted", bare("true")},
        {"db_subnet_group_name", refer("aws_db_subnet_group.db.name")},
        {"vpc_security_group_ids", list({refer("aws_security_group.db.id")})}},
       {{"availability_zone", text("eu-west-1b")},
        {"replicate_source_db", text("")},
        {"endpoint", text("db.x.eu-west-1.rds.amazonaws.com:5432")}}},
  };
  for (int i = 0; i < 2; ++i) {
    const std::string zone = i == 0 ? "eu-west-1a" : "eu-west-1b";
    for (const std::string side : {"public", "private"}) {
      all.push_back({"aws_subnet",
                     side,
                     i,
                     {{"vpc_id", refer("aws_vpc.main.id")}, {"availability_zone", text(zone)}}});
      all.push_back({"aws_route_table_association",
                     side,
                     i,
                     {{"subnet_id", refer(fmt::format("aws_subnet.{}[{}].id", side, i))},
                      {"route_table_id", refer("aws_route_table." + side + ".id")}}});
    }
  }
  return all;
}

/// The report's values by path, without where they are proven.
void flatten_report(base::Node node, const std::string& path,
                    std::map<std::string, std::string>& out) {
  constexpr std::string_view kProvenance[] = {"inputs", "source", "evidence"};
  for (std::size_t i = 0; i < node.size(); ++i) {
    const std::string key =
        node.is(base::NodeKind::map) ? std::string(node.key(i)) : std::to_string(i);
    if (std::find(std::begin(kProvenance), std::end(kProvenance), key) == std::end(kProvenance)) {
      flatten_report(node.at(i), path + "/" + key, out);
    }
  }
  if (node.size() == 0) {
    out[path] = node.text();
  }
}

std::map<std::string, std::string> report_of(const std::string& input) {
  const base::MemoryFiles files(std::map<std::string, std::string>{{"shop/input.json", input}});
  const auto evaluation = pipeline::evaluate({"shop/input.json"}, files, {});
  std::map<std::string, std::string> values;
  if (!evaluation.blueprint) {
    ADD_FAILURE() << base::render(evaluation.diagnostics, evaluation.sources) << input;
    return values;
  }
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto decision =
      gate::decide(*evaluation.blueprint, evaluation.analysis, {}, {}, diagnostics);
  const auto source = sources.add("report",
                                  report::to_json({*evaluation.blueprint,
                                                   evaluation.analysis,
                                                   evaluation.fixes,
                                                   evaluation.sources,
                                                   decision,
                                                   {},
                                                   1,
                                                   ""}),
                                  "");
  const auto document = base::parse_json(sources, source, diagnostics);
  if (document) {
    flatten_report(document->root(), "", values);
  }
  return values;
}

void expect_same(const std::map<std::string, std::string>& expected,
                 const std::map<std::string, std::string>& found) {
  for (const auto& [path, value] : expected) {
    const auto at = found.find(path);
    EXPECT_TRUE(at != found.end() && at->second == value)
        << path << ": \"" << value << "\", not "
        << (at == found.end() ? "there" : '"' + at->second + '"');
  }
  for (const auto& [path, value] : found) {
    EXPECT_TRUE(expected.contains(path)) << path << ": \"" << value << "\" is too much";
  }
}

TEST(TerraformFormats, TheArchitectureIsUnderstood) {
  const auto plan = report_of(TerraformWriter(shop()).plan());
  EXPECT_EQ(plan.at("/coverage/understood"), plan.at("/coverage/resources"));
  EXPECT_EQ(plan.at("/coverage/resources"), "25");
  EXPECT_EQ(plan.at("/findings/0/name"), "shared_supply") << "two zones, one NAT gateway";
  EXPECT_EQ(plan.at("/components/1/region"), "eu-west-1");
}

TEST(TerraformFormats, AStateAsJsonGivesTheReportOfThePlan) {
  expect_same(report_of(TerraformWriter(shop()).plan()),
              report_of(TerraformWriter(shop()).shown_state()));
}

TEST(TerraformFormats, AStateOfVersion4GivesTheReportOfThePlan) {
  expect_same(report_of(TerraformWriter(shop()).plan()),
              report_of(TerraformWriter(shop()).state_4()));
}

TEST(TerraformFormats, AStateOfVersion3GivesTheReportOfThePlan) {
  expect_same(report_of(TerraformWriter(shop()).plan()),
              report_of(TerraformWriter(shop()).state_3()));
}

// What only a state knows: where the provider has put the instances of a cluster.
TEST(TerraformFormats, AStateTellsInWhichZonesTheMembersOfAClusterAre) {
  const auto zones_of = [](const std::string& second_zone) {
    const TerraformWriter cluster(
        {{"aws_rds_cluster",
          "c",
          -1,
          {{"cluster_identifier", text("c")}, {"engine", text("aurora-mysql")}},
          {{"availability_zones",
            list({text("eu-west-1a"), text("eu-west-1b"), text("eu-west-1c")})}}},
         {"aws_rds_cluster_instance",
          "i",
          0,
          {{"cluster_identifier", refer("aws_rds_cluster.c.cluster_identifier")}},
          {{"availability_zone", text("eu-west-1a")}}},
         {"aws_rds_cluster_instance",
          "i",
          1,
          {{"cluster_identifier", refer("aws_rds_cluster.c.cluster_identifier")}},
          {{"availability_zone", text(second_zone)}}}});
    const auto report = report_of(cluster.state_4());
    EXPECT_EQ(report.at("/components/0/replicas"), "2");
    std::string zones;
    for (int i = 0; report.contains(fmt::format("/components/0/zones/{}", i)); ++i) {
      zones += report.at(fmt::format("/components/0/zones/{}", i)) + " ";
    }
    return zones;
  };
  EXPECT_EQ(zones_of("eu-west-1b"), "eu-west-1a eu-west-1b ");
  EXPECT_EQ(zones_of("eu-west-1a"), "eu-west-1a ");
}

// Two of one name: the one is meant that the group depends on. An id says enough by itself.
TEST(TerraformFormats, DependenciesDecideBetweenNamesAndTakeNoIdAway) {
  const auto report = report_of(R"({"version": 4, "serial": 1, "lineage": "l", "resources": [
    {"module": "module.a", "mode": "managed", "type": "aws_launch_template", "name": "t",
     "instances": [{"attributes": {"id": "lt-000a", "name": "web", "instance_type": "t3.small"}}]},
    {"module": "module.b", "mode": "managed", "type": "aws_launch_template", "name": "t",
     "instances": [{"attributes": {"id": "lt-000b", "name": "web", "instance_type": "t3.large"}}]},
    {"mode": "managed", "type": "aws_subnet", "name": "here",
     "instances": [{"attributes": {"id": "subnet-1", "availability_zone": "eu-west-1a"}}]},
    {"mode": "managed", "type": "aws_subnet", "name": "there",
     "instances": [{"attributes": {"id": "subnet-2", "availability_zone": "eu-west-1b"}}]},
    {"mode": "managed", "type": "aws_autoscaling_group", "name": "g",
     "instances": [{"attributes": {"id": "g", "min_size": 2, "desired_capacity": 2,
        "launch_template": [{"name": "web"}], "vpc_zone_identifier": ["subnet-1", "subnet-2"]},
       "dependencies": ["module.b.aws_launch_template.t", "aws_subnet.here"]}]}]})");
  EXPECT_EQ(report.at("/components/0/parts/0"), "module.b.aws_launch_template.t");
  EXPECT_FALSE(report.contains("/components/0/parts/1"));
  EXPECT_EQ(report.at("/components/0/zones/0"), "eu-west-1a");
  EXPECT_EQ(report.at("/components/0/zones/1"), "eu-west-1b");
}

}  // namespace
}  // namespace outlast
