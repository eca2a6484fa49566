#include "pipeline/bill_over_time.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/file_source.h"
#include "base/units.h"

namespace outlast::pipeline {
namespace {

Evaluation evaluated(const std::string& more) {
  Options how;
  how.tries_fixes = false;
  const std::string text =
      "outlast: 1\njourneys: { visit: { enters: web } }\ncomponents:\n"
      "  web: { type: aws.ec2, size: m5.large, at_least: 1, region: us-east-1, "
      "zones: [us-east-1a], replicas: 2" +
      more + " }\n";
  return evaluate({"a.yaml"},
                  base::MemoryFiles(std::map<std::string, std::string>{{"a.yaml", text}}), how);
}

std::vector<double> usd_of(const Evaluation& evaluation, std::vector<double> replicas) {
  const std::vector<double> served(replicas.size(), 0.0);
  return usd_per_hour_over(evaluation, catalog::Catalog::built_in(),
                           {{{"web", std::move(replicas)}}, {}}, served);
}

TEST(BillOverTime, AnHourCostsWhatItsReplicasDo) {
  const auto evaluation = evaluated(", scale: { min: 2, max: 10 }");
  const auto usd = usd_of(evaluation, {2, 4, 10, 2});
  ASSERT_EQ(usd.size(), 4U);
  const double month = static_cast<double>(evaluation.analysis.cost->bill.monthly.micro_usd) / 1e6;
  EXPECT_NEAR(usd[0] * base::kHoursPerMonth, month, 0.01);
  EXPECT_NEAR(usd[1], 2 * usd[0], 1e-4);
  EXPECT_NEAR(usd[2], 5 * usd[0], 1e-4);
  EXPECT_EQ(usd[3], usd[0]);
}

constexpr const char* kFunctions = R"(
outlast: 1
objectives: { users: { now: 600, requests_per_minute: 60 } }
journeys: { visit: { enters: fn, value: 900 USD/hour } }
components:
  fn: { type: aws.lambda, region: us-east-1, traits: { memory_size: "1024" }, needs: [table] }
  table: { type: aws.dynamodb, region: us-east-1 }
)";

TEST(BillOverTime, RequestsThatAreAskedAgainArePaidFor) {
  Options how;
  how.tries_fixes = false;
  const auto evaluation =
      evaluate({"a.yaml"},
               base::MemoryFiles(std::map<std::string, std::string>{{"a.yaml", kFunctions}}), how);
  ASSERT_TRUE(evaluation.analysis.cost);
  ASSERT_GT(evaluation.analysis.cost->bill.per_use.micro_usd, 0);
  const std::vector<double> served = {600, 600, 0};
  const auto usual = usd_per_hour_over(evaluation, catalog::Catalog::built_in(), {}, served);
  const auto again =
      usd_per_hour_over(evaluation, catalog::Catalog::built_in(),
                        {{}, {{"fn", {600, 1800, 600}}, {"table", {600, 1800, 0}}}}, served);
  ASSERT_EQ(again.size(), 3U);
  const double month = static_cast<double>(evaluation.analysis.cost->bill.monthly.micro_usd) / 1e6;
  EXPECT_NEAR(usual[0] * base::kHoursPerMonth, month, 0.01);
  EXPECT_NEAR(again[0], usual[0], 1e-9);
  EXPECT_NEAR(again[1] - again[0], 2 * (usual[0] - usual[2]), 1e-6) << "asked three times";
  EXPECT_GT(again[2], usual[2]) << "taken, and answered to nobody";
}

/// Functions go on and on though the one database behind them, which they ask three times, answers
/// nobody in time.
constexpr const char* kInVain = R"(
outlast: 1
objectives: { users: { now: 100, requests_per_minute: 60, peak: 100000, within: 10m } }
journeys: { visit: { enters: fn } }
components:
  fn:
    type: aws.lambda
    region: us-east-1
    traits: { memory_size: "1024" }
    needs: [db]
    calls: { timeout: 1s, retries: 2 }
  db: { type: aws.rds, size: db.t3.large, region: us-east-1, zones: [us-east-1a] }
)";

TEST(BillOverTime, WorkThatASurgeMakesInVainIsPaidFor) {
  Options how;
  how.tries_fixes = false;
  const auto evaluation = evaluate(
      {"a.yaml"}, base::MemoryFiles(std::map<std::string, std::string>{{"a.yaml", kInVain}}), how);
  ASSERT_TRUE(evaluation.analysis.cost) << base::render(evaluation.diagnostics, evaluation.sources);
  for (const auto& row : evaluation.analysis.survival) {
    if (row.worst_case != "surge") {
      continue;
    }
    const auto track = [&](std::string_view name) {
      const auto found = std::find_if(row.series.tracks.begin(), row.series.tracks.end(),
                                      [&](const auto& one) { return one.name == name; });
      return found == row.series.tracks.end() ? std::vector<double>() : found->values;
    };
    const auto served = track("served_per_s");
    const auto usd = track("usd_per_hour");
    const auto by_answers = usd_per_hour_over(evaluation, catalog::Catalog::built_in(), {}, served);
    ASSERT_EQ(usd.size(), by_answers.size());
    ASSERT_FALSE(usd.empty());
    EXPECT_LT(served.back(), 1000);
    EXPECT_GT(usd.back(), 10 * by_answers.back()) << "100,000 requests a second are worked on";
    return;
  }
  FAIL() << "no surge";
}

TEST(BillOverTime, DeadReplicasOfWhatDoesNotGrowArePaidFor) {
  const auto usd = usd_of(evaluated(""), {2, 0, 2});
  ASSERT_EQ(usd.size(), 3U);
  EXPECT_GT(usd[0], 0);
  EXPECT_EQ(usd[1], usd[0]);
}

TEST(BillOverTime, WhereMomentsDifferWithoutEndTheBillsDoNot) {
  std::vector<double> replicas;
  for (int i = 0; i < 500; ++i) {
    replicas.push_back(1 + i);
  }
  const auto usd = usd_of(evaluated(", scale: { min: 1, max: 1000 }"), replicas);
  ASSERT_EQ(usd.size(), replicas.size());
  EXPECT_GT(usd.back(), usd.front());
}

}  // namespace
}  // namespace outlast::pipeline
