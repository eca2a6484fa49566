// Writes a Terraform plan of any size, for timings: many shops of twenty resources each, with the
// references, unknowns and counted resources that real plans have.
//
// With `servers`, single ones that have nothing to do with each other.
//
// usage: generate_plan RESOURCES [servers] > plan.json

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"

namespace {

using outlast::base::JsonWriter;

/// One attribute: a known text, or references that are unknown until creation.
struct Attribute {
  std::string name;
  std::string text;
  std::vector<std::string> references;
};

struct Resource {
  std::string type;
  std::string name;
  int index = -1;
  std::vector<Attribute> attributes;

  [[nodiscard]] std::string address() const {
    return type + "." + name + (index >= 0 ? fmt::format("[{}]", index) : "");
  }
};

std::vector<Resource> shop(int n) {
  const std::string s = fmt::format("shop{}", n);
  const auto subnet = [&](int i, const char* zone) {
    return Resource{"aws_subnet",
                    s,
                    i,
                    {{"availability_zone", zone, {}},
                     {"cidr_block", fmt::format("10.{}.{}.0/24", n % 250, i), {}},
                     {"vpc_id", "", {"aws_vpc." + s + ".id", "aws_vpc." + s}}}};
  };
  const auto to = [&](const std::string& type, const std::string& attribute = "id") {
    return std::vector<std::string>{type + "." + s + "." + attribute, type + "." + s};
  };
  const std::vector<std::string> subnets = {"aws_subnet." + s};
  return {
      {"aws_vpc", s, -1, {{"cidr_block", fmt::format("10.{}.0.0/16", n % 250), {}}}},
      subnet(0, "us-east-1a"),
      subnet(1, "us-east-1b"),
      {"aws_internet_gateway", s, -1, {{"vpc_id", "", to("aws_vpc")}}},
      {"aws_nat_gateway",
       s,
       -1,
       {{"subnet_id",
         "",
         {"aws_subnet." + s + "[0].id", "aws_subnet." + s + "[0]", "aws_subnet." + s}}}},
      {"aws_route_table", s, -1, {{"vpc_id", "", to("aws_vpc")}}},
      {"aws_route",
       s,
       -1,
       {{"destination_cidr_block", "0.0.0.0/0", {}},
        {"nat_gateway_id", "", to("aws_nat_gateway")},
        {"route_table_id", "", to("aws_route_table")}}},
      {"aws_route_table_association",
       s,
       0,
       {{"subnet_id", "", {"aws_subnet." + s, "count.index"}},
        {"route_table_id", "", to("aws_route_table")}}},
      {"aws_route_table_association",
       s,
       1,
       {{"subnet_id", "", {"aws_subnet." + s, "count.index"}},
        {"route_table_id", "", to("aws_route_table")}}},
      {"aws_security_group", s, -1, {{"vpc_id", "", to("aws_vpc")}, {"name", s + "-web", {}}}},
      {"aws_security_group_rule",
       s,
       -1,
       {{"type", "ingress", {}},
        {"protocol", "tcp", {}},
        {"from_port", "443", {}},
        {"to_port", "443", {}},
        {"security_group_id", "", to("aws_security_group")}}},
      {"aws_lb",
       s,
       -1,
       {{"name", s, {}},
        {"load_balancer_type", "application", {}},
        {"subnets", "", subnets},
        {"security_groups", "", to("aws_security_group")}}},
      {"aws_lb_target_group", s, -1, {{"name", s, {}}, {"vpc_id", "", to("aws_vpc")}}},
      {"aws_lb_listener",
       s,
       -1,
       {{"load_balancer_arn", "", to("aws_lb", "arn")},
        {"default_action.target_group_arn", "", to("aws_lb_target_group", "arn")}}},
      {"aws_launch_template",
       s,
       -1,
       {{"name", s, {}},
        {"instance_type", "m6i.large", {}},
        {"user_data", "", to("aws_db_instance", "endpoint")}}},
      {"aws_autoscaling_group",
       s,
       -1,
       {{"name", s, {}},
        {"desired_capacity", fmt::format("{}", 1 + n % 4), {}},
        {"vpc_zone_identifier", "", subnets},
        {"target_group_arns", "", to("aws_lb_target_group", "arn")},
        {"launch_template.id", "", to("aws_launch_template")}}},
      {"aws_db_subnet_group", s, -1, {{"name", s, {}}, {"subnet_ids", "", subnets}}},
      {"aws_db_instance",
       s,
       -1,
       {{"identifier", s, {}},
        {"engine", "postgres", {}},
        {"instance_class", "db.m5.large", {}},
        {"multi_az", n % 3 == 0 ? "true" : "false", {}},
        {"backup_retention_period", fmt::format("{}", n % 8), {}},
        {"db_subnet_group_name", "", to("aws_db_subnet_group", "name")},
        {"vpc_security_group_ids", "", to("aws_security_group")}}},
      {"aws_s3_bucket", s, -1, {{"bucket", s + "-data", {}}}},
      {"aws_sqs_queue", s, -1, {{"name", s + "-orders", {}}}},
  };
}

Resource server(int n) {
  return {"aws_instance",
          fmt::format("server{}", n),
          -1,
          {{"ami", "ami-1", {}},
           {"instance_type", "m6i.large", {}},
           {"availability_zone", "us-east-1a", {}}}};
}

/// Writes the values of attributes; blocks ("a.b") as lists of one map, as Terraform does.
void write_values(JsonWriter& json, const Resource& resource, bool unknown) {
  json.begin_object();
  for (const Attribute& a : resource.attributes) {
    const auto dot = a.name.find('.');
    if (a.references.empty() == unknown) {
      continue;
    }
    json.key(a.name.substr(0, dot));
    if (dot != std::string::npos) {
      json.begin_array();
      json.begin_object();
      json.key(a.name.substr(dot + 1));
    }
    unknown ? json.value(true) : json.value(a.text);
    if (dot != std::string::npos) {
      json.end_object();
      json.end_array();
    }
  }
  if (unknown) {
    json.member("id", true);
    json.member("arn", true);
  } else {
    json.key("tags");
    json.begin_object();
    json.member("Name", resource.name);
    json.member("Environment", "production");
    json.member("CostCenter", "4711");
    json.end_object();
  }
  json.end_object();
}

void write_change(JsonWriter& json, const Resource& resource) {
  json.begin_object();
  json.member("address", resource.address());
  json.member("mode", "managed");
  json.member("type", resource.type);
  json.member("name", resource.name);
  if (resource.index >= 0) {
    json.member("index", resource.index);
  }
  json.member("provider_name", "registry.terraform.io/hashicorp/aws");
  json.key("change");
  json.begin_object();
  json.key("actions");
  json.value(std::vector<std::string>{"create"});
  json.key("before");
  json.null();
  json.key("after");
  write_values(json, resource, false);
  json.key("after_unknown");
  write_values(json, resource, true);
  json.end_object();
  json.end_object();
}

void write_configured(JsonWriter& json, const Resource& resource) {
  json.begin_object();
  json.member("address", resource.type + "." + resource.name);
  json.member("mode", "managed");
  json.member("type", resource.type);
  json.member("name", resource.name);
  json.member("provider_config_key", "aws");
  json.key("expressions");
  json.begin_object();
  for (const Attribute& a : resource.attributes) {
    const auto dot = a.name.find('.');
    json.key(a.name.substr(0, dot));
    if (dot != std::string::npos) {
      json.begin_array();
      json.begin_object();
      json.key(a.name.substr(dot + 1));
    }
    json.begin_object();
    if (a.references.empty()) {
      json.member("constant_value", a.text);
    } else {
      json.member("references", a.references);
    }
    json.end_object();
    if (dot != std::string::npos) {
      json.end_object();
      json.end_array();
    }
  }
  json.end_object();
  json.end_object();
}

}  // namespace

