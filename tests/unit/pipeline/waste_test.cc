#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "pipeline/pipeline.h"
#include "support/bill_of.h"

namespace outlast::pipeline {
namespace {

using findings::Waste;
using support::plan_in;

Evaluation evaluated(const std::string& input) {
  const std::string name = input.starts_with('{') ? "plan.json" : "outlast.yaml";
  Options how;
  how.tries_fixes = false;
  return evaluate({name}, base::MemoryFiles(std::map<std::string, std::string>{{name, input}}),
                  how);
}

const Waste* waste(const Evaluation& evaluation, const std::string& rule) {
  const auto& idle = evaluation.analysis.cost->idle;
  const auto found =
      std::find_if(idle.begin(), idle.end(), [&](const Waste& w) { return w.rule == rule; });
  return found == idle.end() ? nullptr : &*found;
}

std::int64_t cents(base::Money money) {
  return money.micro_usd / 10'000;
}

TEST(Waste, AnAddressAndADiskThatNothingUsesAreIdleAndTheUsedOnesAreNot) {
  const auto found = evaluated(plan_in(
      "aws", "us-east-1",
      {{"aws_instance.web", R"({"id": "i-0123456789abcdef0", "instance_type": "t3.micro",
          "availability_zone": "us-east-1a"})"},
       {"aws_eip.used", R"({"id": "eipalloc-1", "instance": "i-0123456789abcdef0"})"},
       {"aws_eip.idle", R"({"id": "eipalloc-2"})"},
       {"aws_ebs_volume.used",
        R"({"id": "vol-0123456789abcdef0", "size": 10, "availability_zone": "us-east-1a"})"},
       {"aws_volume_attachment.a",
        R"({"volume_id": "vol-0123456789abcdef0", "instance_id": "i-0123456789abcdef0"})"},
       {"aws_ebs_volume.idle",
        R"({"id": "vol-0123456789abcdef1", "size": 50, "type": "gp3", "availability_zone": "us-east-1a"})"}}));
  ASSERT_TRUE(found.blueprint);
  const auto& cost = *found.analysis.cost;
  ASSERT_EQ(cost.idle.size(), 2U);
  EXPECT_EQ(cost.idle[0].addresses, std::vector<std::string>{"aws_ebs_volume.idle"});
  EXPECT_EQ(cents(cost.idle[0].saves), 400);  // 0.08 · 50 GB
  EXPECT_EQ(cost.idle[1].addresses, std::vector<std::string>{"aws_eip.idle"});
  EXPECT_EQ(cents(cost.idle[1].saves), 365);
  EXPECT_EQ(cents(cost.idle_monthly), 765);
  EXPECT_EQ(std::count_if(found.analysis.findings.begin(), found.analysis.findings.end(),
                          [](const auto& f) { return f.rule == "OUT-C001"; }),
            2);
}

TEST(Waste, AnAddressThatSomethingOutsideOfTheInputsUsesIsNotIdle) {
  const auto found = evaluated(plan_in(
      "aws", "us-east-1",
      {{"aws_instance.web", R"({"id": "i-1", "instance_type": "t3.micro",
          "availability_zone": "us-east-1a"})"},
       {"aws_eip.elsewhere",
        R"({"id": "eipalloc-1", "network_interface": "eni-0123", "association_id": "eipassoc-1"})"},
       {"aws_eip.idle",
        R"({"id": "eipalloc-2", "network_interface": "", "association_id": ""})"}}));
  ASSERT_TRUE(found.blueprint);
  ASSERT_EQ(found.analysis.cost->idle.size(), 1U);
  EXPECT_EQ(found.analysis.cost->idle[0].addresses, std::vector<std::string>{"aws_eip.idle"});
}

