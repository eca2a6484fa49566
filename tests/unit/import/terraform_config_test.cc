#include "import/terraform_config.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/import/plan_text.h"
#include "unit/import/reading.h"

// References are asked for by the way every plan goes, so that addresses and indexes are a plan's.

namespace outlast::import {
namespace {

using Addresses = std::vector<std::string>;

Reading read_plan(const std::vector<std::string>& changes, const std::string& root_module) {
  Reading reading(Reading::Files{{"plan.json", plan_text(changes, root_module)}});
  EXPECT_FALSE(reading.diagnostics.has_errors()) << reading.text();
  return reading;
}

std::string refers(const std::string& references) {
  return R"({"subnet_id": {"references": )" + references + "}}";
}

TEST(TerraformReferences, WithoutAnIndexAllInstancesAreMeant) {
  const Reading plan =
      read_plan({created("aws_lb.l", "aws_lb"), created("aws_subnet.s[0]", "aws_subnet"),
                 created("aws_subnet.s[1]", "aws_subnet")},
                R"({"resources": [)" + configured("aws_lb", "l", refers(R"(["aws_subnet.s"])")) +
                    "," + configured("aws_subnet", "s") + "]}");
  EXPECT_EQ(plan.targets("aws_lb.l", "subnet_id"),
            (Addresses{"aws_subnet.s[0]", "aws_subnet.s[1]"}));
}

TEST(TerraformReferences, ALiteralIndexMeansThatInstance) {
  const Reading plan = read_plan(
      {created("aws_lb.l", "aws_lb"), created("aws_subnet.s[0]", "aws_subnet"),
       created("aws_subnet.s[1]", "aws_subnet"), created(R"(aws_subnet.k["a.b"])", "aws_subnet"),
       created(R"(aws_subnet.k["c"])", "aws_subnet")},
      R"({"resources": [)" +
          configured("aws_lb", "l",
                     R"({"one": {"references": ["aws_subnet.s[1].id", "aws_subnet.s[1]",
                                                "aws_subnet.s"]},
                         "key": {"references": ["aws_subnet.k[\"a.b\"].id",
                                                "aws_subnet.k[\"a.b\"]", "aws_subnet.k"]}})") +
          "]}");
  EXPECT_EQ(plan.targets("aws_lb.l", "one"), Addresses{"aws_subnet.s[1]"});
  EXPECT_EQ(plan.targets("aws_lb.l", "key"), Addresses{R"(aws_subnet.k["a.b"])"});
}

TEST(TerraformReferences, CountIndexMeansTheInstanceBeside) {
  const Reading plan = read_plan(
      {created("aws_nat_gateway.n[0]", "aws_nat_gateway"),
       created("aws_nat_gateway.n[1]", "aws_nat_gateway"), created("aws_subnet.s[0]", "aws_subnet"),
       created("aws_subnet.s[1]", "aws_subnet")},
      R"({"resources": [)" +
          configured("aws_nat_gateway", "n", refers(R"(["aws_subnet.s", "count.index"])")) + "]}");
  EXPECT_EQ(plan.targets("aws_nat_gateway.n[0]", "subnet_id"), Addresses{"aws_subnet.s[0]"});
  EXPECT_EQ(plan.targets("aws_nat_gateway.n[1]", "subnet_id"), Addresses{"aws_subnet.s[1]"});
}

TEST(TerraformReferences, AnIndexBeyondTheLastStartsAgainAsElementDoes) {
  std::vector<std::string> changes;
  for (int i = 0; i < 5; ++i) {
    changes.push_back(created(fmt::format("aws_instance.w[{}]", i), "aws_instance"));
  }
  changes.push_back(created("aws_subnet.s[0]", "aws_subnet"));
  changes.push_back(created("aws_subnet.s[1]", "aws_subnet"));
  const Reading plan = read_plan(
      changes, R"({"resources": [)" +
                   configured("aws_instance", "w", refers(R"(["aws_subnet.s", "count.index"])")) +
                   "]}");
  EXPECT_EQ(plan.targets("aws_instance.w[3]", "subnet_id"), Addresses{"aws_subnet.s[1]"});
  EXPECT_EQ(plan.targets("aws_instance.w[4]", "subnet_id"), Addresses{"aws_subnet.s[0]"});
}