int main(int argc, char** argv) {
  const int wanted = argc > 1 ? std::atoi(argv[1]) : 1000;
  const bool only_servers = argc > 2 && std::string_view(argv[2]) == "servers";
  std::vector<Resource> all;
  for (int n = 0; static_cast<int>(all.size()) < wanted; ++n) {
    if (only_servers) {
      all.push_back(server(n));
      continue;
    }
    for (Resource& resource : shop(n)) {
      all.push_back(std::move(resource));
    }
  }
  JsonWriter json;
  json.begin_object();
  json.member("format_version", "1.2");
  json.member("terraform_version", "1.9.8");
  json.key("resource_changes");
  json.begin_array();
  for (const Resource& resource : all) {
    write_change(json, resource);
  }
  json.end_array();
  json.key("configuration");
  json.begin_object();
  json.key("provider_config");
  json.begin_object();
  json.key("aws");
  json.begin_object();
  json.member("name", "aws");
  json.key("expressions");
  json.begin_object();
  json.key("region");
  json.begin_object();
  json.member("constant_value", "us-east-1");
  json.end_object();
  json.end_object();
  json.end_object();
  json.end_object();
  json.key("root_module");
  json.begin_object();
  json.key("resources");
  json.begin_array();
  for (const Resource& resource : all) {
    if (resource.index <= 0) {
      write_configured(json, resource);
    }
  }
  json.end_array();
  json.end_object();
  json.end_object();
  json.end_object();
  const std::string text = json.take();
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
