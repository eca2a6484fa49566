#include "pipeline/compare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "clock/surge.h"
#include "gate/decide_change.h"

namespace outlast::pipeline {
namespace {

using findings::Comparison;
using findings::Turn;

constexpr const char* kHead = R"(
outlast: 1
journeys: { buy: { enters: web, value: 100 USD/hour } }
components:
  web: { type: aws.ec2, size: m5.large, replicas: 2, at_least: 1, region: us-east-1,
         zones: [us-east-1a, us-east-1b], needs: [db] }
)";

std::string with_database(const std::string& facts) {
  return kHead +
         ("  db: { type: aws.rds.mysql, region: us-east-1, size: db.t3.micro, " + facts + " }\n");
}

const std::string kSafe = with_database("replicas: 2, zones: [us-east-1a, us-east-1b]");
const std::string kSingle = with_database("replicas: 1, zones: [us-east-1a]");

std::string with_servers(int count) {
  return "outlast: 1\njourneys: { buy: { enters: web } }\ncomponents:\n"
         "  web: { type: aws.ec2, size: m5.large, at_least: 1, region: us-east-1, replicas: " +
         std::to_string(count) + ", zones: [us-east-1a, us-east-1b] }\n";
}

Comparison compared(const std::string& base_text, const std::string& head_text) {
  const base::MemoryFiles files(
      std::map<std::string, std::string>{{"base.yaml", base_text}, {"head.yaml", head_text}});
  Options how;
  how.tries_fixes = false;
  auto base = evaluate({"base.yaml"}, files, how);
  const auto head = evaluate({"head.yaml"}, files, how, std::move(base.sources));
  EXPECT_TRUE(base.blueprint && head.blueprint);
  return compare(base, head, catalog::Catalog::built_in(), {});
}

TEST(Compare, AnArchitectureDoesNotDifferFromItself) {
  const Comparison same = compared(kSafe, kSafe);
  EXPECT_TRUE(same.components.empty());
  EXPECT_TRUE(same.rows.empty());
  EXPECT_TRUE(same.findings.empty());
  EXPECT_TRUE(same.single_points.empty());
  EXPECT_TRUE(same.paths.empty());
  EXPECT_TRUE(same.costs.empty());
  EXPECT_EQ(same.more_downtime_minutes(), 0);
}

TEST(Compare, ALostStandbyIsASinglePointWithItsCause) {
  const Comparison change = compared(kSafe, kSingle);
  const auto point = std::find_if(change.single_points.begin(), change.single_points.end(),
                                  [](const auto& p) { return p.is_new && p.id == "db"; });
  ASSERT_NE(point, change.single_points.end());
  EXPECT_EQ(point->causes, std::vector<std::string>{"db"});
  ASSERT_EQ(change.components.size(), 1U);
  EXPECT_EQ(change.components.front().turn, Turn::changed);
  EXPECT_GT(change.components.front().downtime_minutes, 0);
  EXPECT_GT(*change.more_downtime_minutes(), 0);
  EXPECT_EQ(change.more_known_cost().micro_usd,
            0);  // its storage is not stated, so nothing is known
  ASSERT_EQ(change.costs.size(), 1U);
  EXPECT_FALSE(change.costs.front().is_known);
}

TEST(Compare, TheWayBackUndoesEverything) {
  const Comparison there = compared(kSafe, kSingle);
  const Comparison back = compared(kSingle, kSafe);
  EXPECT_EQ(there.more_cost().micro_usd, -back.more_cost().micro_usd);
  EXPECT_DOUBLE_EQ(*there.more_downtime_minutes(), -*back.more_downtime_minutes());
  const auto prints = [](const Comparison& change, bool is_new) {
    std::set<std::string> all;
    for (const auto& f : change.findings) {
      if (f.is_new == is_new) {
        all.insert(f.finding.fingerprint);
      }
    }
    return all;
  };
  EXPECT_FALSE(prints(there, true).empty());
  EXPECT_EQ(prints(there, true), prints(back, false));
  EXPECT_EQ(prints(there, false), prints(back, true));
  EXPECT_EQ(there.rows.size(), back.rows.size());
}

TEST(Compare, TheCostOfComponentsAddsUpToTheDifferenceOfTheBills) {
  const Comparison change = compared(with_servers(2), with_servers(3));
  std::int64_t sum = 0;
  for (const auto& cost : change.costs) {
    sum += cost.head.micro_usd - cost.base.micro_usd;
  }
  EXPECT_NE(sum, 0);
  EXPECT_EQ(sum, change.more_cost().micro_usd);
  EXPECT_EQ(sum, change.head.cost_month->micro_usd - change.base.cost_month->micro_usd);
}

TEST(Compare, WhatCostsMoreIsTheDifferenceOfBothBillsAlsoWhereNotAllIsPriced) {
  const Comparison change = compared(kSafe, kSingle);
  ASSERT_GT(change.head.unpriced, 0U);
  EXPECT_GT(change.head.unpriced_share, 0);
  EXPECT_LT(change.more_cost().micro_usd, 0);
  EXPECT_EQ(change.more_cost().micro_usd,
            change.head.cost_month->micro_usd - change.base.cost_month->micro_usd);
}

TEST(Compare, WhatIsOnlyOnOneSideIsAddedOrRemoved) {
  const Comparison change = compared(kSafe, kSafe + "  cache: { type: aws.elasticache.redis }\n");
  ASSERT_EQ(change.components.size(), 1U);
  EXPECT_EQ(change.components.front().turn, Turn::added);
  EXPECT_EQ(change.components.front().id, "cache");
}

TEST(DecideChange, FailsOnNewFindingsAndNotOnThoseThatAreGone) {
  const gate::ChangePolicy high;
  EXPECT_EQ(gate::decide_change(compared(kSafe, kSingle), high).outcome, gate::Outcome::failed);
  EXPECT_EQ(gate::decide_change(compared(kSingle, kSafe), high).outcome, gate::Outcome::passed);
}

TEST(DecideChange, ACostThatIsNotKnownIsInconclusive) {
  gate::ChangePolicy cheap;
  cheap.fail_on = std::nullopt;
  cheap.max_cost_delta = base::Money{1'000'000};
  const Comparison unpriced = compared(kSafe, kSafe + "  box: { type: aws.ec2, size: x9.huge }\n");
  EXPECT_EQ(gate::decide_change(unpriced, cheap).outcome, gate::Outcome::inconclusive);
  const auto outcome = [&](int before, int after) {
    return gate::decide_change(compared(with_servers(before), with_servers(after)), cheap).outcome;
  };
  EXPECT_EQ(outcome(2, 3), gate::Outcome::failed);
  EXPECT_EQ(outcome(3, 2), gate::Outcome::passed);
}

}  // namespace
}  // namespace outlast::pipeline