TEST(TerraformReferences, EachKeyMeansTheInstanceOfTheSameKey) {
  const Reading plan = read_plan(
      {created(R"(aws_instance.w["a"])", "aws_instance"),
       created(R"(aws_instance.w["2024"])", "aws_instance"),
       created(R"(aws_subnet.s["a"])", "aws_subnet"),
       created(R"(aws_subnet.s["2024"])", "aws_subnet")},
      R"({"resources": [)" +
          configured("aws_instance", "w", refers(R"(["aws_subnet.s", "each.key"])")) + "]}");
  EXPECT_EQ(plan.targets(R"(aws_instance.w["a"])", "subnet_id"), Addresses{R"(aws_subnet.s["a"])"});
  EXPECT_EQ(plan.targets(R"(aws_instance.w["2024"])", "subnet_id"),
            Addresses{R"(aws_subnet.s["2024"])"});
}

TEST(TerraformReferences, OnlyTheLongestOfSeveralBeginningsCounts) {
  const Reading plan = read_plan(
      {created("a_x.a", "a_x"), created("a_y.y[0]", "a_y"), created("a_y.y[1]", "a_y"),
       created("a_y.yy", "a_y")},
      R"({"resources": [)" +
          configured("a_x", "a", refers(R"(["a_y.y[0].id", "a_y.y[0]", "a_y.y", "a_y.yy"])")) +
          "]}");
  EXPECT_EQ(plan.targets("a_x.a", "subnet_id"), (Addresses{"a_y.y[0]", "a_y.yy"}))
      << "a_y.y is no beginning of a_y.yy";
}

TEST(TerraformReferences, OfTheOldFormatWithoutAttributesCountAsWell) {
  const Reading plan =
      read_plan({created("a_x.a", "a_x"), created("a_y.y", "a_y")},
                R"({"resources": [)" + configured("a_x", "a", refers(R"(["a_y.y"])")) + "]}");
  EXPECT_EQ(plan.targets("a_x.a", "subnet_id"), Addresses{"a_y.y"});
}

TEST(TerraformReferences, StandAtTheirPlaceInNestedBlocks) {
  const Reading plan =
      read_plan({created("a_x.a", "a_x"), created("a_y.y", "a_y"), created("a_y.z", "a_y")},
                R"({"resources": [)" +
                    configured("a_x", "a", R"({"block": [{"inner": {"references": ["a_y.y"]}},
                                               {"deep": {"er": {"references": ["a_y.z"]}}}]})") +
                    "]}");
  EXPECT_EQ(plan.targets("a_x.a", "block[0].inner"), Addresses{"a_y.y"});
  EXPECT_EQ(plan.targets("a_x.a", "block[1].deep.er"), Addresses{"a_y.z"});
}

TEST(TerraformReferences, DataSourcesAreTargetsToo) {
  const Reading plan = read_plan(
      {created("a_x.a", "a_x"), created("data.aws_ami.b", "aws_ami", "{}", "{}", R"(["read"])")},
      R"({"resources": [)" +
          configured("a_x", "a", refers(R"(["data.aws_ami.b.id", "data.aws_ami.b"])")) + "]}");
  EXPECT_EQ(plan.targets("a_x.a", "subnet_id"), Addresses{"data.aws_ami.b"});
}

