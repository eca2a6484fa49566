#include "pipeline/compare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "clock/surge.h"
#include "gate/decide_change.h"
#include "pipeline/cheaper_from.h"
#include "pipeline/renames.h"

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

std::string with_functions(const std::string& type) {
  return "outlast: 1\nobjectives: {users: {now: 100, requests_per_minute: 2}}\n"
         "journeys: { buy: { enters: web } }\ncomponents:\n"
         "  web: { type: " +
         type + ", region: us-east-1 }\n";
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

/// The same of files of any kind, with the base told by the names of the head.
Comparison compared_as(const std::map<std::string, std::string>& all, const std::string& base_path,
                       const std::string& head_path) {
  const base::MemoryFiles files(all);
  Options how;
  how.tries_fixes = false;
  auto base = evaluate({base_path}, files, how);
  auto head = evaluate({head_path}, files, how, std::move(base.sources));
  EXPECT_TRUE(base.blueprint && head.blueprint);
  base = named_as_in(head, std::move(base), {base_path}, files, how);
  return compare(base, head, catalog::Catalog::built_in(), {});
}

std::string database(const std::string& name, const std::string& more = "") {
  return "resource \"aws_db_instance\" \"" + name +
         "\" {\n  engine = \"mysql\"\n  instance_class = \"db.t3.micro\"\n" + more + "}\n";
}

std::string web_with(const std::string& database) {
  return "resource \"aws_instance\" \"web\" {\n  instance_type = \"m5.large\"\n"
         "  user_data = \"db=${aws_db_instance." +
         database + ".address}\"\n}\n";
}

const std::string kRegion = "provider \"aws\" {\n  region = \"us-east-1\"\n}\n";

TEST(Compare, WhatTheHeadSaysWasMovedIsTheSameThing) {
  const std::string moved =
      "moved {\n  from = aws_db_instance.main\n  to = aws_db_instance.orders\n}\n";
  const Comparison change =
      compared_as({{"a/m.tf", kRegion + web_with("main") + database("main")},
                   {"b/m.tf", kRegion + moved + web_with("orders") + database("orders")}},
                  "a", "b");
  ASSERT_EQ(change.renames.size(), 1U);
  EXPECT_TRUE(change.renames.front().is_stated);
  EXPECT_EQ(change.renames.front().from, "aws_db_instance.main");
  EXPECT_TRUE(change.components.empty()) << change.components.front().id;
  EXPECT_TRUE(change.findings.empty());
  EXPECT_TRUE(change.rows.empty());
  EXPECT_EQ(change.more_downtime_minutes(), 0);
}

TEST(Compare, AModuleThatWasMovedTakesItsResourcesAlong) {
  const std::string call = "module \"X\" {\n  source = \"./db\"\n}\n";
  const auto called = [&](const std::string& name) {
    std::string text = call;
    return kRegion + text.replace(text.find('X'), 1, name);
  };
  const Comparison change = compared_as(
      {{"a/m.tf", called("old")},
       {"a/db/m.tf", database("main")},
       {"b/m.tf", called("new") + "moved {\n  from = module.old\n  to = module.new\n}\n"},
       {"b/db/m.tf", database("main")}},
      "a", "b");
  ASSERT_EQ(change.renames.size(), 1U);
  EXPECT_EQ(change.renames.front().to, "module.new.aws_db_instance.main");
  EXPECT_TRUE(change.components.empty());
}

TEST(Compare, ARenameThatNobodyStatedIsTakenForOneWhereAllElseIsAlike) {
  const Comparison change = compared_as(
      {{"a/m.tf", kRegion + database("main")}, {"b/m.tf", kRegion + database("orders")}}, "a", "b");
  ASSERT_EQ(change.renames.size(), 1U);
  EXPECT_FALSE(change.renames.front().is_stated);
  EXPECT_TRUE(change.findings.empty());
  EXPECT_TRUE(change.renames.front().risks_data);
  EXPECT_EQ(gate::decide_change(change, {}).outcome, gate::Outcome::inconclusive)
      << "whoever applies it loses the data of the one";
  const Comparison other =
      compared_as({{"a/m.tf", kRegion + database("main")},
                   {"b/m.tf", kRegion + database("orders", "  multi_az = true\n")}},
                  "a", "b");
  EXPECT_TRUE(other.renames.empty()) << "it is another one";
  EXPECT_EQ(other.components.size(), 2U);
  EXPECT_EQ(gate::decide_change(other, {}).outcome, gate::Outcome::inconclusive)
      << "the data of the one goes with it";
}

TEST(Compare, ALabelThatStandsInAValueIsStillOnlyALabel) {
  const std::string named = "  identifier = \"orders\"\n";
  for (const auto& [before, after] :
       {std::pair("orders", "sales"), std::pair("db", "sales"), std::pair("sales", "orders")}) {
    const Comparison change = compared_as({{"a/m.tf", kRegion + database(before, named)},
                                           {"b/m.tf", kRegion + database(after, named)}},
                                          "a", "b");
    EXPECT_EQ(change.renames.size(), 1U) << before;
  }
}

TEST(Compare, ABlueprintMayCallThingsAsItLikes) {
  std::string other = kSafe;
  for (auto at = other.find("db"); at != std::string::npos; at = other.find("db", at + 3)) {
    const bool is_name = other.compare(at, 3, "db:") == 0 || other.compare(at, 3, "db]") == 0;
    other.replace(at, is_name ? 2 : 0, is_name ? "sql" : "");
  }
  const Comparison change = compared_as({{"a.yaml", kSafe}, {"b.yaml", other}}, "a.yaml", "b.yaml");
  ASSERT_EQ(change.renames.size(), 1U);
  EXPECT_EQ(change.renames.front().to, "sql");
  EXPECT_TRUE(change.components.empty());
  EXPECT_EQ(gate::decide_change(change, {}).outcome, gate::Outcome::passed);
}

TEST(Compare, OneOfTwoThatAreAlikeIsNotTakenForTheOther) {
  const Comparison change =
      compared_as({{"a/m.tf", kRegion + database("main")},
                   {"b/m.tf", kRegion + database("orders") + database("carts")}},
                  "a", "b");
  EXPECT_TRUE(change.renames.empty());
}

TEST(Compare, AReferenceThatLeadsNowhereIsNothingBetter) {
  const Comparison change = compared_as({{"a/m.tf", kRegion + web_with("main") + database("main")},
                                         {"b/m.tf", kRegion + web_with("main")}},
                                        "a", "b");
  ASSERT_EQ(change.lost.size(), 1U);
  EXPECT_EQ(change.lost.front().id, "aws_instance.web");
  EXPECT_EQ(change.lost.front().what, "aws_db_instance.main");
  EXPECT_FALSE(change.head.missing.empty());
  EXPECT_EQ(gate::decide_change(change, {}).outcome, gate::Outcome::inconclusive);
  const Comparison back = compared_as({{"a/m.tf", kRegion + web_with("main")},
                                       {"b/m.tf", kRegion + web_with("main") + database("main")}},
                                      "a", "b");
  EXPECT_TRUE(back.lost.empty()) << "the base was missing it, the head is not";
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

TEST(DecideChange, FailsOnAnObjectiveThatTheHeadMissesAndTheBaseDidNot) {
  gate::ChangePolicy none;
  none.fail_on = std::nullopt;
  const auto asked = [](const std::string& objectives) {
    return "objectives: { " + objectives + " }" + kSafe;
  };
  const auto outcome = [&](const std::string& before, const std::string& after) {
    return gate::decide_change(compared(asked(before), asked(after)), none).outcome;
  };
  const std::string met = "availability: 90%";
  const std::string missed = "availability: 99.99999%";
  EXPECT_EQ(outcome(met, missed), gate::Outcome::failed);
  EXPECT_EQ(outcome("users: {now: 5}", missed), gate::Outcome::failed) << "a new one";
  EXPECT_EQ(outcome(missed, missed), gate::Outcome::passed);
  EXPECT_EQ(outcome(missed, met), gate::Outcome::passed);
  EXPECT_EQ(outcome(missed, "users: {now: 5}"), gate::Outcome::passed) << "told, and up to them";
  const Comparison change = compared(asked(missed), asked("users: {now: 5}"));
  ASSERT_EQ(change.objectives.size(), 2U);
  EXPECT_EQ(change.objectives[0].what, "users");
  EXPECT_FALSE(change.objectives[1].head);
}

TEST(DecideChange, AnObjectiveIsOpenWhereNobodyIsServedAnyMore) {
  gate::ChangePolicy none;
  none.fail_on = std::nullopt;
  const std::string asked = "objectives: { availability: 90% }\n";
  const Comparison change =
      compared(asked + kSafe, asked + "outlast: 1\ncomponents:\n  db: { type: aws.rds.mysql }\n");
  ASSERT_FALSE(change.head.availability);
  const auto decision = gate::decide_change(change, none);
  EXPECT_EQ(decision.outcome, gate::Outcome::inconclusive);
  EXPECT_TRUE(std::any_of(decision.reasons.begin(), decision.reasons.end(), [](const auto& reason) {
    return reason.find("availability") != std::string::npos;
  }));
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

TEST(Compare, TellsWhoOperatesWhat) {
  const Comparison change = compared(with_servers(2), with_functions("aws.lambda"));
  const auto by_you = [](const findings::Variant& side) {
    std::size_t count = 0;
    for (const auto& task : side.operates) {
      count += task.task == "patching" ? task.by_you : 0;
    }
    return count;
  };
  EXPECT_EQ(by_you(change.base), 1U);
  EXPECT_EQ(by_you(change.head), 0U);
}

/// At, below and above the load from which on the other one is cheaper.
TEST(Compare, TellsFromWhichLoadOnTheOtherIsCheaper) {
  const std::string small =
      "outlast: 1\nobjectives: {users: {now: 100, requests_per_minute: 2}}\n"
      "journeys: { buy: { enters: web } }\ncomponents:\n"
      "  web: { type: aws.ec2, size: t3.nano, region: us-east-1, zones: [us-east-1a] }\n";
  const Comparison change = compared(small, with_functions("aws.lambda"));
  ASSERT_EQ(change.break_even.at.size(), 1U);
  EXPECT_TRUE(change.break_even.never.empty());
  const auto& at = change.break_even.at.front();
  EXPECT_EQ(at.below, "head");
  EXPECT_EQ(at.above, "base");
  const base::MemoryFiles files(std::map<std::string, std::string>{
      {"base.yaml", small}, {"head.yaml", with_functions("aws.lambda")}});
  const auto base = evaluate({"base.yaml"}, files, Options());
  const auto head = evaluate({"head.yaml"}, files, Options());
  CostAtLoad servers(base, catalog::Catalog::built_in(), memory_of_functions(base));
  CostAtLoad functions(head, catalog::Catalog::built_in(), memory_of_functions(head));
  EXPECT_LT(servers.at(at.users), functions.at(at.users));
  EXPECT_GE(servers.at(at.users - 1), functions.at(at.users - 1));
  EXPECT_EQ(servers.at(at.users), at.cost);
  const auto same = compared(kSafe, kSafe).break_even;
  EXPECT_TRUE(same.at.empty() && same.never.empty());
}

TEST(Compare, TellsWhoIsCheaperWhateverTheLoad) {
  const auto of = [](const std::string& size) {
    return "outlast: 1\nobjectives: {users: {now: 100}}\njourneys: { buy: { enters: web } }\n"
           "components:\n  web: { type: aws.ec2, size: " +
           size + ", region: us-east-1, zones: [us-east-1a] }\n";
  };
  const Comparison change = compared(of("t3.micro"), of("t3.large"));
  EXPECT_TRUE(change.break_even.at.empty());
  ASSERT_EQ(change.break_even.never.size(), 1U);
  const auto& one = change.break_even.never.front();
  EXPECT_EQ(one.cheaper, "base");
  EXPECT_EQ(one.dearer, "head");
  EXPECT_GE(one.up_to_users, 1);
}

}  // namespace
}  // namespace outlast::pipeline
