#include "import/terraform_attributes.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace outlast::import {
namespace {

using base::Node;
using base::NodeKind;

/// Attributes merged of three JSON texts; an empty text is what is not there at all.
struct Merged {
  Merged(const std::string& values, const std::string& unknown, const std::string& config) {
    const auto read = [&](const std::string& text) -> Node {
      if (text.empty()) {
        return {};
      }
      auto document = base::parse_json(sources, sources.add("a.json", text, ""), diagnostics);
      EXPECT_TRUE(document.has_value()) << base::render(diagnostics, sources);
      documents.push_back(std::move(*document));
      return documents.back().root();
    };
    const Node v = read(values);
    const Node u = read(unknown);
    const Node c = read(config);
    AttributeMerger merger(v.exists() ? v.span().source : base::SourceId(0));
    merger.add(v, u, c);
    result = merger.finish();
  }
  [[nodiscard]] Node operator[](std::string_view key) const { return result.root().at(0)[key]; }

  base::Sources sources;
  base::Diagnostics diagnostics;
  std::deque<base::Document> documents;
  base::Document result;
};

/// unset, unknown or known: as the header tells them apart.
std::string state_of(Node node) {
  if (!node.exists() || node.is(NodeKind::null)) {
    return "unset";
  }
  return node.is(NodeKind::unknown) ? "unknown" : "known";
}

constexpr const char* kSilent = R"({"expressions": {}})";

TEST(TerraformAttributes, WhatStandsThereIsKnownAndKeepsItsText) {
  const Merged merged(R"({"a": "x", "b": 3, "c": false, "d": [], "e": {}})", "{}", kSilent);
  EXPECT_EQ(merged["a"].text(), "x");
  EXPECT_EQ(merged["b"].as_integer(), 3);
  EXPECT_EQ(merged["c"].as_bool(), false);
  EXPECT_EQ(state_of(merged["d"]), "known");
  EXPECT_EQ(state_of(merged["e"]), "known");
}

TEST(TerraformAttributes, NullIsUnset) {
  const Merged merged(R"({"a": null, "b": {"c": null}})", R"({"a": false})", kSilent);
  EXPECT_EQ(state_of(merged["a"]), "unset");
  EXPECT_EQ(state_of(merged["b"]["c"]), "unset");
}

TEST(TerraformAttributes, WhatTheConfigurationGivesAndIsNotKnownYetIsUnknown) {
  const char* config = R"({"expressions": {"a": {"references": ["var.x"]}}})";
  EXPECT_EQ(state_of(Merged("{}", R"({"a": true})", config)["a"]), "unknown");
  EXPECT_EQ(state_of(Merged(R"({"a": null})", R"({"a": true})", config)["a"]), "unknown");
}

TEST(TerraformAttributes, WhereTheConfigurationIsSilentTheProviderChooses) {
  EXPECT_EQ(state_of(Merged("{}", R"({"arn": true})", kSilent)["arn"]), "unset");
  EXPECT_EQ(state_of(Merged("{}", R"({"arn": true})", "{}")["arn"]), "unset")
      << "a resource without arguments has no expressions at all";
}

TEST(TerraformAttributes, WithoutAConfigurationNothingIsTakenAsUnset) {
  EXPECT_EQ(state_of(Merged("{}", R"({"arn": true})", "")["arn"]), "unknown");
}

TEST(TerraformAttributes, TheThreeAreToldApartInBlocks) {
  const Merged merged(R"({"block": [{"known": 1, "nothing": null}]})",
                      R"({"block": [{"given": true, "computed": true}]})",
                      R"({"expressions": {"block": [{"known": {"constant_value": 1},
                                      "given": {"references": ["a_y.y.id"]}}]}})");
  const Node block = merged["block"].at(0);
  EXPECT_EQ(state_of(block["known"]), "known");
  EXPECT_EQ(state_of(block["nothing"]), "unset");
  EXPECT_EQ(state_of(block["given"]), "unknown");
  EXPECT_EQ(state_of(block["computed"]), "unset");
}

