#include "import/terraform_plan.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/import/plan_text.h"
#include "unit/import/reading.h"

namespace outlast::import {
namespace {

Reading read_plan(const std::string& text) {
  return Reading(Reading::Files{{"plan.json", text}});
}

Lines addresses_of(const Reading& plan) {
  Lines addresses;
  for (const auto& resource : plan.draft().resources) {
    addresses.push_back(resource.address);
  }
  return addresses;
}

std::string with_actions(const std::string& actions) {
  return created("aws_instance.a", "aws_instance", R"({"x": 1})", "{}", actions);
}

TEST(TerraformPlan, WhatIsThereAfterwardsStays) {
  for (const char* actions :
       {R"(["no-op"])", R"(["create"])", R"(["update"])", R"(["delete", "create"])",
        R"(["create", "delete"])", R"(["forget", "create"])", R"(["create", "forget"])", "[]"}) {
    EXPECT_TRUE(read_plan(plan_text({with_actions(actions)})).has("aws_instance.a")) << actions;
  }
}

TEST(TerraformPlan, WhatIsDeletedOrForgottenIsGone) {
  for (const char* actions : {R"(["delete"])", R"(["forget"])"}) {
    EXPECT_EQ(addresses_of(read_plan(plan_text({with_actions(actions)}))), Lines{}) << actions;
  }
}

TEST(TerraformPlan, WhatIsDeletedIsGoneFromThePriorStateToo) {
  const std::string prior = R"("prior_state": {"values": {"root_module": {"resources": [
      {"address": "a_x.gone", "mode": "managed", "type": "a_x", "values": {}}]}}})";
  EXPECT_EQ(addresses_of(read_plan(
                plan_text({created("a_x.gone", "a_x", "null", "{}", R"(["delete"])")}, "", prior))),
            Lines{});
}

TEST(TerraformPlan, ADeposedObjectIsNotTheResource) {
  const std::string deposed =
      R"({"address": "a_x.a", "mode": "managed", "type": "a_x", "deposed": "ab12",
          "change": {"actions": ["delete"], "after": null}})";
  EXPECT_EQ(addresses_of(read_plan(plan_text({deposed}))), Lines{});
  const Reading both = read_plan(plan_text({deposed, created("a_x.a", "a_x", R"({"v": "new"})")}));
  ASSERT_TRUE(both.has("a_x.a"));
  EXPECT_EQ(both.resource("a_x.a").attributes["v"].text(), "new");
}

TEST(TerraformPlan, TheStateAfterwardsCountsNotTheOneBefore) {
  const std::string change =
      R"({"address": "a_x.a", "mode": "managed", "type": "a_x",
          "change": {"actions": ["update"], "before": {"v": "old"}, "after": {"v": "new"},
                     "after_unknown": {}}})";
  EXPECT_EQ(read_plan(plan_text({change})).resource("a_x.a").attributes["v"].text(), "new");
}

TEST(TerraformPlan, WhatAPartialPlanDoesNotTouchIsStillThere) {
  // terraform plan -target lists changes and planned values of the targets only.
  const std::string prior = R"("prior_state": {"values": {"root_module": {
      "resources": [{"address": "a_x.a", "mode": "managed", "type": "a_x", "values": {"v": 1}}],
      "child_modules": [{"address": "module.m", "resources": [
        {"address": "module.m.a_y.b", "mode": "managed", "type": "a_y", "values": {}},
        {"address": "module.m.a_y.b", "mode": "managed", "type": "a_y", "deposed_key": "ab12",
         "values": {}},
        {"address": "module.m.a_y.d", "mode": "managed", "type": "a_y", "deposed_key": "ab13",
         "values": {}}]}]}}})";
  const Reading plan = read_plan(plan_text({created("a_x.c", "a_x")}, "", prior));
  EXPECT_EQ(addresses_of(plan), (Lines{"a_x.c", "a_x.a", "module.m.a_y.b"}));
  EXPECT_EQ(plan.resource("a_x.a").attributes["v"].as_integer(), 1);
}

