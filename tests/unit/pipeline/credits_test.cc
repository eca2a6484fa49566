#include "pipeline/credits.h"

#include <gtest/gtest.h>

#include <map>

#include "engines/cost/tables.h"
#include "pipeline/pipeline.h"

namespace outlast::pipeline {
namespace {

findings::Cost cost_of_servers(int count) {
  Options how;
  how.tries_fixes = false;
  const std::string text =
      "outlast: 1\njourneys: { visit: { enters: web } }\ncomponents:\n"
      "  web: { type: aws.ec2, size: m5.2xlarge, at_least: 1, region: us-east-1, "
      "zones: [us-east-1a], replicas: " +
      std::to_string(count) + " }\n";
  return *evaluate({"a.yaml"},
                   base::MemoryFiles(std::map<std::string, std::string>{{"a.yaml", text}}), how)
              .analysis.cost;
}

TEST(Credits, AreAShareOfThePriceAndGrowWithIt) {
  const auto few = cost_of_servers(10);
  const auto many = cost_of_servers(100);
  ASSERT_EQ(few.credits.size(), 1U);
  EXPECT_GT(few.credits_per_year.micro_usd, 0);
  EXPECT_LT(few.credits_per_year.micro_usd, 12 * few.bill.monthly.micro_usd);
  EXPECT_NEAR(static_cast<double>(many.credits_per_year.micro_usd),
              10 * static_cast<double>(few.credits_per_year.micro_usd), 100'000);
  EXPECT_FALSE(few.credits.front().source.empty());
}

TEST(Credits, TheLongestKnownBeginningOfATypeDecides) {
  const auto& tables = engines::cost::built_in_tables();
  ASSERT_NE(credit_of(tables, "aws.rds.mysql"), nullptr);
  EXPECT_EQ(credit_of(tables, "aws.rds.mysql")->of, "aws.rds");
  EXPECT_EQ(credit_of(tables, "aws.rdsx"), nullptr);
  EXPECT_EQ(credit_of(tables, ""), nullptr);
}

TEST(Credits, StepsRise) {
  for (const auto& credit : engines::cost::built_in_tables().credits) {
    for (std::size_t i = 1; i < credit.steps.size(); ++i) {
      EXPECT_LT(credit.steps[i].below, credit.steps[i - 1].below) << credit.of;
      EXPECT_GT(credit.steps[i].credit, credit.steps[i - 1].credit) << credit.of;
    }
  }
}

}  // namespace
}  // namespace outlast::pipeline
