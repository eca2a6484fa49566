#include "pipeline/service_models.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "blueprint/blueprint_text.h"
#include "pipeline/break_even.h"
#include "pipeline/cost_at_load.h"
#include "support/bill_of.h"

namespace outlast::pipeline {
namespace {

using findings::ServiceModels;
using findings::ServiceVariant;

constexpr const char* kShop = R"(
outlast: 1
name: shop
objectives: { users: { now: 200, requests_per_minute: 6 } }
journeys: { buy: { enters: web, value: 100 USD/hour } }
components:
  web: { type: aws.ec2, size: m5.large, replicas: 2, at_least: 1, region: us-east-1,
         zones: [us-east-1a, us-east-1b], needs: [db, {mail: async}] }
  db:  { type: aws.ec2, kind: database, size: m5.large, region: us-east-1, zones: [us-east-1a],
         holds: customers, backups: {every: 24h, retention: 7d} }
  mail: { type: aws.ses, region: us-east-1 }
)";

/// With a cache and a queue: each variant is the cheapest at some load.
constexpr const char* kWholeShop = R"(
outlast: 1
name: shop
objectives: { users: { now: 200, requests_per_minute: 6 } }
journeys: { buy: { enters: lb, value: 400 USD/hour } }
components:
  lb:    { type: aws.alb, region: us-east-1, zones: [us-east-1a, us-east-1b], needs: [web] }
  web:   { type: aws.ec2, size: m5.large, replicas: 2, at_least: 1, region: us-east-1,
           zones: [us-east-1a, us-east-1b], needs: [db, {cache: soft}, {orders: async}] }
  db:    { type: aws.ec2, kind: database, size: m5.large, region: us-east-1,
           zones: [us-east-1a], backups: {every: 24h, retention: 7d}, holds: customers }
  cache: { type: aws.elasticache.redis, size: cache.t4g.small, region: us-east-1,
           zones: [us-east-1a] }
  orders: { type: aws.sqs, region: us-east-1 }
)";

Evaluation evaluated(const std::string& text) {
  Options how;
  how.tries_fixes = false;
  const std::string name = text.starts_with('{') ? "plan.json" : "shop.yaml";
  auto evaluation =
      evaluate({name}, base::MemoryFiles(std::map<std::string, std::string>{{name, text}}), how);
  EXPECT_TRUE(evaluation.blueprint.has_value())
      << base::render(evaluation.diagnostics, evaluation.sources);
  return evaluation;
}

ServiceModels models_of(const std::string& text, const std::string& cloud = "",
                        const std::string& region = "") {
  ServiceModelOptions options;
  options.cloud = cloud;
  options.region = region;
  return service_models_of(evaluated(text), catalog::Catalog::built_in(), options);
}

const ServiceVariant* variant(const ServiceModels& models, std::string_view name) {
  const auto found = std::find_if(models.variants.begin(), models.variants.end(),
                                  [&](const ServiceVariant& v) { return v.numbers.name == name; });
  return found == models.variants.end() ? nullptr : &*found;
}

std::string what_became_of(const ServiceVariant& v, std::string_view component) {
  const auto found = std::find_if(v.steps.begin(), v.steps.end(),
                                  [&](const auto& step) { return step.component == component; });
  return found == v.steps.end() ? "" : found->what;
}

TEST(ServiceModels, RentedServersHaveAManagedAndAServerlessTwin) {
  const auto models = models_of(kShop);
  EXPECT_EQ(variant(models, "iaas"), nullptr);  // it is that already
  const auto* managed = variant(models, "paas");
  const auto* serverless = variant(models, "faas");
  ASSERT_TRUE(managed != nullptr && serverless != nullptr);
  EXPECT_EQ(what_became_of(*managed, "web"), "replaced");
  EXPECT_EQ(what_became_of(*managed, "db"), "replaced");
  EXPECT_EQ(what_became_of(*serverless, "web"), "replaced");
  const auto hours = [](const ServiceVariant& v) {
    double sum = 0;
    for (const auto& task : v.numbers.operates) {
      sum += task.hours_high;
    }
    return sum;
  };
  EXPECT_GT(hours(models.variants.front()), hours(*managed));
  EXPECT_GT(hours(*managed), hours(*serverless));
  EXPECT_GT(models.variants.front().first_release_low, managed->first_release_low);
  EXPECT_GT(managed->first_release_low, serverless->first_release_low);
}

