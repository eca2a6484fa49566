#include "import/plan_shape.h"

#include <gtest/gtest.h>

#include <string>

#include "unit/import/plan_text.h"
#include "unit/import/reading.h"

namespace outlast::import {
namespace {

constexpr const char* kHelp =
    " | was the file changed by hand? terraform show -json PLAN writes a new one";

Lines told_of(const std::string& members) {
  return Reading(Reading::Files{{"plan.json", R"({"format_version": "1.2",
)" + members + "}"}})
      .told();
}

std::string change_of(const std::string& members) {
  return R"("resource_changes": [
{"address": "a_x.a", "type": "a_x", "change": {"actions": ["create"], )" +
         members + "}}]";
}

TEST(PlanShape, EverySectionOfAPlanHasItsType) {
  EXPECT_EQ(
      told_of(R"("planned_values": {},
"configuration": [1])"),
      Lines{std::string("OUT-E1307 3:18 configuration: expected a map, found a list") + kHelp});
  EXPECT_EQ(
      told_of(R"("resource_changes": {"a": 1})"),
      Lines{std::string("OUT-E1307 2:21 resource_changes: expected a list, found a map") + kHelp});
  EXPECT_EQ(told_of(R"("planned_values": {"root_module": "x"})"),
            Lines{std::string("OUT-E1307 2:35 root_module: expected a map, found text") + kHelp});
}

TEST(PlanShape, WhatIsWrongIsToldAllAtOnce) {
  const std::string entries = R"("resource_changes": [
1,
{"address": 12, "type": "a_x", "change": {"actions": "create", "after": "x"}},
null])";
  EXPECT_EQ(
      told_of(entries),
      (Lines{
          std::string("OUT-E1307 3:1 resource_changes[0]: expected a map, found a number") + kHelp,
          std::string("OUT-E1307 4:13 address: expected text, found a number") + kHelp,
          std::string("OUT-E1307 4:54 actions: expected a list, found text") + kHelp,
          std::string("OUT-E1307 4:73 after: expected a map, found text") + kHelp,
          std::string("OUT-E1307 5:1 resource_changes[2]: expected a map, found nothing") +
              kHelp}));
}

TEST(PlanShape, ExpressionsAreMapsOrListsOfBlocks) {
  const auto with = [](const std::string& expressions) {
    return told_of(R"("planned_values": {},
"configuration": {"root_module": {"resources": [{"type": "a_x", "name": "a", "expressions":
)" + expressions + "}]}}");
  };
  EXPECT_EQ(with("[5]"),
            Lines{std::string("OUT-E1307 4:1 expressions: expected a map, found a list") + kHelp});
  EXPECT_EQ(
      with(R"({"v": 5})"),
      Lines{std::string("OUT-E1307 4:7 expressions: v: expected a map, found a number") + kHelp});
  EXPECT_EQ(with(R"({"v": {"references": ["var.x"]}, "b": [{"c": {"constant_value": 1}}]})"),
            Lines{});
}

TEST(PlanShape, ModulesAreCheckedAtAnyDepth) {
  EXPECT_EQ(told_of(R"("planned_values": {"root_module": {"child_modules": [
{"address": "module.m", "child_modules": [{"resources": {}}]}]}})"),
            Lines{std::string("OUT-E1307 3:57 resources: expected a list, found a map") + kHelp});
  EXPECT_EQ(
      told_of(R"("planned_values": {}, "configuration": {"root_module": {"module_calls":
{"m": {"module": {"outputs": {"o": 7}}}}}})"),
      Lines{std::string("OUT-E1307 3:36 outputs: o: expected a map, found a number") + kHelp});
}

TEST(PlanShape, NullMarksAndIndexesAreWhatTerraformWrites) {
  EXPECT_EQ(told_of(change_of(R"("after": null, "after_unknown": false, "after_sensitive": true)")),
            Lines{});
  EXPECT_EQ(told_of(R"("configuration": null, "planned_values": {"root_module": {"resources": [
{"address": "a_x.a[0]", "type": "a_x", "index": 0, "values": null},
{"address": "a_x.b[\"k\"]", "type": "a_x", "index": "k", "sensitive_values": {}}]}})"),
            Lines{});
}

TEST(PlanShape, AttributesOfResourcesAreNotItsBusiness) {
  EXPECT_EQ(told_of(change_of(R"("after": {"address": 5, "configuration": [], "change": "x"})")),
            Lines{});
}

TEST(PlanShape, NothingOfAPlanThatIsWrongIsTakenForTheArchitecture) {
  const Reading plan(
      Reading::Files{{"plan.json", R"({"format_version": "1.2", "configuration": [], )" +
                                       change_of(R"("after": {}, "after_unknown": {})") + "}"}});
  EXPECT_TRUE(plan.diagnostics.has_errors());
  EXPECT_TRUE(plan.draft().resources.empty());
}

TEST(PlanShape, AStateHasOneToo) {
  constexpr const char* kPull =
      " | was the file changed by hand? terraform state pull writes a new one";
  const auto told = [](const std::string& members) {
    return Reading(Reading::Files{{"s.tfstate", R"({"terraform_version": "1.5.0",
)" + members + "}"}})
        .told();
  };
  EXPECT_EQ(told(R"("version": 4, "resources": {"a": 1})"),
            Lines{std::string("OUT-E1307 2:28 resources: expected a list, found a map") + kPull});
  EXPECT_EQ(told(R"("version": 4, "resources": [{"type": 3, "name": "a", "instances": {"x": 1}}])"),
            (Lines{std::string("OUT-E1307 2:38 type: expected text, found a number") + kPull,
                   std::string("OUT-E1307 2:67 instances: expected a list, found a map") + kPull}));
  EXPECT_EQ(told(R"("version": 3, "modules": [{"path": ["root"], "resources": [7]}])"),
            Lines{std::string("OUT-E1307 2:59 resources: expected a map, found a list") + kPull});
  EXPECT_EQ(told(R"("version": 4, "resources": [])"), Lines{});
}

}  // namespace
}  // namespace outlast::import
