#include "import/terraform_state.h"

#include <gtest/gtest.h>

#include <string>

#include "unit/import/plan_text.h"
#include "unit/import/reading.h"

namespace outlast::import {
namespace {

Reading read_state(const std::string& text) {
  return Reading(Reading::Files{{"terraform.tfstate", text}});
}

std::string v4(const std::string& resources) {
  return R"({"version": 4, "terraform_version": "1.9.5", "serial": 3, "lineage": "l",
             "outputs": {}, "resources": [)" +
         resources + "]}";
}

std::string v3(const std::string& modules) {
  return R"({"version": 3, "terraform_version": "0.11.14", "serial": 1, "lineage": "l",
             "modules": [)" +
         modules + "]}";
}

std::string shown(const std::string& root_module) {
  return R"({"format_version": "1.0", "terraform_version": "1.9.5", "values": {"root_module": )" +
         root_module + "}}";
}

Lines addresses_of(const Reading& state) {
  Lines addresses;
  for (const auto& resource : state.draft().resources) {
    addresses.push_back(resource.address);
  }
  return addresses;
}

Lines secrets_of(const Reading& state) {
  Lines places;
  for (const auto& secret : state.draft().secrets) {
    places.push_back(secret.what + " " + secret.evidence.address + " " + secret.evidence.pointer);
  }
  return places;
}

TEST(TerraformState, InstancesHaveTheAddressesOfAPlan) {
  const Reading state = read_state(v4(R"(
    {"mode": "managed", "type": "a_x", "name": "one", "instances": [{"attributes": {"v": 1}}]},
    {"module": "module.m[\"a.b\"].module.n[0]", "mode": "managed", "type": "a_x", "name": "many",
     "instances": [{"index_key": 0, "attributes": {}},
                   {"index_key": "k \"q\" \\", "attributes": {}}]},
    {"mode": "data", "type": "a_z", "name": "read", "instances": [{"attributes": {"n": [1]}}]})"));
  EXPECT_FALSE(state.diagnostics.has_errors()) << state.text();
  EXPECT_EQ(addresses_of(state),
            (Lines{"a_x.one", R"(module.m["a.b"].module.n[0].a_x.many[0])",
                   R"(module.m["a.b"].module.n[0].a_x.many["k \"q\" \\"])", "data.a_z.read"}));
  EXPECT_EQ(state.resource("a_x.one").group, "a_x.one");
  EXPECT_EQ(state.draft().resources[blueprint::ResourceId(2)].group,
            R"(module.m["a.b"].module.n[0].a_x.many)");
  EXPECT_TRUE(state.resource("data.a_z.read").is_context);
  EXPECT_EQ(state.imported.inputs.at(0).format, "terraform-state");
}

TEST(TerraformState, WhatIsAbsentIsUnsetNeverUnknown) {
  const Reading state = read_state(v4(
      R"({"mode": "managed", "type": "a_x", "name": "a",
          "instances": [{"attributes": {"given": "x", "null": null, "list": []}}, {"index_key": 1}]})"));
  const auto attributes = state.resource("a_x.a").attributes;
  EXPECT_EQ(attributes["given"].text(), "x");
  EXPECT_TRUE(attributes["null"].is(base::NodeKind::null));
  EXPECT_FALSE(attributes["absent"].exists());
  EXPECT_TRUE(state.has("a_x.a[1]")) << "an object without attributes is there all the same";
}

TEST(TerraformState, DeposedObjectsAreNotTheResourceAndTaintedOnesAre) {
  EXPECT_EQ(addresses_of(read_state(v4(
                R"({"mode": "managed", "type": "a_x", "name": "a", "instances": [
                     {"attributes": {}, "deposed": "ab12"}]},
                   {"mode": "managed", "type": "a_x", "name": "b", "instances": [
                     {"attributes": {}, "status": "tainted"}, {"attributes": {}, "deposed": "c"}]})"))),
            Lines{"a_x.b"});
  EXPECT_EQ(addresses_of(read_state(v3(R"({"path": ["root"], "resources": {
                "a_x.a": {"type": "a_x", "primary": null, "deposed": [{"id": "1"}]},
                "a_x.b": {"type": "a_x", "primary": {"attributes": {}, "tainted": true}}}})"))),
            Lines{"a_x.b"});
  EXPECT_EQ(addresses_of(read_state(shown(R"({"resources": [
                {"address": "a_x.a", "mode": "managed", "type": "a_x", "deposed_key": "ab"},
                {"address": "a_x.b", "mode": "managed", "type": "a_x", "tainted": true}]})"))),
            Lines{"a_x.b"});
}

TEST(TerraformState, EvidenceLeadsToTheFile) {
  const Reading state = read_state(v4(
      R"({"mode": "managed", "type": "a_x", "name": "a", "instances": [{"attributes": {"v": 1}}]})"));
  EXPECT_EQ(state.resource("a_x.a").evidence.pointer, "/resources/0/instances/0");
  EXPECT_EQ(state.resource("a_x.a").attributes_pointer, "/resources/0/instances/0/attributes");
  EXPECT_EQ(state.written(state.resource("a_x.a").evidence.span), R"({"attributes": {"v": 1}})");
  const Reading old = read_state(v3(
      R"({"path": ["root"], "resources": {"a_x.a": {"type": "a_x", "primary": {"attributes": {"v.#": "0"}}}}})"));
  EXPECT_EQ(old.resource("a_x.a").evidence.pointer, "/modules/0/resources/a_x.a");
  EXPECT_EQ(old.resource("a_x.a").attributes_pointer, "") << "the tree is not in the file";
}

TEST(TerraformState, DependenciesBecomeReferencesWithoutAnAttribute) {
  const Reading state = read_state(v4(R"(
    {"module": "module.m[\"a\"]", "mode": "managed", "type": "a_x", "name": "x",
     "instances": [{"attributes": {}, "dependencies": ["a_v.v", "module.m.a_y.y", "a_gone.g",
                                                       "data.a_z.z", "module.other"]}]},
    {"module": "module.m[\"a\"]", "mode": "managed", "type": "a_y", "name": "y",
     "instances": [{"index_key": 0, "attributes": {}}, {"index_key": 1, "attributes": {}}]},
    {"module": "module.m[\"b\"]", "mode": "managed", "type": "a_y", "name": "y",
     "instances": [{"attributes": {}}]},
    {"module": "module.m[\"a\"]", "mode": "managed", "type": "a_v", "name": "v",
     "instances": [{"attributes": {}}]},
    {"mode": "data", "type": "a_z", "name": "z", "instances": [{"attributes": {}}]},
    {"mode": "managed", "type": "a_v", "name": "v", "instances": [{"attributes": {}}]})"));
  EXPECT_EQ(
      state.targets(R"(module.m["a"].a_x.x)", "depends_on"),
      (Lines{R"(module.m["a"].a_y.y[0])", R"(module.m["a"].a_y.y[1])", "data.a_z.z", "a_v.v"}))
      << "the same module instance, and absolute addresses first";
}

TEST(TerraformState, OldDependenciesAreThoseInsideTheModule) {
  const std::string resources = R"("resources": {
      "a_x.x": {"type": "a_x", "depends_on": ["a_y.y.*", "a_y.z.1", "a_v.v", "module.n"],
                "primary": {"attributes": {}}},
      "a_y.y.0": {"type": "a_y", "primary": {"attributes": {}}},
      "a_y.y.1": {"type": "a_y", "primary": {"attributes": {}}},
      "a_y.z.0": {"type": "a_y", "primary": {"attributes": {}}},
      "a_y.z.1": {"type": "a_y", "primary": {"attributes": {}}}})";
  const Reading state = read_state(v3(R"({"path": ["root"], "resources": {
      "a_y.y": {"type": "a_y", "primary": {"attributes": {}}},
      "a_v.v": {"type": "a_v", "primary": {"attributes": {}}}}},
      {"path": ["root", "m", "n"], )" +
                                      resources + "}"));
  EXPECT_EQ(state.targets("module.m.module.n.a_x.x", "depends_on"),
            (Lines{"a_v.v", "module.m.module.n.a_y.y[0]", "module.m.module.n.a_y.y[1]",
                   "module.m.module.n.a_y.z[1]"}));
  const Reading early = read_state(v4(R"(
    {"module": "module.m", "mode": "managed", "type": "a_x", "name": "x",
     "instances": [{"attributes": {}, "depends_on": ["a_v.v"]}]},
    {"module": "module.m", "mode": "managed", "type": "a_v", "name": "v",
     "instances": [{"attributes": {}}]},
    {"mode": "managed", "type": "a_v", "name": "v", "instances": [{"attributes": {}}]})"));
  EXPECT_EQ(early.targets("module.m.a_x.x", "depends_on"), Lines{"module.m.a_v.v"})
      << "Terraform 0.12 wrote version 4 that way at first";
}

TEST(TerraformState, ANameOfTooManySaysNothing) {
  std::string many;
  for (int i = 0; i < 65; ++i) {
    many += (i == 0 ? "" : ",") + fmt::format(R"({{"index_key": {}, "attributes": {{}}}})", i);
  }
  const Reading state =
      read_state(v4(R"({"mode": "managed", "type": "a_y", "name": "y", "instances": [)" + many +
                    R"(]}, {"mode": "managed", "type": "a_x", "name": "x",
                 "instances": [{"attributes": {}, "dependencies": ["a_y.y"]}]})"));
  EXPECT_EQ(state.targets("a_x.x", "depends_on"), Lines{});
}

TEST(TerraformState, AStatePrintedAsJsonIsTheSame) {
  const Reading state = read_state(shown(R"({"resources": [
      {"address": "a_x.a[\"k\"]", "mode": "managed", "type": "a_x", "name": "a", "index": "k",
       "provider_name": "p", "values": {"v": "x"}, "sensitive_values": {"v": true},
       "depends_on": ["module.m.a_y.b"]}],
     "child_modules": [{"address": "module.m", "resources": [
      {"address": "module.m.a_y.b", "mode": "managed", "type": "a_y", "values": {}}]}]})"));
  EXPECT_EQ(addresses_of(state), (Lines{R"(a_x.a["k"])", "module.m.a_y.b"}));
  EXPECT_EQ(state.targets(R"(a_x.a["k"])", "depends_on"), Lines{"module.m.a_y.b"});
  EXPECT_EQ(state.resource(R"(a_x.a["k"])").configured_by, "p");
  EXPECT_EQ(secrets_of(state), Lines{R"(v a_x.a["k"] /values/root_module/resources/0/values/v)"});
}

TEST(TerraformState, FlatAttributesBecomeTheTreeTheyStandFor) {
  const Reading state = read_state(v3(R"({"path": ["root"], "resources": {"a_x.a": {
      "type": "a_x", "primary": {"attributes": {
        "id": "i-1", "plain": "text", "empty.#": "0", "none.%": "0",
        "subnets.#": "11", "subnets.0": "s0", "subnets.1": "s1", "subnets.10": "s10",
        "subnets.2": "s2", "subnets.3": "s3", "subnets.4": "s4", "subnets.5": "s5",
        "subnets.6": "s6", "subnets.7": "s7", "subnets.8": "s8", "subnets.9": "s9",
        "rule.#": "2",
        "rule.2214680975.ports.#": "1", "rule.2214680975.ports.0": "80",
        "rule.2214680975.self": "false", "rule.123.self": "true", "rule.123.ports.#": "0",
        "rule.123.at.#": "1", "rule.123.at.7.zone": "z",
        "tags.%": "2", "tags.kubernetes.io/cluster/x": "owned", "tags.Name": "n",
        "later": "74D93920-ED26-11E3-AC10-0800200C9A66"}}}}})"));
  const auto tree = state.resource("a_x.a").attributes;
  EXPECT_EQ(tree["plain"].text(), "text");
  EXPECT_TRUE(tree["empty"].is(base::NodeKind::list));
  EXPECT_EQ(tree["empty"].size(), 0U);
  EXPECT_TRUE(tree["none"].is(base::NodeKind::map));
  ASSERT_EQ(tree["subnets"].size(), 11U);
  EXPECT_EQ(tree["subnets"].at(2).text(), "s2") << "in the order of numbers";
  EXPECT_EQ(tree["subnets"].at(10).text(), "s10");
  ASSERT_EQ(tree["rule"].size(), 2U);
  EXPECT_EQ(tree["rule"].at(0)["self"].text(), "true");
  EXPECT_EQ(tree["rule"].at(0)["at"].at(0)["zone"].text(), "z");
  EXPECT_EQ(tree["rule"].at(1)["ports"].at(0).text(), "80");
  EXPECT_EQ(tree["tags"]["kubernetes.io/cluster/x"].text(), "owned");
  EXPECT_TRUE(tree["later"].is(base::NodeKind::unknown));
  EXPECT_EQ(state.written(tree["rule"].at(1)["ports"].at(0).span()), "\"80\"");
}

TEST(TerraformState, FlatAttributesOfVersionFourToo) {
  const Reading state = read_state(v4(R"({"mode": "managed", "type": "a_x", "name": "a",
      "instances": [{"attributes_flat": {"ids.#": "1", "ids.353529331": "sg"}}]})"));
  EXPECT_EQ(state.resource("a_x.a").attributes["ids"].at(0).text(), "sg");
}

TEST(TerraformState, APathOfManyStepsEnds) {
  std::string path = "a";
  for (int i = 0; i < 100000; ++i) {
    path += ".a";
  }
  const Reading state = read_state(v3(
      R"({"path": ["root"], "resources": {"a_x.a": {"type": "a_x", "primary": {"attributes": {")" +
      path + R"(": "x"}}}}})"));
  EXPECT_TRUE(state.has("a_x.a"));
}