TEST(TerraformPlan, WhatMovedIsThereOnce) {
  const std::string moved =
      R"({"address": "a_x.fresh", "previous_address": "a_x.old", "mode": "managed", "type": "a_x",
          "change": {"actions": ["no-op"], "after": {}}})";
  const std::string prior = R"("prior_state": {"values": {"root_module": {
      "resources": [{"address": "a_x.old", "mode": "managed", "type": "a_x", "values": {}}]}}})";
  EXPECT_EQ(addresses_of(read_plan(plan_text({moved}, "", prior))), Lines{"a_x.fresh"});
}

TEST(TerraformPlan, WhereItWasBeforeIsKept) {
  const Reading reading(Reading::Files{
      {"p.json",
       R"({"format_version": "1.2", "resource_changes": [{"address": "x_y.b", "previous_address": "x_y.a", "mode": "managed", "type": "x_y", "change": {"actions": ["no-op"], "after": {}}}]})"}});
  ASSERT_EQ(reading.draft().moves.size(), 1U);
  EXPECT_EQ(reading.draft().moves.front().from, "x_y.a");
  EXPECT_EQ(reading.draft().moves.front().to, "x_y.b");
}

TEST(TerraformPlan, ThePriorStateOfTerraform012NamesResourcesWithinTheirModule) {
  const std::string prior = R"("prior_state": {"values": {"root_module": {"child_modules": [
      {"address": "module.m", "resources": [
        {"address": "a_x.a", "mode": "managed", "type": "a_x", "values": {}},
        {"address": "a_y.b", "mode": "managed", "type": "a_y", "index": 0, "values": {}},
        {"address": "a_y.b", "mode": "managed", "type": "a_y", "index": 1, "values": {}}],
       "child_modules": [{"address": "module.m.module.n", "resources": [
        {"address": "a_z.c", "mode": "managed", "type": "a_z", "index": "k", "values": {}}]}]}]}}})";
  EXPECT_EQ(addresses_of(read_plan(plan_text({created("module.m.a_x.a", "a_x")}, "", prior))),
            (Lines{"module.m.a_x.a", "module.m.a_y.b[0]", "module.m.a_y.b[1]",
                   R"(module.m.module.n.a_z.c["k"])"}));
}

TEST(TerraformPlan, PlannedValuesAloneAreAPlan) {
  const Reading plan = read_plan(R"({"format_version": "0.1", "planned_values": {"root_module": {
      "resources": [{"address": "a_x.a", "mode": "managed", "type": "a_x", "values": {"v": "x"},
                     "sensitive_values": {"p": true}}],
      "child_modules": [{"resources": [
        {"address": "module.m.a_y.b[0]", "mode": "managed", "type": "a_y", "index": 0,
         "values": {"password": "hunter2"}}]}]}},
      "prior_state": {"values": {"root_module": {"resources": [
        {"address": "data.a_z.c", "mode": "data", "type": "a_z", "values": {}},
        {"address": "a_x.gone", "mode": "managed", "type": "a_x", "values": {}}]}}}})");
  EXPECT_FALSE(plan.diagnostics.has_errors()) << plan.text();
  EXPECT_EQ(addresses_of(plan), (Lines{"a_x.a", "module.m.a_y.b[0]", "data.a_z.c"}))
      << "without changes nobody knows what of the prior state stays";
  EXPECT_EQ(plan.resource("module.m.a_y.b[0]").attributes_pointer,
            "/planned_values/root_module/child_modules/0/resources/0/values");
  EXPECT_EQ(plan.resource("module.m.a_y.b[0]").group, "module.m.a_y.b");
}