TEST(ServiceModels, AMachineThatKeepsDataHasNoFormWithoutADisk) {
  const auto models = models_of(
      "outlast: 1\nname: files\njourneys: {read: {enters: web}}\ncomponents:\n"
      "  web:   {type: gcp.vm, region: us-central1, zones: [us-central1-a], needs: [files]}\n"
      "  files: {type: gcp.vm.with_disk, region: us-central1, zones: [us-central1-a]}\n");
  const auto* serverless = variant(models, "faas");
  ASSERT_NE(serverless, nullptr);
  EXPECT_EQ(what_became_of(*serverless, "web"), "replaced");
  EXPECT_EQ(what_became_of(*serverless, "files"), "ruled_out");
}

TEST(ServiceModels, ATwinThatIsReadAgainIsTheSameBlueprint) {
  for (const ServiceVariant& twin : models_of(kShop).variants) {
    if (twin.is_as_it_is) {
      continue;
    }
    const auto again = evaluated(twin.text);
    EXPECT_EQ(blueprint::blueprint_text(again.draft), twin.text) << twin.numbers.name;
    ASSERT_TRUE(again.analysis.availability && twin.numbers.availability);
    EXPECT_DOUBLE_EQ(again.analysis.availability->value, twin.numbers.availability->value);
    ASSERT_EQ(again.analysis.survival.size(), twin.survival.size());
    for (std::size_t i = 0; i < twin.survival.size(); ++i) {
      EXPECT_EQ(again.analysis.survival[i].survives, twin.survival[i].survives)
          << twin.survival[i].worst_case;
    }
  }
}

/// Two in three zones, each zone with a way out of its own: of the third nobody has what it needs.
TEST(ServiceModels, ATwinWithMoreZonesThanReplicasIsRead) {
  const std::string group =
      R"("min_size": 2, "max_size": 4, "desired_capacity": 2, "vpc_zone_identifier": )"
      R"(["subnet-0000000a", "subnet-0000000b", "subnet-0000000c"],
          "launch_template": [{"id": "lt-00000001"}])";
  std::vector<std::pair<std::string, std::string>> resources = {
      {"aws_launch_template.t", R"({"id": "lt-00000001", "instance_type": "m5.large"})"},
      {"aws_autoscaling_group.web", "{" + group + "}"},
      {"aws_db_instance.db", R"({"instance_class": "db.m5.large", "engine": "mysql"})"}};
  for (const std::string zone : {"a", "b", "c"}) {
    resources.emplace_back("aws_subnet." + zone, R"({"id": "subnet-0000000)" + zone +
                                                     R"(", "availability_zone": "us-east-1)" +
                                                     zone + "\"}");
    resources.emplace_back("aws_nat_gateway." + zone, R"({"id": "nat-0000000)" + zone + "\"}");
    resources.emplace_back("aws_route_table." + zone,
                           R"({"id": "rtb-0000000)" + zone +
                               R"(", "route": [{"cidr_block": "0.0.0.0/0", "nat_gateway_id": )" +
                               R"("nat-0000000)" + zone + "\"}]}");
    resources.emplace_back("aws_route_table_association." + zone,
                           R"({"subnet_id": "subnet-0000000)" + zone +
                               R"(", "route_table_id": "rtb-0000000)" + zone + "\"}");
  }
  const auto models = models_of(support::plan_in("aws", "us-east-1", resources));
  for (const std::string_view model : {"iaas", "paas", "faas"}) {
    EXPECT_NE(variant(models, model), nullptr) << model;
  }
}

TEST(ServiceModels, ATwinKeepsNeedsAndData) {
  const auto again = evaluated(variant(models_of(kShop), "paas")->text);
  const auto& bp = *again.blueprint;
  const auto& web = bp[bp.find("web")];
  const auto& db = bp[bp.find("db")];
  EXPECT_EQ(web.needs.size(), 2U);
  EXPECT_EQ(db.type, "aws.rds.mysql");
  EXPECT_EQ(db.holds.value_or(""), "customers");
  EXPECT_EQ(db.backups.retention.value_or({0}).value, 7 * 86400.0);
  EXPECT_TRUE(db.is_store);
}