TEST(TerraformState, SecretsAreKnownByMarkAndByName) {
  const Reading state = read_state(v4(R"({"mode": "managed", "type": "a_x", "name": "a",
      "instances": [{"attributes": {"blob": "s", "password": "p", "many": [{"x": "1"}, {"x": "2"}],
                                    "plain": "y"},
        "sensitive_attributes": [
          [{"type": "get_attr", "value": "blob"}],
          [{"type": "get_attr", "value": "many"}, {"type": "index", "value": {"value": 1, "type": "number"}},
           {"type": "get_attr", "value": "x"}],
          [{"type": "get_attr", "value": "gone"}], [], "odd"]}]})"));
  EXPECT_EQ(secrets_of(state), (Lines{"blob a_x.a /resources/0/instances/0/attributes/blob",
                                      "password a_x.a /resources/0/instances/0/attributes/password",
                                      "x a_x.a /resources/0/instances/0/attributes/many/1/x"}));
  const Reading old = read_state(v3(R"({"path": ["root"], "resources": {"a_x.a": {"type": "a_x",
      "primary": {"attributes": {"db.#": "1", "db.12.password": "12345678"}}}}})"));
  EXPECT_EQ(secrets_of(old), Lines{"password a_x.a "}) << "the line tells, there is no pointer";
  EXPECT_EQ(old.written(old.draft().secrets.at(0).evidence.span), "\"12345678\"");
}