TEST(TerraformPlan, DataSourcesAreContext) {
  const Reading plan = read_plan(plan_text(
      {created("a_x.a", "a_x"), created("data.a_z.read_later", "a_z", "{}", "{}", R"(["read"])")},
      "", R"("prior_state": {"values": {"root_module": {"resources": [
      {"address": "data.a_z.read", "mode": "data", "type": "a_z", "values": {"names": ["x"]}}]}}})"));
  EXPECT_FALSE(plan.resource("a_x.a").is_context);
  EXPECT_TRUE(plan.resource("data.a_z.read").is_context);
  EXPECT_TRUE(plan.resource("data.a_z.read_later").is_context);
  EXPECT_EQ(plan.resource("data.a_z.read").attributes["names"].at(0).text(), "x");
}

TEST(TerraformPlan, EveryFormatUpToOneIsRead) {
  for (const char* version : {"0.1", "0.2", "1.0", "1.2", "1.99"}) {
    const Reading plan = read_plan(std::string(R"({"format_version": ")") + version +
                                   R"(", "resource_changes": [)" + created("a_x.a", "a_x") + "]}");
    EXPECT_TRUE(plan.has("a_x.a")) << version;
  }
}

TEST(TerraformPlan, ANewerFormatIsRefusedWithItsPlace) {
  for (const char* version : {R"("2.0")", R"("x")", "null", R"("")", "[]"}) {
    const Reading plan =
        read_plan(std::string(R"({"format_version": )") + version + R"(, "resource_changes": []})");
    ASSERT_EQ(plan.diagnostics.items().size(), 1U) << version;
    EXPECT_EQ(plan.diagnostics.items()[0].code, "OUT-E1301");
    EXPECT_EQ(plan.written(plan.diagnostics.items()[0].span), version);
  }
}

TEST(TerraformPlan, ResourcesWithoutAddressOrTypeAreAllTold) {
  const Reading plan = read_plan(plan_text({R"({"type": "a_x"})", R"({"address": "a_x.a"})", "5"}));
  ASSERT_EQ(plan.told().size(), 3U);
  EXPECT_EQ(plan.told()[0],
            "OUT-E1302 2:1 a resource of the plan has no address or type | was the file changed by "
            "hand? terraform show -json PLAN writes a new one");
}

TEST(TerraformPlan, MistakesOfAnotherFileDoNotHideItsOwn) {
  const Reading both(Reading::Files{{"a.yaml", "outlast: 1\nnme: x\n"},
                                    {"b.json", plan_text({R"({"type": "a_x"})"})}});
  EXPECT_EQ(both.told().size(), 2U) << both.text();
}

TEST(TerraformPlan, AnInstanceBelongsToItsModuleAndDeclarationWhateverItsKey) {
  for (const char* key : {"[0]", R"(["a"])", R"(["0"])", R"(["2024"])", R"(["a.b"])",
                          R"(["a\"b\"c"])", R"(["a\\b"])", R"(["[x]"])", R"([""])"}) {
    const std::string module = std::string("module.m") + key;
    const std::string address = module + ".a_x.a" + key;
    const Reading plan = read_plan(
        plan_text({created(address, "a_x"), created(module + ".a_y.y", "a_y")},
                  R"({"module_calls": {"m": {"module": {"resources": [)" +
                      configured("a_x", "a", R"({"y": {"references": ["a_y.y"]}})") + "]}}}}"));
    EXPECT_EQ(plan.resource(address).group, module + ".a_x.a") << key;
    EXPECT_EQ(plan.targets(address, "y"), Lines{module + ".a_y.y"}) << key;
  }
}

TEST(TerraformPlan, WithoutAConfigurationItIsReadAsFarAsItGoes) {
  const Reading plan =
      read_plan(plan_text({created("a_x.a", "a_x", R"({"v": 1})", R"({"arn": true})")}));
  EXPECT_FALSE(plan.diagnostics.has_errors());
  EXPECT_TRUE(plan.resource("a_x.a").references.empty());
  EXPECT_TRUE(plan.resource("a_x.a").attributes["arn"].is(base::NodeKind::unknown));
  EXPECT_TRUE(plan.resource("a_x.a").region.is_unset());
}

