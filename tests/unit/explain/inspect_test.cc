#include "explain/inspect.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "explain/unknowns.h"
#include "support/lab.h"

namespace outlast::explain {
namespace {

using findings::Inspection;
using support::lab;
using support::part;

pipeline::Evaluation evaluated(const std::string& name, const std::string& text) {
  const base::MemoryFiles files(std::map<std::string, std::string>{{name, text}});
  return pipeline::evaluate({name}, files, {.tries_fixes = false});
}

Inspection inspected(const pipeline::Evaluation& evaluation) {
  return inspect(evaluation, catalog::Catalog::built_in(), 1);
}

TEST(Inspect, TheOnlyUnknownIsWorthTheWholeInterval) {
  const auto evaluation = evaluated("a.yaml", lab(part("A", "replicas: 2")));
  const Inspection seen = inspected(evaluation);
  ASSERT_EQ(seen.unknowns.size(), 1U);
  EXPECT_GT(seen.width_minutes, 0);
  EXPECT_EQ(seen.unknowns.front().outcomes, (std::vector<std::string>{"1", "2"}));
  EXPECT_NEAR(*seen.unknowns.front().narrows_minutes, seen.width_minutes, 1e-6);
}

TEST(Inspect, TheUnknownThatMovesMoreStandsFirst) {
  // B fails ten times as often as A: how many of it are needed matters more.
  const std::string b =
      "  B: {kind: compute, scope: region, failure: {every: 6d, repair: 1h}, replicas: 2}\n";
  const auto evaluation = evaluated("a.yaml", lab(part("A", "replicas: 2, needs: [B]") + b));
  const Inspection seen = inspected(evaluation);
  ASSERT_EQ(seen.unknowns.size(), 2U);
  EXPECT_NE(seen.unknowns[0].question.find('B'), std::string::npos);
  EXPECT_GT(*seen.unknowns[0].narrows_minutes, *seen.unknowns[1].narrows_minutes);
  EXPECT_GT(*seen.unknowns[1].narrows_minutes, 0);
}

TEST(Inspect, WhatTouchesNobodyIsWorthNothing) {
  const auto evaluation = evaluated("a.yaml", lab(part("A", "") + part("aside", "replicas: 3")));
  const Inspection seen = inspected(evaluation);
  ASSERT_EQ(seen.unknowns.size(), 1U);
  EXPECT_EQ(*seen.unknowns.front().narrows_minutes, 0);
}

TEST(Inspect, NothingUnknownIsSaidSo) {
  EXPECT_TRUE(inspected(evaluated("a.yaml", lab(part("A", "")))).unknowns.empty());
}

TEST(Inspect, WhatStandsAloneIsNamed) {
  const Inspection seen =
      inspected(evaluated("a.yaml", lab(part("A", "needs: [B]") + part("B", "") + part("C", ""))));
  ASSERT_EQ(seen.isolated.size(), 1U);
  EXPECT_EQ(seen.isolated.front().address, "C");
  EXPECT_EQ(seen.stated_edges, 1U);
  EXPECT_EQ(seen.edges.size(), 1U);
}

constexpr const char* kState = R"({"version": 4, "serial": 1, "lineage": "l", "resources": [
  {"mode": "managed", "type": "aws_db_instance", "name": "db",
   "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
   "instances": [{"attributes": {"id": "db", "availability_zone": "eu-west-1a",
                                 "db_subnet_group_name": "sub"}}]},
  {"mode": "managed", "type": "aws_db_subnet_group", "name": "sub",
   "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
   "instances": [{"attributes": {"id": "sub", "name": "sub", "subnet_ids": []}}]},
  {"mode": "managed", "type": "strange_thing", "name": "x",
   "provider": "provider[\"registry.terraform.io/example/strange\"]",
   "instances": [{"attributes": {"id": "x"}}]},
  {"mode": "data", "type": "aws_region", "name": "here",
   "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
   "instances": [{"attributes": {"id": "eu-west-1"}}]}]})";

TEST(Inspect, EveryResourceIsAccountedFor) {
  const auto evaluation = evaluated("terraform.tfstate", kState);
  ASSERT_TRUE(evaluation.blueprint.has_value());
  const Inspection seen = inspected(evaluation);
  std::size_t counted = 0;
  for (const auto& [use, count] : seen.counts) {
    counted += count;
  }
  EXPECT_EQ(counted, evaluation.draft.resources.size());
  const auto db = std::find_if(seen.components.begin(), seen.components.end(),
                               [](const auto& c) { return c.id == "aws_db_instance.db"; });
  ASSERT_NE(db, seen.components.end());
  EXPECT_EQ(db->parts, std::vector<std::string>{"aws_db_subnet_group.sub"});
  const auto strange = std::find_if(seen.skipped.begin(), seen.skipped.end(),
                                    [](const auto& s) { return s.type == "strange_thing"; });
  ASSERT_NE(strange, seen.skipped.end());
  EXPECT_TRUE(std::any_of(seen.unknowns.begin(), seen.unknowns.end(), [](const auto& q) {
    return q.question.find("strange_thing") != std::string::npos && !q.narrows_minutes;
  }));
}

TEST(Inspect, TheSameOnAnyNumberOfThreads) {
  const auto evaluation =
      evaluated("a.yaml", lab(part("A", "replicas: 3, needs: [B]") + part("B", "replicas: 2")));
  const auto one = inspect(evaluation, catalog::Catalog::built_in(), 1);
  const auto four = inspect(evaluation, catalog::Catalog::built_in(), 4);
  ASSERT_EQ(one.unknowns.size(), four.unknowns.size());
  for (std::size_t i = 0; i < one.unknowns.size(); ++i) {
    EXPECT_EQ(one.unknowns[i].question, four.unknowns[i].question);
    EXPECT_EQ(one.unknowns[i].narrows_minutes, four.unknowns[i].narrows_minutes);
  }
}

}  // namespace
}  // namespace outlast::explain