TEST(TerraformState, OldAndNewVersionsAreRefusedWithARemedy) {
  for (const char* version : {"1", "2", "5"}) {
    const Reading state =
        read_state(std::string(R"({"version": )") + version + R"(, "serial": 1, "lineage": "l"})");
    ASSERT_EQ(state.told().size(), 1U) << version;
    EXPECT_EQ(state.diagnostics.items()[0].code, "OUT-E1303");
    EXPECT_EQ(state.written(state.diagnostics.items()[0].span), version);
    EXPECT_NE(state.told()[0].find("terraform show -json > state.json"), std::string::npos);
  }
}

TEST(TerraformState, AnEncryptedStateIsRefusedWithARemedyAndNotShown) {
  const Reading state = read_state(R"({"serial": 1, "lineage": "l", "meta": {"key_provider.x": "e"},
                                       "encrypted_data": "c2VjcmV0", "encryption_version": "v0"})");
  ASSERT_EQ(state.told().size(), 1U);
  EXPECT_NE(state.told()[0].find("the state is encrypted"), std::string::npos);
  EXPECT_NE(state.told()[0].find("tofu show -json > state.json"), std::string::npos);
  EXPECT_EQ(state.text().find("c2VjcmV0"), std::string::npos) << state.text();
}

TEST(TerraformState, ResourcesWithoutNameOrTypeAreAllTold) {
  const Reading state = read_state(v4(R"({"type": "a_x", "instances": [{"attributes": {}}]},
      {"name": "a", "instances": [{"attributes": {}}, {"index_key": 1}]})"));
  EXPECT_EQ(state.told().size(), 3U) << state.text();
}

TEST(TerraformState, APlanOfTheSameResourcesIsTakenInstead) {
  const std::string state = v4(
      R"({"mode": "managed", "type": "a_x", "name": "a", "instances": [{"attributes": {"v": "old"}}]},
         {"mode": "managed", "type": "a_x", "name": "b", "instances": [{"attributes": {}}]})");
  const std::string plan = plan_text({created("a_x.a", "a_x", R"({"v": "new"})")});
  const Reading::Files files{{"a.tfstate", state}, {"b.json", plan}};
  for (const Lines& order : {Lines{"a.tfstate", "b.json"}, Lines{"b.json", "a.tfstate"}}) {
    const Reading both(files, order);
    EXPECT_EQ(addresses_of(both), (Lines{"a_x.a", "a_x.b"}));
    EXPECT_EQ(both.resource("a_x.a").attributes["v"].text(), "new");
    ASSERT_EQ(both.told().size(), 1U);
    EXPECT_NE(both.told()[0].find("1 of 2 resources"), std::string::npos);
  }
}

TEST(TerraformState, AFolderIsSearchedForStates) {
  const Reading folder(Reading::Files{{"d/terraform.tfstate", v4("")}, {"d/x.json", "{}"}}, {"d"});
  ASSERT_EQ(folder.imported.inputs.size(), 1U);
  EXPECT_EQ(folder.imported.inputs[0].format, "terraform-state");
  EXPECT_EQ(folder.told(), Lines{});
}

TEST(TerraformState, OtherFilesWithAVersionAreNotStates) {
  for (const char* text : {R"({"version": 3, "services": {}})", R"({"version": "4", "serial": 1})",
                           R"({"version": 4})", R"({"format_version": "1.0"})", "[4]"}) {
    EXPECT_TRUE(read_state(text).imported.inputs.empty()) << text;
  }
}

TEST(TerraformState, ShapesThatAreNoStatesDoNoHarm) {
  for (
      const char* text :
      {R"({"version": 4, "serial": 1, "resources": {}})",
       R"({"version": 4, "serial": 1, "resources": [5, {"type": 1, "name": [], "instances": {}}]})",
       R"({"version": 4, "serial": 1, "resources": [{"type": "a", "name": "b", "module": 5,
            "instances": [5, {"attributes": [1], "index_key": {}, "dependencies": {"a": "b"},
                              "sensitive_attributes": {"x": [1]}}]}]})",
       R"({"version": 3, "serial": 1, "modules": {"path": 1}})",
       R"({"version": 3, "serial": 1, "modules": [{"path": "root", "resources": [1]}, 7,
            {"resources": {"": {"primary": {}}, "....": {"type": "x", "primary": {"attributes": 5}},
             "a.b.c.d.e": {"type": "a", "primary": {"attributes": {"": "", ".": "", "..": "",
             "#": "1", "%": "1", "x.": "1", "x.#": "2", "x.%": "1", "l": [1], "m": {"a": 1}}}}}}]})",
       R"({"format_version": "1.0", "values": {"root_module": {"resources": {"a": 1}}}})"}) {
    const Reading state = read_state(text);
    EXPECT_EQ(state.imported.inputs.size(), 1U) << text;
  }
}

}  // namespace
}  // namespace outlast::import