// Regions and accounts, of the provider that a resource uses.

Reading with_provider(const std::string& providers, const std::string& key,
                      const std::string& variables = "{}") {
  return read_plan(
      R"({"format_version": "1.2", "variables": )" + variables + R"(, "resource_changes": [)" +
      created("a_x.a", "a_x") + R"(], "configuration": {"provider_config": )" + providers +
      R"(, "root_module": {"resources": [)" +
      configured("a_x", "a", "{}", R"("provider_config_key": ")" + key + '"') + "]}}}");
}

TEST(TerraformRegion, AConstantIsStated) {
  const Reading plan = with_provider(
      R"({"aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}}})",
      "aws");
  EXPECT_TRUE(plan.resource("a_x.a").region.is_stated());
  EXPECT_EQ(*plan.resource("a_x.a").region, "eu-west-1");
  EXPECT_EQ(plan.written(plan.resource("a_x.a").region.span()), "\"eu-west-1\"");
}

TEST(TerraformRegion, AVariableIsStatedByItsValue) {
  const char* providers =
      R"({"aws": {"name": "aws", "expressions": {"region": {"references": ["var.where"]}}}})";
  EXPECT_EQ(with_provider(providers, "aws", R"({"where": {"value": "us-east-2"}})")
                .resource("a_x.a")
                .region.value_or(""),
            "us-east-2");
  EXPECT_TRUE(with_provider(providers, "aws").resource("a_x.a").region.is_unknown());
  EXPECT_TRUE(with_provider(providers, "aws", R"({"where": {"value": null}})")
                  .resource("a_x.a")
                  .region.is_unknown());
}

TEST(TerraformRegion, AnExpressionOfSeveralIsUnknown) {
  const Reading plan =
      with_provider(R"({"aws": {"expressions": {"region": {"references": ["var.a", "var.b"]}}}})",
                    "aws", R"({"a": {"value": "us-east-1"}, "b": {"value": "us-east-2"}})");
  EXPECT_TRUE(plan.resource("a_x.a").region.is_unknown());
  const Reading local = with_provider(
      R"({"aws": {"expressions": {"region": {"references": ["local.region"]}}}})", "aws");
  EXPECT_TRUE(local.resource("a_x.a").region.is_unknown());
}

TEST(TerraformRegion, AModuleThatMayHaveBeenHandedAnotherConfigurationIsNotTheDefaults) {
  const std::string one = R"("aws": {"expressions": {"region": {"constant_value": "us-east-1"}}})";
  const std::string two = R"(, "aws.eu": {"alias": "eu",
      "expressions": {"region": {"constant_value": "eu-west-1"}}})";
  EXPECT_EQ(*with_provider("{" + one + "}", "site:aws").resource("a_x.a").region, "us-east-1");
  EXPECT_TRUE(with_provider("{" + one + two + "}", "site:aws").resource("a_x.a").region.is_unset());
  EXPECT_EQ(*with_provider("{" + one + two + "}", "aws.eu").resource("a_x.a").region, "eu-west-1");
}

TEST(TerraformRegion, AVariableOfAModuleIsNotTheRootsOfTheSameName) {
  const Reading plan = with_provider(
      R"({"module.m:aws": {"module_address": "module.m",
                           "expressions": {"region": {"references": ["var.where"]}}}})",
      "module.m:aws", R"({"where": {"value": "us-east-2"}})");
  EXPECT_TRUE(plan.resource("a_x.a").region.is_unknown());
}

TEST(TerraformRegion, WithoutOneItIsUnset) {
  EXPECT_TRUE(
      with_provider(R"({"aws": {"name": "aws"}})", "aws").resource("a_x.a").region.is_unset());
  EXPECT_TRUE(with_provider("{}", "aws").resource("a_x.a").region.is_unset());
}