TEST(ServiceModels, AnOwnKernelRulesOutWhatTheProviderRuns) {
  std::string text = kShop;
  text.replace(text.find("at_least: 1,"), 12, "at_least: 1, traits: {own_kernel: \"true\"},");
  const auto models = models_of(text);
  const auto* managed = variant(models, "paas");
  ASSERT_NE(managed, nullptr);
  EXPECT_EQ(what_became_of(*managed, "web"), "ruled_out");
  EXPECT_EQ(what_became_of(*managed, "db"), "replaced");
}

TEST(ServiceModels, AGpuRulesOutWhatHasNone) {
  std::string text = kShop;
  text.replace(text.find("m5.large"), 8, "g5.xlarge");
  const auto of_size = models_of(text);
  EXPECT_EQ(what_became_of(*variant(of_size, "paas"), "web"), "ruled_out") << "Fargate";
  EXPECT_EQ(what_became_of(*variant(of_size, "faas"), "web"), "ruled_out");
  const auto of_setting = models_of(support::plan_in(
      "google", "us-central1",
      {{"google_compute_instance.ml",
        R"({"name": "ml", "machine_type": "n1-standard-8", "zone": "us-central1-a",
            "guest_accelerator": [{"type": "nvidia-tesla-t4", "count": 1}]})"},
       {"google_compute_instance.web",
        R"({"name": "web", "machine_type": "n1-standard-8", "zone": "us-central1-a"})"}}));
  const auto* managed = variant(of_setting, "paas");
  ASSERT_NE(managed, nullptr);
  EXPECT_EQ(what_became_of(*managed, "google_compute_instance.ml"), "ruled_out");
  EXPECT_EQ(what_became_of(*managed, "google_compute_instance.web"), "replaced");
}

TEST(ServiceModels, PodsThatAskForAGpuKeepTheirMachines) {
  const auto models = models_of(R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: ml}
spec:
  selector: {matchLabels: {app: ml}}
  template:
    metadata: {labels: {app: ml}}
    spec: {containers: [{name: ml, image: x, resources: {limits: {nvidia.com/gpu: 1}}}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: y, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
)",
                                "aws");
  const auto* managed = variant(models, "paas");
  ASSERT_NE(managed, nullptr);
  EXPECT_EQ(what_became_of(*managed, "default/Deployment/ml"), "ruled_out");
  EXPECT_EQ(what_became_of(*managed, "default/Deployment/web"), "replaced");
}

TEST(ServiceModels, AStoreThatStaysKeepsItsCopies) {
  const auto models = models_of(support::plan_in(
      "aws", "us-east-1",
      {{"aws_s3_bucket.files", R"({"bucket": "files", "versioning": [{"enabled": true}]})"},
       {"aws_instance.web",
        R"({"instance_type": "m5.large", "availability_zone": "us-east-1a"})"}}));
  const auto* managed = variant(models, "paas");
  ASSERT_NE(managed, nullptr);
  const auto twin = evaluated(managed->text);
  const auto& files = (*twin.blueprint)[twin.blueprint->find("aws_s3_bucket.files")];
  EXPECT_EQ(files.backups.retention.value_or({0}).value, 30 * 86400.0) << managed->text;
}

constexpr const char* kCluster = R"(
outlast: 1
journeys: { visit: { enters: web } }
components:
  web: { type: kubernetes.deployment, replicas: 2, needs: [db] }
  db: { type: kubernetes.postgresql }
)";

TEST(ServiceModels, WhatNamesNoRegionHasPricesWhereOneIsNamed) {
  const auto nowhere = models_of(kCluster, "aws");
  const auto there = models_of(kCluster, "aws", "us-east-1");
  const auto* before = variant(nowhere, "paas");
  const auto* managed = variant(there, "paas");
  ASSERT_TRUE(before != nullptr && managed != nullptr);
  EXPECT_FALSE(before->numbers.cost_month.has_value());
  ASSERT_TRUE(managed->numbers.cost_month.has_value()) << managed->text;
  EXPECT_GT(managed->numbers.cost_month->micro_usd, 0);
}