/// module "outer" (for_each) calls module "inner" (count), which takes a variable through both.
std::string two_levels() {
  return R"({"resources": [)" + configured("aws_subnet", "s") + R"(],
    "module_calls": {"outer": {
      "expressions": {"subnets": {"references": ["aws_subnet.s"]}},
      "module": {
        "resources": [)" +
         configured("aws_lb", "l") + R"(],
        "outputs": {"lb": {"expression": {"references": ["aws_lb.l.arn", "aws_lb.l"]}}},
        "module_calls": {"inner": {
          "expressions": {"subnets": {"references": ["var.subnets"]},
                          "lb": {"references": ["aws_lb.l"]}},
          "module": {"resources": [)" +
         configured("aws_instance", "w",
                    R"({"subnet_id": {"references": ["var.subnets"]},
                        "lb": {"references": ["var.lb"]}})") +
         R"(], "outputs": {"web": {"expression": {"references": ["aws_instance.w"]}}}}}}}}}})";
}

TEST(TerraformReferences, GoThroughTheVariablesOfTwoModules) {
  const Reading plan =
      read_plan({created("aws_subnet.s", "aws_subnet"), created("module.outer.aws_lb.l", "aws_lb"),
                 created("module.outer.module.inner.aws_instance.w", "aws_instance")},
                two_levels());
  const std::string web = "module.outer.module.inner.aws_instance.w";
  EXPECT_EQ(plan.targets(web, "subnet_id"), Addresses{"aws_subnet.s"});
  EXPECT_EQ(plan.targets(web, "lb"), Addresses{"module.outer.aws_lb.l"});
}

TEST(TerraformReferences, StayInTheInstanceOfTheirModule) {
  for (const std::string keys : {R"("eu","us")", R"("0","1")", R"("a.b","c\"d")"}) {
    const auto comma = keys.find(",");
    const std::string a = R"(module.outer[)" + keys.substr(0, comma) + "]";
    const std::string b = R"(module.outer[)" + keys.substr(comma + 1) + "]";
    const Reading plan =
        read_plan({created("aws_subnet.s", "aws_subnet"), created(a + ".aws_lb.l", "aws_lb"),
                   created(b + ".aws_lb.l", "aws_lb"),
                   created(a + ".module.inner[0].aws_instance.w", "aws_instance"),
                   created(b + ".module.inner[0].aws_instance.w", "aws_instance")},
                  two_levels());
    EXPECT_EQ(plan.targets(a + ".module.inner[0].aws_instance.w", "lb"),
              Addresses{a + ".aws_lb.l"});
    EXPECT_EQ(plan.targets(b + ".module.inner[0].aws_instance.w", "lb"),
              Addresses{b + ".aws_lb.l"});
    EXPECT_EQ(plan.targets(b + ".module.inner[0].aws_instance.w", "subnet_id"),
              Addresses{"aws_subnet.s"});
  }
}

TEST(TerraformReferences, OutputsLeadIntoModules) {
  const std::string root =
      R"({"resources": [)" + configured("a_x", "one", refers(R"(["module.m.id", "module.m"])")) +
      "," + configured("a_x", "whole", refers(R"(["module.m"])")) +
      R"(], "module_calls": {"m": {"module": {
        "resources": [)" +
      configured("a_y", "y") + "," + configured("a_y", "z") +
      R"(], "outputs": {"id": {"expression": {"references": ["a_y.y.id", "a_y.y"]}},
                        "other": {"expression": {"references": ["a_y.z"]}}}}}}})";
  const Reading plan =
      read_plan({created("a_x.one", "a_x"), created("a_x.whole", "a_x"),
                 created("module.m.a_y.y", "a_y"), created("module.m.a_y.z", "a_y")},
                root);
  EXPECT_EQ(plan.targets("a_x.one", "subnet_id"), Addresses{"module.m.a_y.y"});
  EXPECT_EQ(plan.targets("a_x.whole", "subnet_id"), (Addresses{"module.m.a_y.y", "module.m.a_y.z"}))
      << "a module alone means all its outputs";
}