TEST(TerraformRegion, AModuleInheritsTheProviderOfItsCaller) {
  const Reading plan = with_provider(
      R"({"aws": {"expressions": {"region": {"constant_value": "eu-west-1"}}}})", "module.m:aws");
  EXPECT_EQ(plan.resource("a_x.a").region.value_or(""), "eu-west-1");
}

TEST(TerraformRegion, ConfigurationsOfOneProviderAreToldApart) {
  const char* providers =
      R"({"aws": {"expressions": {}}, "aws.west": {"expressions": {}},
          "aws.each": {"expressions": {"region": {"references": ["each.key"]}}}})";
  EXPECT_EQ(with_provider(providers, "aws.west").resource("a_x.a").configured_by, "aws.west");
  EXPECT_EQ(with_provider(providers, "module.m:aws").resource("a_x.a").configured_by,
            "module.m:aws")
      << "of its caller's it may have been handed any";
  EXPECT_EQ(with_provider(providers, "aws.each").resource("a_x.a").configured_by, "")
      << "one of several, which cannot be told";
  EXPECT_TRUE(with_provider(providers, "aws.each").resource("a_x.a").region.is_unknown());
}

TEST(TerraformAccount, AnAliasThatSignsInDifferentlyIsAnother) {
  const char* providers =
      R"({"aws.other": {"expressions": {"assume_role": [{"role_arn": {"constant_value": "x"}}]}},
          "aws.west": {"expressions": {"region": {"constant_value": "us-west-2"}}},
          "aws.profile": {"expressions": {"profile": {"constant_value": "p"}}}})";
  EXPECT_EQ(with_provider(providers, "aws.other").resource("a_x.a").account, "aws.other");
  EXPECT_EQ(with_provider(providers, "aws.profile").resource("a_x.a").account, "aws.profile");
  EXPECT_EQ(with_provider(providers, "aws.west").resource("a_x.a").account, "")
      << "another region is the same account";
}

TEST(TerraformAccount, AModuleThatInheritsAProviderIsInItsAccount) {
  const char* providers =
      R"({"aws": {"expressions": {"profile": {"constant_value": "p"}}},
          "aws.other": {"expressions": {"profile": {"constant_value": "q"}}}})";
  EXPECT_EQ(with_provider(providers, "aws").resource("a_x.a").account, "");
  EXPECT_EQ(with_provider(providers, "module.m:aws").resource("a_x.a").account, "");
  EXPECT_EQ(with_provider(providers, "module.m.module.n:aws.other").resource("a_x.a").account,
            "aws.other");
}

TEST(TerraformPlan, SecretsAreKnownByPlace) {
  const Reading plan = read_plan(plan_text(
      {R"({"address": "a_x.a", "mode": "managed", "type": "a_x", "change": {"actions": ["create"],
           "after": {"password": "hunter2", "settings": [{"blob": "s3cr3t", "plain": "p"}]},
           "after_unknown": {}, "after_sensitive": {"settings": [{"blob": true}]}}})",
       R"({"address": "data.a_y.b", "mode": "data", "type": "a_y", "change": {"actions": ["read"],
           "after": {"password": "of somebody else"}}})",
       R"({"address": "a_x.gone", "mode": "managed", "type": "a_x", "change":
           {"actions": ["delete"], "before": {"password": "gone"}, "after": null}})"}));
  Lines places;
  for (const auto& secret : plan.draft().secrets) {
    places.push_back(secret.what + " " + secret.evidence.address + " " + secret.evidence.pointer);
  }
  EXPECT_EQ(places, (Lines{"password a_x.a /resource_changes/0/change/after/password",
                           "blob a_x.a /resource_changes/0/change/after/settings/0/blob"}));
}

