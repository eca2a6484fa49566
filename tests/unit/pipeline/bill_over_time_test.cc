#include "pipeline/bill_over_time.h"

#include <gtest/gtest.h>

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
  return usd_per_hour_over(evaluation, catalog::Catalog::built_in(), {{"web", std::move(replicas)}},
                           served);
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