TEST(TerraformReferences, AnOutputOfAModuleOfManyIsThatOfTheInstanceNamed) {
  const std::string root =
      R"({"resources": [)" +
      configured("a_x", "one", refers(R"(["module.m[\"b\"].id", "module.m[\"b\"]", "module.m"])")) +
      "," + configured("a_x", "all", refers(R"(["module.m"])")) + "," +
      configured("a_x", "own", refers(R"(["module.m", "each.key"])")) +
      R"(], "module_calls": {"m": {"module": {"resources": [)" + configured("a_y", "y") +
      R"(], "outputs": {"id": {"expression": {"references": ["a_y.y"]}}}}}}})";
  const Reading plan = read_plan(
      {created("a_x.one", "a_x"), created("a_x.all", "a_x"), created(R"(a_x.own["a"])", "a_x"),
       created(R"(module.m["a"].a_y.y)", "a_y"), created(R"(module.m["b"].a_y.y)", "a_y")},
      root);
  EXPECT_EQ(plan.targets("a_x.one", "subnet_id"), Addresses{R"(module.m["b"].a_y.y)"});
  EXPECT_EQ(plan.targets("a_x.all", "subnet_id").size(), 2U);
  EXPECT_EQ(plan.targets(R"(a_x.own["a"])", "subnet_id"), Addresses{R"(module.m["a"].a_y.y)"});
}

TEST(TerraformReferences, AnElementOfAnOutputIsOneOfItsInstances) {
  const std::string root =
      R"({"resources": [)" +
      configured("a_x", "first", refers(R"(["module.m.ids[1]", "module.m.ids", "module.m"])")) +
      "," + configured("a_x", "own", refers(R"(["module.m.ids", "count.index"])")) +
      R"(], "module_calls": {"m": {"module": {"resources": [)" + configured("a_y", "y") +
      R"(], "outputs": {"ids": {"expression": {"references": ["a_y.y"]}}}}}}})";
  const Reading plan =
      read_plan({created("a_x.first", "a_x"), created("a_x.own[0]", "a_x"),
                 created("a_x.own[1]", "a_x"), created("a_x.own[2]", "a_x"),
                 created("module.m.a_y.y[0]", "a_y"), created("module.m.a_y.y[1]", "a_y")},
                root);
  EXPECT_EQ(plan.targets("a_x.first", "subnet_id"), Addresses{"module.m.a_y.y[1]"});
  EXPECT_EQ(plan.targets("a_x.own[1]", "subnet_id"), Addresses{"module.m.a_y.y[1]"});
  EXPECT_EQ(plan.targets("a_x.own[2]", "subnet_id"), Addresses{"module.m.a_y.y[0]"});
}

TEST(TerraformReferences, ALoopOfOutputsAndVariablesEnds) {
  const std::string root =
      R"({"resources": [)" + configured("a_x", "a", refers(R"(["module.m.out"])")) +
      R"(], "module_calls": {
        "m": {"expressions": {"v": {"references": ["module.n.out"]}},
              "module": {"resources": [)" +
      configured("a_y", "y") +
      R"(], "outputs": {"out": {"expression": {"references": ["var.v", "a_y.y"]}}}}},
        "n": {"expressions": {"v": {"references": ["module.m.out"]}},
              "module": {"resources": [)" +
      configured("a_y", "y") +
      R"(], "outputs": {"out": {"expression": {"references": ["var.v"]}}}}}}})";
  const Reading plan = read_plan(
      {created("a_x.a", "a_x"), created("module.m.a_y.y", "a_y"), created("module.n.a_y.y", "a_y")},
      root);
  EXPECT_EQ(plan.targets("a_x.a", "subnet_id"), Addresses{"module.m.a_y.y"});
}

TEST(TerraformReferences, WhatIsNotInThePlanLeadsNowhereAndLocalsAreToldOf) {
  const Reading plan =
      read_plan({created("a_x.a", "a_x"), created("a_y.y", "a_y")},
                R"({"resources": [)" +
                    configured("a_x", "a", refers(R"(["each.value", "count.index", "path.module",
                                            "self.id", "terraform.workspace", "a_z.gone", "var.v",
                                            "module.gone.out", "data.a.b"])")) +
                    "]}");
  EXPECT_TRUE(plan.resource("a_x.a").references.empty());

  const Reading local = read_plan(
      {created("a_x.a", "a_x"), created("a_y.y", "a_y")},
      R"({"resources": [)" + configured("a_x", "a", refers(R"(["local.x", "a_y.y"])")) + "]}");
  const auto& references = local.resource("a_x.a").references;
  ASSERT_EQ(references.size(), 2U);
  EXPECT_EQ(references[0].targets.size(), 1U);
  EXPECT_EQ(references[1].path, references[0].path);
  EXPECT_TRUE(references[1].targets.empty()) << "it leads where no plan tells";
}

TEST(TerraformReferences, MadeUpOnesDoNoHarm) {
  const Reading plan = read_plan(
      {created("a_x.a", "a_x"), created("module.m.a_x.a", "a_x")},
      R"({"resources": [)" +
          configured("a_x", "a", refers(R"(["var", "module", "data", "data.x", "", ".", "[", "var.",
                                            "module.", "var[0]", "a_x", "module..", "\"", 5, null,
                                            ["a_x.a"], {"a": 1}])")) +
          R"(], "module_calls": {"m": {"expressions": {"v": {"references": ["var"]}},
             "module": {"resources": [)" +
          configured("a_x", "a", refers(R"(["var", "var.v", "module"])")) + R"(]}}}})");
  EXPECT_TRUE(plan.resource("a_x.a").references.empty());
  EXPECT_TRUE(plan.resource("module.m.a_x.a").references.empty());
}

TEST(TerraformReferences, EachTargetIsListedOnce) {
  const Reading plan =
      read_plan({created("a_x.a", "a_x"), created("a_y.y", "a_y")},
                R"({"resources": [)" +
                    configured("a_x", "a", refers(R"(["a_y.y.id", "a_y.y.arn", "a_y.y"])")) + "]}");
  EXPECT_EQ(plan.targets("a_x.a", "subnet_id"), Addresses{"a_y.y"});
}

}  // namespace
}  // namespace outlast::import