TEST(TerraformPlan, SecretsOfProvidersStandInItToo) {
  const Reading plan = with_provider(
      R"({"aws": {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"},
          "secret_key": {"constant_value": "s3cr3t"}, "password": {"references": ["var.p"]}}}})",
      "aws");
  ASSERT_EQ(plan.draft().secrets.size(), 1U);
  EXPECT_EQ(plan.draft().secrets[0].what, "secret_key");
  EXPECT_EQ(plan.draft().secrets[0].evidence.address, "provider.aws");
  EXPECT_EQ(plan.draft().secrets[0].evidence.pointer,
            "/configuration/provider_config/aws/expressions/secret_key/constant_value");
}

TEST(TerraformPlan, SecretsOfWhatAPartialPlanDoesNotTouchAreKnownToo) {
  const Reading plan =
      read_plan(plan_text({}, "", R"("prior_state": {"values": {"root_module": {"resources": [
      {"address": "a_x.a", "mode": "managed", "type": "a_x", "values": {"blob": "x"},
       "sensitive_values": {"blob": true}}]}}})"));
  ASSERT_EQ(plan.draft().secrets.size(), 1U);
  EXPECT_EQ(plan.draft().secrets[0].evidence.pointer,
            "/prior_state/values/root_module/resources/0/values/blob");
}

TEST(TerraformPlan, TwoPlansMakeOneArchitecture) {
  const Reading both(
      Reading::Files{{"a.json", plan_text({created("a_x.a", "a_x")})},
                     {"b.json", plan_text({created("a_y.b", "a_y", R"({"v": 1})")})}});
  EXPECT_EQ(addresses_of(both), (Lines{"a_x.a", "a_y.b"}));
  EXPECT_EQ(both.resource("a_y.b").attributes["v"].as_integer(), 1);
}

TEST(TerraformPlan, WhatIsImportedIsThere) {
  const std::string imported =
      R"({"address": "a_x.a", "mode": "managed", "type": "a_x", "change": {"actions": ["no-op"],
          "importing": {"id": "i-1"}, "after": {"id": "i-1"}, "generated_config": "x"}})";
  EXPECT_EQ(read_plan(plan_text({imported})).resource("a_x.a").attributes["id"].text(), "i-1");
}

TEST(TerraformPlan, EphemeralResourcesAreContextAndCanBeReferredTo) {
  const Reading plan = read_plan(plan_text(
      {created("a_x.a", "a_x"),
       R"({"address": "ephemeral.a_s.login", "mode": "ephemeral", "type": "a_s",
           "change": {"actions": ["open"], "after": {"password": "p"}}})"},
      R"({"resources": [)" + configured("a_x", "a", R"({"p": {"references":
          ["ephemeral.a_s.login.password", "ephemeral.a_s.login"]}})") +
          R"(, {"mode": "ephemeral", "type": "a_s", "name": "login", "expressions": {}}]})"));
  EXPECT_TRUE(plan.resource("ephemeral.a_s.login").is_context);
  EXPECT_EQ(plan.targets("a_x.a", "p"), Lines{"ephemeral.a_s.login"});
  EXPECT_TRUE(plan.draft().secrets.empty()) << "it is kept nowhere";
}

TEST(TerraformPlan, DriftIsToldAndNotTakenForAChange) {
  const Reading plan = read_plan(plan_text({created("a_x.a", "a_x", R"({"v": "planned"})")}, "",
                                           R"("resource_drift": [
      {"address": "a_x.moved", "mode": "managed", "type": "a_x", "change": {"actions": ["no-op"]}},
      {"address": "a_x.a", "mode": "managed", "type": "a_x",
       "change": {"actions": ["update"], "after": {"v": "drifted"}}}])"));
  EXPECT_EQ(addresses_of(plan), Lines{"a_x.a"});
  EXPECT_EQ(plan.resource("a_x.a").attributes["v"].text(), "planned");
  ASSERT_EQ(plan.told().size(), 1U);
  EXPECT_NE(plan.told()[0].find("1 resource was changed outside of Terraform, a_x.a first"),
            std::string::npos);
}