TEST(ServiceModels, WhatNamesNoCloudHasManagedFormsOnlyWhereOneIsNamed) {
  EXPECT_EQ(models_of(kCluster).variants.size(), 1U);
  const auto models = models_of(kCluster, "gcp");
  const auto* managed = variant(models, "paas");
  ASSERT_NE(managed, nullptr);
  EXPECT_NE(managed->text.find("gcp.sql"), std::string::npos);
}

TEST(ServiceModels, WhatItCostsAsItIsIsWhatItsBillSays) {
  const auto as_it_is = evaluated(kShop);
  const auto models = service_models_of(as_it_is, catalog::Catalog::built_in(), {});
  const auto& own = models.variants.front();
  ASSERT_TRUE(own.numbers.cost_month.has_value());
  EXPECT_EQ(own.numbers.cost_month->micro_usd, as_it_is.analysis.cost->bill.monthly.micro_usd);
  EXPECT_TRUE(own.cost_at_users.has_value()) << "beside it, with groups as large as users take";
}

TEST(ServiceModels, ATwinStandsBehindTheSameFirewallsAndActsAsTheSameRoles) {
  const std::string folder = R"(
provider "aws" {
  region = "us-east-1"
}
resource "aws_security_group" "web" {
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group" "db" {
  ingress {
    from_port       = 3306
    to_port         = 3306
    protocol        = "tcp"
    security_groups = [aws_security_group.web.id]
  }
}
resource "aws_instance" "web" {
  instance_type               = "m5.large"
  associate_public_ip_address = true
  vpc_security_group_ids      = [aws_security_group.web.id]
  user_data                   = "db=${aws_db_instance.customers.address}"
}
resource "aws_db_instance" "customers" {
  engine                 = "mysql"
  instance_class         = "db.t3.micro"
  vpc_security_group_ids = [aws_security_group.db.id]
}
)";
  const auto paths_of = [&](std::string text) {
    const base::MemoryFiles files(std::map<std::string, std::string>{{"t/m.tf", std::move(text)}});
    Options how;
    how.tries_fixes = false;
    const auto as_it_is = evaluate({"t"}, files, how);
    const auto models = service_models_of(as_it_is, catalog::Catalog::built_in(), {});
    const auto* rented = variant(models, "iaas");
    EXPECT_NE(rented, nullptr);
    return std::pair(models.variants.front().numbers.attack_paths.value_or(0),
                     rented == nullptr ? 0 : rented->numbers.attack_paths.value_or(0));
  };
  const auto open = paths_of(folder);
  EXPECT_GT(open.first, 0U);
  EXPECT_EQ(open.first, open.second);
  std::string shut = folder;
  shut.replace(shut.find("0.0.0.0/0"), 9, "10.0.0.0/8");
  EXPECT_EQ(paths_of(shut), std::pair(std::size_t{0}, std::size_t{0}));
}

/// "storage: dynamodb/storage" for each line of a component, with what it costs.
std::vector<std::string> lines_of(const Evaluation& evaluation, std::string_view component) {
  std::vector<std::string> lines;
  for (const auto& line : evaluation.analysis.cost->bill.lines) {
    if (line.component == component) {
      lines.push_back(line.what + " " + line.why + " " + std::to_string(line.monthly.micro_usd));
    }
  }
  return lines;
}

