#include "import/json_pointers.h"

#include <gtest/gtest.h>

namespace outlast::import {
namespace {

struct Parsed {
  explicit Parsed(std::string json) : source(sources.add("a.json", std::move(json), "")) {
    document = base::parse_json(sources, source, diagnostics);
  }
  base::Sources sources;
  base::Diagnostics diagnostics;
  base::SourceId source;
  std::optional<base::Document> document;
};

TEST(JsonPointers, LeadToTheInnermostValueAroundASpan) {
  const Parsed parsed(R"({"a": 1, "items": [{"x": 1}, {"spec": {"a/b": [7, 8, 9]}}], "z": 2})");
  const base::Node root = parsed.document->root();
  EXPECT_EQ(pointer_at(root, root.span()), "");
  const base::Node item = root["items"].at(1);
  EXPECT_EQ(pointer_at(root, item.span()), "/items/1");
  EXPECT_EQ(pointer_at(root, item["spec"]["a/b"].at(2).span()), "/items/1/spec/a~1b/2");
  EXPECT_EQ(pointer_at(root, root["z"].span()), "/z");
}

TEST(JsonPointers, AreAddedToEvidenceThatHasNone) {
  const Parsed parsed(R"({"items": [{"x": 1}]})");
  const base::Node root = parsed.document->root();
  blueprint::Draft draft;
  blueprint::DraftResource resource;
  resource.attributes = root["items"].at(0);
  resource.evidence = {"a", resource.attributes.span(), ""};
  draft.resources.push_back(resource);
  resource.evidence.pointer = "/told/already";
  draft.resources.push_back(resource);
  add_pointers({root}, draft);
  EXPECT_EQ(draft.resources[blueprint::ResourceId(0)].evidence.pointer, "/items/0");
  EXPECT_EQ(draft.resources[blueprint::ResourceId(0)].attributes_pointer, "/items/0");
  EXPECT_EQ(draft.resources[blueprint::ResourceId(1)].evidence.pointer, "/told/already");
}

}  // namespace
}  // namespace outlast::import
