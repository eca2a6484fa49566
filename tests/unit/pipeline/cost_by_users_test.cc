#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "pipeline/service_models.h"

namespace outlast::pipeline {
namespace {

/// Servers that a rule adds, up to four: they carry so many users and no more.
constexpr const char* kShop = R"(
outlast: 1
name: shop
objectives: { users: { now: 200, requests_per_minute: 6 } }
journeys: { buy: { enters: web, value: 100 USD/hour } }
components:
  web: { type: aws.ec2, size: m5.large, replicas: 2, at_least: 1, region: us-east-1,
         zones: [us-east-1a, us-east-1b] }
)";

TEST(CostByUsers, NeverFallsWithMoreUsersAndMeetsThatOfOthersWhereTheyBreakEven) {
  const auto evaluation = evaluate(
      {"shop.yaml"}, base::MemoryFiles(std::map<std::string, std::string>{{"shop.yaml", kShop}}),
      Options());
  ASSERT_TRUE(evaluation.blueprint.has_value());
  const auto models = service_models_of(evaluation, catalog::Catalog::built_in(), {});
  ASSERT_GT(models.variants.size(), 1U);
  std::map<std::string, std::vector<findings::CostAtLoad>> curves;
  for (const auto& variant : models.variants) {
    const auto& curve = variant.cost_by_users;
    ASSERT_GT(curve.size(), 1U) << variant.numbers.name;
    EXPECT_TRUE(std::is_sorted(curve.begin(), curve.end(), [](const auto& a, const auto& b) {
      return a.users < b.users && a.monthly.micro_usd <= b.monthly.micro_usd;
    })) << variant.numbers.name;
    curves[variant.numbers.name] = curve;
  }
  for (const auto& even : models.break_even.at) {
    // The nearest points on both sides of it: the cheaper one changes.
    for (const auto& at : curves[even.below]) {
      const auto& above = curves[even.above];
      const auto same = std::find_if(above.begin(), above.end(),
                                     [&](const auto& other) { return other.users == at.users; });
      const bool is_near = at.users > even.users / 5 && at.users < even.users;
      if (is_near && same != above.end()) {
        EXPECT_LE(at.monthly.micro_usd, same->monthly.micro_usd) << at.users;
      }
    }
  }
}

}  // namespace
}  // namespace outlast::pipeline