TEST(ServiceModels, WhatATwinKeepsIsBilledAndFoundAsBefore) {
  const std::string plan = support::plan_in(
      "aws", "us-east-1",
      {{"aws_dynamodb_table.orders", R"({"name": "orders", "billing_mode": "PAY_PER_REQUEST"})"},
       {"aws_ecs_task_definition.t",
        R"({"arn": "arn:aws:ecs:us-east-1:1:task-definition/api:1", "cpu": "512",
            "memory": "1024", "container_definitions":
            "[{\"name\": \"api\", \"environment\": [{\"name\": \"DB_PASSWORD\", \"value\": \"u7Gh2kqPz9\"}]}]"})"},
       {"aws_ecs_service.api",
        R"({"name": "api", "launch_type": "FARGATE", "desired_count": 2,
            "task_definition": "arn:aws:ecs:us-east-1:1:task-definition/api:1"})"},
       {"aws_db_instance.db", R"({"instance_class": "db.m5.large", "engine": "mysql",
                                  "allocated_storage": 20, "storage_encrypted": false})"},
       {"aws_instance.old", R"({"instance_type": "m5.large"})"}});
  const auto as_it_is = evaluated(plan);
  const auto models = service_models_of(as_it_is, catalog::Catalog::built_in(), {});
  const auto* managed = variant(models, "paas");
  const auto* serverless = variant(models, "faas");
  ASSERT_TRUE(managed != nullptr && serverless != nullptr);
  const auto twin = evaluated(managed->text);
  for (const char* kept : {"aws_ecs_service.api", "aws_db_instance.db"}) {
    EXPECT_EQ(lines_of(twin, kept), lines_of(as_it_is, kept)) << kept;
  }
  EXPECT_EQ(lines_of(evaluated(serverless->text), "aws_dynamodb_table.orders"),
            lines_of(as_it_is, "aws_dynamodb_table.orders"));
  EXPECT_EQ(models.variants.front().security_findings, 2U) << "a password, and no encryption";
  EXPECT_EQ(managed->security_findings, 2U);
  EXPECT_EQ(serverless->security_findings, 1U) << "its database is another now";
  // Its text alone says as much.
  ASSERT_EQ(twin.draft.secrets.size(), 1U);
  EXPECT_EQ(twin.draft.secrets.front().evidence.address, "aws_ecs_service.api");
  const auto& marks = (*twin.blueprint)[twin.blueprint->find("aws_db_instance.db")].marks;
  EXPECT_TRUE(std::any_of(marks.begin(), marks.end(),
                          [](const auto& mark) { return mark.finding == "unencrypted_data"; }));
  EXPECT_EQ(blueprint::blueprint_text(twin.draft), managed->text);
}

TEST(ServiceModels, BreakEvenHoldsAtBelowAndAbove) {
  const auto models = models_of(kWholeShop);
  ASSERT_FALSE(models.break_even.at.empty());
  const auto& known = catalog::Catalog::built_in();
  for (const auto& at : models.break_even.at) {
    const auto cost = [&](const std::string& name, double users) {
      const auto* v = variant(models, name);
      const auto own = v->is_as_it_is ? evaluated(kWholeShop) : evaluated(v->text);
      std::map<std::string, double> memory;
      if (name == "faas") {
        memory["web"] = 1;
      }
      return CostAtLoad(own, known, memory).at(users);
    };
    EXPECT_LT(cost(at.above, at.users), cost(at.below, at.users));
    EXPECT_EQ(cost(at.above, at.users), at.cost);
    EXPECT_GE(cost(at.above, at.users - 1), cost(at.below, at.users - 1));
  }
}

TEST(CostAtLoad, AGroupGrowsWithItsUsersAndStaysWithinItsBounds) {
  const auto evaluation = evaluated(R"(
outlast: 1
objectives: { users: { now: 10, requests_per_minute: 60 } }
journeys: { visit: { enters: web } }
components:
  web: { type: aws.autoscaling, size: m5.large, replicas: 2, region: us-east-1,
         zones: [us-east-1a], scale: {min: 2, max: 20} }
)");
  CostAtLoad cost(evaluation, catalog::Catalog::built_in(), {});
  EXPECT_EQ(cost.at(1), cost.at(10));
  EXPECT_GT(cost.at(1000), cost.at(10));
  EXPECT_EQ(cost.at(1e6), cost.at(1e7));
  EXPECT_LT(cost.most_users(), 1e6);
}