TEST(TerraformPlan, APlanThatIsNotWholeIsAnalysedAndSaid) {
  const std::vector<std::string> changes = {created("a_x.a", "a_x")};
  for (const char* more : {R"("errored": true, "complete": false)", R"("complete": false)"}) {
    const Reading plan = read_plan(plan_text(changes, "", more));
    EXPECT_TRUE(plan.has("a_x.a"));
    EXPECT_FALSE(plan.diagnostics.has_errors());
    ASSERT_EQ(plan.told().size(), 1U) << more;
    EXPECT_EQ(plan.diagnostics.items()[0].code, "OUT-E1305");
  }
  EXPECT_EQ(read_plan(plan_text(changes, "", R"("errored": false, "complete": true,
      "applyable": true, "action_invocations": [{"address": "action.a.b"}], "checks": [{}],
      "timestamp": "t", "relevant_attributes": [], "something_new": {"x": 1})"))
                .told(),
            Lines{});
}

TEST(TerraformPlan, EveryEncodingGivesTheSame) {
  const std::string text = plan_text({created("a_x.a", "a_x", R"({"v": "서울"})")});
  std::string little = "\xFF\xFE";
  std::string big = "\xFE\xFF";
  const std::u16string wide = [&] {
    std::u16string units;
    for (std::size_t i = 0; i < text.size();) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte < 0x80) {
        units += static_cast<char16_t>(byte);
        ++i;
      } else {  // three bytes each here
        units += static_cast<char16_t>((byte & 0x0FU) << 12U |
                                       (static_cast<unsigned char>(text[i + 1]) & 0x3FU) << 6U |
                                       (static_cast<unsigned char>(text[i + 2]) & 0x3FU));
        i += 3;
      }
    }
    return units;
  }();
  for (const char16_t unit : wide) {
    const char high = static_cast<char>(unit >> 8U);
    const char low = static_cast<char>(unit & 0xFFU);
    little += {low, high};
    big += {high, low};
  }
  for (const std::string& bytes :
       {text, "\xEF\xBB\xBF" + text, little, big, little.substr(2), big.substr(2)}) {
    const Reading plan = read_plan(bytes);
    EXPECT_EQ(plan.resource("a_x.a").attributes["v"].text(), "서울") << plan.text();
  }
  little[20] = '\x00';  // a high half of a pair without its low half
  little[21] = '\xD8';
  const Reading broken = read_plan(little);
  ASSERT_EQ(broken.told().size(), 1U);
  EXPECT_NE(broken.told()[0].find("broken at byte 20"), std::string::npos) << broken.told()[0];
}

TEST(TerraformPlan, ShapesThatAreNoPlansDoNoHarm) {
  for (const char* text :
       {R"({"format_version": "1.2", "resource_changes": {}})",
        R"({"format_version": "1.2", "resource_changes": 5, "configuration": []})",
        R"({"format_version": "1.2", "planned_values": []})",
        R"({"format_version": "1.2", "planned_values": {"root_module": {"resources": {"a": 1}}}})",
        R"({"format_version": "1.2", "resource_changes": [{"address": "a", "type": "a_type_longer",
               "change": {"actions": "create", "after": [1], "after_unknown": [true]}}],
               "configuration": {"root_module": {"resources": [5, {}, {"type": "a_type_longer"}],
               "module_calls": {"m": 5, "n": {"module": []}}}, "provider_config": 7}})",
        R"({"format_version": "1.2", "resource_changes": [{"address": "[", "type": "["}]})",
        R"({"format_version": "1.2", "resource_changes": [{"address": "a.b[", "type": "a"},
               {"address": "module.", "type": "x"}, {"address": "....", "type": "."}]})"}) {
    const Reading plan = read_plan(text);
    EXPECT_EQ(plan.imported.inputs.size(), 1U) << text;
  }
}

}  // namespace
}  // namespace outlast::import