TEST(Waste, AStandbySavesItsPriceAndCostsDowntime) {
  const auto found = evaluated(plan_in(
      "aws", "us-east-1",
      {{"aws_instance.web", R"({"instance_type": "t3.micro", "availability_zone": "us-east-1a",
          "associate_public_ip_address": true, "user_data": "mysql://db.internal"})"},
       {"aws_db_instance.db",
        R"({"instance_class": "db.t3.large", "engine": "mysql", "multi_az": true,
            "allocated_storage": 100, "address": "db.internal"})"}}));
  ASSERT_TRUE(found.blueprint);
  const Waste* standby = waste(found, "idle_standby");
  ASSERT_NE(standby, nullptr);
  EXPECT_EQ(cents(standby->saves), 11078);  // 198.56 − 99.28 for servers, 23.00 − 11.50 for storage
  ASSERT_TRUE(standby->hours_lost_per_year);
  EXPECT_GT(*standby->hours_lost_per_year, 0.1);
}

std::string shop(const std::string& web, const std::string& users) {
  return "outlast: 1\nname: shop\nobjectives:\n  users: {" + users +
         ", requests_per_minute: 60}\njourneys:\n  visit: {enters: web, value: 100 USD/hour}\n"
         "components:\n  web: {type: aws.ec2, size: m6i.large, region: us-east-1, zones: [a, b], " +
         web + "}\n";
}

TEST(Waste, ReplicasBeyondWhatStatedLoadNeedsAreIdle) {
  // A request a second and user; at worst 50 ms of work each, two processors a machine.
  const auto found = evaluated(shop("replicas: 8, at_least: 2", "now: 10"));
  ASSERT_TRUE(found.blueprint);
  const Waste* oversized = waste(found, "oversized");
  ASSERT_NE(oversized, nullptr);
  EXPECT_EQ(cents(oversized->saves), 6 * 7008 + 6 * 80);  // six of 70.08 and a disk of 0.80
}

TEST(Waste, WhereTheLoadIsNotStatedNothingIsOversized) {
  const auto found = evaluated(
      "outlast: 1\nname: shop\njourneys: {visit: {enters: web}}\ncomponents:\n  web: {type: "
      "aws.ec2, "
      "size: m6i.large, replicas: 8, at_least: 2, region: us-east-1, zones: [a, b]}\n");
  EXPECT_EQ(waste(found, "oversized"), nullptr);
}

TEST(Waste, OutagesCostTheValueOfTheHoursTheyTake) {
  const auto found = evaluated(shop("replicas: 2, at_least: 1", "now: 10"));
  ASSERT_EQ(found.analysis.cost->losses.size(), 1U);
  const auto& loss = found.analysis.cost->losses.front();
  const double hours = (1 - found.analysis.availability->value) * 8766;
  EXPECT_NEAR(static_cast<double>(loss.per_year.micro_usd) / 1e6, 100 * hours, 0.006);
  EXPECT_LE(loss.low.micro_usd, loss.per_year.micro_usd);
  EXPECT_GE(loss.high.micro_usd, loss.per_year.micro_usd);
}

TEST(Waste, AWorstCaseCostsTheValueOfTheTimeThatItTakes) {
  const auto found = evaluated(shop("replicas: 2, at_least: 1", "now: 10"));
  const auto& losses = found.analysis.cost->case_losses;
  ASSERT_FALSE(losses.empty());
  for (const auto& loss : losses) {
    const auto row = std::find_if(
        found.analysis.survival.begin(), found.analysis.survival.end(),
        [&](const auto& r) { return r.worst_case == loss.worst_case && r.mode == loss.mode; });
    ASSERT_NE(row, found.analysis.survival.end());
    ASSERT_TRUE(row->down_s.has_value()) << loss.worst_case;
    EXPECT_NEAR(static_cast<double>(loss.once.micro_usd) / 1e6, 100 * *row->down_s / 3600, 0.006)
        << loss.worst_case << ": 100 USD an hour";
  }
}

TEST(Waste, TheBillGrowsWithWhatIsPaidPerUse) {
  const auto found = evaluated(
      "outlast: 1\nname: shop\nobjectives: {users: {now: 100, peak: 10000, requests_per_minute: "
      "6}}\n"
      "journeys: {visit: {enters: work}}\ncomponents:\n"
      "  work: {type: aws.lambda, region: us-east-1}\n");
  const auto& by_users = found.analysis.cost->by_users;
  ASSERT_EQ(by_users.size(), 3U);
  // 100 · 6 a minute · 43,800 minutes = 26,280,000 requests at 0.20 a million
  EXPECT_EQ(cents(by_users[0].monthly), 526);
  EXPECT_EQ(cents(by_users[1].monthly), 5256);
  EXPECT_EQ(by_users[2].users, 10'000);
  EXPECT_EQ(cents(by_users[2].monthly), 52560);
}

}  // namespace
}  // namespace outlast::pipeline