/// With fewer of them the third zone is empty, and nobody there needs its own way out.
TEST(CostAtLoad, AGroupThatLeavesAZoneHasABillToo) {
  const auto evaluation = evaluated(R"(
outlast: 1
name: shop
objectives: { users: { now: 200, requests_per_minute: 6 } }
journeys: { buy: { enters: web } }
components:
  web: { type: aws.autoscaling, size: m5.large, replicas: 3, at_least: 2, region: us-east-1,
         zones: [us-east-1a, us-east-1b, us-east-1c], scale: {min: 2, max: 12, target: cpu 60%},
         needs: [{to: out, kind: supply, local: us-east-1c}] }
  out: { type: aws.nat, region: us-east-1, zones: [us-east-1a] }
)");
  CostAtLoad cost(evaluation, catalog::Catalog::built_in(), {});
  EXPECT_GT(cost.at(100).micro_usd, 0);
  EXPECT_GT(cost.at(cost.most_users()).micro_usd, cost.at(100).micro_usd);
  EXPECT_EQ(cost.bounded_by(), "web");
}

TEST(ServiceModels, OfALineThatEndsIsToldWhy) {
  const auto models = models_of(R"(
outlast: 1
name: shop
objectives: { users: { now: 200, requests_per_minute: 6 } }
journeys: { buy: { enters: web } }
components:
  web: { type: aws.ec2, size: m5.large, replicas: 2, region: us-east-1, zones: [us-east-1a] }
)");
  const auto* own = variant(models, "as_is");
  ASSERT_NE(own, nullptr);
  EXPECT_TRUE(own->cost_ends.starts_with("web carries ")) << own->cost_ends;
  EXPECT_TRUE(own->cost_ends.ends_with(" users at most")) << own->cost_ends;
  const auto* faas = variant(models, "faas");
  ASSERT_NE(faas, nullptr);
  EXPECT_EQ(faas->cost_ends, "web carries 980,000 users at most")
      << "it grows by itself, to the thousand requests at once that an account has";
}

TEST(BreakEven, ALineCrossesAStepWhereItSays) {
  const auto line = [](double users) { return base::Money{static_cast<std::int64_t>(users) * 10}; };
  const auto flat = [](double users) { return base::Money{users < 5000 ? 12'345 : 70'000}; };
  const auto found = crossings(line, flat, 1e6);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_TRUE(found[0].first_below);
  EXPECT_EQ(found[0].users, 1235);  // 12,350 > 12,345 for the first time
  EXPECT_FALSE(found[1].first_below);
  EXPECT_EQ(found[1].users, 5000);
  EXPECT_EQ(found[2].users, 7001);
}

TEST(BreakEven, CostsThatNeverCrossHaveNone) {
  const auto one = [](double) { return base::Money{1}; };
  const auto two = [](double) { return base::Money{2}; };
  EXPECT_TRUE(crossings(one, two, 1e6).empty());
  EXPECT_TRUE(crossings(one, one, 1e6).empty());
}

TEST(BreakEven, ACrossingShortlyBeforeTheEndIsSeen) {
  const auto flat = [](double) { return base::Money{4'400}; };
  const auto line = [](double users) { return base::Money{static_cast<std::int64_t>(users)}; };
  const auto found = crossings(flat, line, 4'523);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].users, 4'401);
}

constexpr const char* kComposed = R"(
services:
  web: { image: shop/web, ports: ["80:80"], environment: { DB: "postgres://db:5432/shop" } }
  db: { image: postgres:16 }
)";

TEST(ServiceModels, WhatNamesNoCloudIsCountedUntilOneIsAskedFor) {
  const ServiceModels without = models_of(kComposed);
  EXPECT_EQ(without.variants.size(), 1U);
  EXPECT_EQ(without.without_cloud, 2U);
  const ServiceModels with = models_of(kComposed, "aws");
  EXPECT_EQ(with.without_cloud, 0U);
  ASSERT_EQ(with.variants.size(), 3U);
  const ServiceVariant& managed = with.variants[1];
  for (const char* id : {"web", "db"}) {
    const auto change = std::find_if(managed.changes.begin(), managed.changes.end(),
                                     [&](const auto& one) { return one.id == id; });
    ASSERT_NE(change, managed.changes.end()) << id;
    EXPECT_EQ(change->differences.front().what, "type");
  }
  // The host that they lay on is no part of a twin where nothing lies on it.
  EXPECT_EQ(managed.text.find("compose.host"), std::string::npos);
}

}  // namespace
}  // namespace outlast::pipeline