TEST(TerraformAttributes, ASingleBlockMayStandAsAMap) {
  const Merged merged(R"({"block": [{"a": 1}]})", R"({"block": [{"id": true}]})",
                      R"({"expressions": {"block": {"a": {"constant_value": 1}}}})");
  EXPECT_EQ(state_of(merged["block"].at(0)["id"]), "unset");
}

TEST(TerraformAttributes, InADynamicBlockAnythingMayBeWritten) {
  const Merged merged(R"({"ingress": [{"port": 80}]})", R"({"ingress": [{"group": true}]})",
                      kSilent);
  EXPECT_EQ(state_of(merged["ingress"].at(0)["group"]), "unknown");
}

TEST(TerraformAttributes, BelowAnExpressionAnythingMayBeWritten) {
  const Merged merged(R"({"tags": {"a": "x"}})", R"({"tags": {"b": true}})",
                      R"({"expressions": {"tags": {"references": ["local.tags"]}}})");
  EXPECT_EQ(state_of(merged["tags"]["b"]), "unknown");
}

TEST(TerraformAttributes, ItemsOfAListMayBeUnknownOneByOne) {
  const char* config = R"({"expressions": {"ids": {"references": ["a_y.y"]}}})";
  const Merged merged(R"({"ids": ["x", null]})", R"({"ids": [false, true]})", config);
  EXPECT_EQ(state_of(merged["ids"].at(0)), "known");
  EXPECT_EQ(state_of(merged["ids"].at(1)), "unknown");
}

TEST(TerraformAttributes, AnUnknownDeepBelowWhatIsNotThereIsUnknownToo) {
  const char* config = R"({"expressions": {"ids": {"references": ["a_y.y"]},
                                           "map": {"references": ["a_y.y"]}}})";
  const Merged merged(R"({"map": null})", R"({"ids": [true, false], "map": {"k": {"l": true}}})",
                      config);
  EXPECT_EQ(state_of(merged["ids"]), "unknown");
  EXPECT_EQ(state_of(merged["map"]), "unknown");
}

TEST(TerraformAttributes, ItemsBeyondThoseKnownAreUnknown) {
  const Merged merged(R"({"ids": ["x"]})", R"({"ids": [false, true]})",
                      R"({"expressions": {"ids": {"references": ["a_y.y"]}}})");
  ASSERT_EQ(merged["ids"].size(), 2U);
  EXPECT_EQ(state_of(merged["ids"].at(1)), "unknown");
}

TEST(TerraformAttributes, AnUnknownWithoutATruthIsNone) {
  const Merged merged(R"({"a": "x"})", R"({"a": false, "b": false, "c": [false], "d": {}})",
                      kSilent);
  EXPECT_EQ(state_of(merged["a"]), "known");
  EXPECT_EQ(state_of(merged["b"]), "unset");
  EXPECT_EQ(state_of(merged["c"]), "unset");
  EXPECT_EQ(state_of(merged["d"]), "unset");
}

TEST(TerraformAttributes, ShapesThatDoNotMatchDoNoHarm) {
  EXPECT_EQ(state_of(Merged("{}", "[]", kSilent)["a"]), "unset");
  EXPECT_EQ(state_of(Merged(R"(["a"])", R"({"a": true})", kSilent)["a"]), "unset");
  EXPECT_EQ(state_of(Merged(R"({"a": {"b": 1}})", R"({"a": [true]})", kSilent)["a"]), "known");
  EXPECT_EQ(state_of(Merged(R"({"a": [1]})", R"({"a": {"b": true}})", kSilent)["a"]), "known");
  EXPECT_EQ(state_of(Merged("", R"({"a": true})", kSilent)["a"]), "unset");
  EXPECT_EQ(state_of(Merged(R"({"a": 1})", "true", R"({"expressions": []})")["a"]), "known");
}

TEST(TerraformAttributes, PlacesAreThoseOfTheValues) {
  const Merged merged(R"({"a": {"b": "here"}})", "{}", kSilent);
  const base::Span span = merged["a"]["b"].span();
  EXPECT_EQ(merged.sources.text(span.source).substr(span.begin, span.end - span.begin), "\"here\"");
}

}  // namespace
}  // namespace outlast::import
