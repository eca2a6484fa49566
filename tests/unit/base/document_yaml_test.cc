#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "base/document.h"

namespace outlast::base {
namespace {

/// A text and what parse_yaml made of it.
struct Read {
  explicit Read(std::string text, const DocumentLimits& limits = {}) {
    source = sources.add("a.yaml", std::move(text), "");
    documents = parse_yaml(sources, source, diagnostics, limits);
  }
  [[nodiscard]] Node root(std::size_t i = 0) const {
    return documents && i < documents->size() ? (*documents)[i].root() : Node();
  }
  [[nodiscard]] std::string written(Span span) const {
    return sources.text(source).substr(span.begin, span.end - span.begin);
  }
  [[nodiscard]] std::string written(Node node) const { return written(node.span()); }
  [[nodiscard]] std::size_t errors() const { return diagnostics.items().size(); }
  [[nodiscard]] const Diagnostic& error(std::size_t i = 0) const { return diagnostics.items()[i]; }

  Sources sources;
  SourceId source;
  Diagnostics diagnostics;
  std::optional<std::vector<Document>> documents;
};

TEST(ParseYaml, ReadsBlocksAndBrackets) {
  const Read read("a: {b: [1, two], c: }\nd:\n- x\n- y: z\n  w: ~\n");
  const Node root = read.root();
  EXPECT_EQ(root["a"]["b"].at(1).text(), "two");
  EXPECT_TRUE(root["a"]["c"].is(NodeKind::null));
  EXPECT_EQ(root["d"].at(1)["y"].text(), "z");
  EXPECT_TRUE(root["d"].at(1)["w"].is(NodeKind::null));
  EXPECT_EQ(read.errors(), 0U);
}

TEST(ParseYaml, PlainScalarsFollowTheCoreSchema) {
  const auto kind = [](const std::string& value) { return Read("a: " + value).root()["a"].kind(); };
  for (const char* word : {"", "~", "null", "Null", "NULL"}) {
    EXPECT_EQ(kind(word), NodeKind::null) << word;
  }
  for (const char* word : {"true", "False", "TRUE"}) {
    EXPECT_EQ(kind(word), NodeKind::boolean) << word;
  }
  for (const char* word : {"0", "-12", "+1", "0x1F", "0o17", "1.5", ".5", "1.", "1e3", "012"}) {
    EXPECT_EQ(kind(word), NodeKind::number) << word;
  }
  for (const char* word : {"yes", "no", "on", "off", "y", "tRUE", "1_000", "1.2.3", "0b1", ".inf",
                           ".nan", "\"1\"", "'true'", "!!str 1", "! 1", "!Ref 1", "1 2"}) {
    EXPECT_EQ(kind(word), NodeKind::string) << word;
  }
  EXPECT_EQ(kind("!!int \"5\""), NodeKind::number);
}

TEST(ParseYaml, NumbersOfYamlHaveValues) {
  EXPECT_EQ(Read("[0x1F]").root().at(0).as_integer(), 31);
  EXPECT_EQ(Read("[0o17]").root().at(0).as_number(), 15.0);
  EXPECT_EQ(Read("[+.5]").root().at(0).as_number(), 0.5);
  EXPECT_EQ(Read("[012]").root().at(0).as_integer(), 12);
  EXPECT_EQ(Read("[0xFFFFFFFFFFFFFFFFFF]").root().at(0).as_number(), std::nullopt);
  EXPECT_EQ(Read("[True]").root().at(0).as_bool(), true);
}

TEST(ParseYaml, EveryNodeAndKeyKnowsItsBytes) {
  const Read read(
      "# 서울\n'a b': &x !!str \"q\\n\"\n서울: [1, {d: e } ] # c\nf: |\n  x\n\n  y\n"
      "g: foo\n  bar\nh: *x\n");
  const Node root = read.root();
  EXPECT_EQ(read.written(root.key_span(0)), "'a b'");
  EXPECT_EQ(read.written(root["a b"]), "\"q\\n\"");
  EXPECT_EQ(read.written(root.key_span(1)), "서울");
  EXPECT_EQ(read.written(root["서울"]), "[1, {d: e } ]");
  EXPECT_EQ(read.written(root["서울"].at(1)), "{d: e }");
  EXPECT_EQ(read.written(root["f"]), "|\n  x\n\n  y");
  EXPECT_EQ(read.written(root["g"]), "foo\n  bar");
  EXPECT_EQ(root["g"].text(), "foo bar");
  EXPECT_EQ(read.written(root["h"]), "\"q\\n\"") << "an alias is the node it refers to";
}

TEST(ParseYaml, OffsetsCountTheByteOrderMark) {
  const Read read(
      "\xEF\xBB\xBF"
      "a: b\n");
  EXPECT_EQ(read.root()["a"].span().begin, 6U);
}

TEST(ParseYaml, WhatIsNotWrittenHasAPlaceBehindItsKey) {
  const Read read("a:\n\n# c\nb: 1\n");
  EXPECT_EQ(read.root()["a"].span().begin, 2U);
  EXPECT_EQ(read.root()["a"].span().end, 2U);
}

TEST(ParseYaml, ReadsAllDocumentsOfAStream) {
  const Read read("a: 1\n---\n# nothing\n---\n- b\n...\n---\nc\n");
  ASSERT_EQ(read.documents->size(), 4U);
  EXPECT_TRUE(read.root(1).is(NodeKind::null));
  EXPECT_EQ(read.root(2).at(0).text(), "b");
  EXPECT_EQ(read.root(3).text(), "c");
  EXPECT_EQ(Read("").documents->size(), 0U);
  EXPECT_EQ(Read("# only a comment\n").documents->size(), 0U);
}

TEST(ParseYaml, JsonIsReadAsYaml) {
  const Read read("{\"a\": [1, \"\\ud83d\\ude00\"]}\n");
  EXPECT_EQ(read.root()["a"].at(1).text(), "😀");
}

TEST(ParseYamlMerge, TheNearestKeyWins) {
  const Read read(
      "base: &b {x: 1, y: 2}\nmore: &m {y: 7, z: 8}\n"
      "one: {<<: *b, y: 3}\ntwo: {<<: [*b, *m], w: 0}\nthree: {<<: {x: 5}}\nfour: {'<<': 1}\n");
  EXPECT_EQ(read.errors(), 0U);
  EXPECT_EQ(read.root()["one"].size(), 2U);
  EXPECT_EQ(read.root()["one"]["y"].as_integer(), 3);
  EXPECT_EQ(read.root()["one"]["x"].as_integer(), 1);
  EXPECT_EQ(read.root()["two"].size(), 4U);
  EXPECT_EQ(read.root()["two"]["y"].as_integer(), 2) << "the first of a list wins";
  EXPECT_EQ(read.root()["three"]["x"].as_integer(), 5);
  EXPECT_EQ(read.root()["four"]["<<"].as_integer(), 1) << "in quotes it is a key like others";
}

TEST(ParseYamlMerge, MergesWhatWasMerged) {
  const Read read(
      "a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}\nl: &l [*a, {z: 3}]\nd: {<<: *l}\n");
  EXPECT_EQ(read.root()["c"]["x"].as_integer(), 1);
  EXPECT_EQ(read.root()["d"]["z"].as_integer(), 3);
}

TEST(ParseYamlMerge, TakesOnlyMaps) {
  const Read read("a: {<<: [1]}\nb: {<<: x}\n");
  ASSERT_EQ(read.errors(), 2U);
  EXPECT_EQ(read.error(0).message, "<< takes a map or a list of maps");
  EXPECT_EQ(read.written(read.error(1).span), "x");
}

TEST(ParseYaml, TellsEveryDuplicateKeyAtItsPlace) {
  const Read read("a: 1\nb: {x: 1, 'x': 2}\n\"a\": 3\n");
  ASSERT_EQ(read.errors(), 2U);
  EXPECT_EQ(read.error(0).code, "OUT-E1104");
  EXPECT_EQ(read.written(read.error(0).span), "'x'");
  EXPECT_EQ(read.error(0).notes.at(0), "the first is in line 2, column 5");
  EXPECT_EQ(read.written(read.error(1).span), "\"a\"");
}

TEST(ParseYaml, KeysAreWordsOrStrings) {
  const Read read("a: {{ x }}\n? [b]\n: 1\n1: one\ntrue: yes\n~: null key\n{c: d}: 2\n");
  ASSERT_EQ(read.errors(), 3U);
  EXPECT_EQ(read.error(0).code, "OUT-E1106");
  EXPECT_EQ(read.written(read.error(0).span), "{ x }");
  EXPECT_EQ(read.root()["1"].text(), "one");
  EXPECT_EQ(read.root()["true"].text(), "yes");
  EXPECT_EQ(read.root()["~"].text(), "null key");
  EXPECT_EQ(Read(": a\n").error().message, "a key is missing here");
}

TEST(ParseYamlAliases, GrowOnlyUpToALimit) {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i < 20; ++i) {
    text += fmt::format("a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}]\n", i, i - 1);
  }
  const Read read(text);
  EXPECT_FALSE(read.documents);
  EXPECT_EQ(read.error().code, "OUT-E1105");
}

TEST(ParseYamlAliases, MergesAndManyDocumentsCountToo) {
  std::string text = "a: &a {";
  for (int i = 0; i < 100; ++i) {
    text += "k" + std::to_string(i) + ": 1, ";
  }
  text += "}\nb:\n";
  for (int i = 0; i < 100; ++i) {
    text += "- {<<: *a}\n";
  }
  EXPECT_EQ(Read(text, {.yaml_nodes = 10'000}).error().code, "OUT-E1105");
  EXPECT_TRUE(Read(text, {.yaml_nodes = 100'000}).documents);
  EXPECT_EQ(Read("- 1\n- 2\n---\n- 3\n- 4\n", {.yaml_nodes = 5}).error().code, "OUT-E1101");
}

TEST(ParseYamlAliases, MayNotStandInWhatTheyReferTo) {
  EXPECT_EQ(Read("a: &x [*x]\n").error().code, "OUT-E1105");
  EXPECT_EQ(Read("a: &x {<<: *x}\n").error().code, "OUT-E1105");
}

TEST(ParseYaml, NestingHasALimit) {
  EXPECT_EQ(Read(std::string(1'000'000, '[')).error().code, "OUT-E1103");
  EXPECT_EQ(Read(std::string(1'000'000, '{')).error().code, "OUT-E1103");
  std::string dashes;
  std::string keys;
  for (int i = 0; i < 300; ++i) {
    dashes += "- ";
    keys += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  }
  EXPECT_EQ(Read(dashes + "x").error().code, "OUT-E1103");
  EXPECT_EQ(Read(keys).error().code, "OUT-E1103");
  const std::string deep = std::string(200, '[') + "x" + std::string(200, ']');
  const std::string deeper = std::string(200, '[') + "*x" + std::string(200, ']');
  EXPECT_EQ(Read("a: &x " + deep + "\nb: " + deeper).error().code, "OUT-E1103")
      << "an alias brings its own depth";
}

TEST(ParseYaml, BracketsInTextAreNoNesting) {
  const std::string many(300, '[');
  EXPECT_TRUE(Read("a: |\n  " + many + "\nb: \"" + many + "\"\nc: x" + many + "\n# " + many +
                   "\nd: '" + many + "'\ne: x\n  " + many + "\n")
                  .documents);
}

TEST(ParseYaml, SizesHaveALimit) {
  EXPECT_EQ(Read("a: 12345\n", {.yaml_bytes = 8}).error().code, "OUT-E1101");
  std::string list = "[";
  for (int i = 0; i < 1'000'001; ++i) {
    list += "a,";
  }
  EXPECT_EQ(Read(list + "]").error().code, "OUT-E1101");
}

struct Mistake {
  std::string text;
  std::size_t begin;
  std::string message;
};

TEST(ParseYaml, PutsTheCaretBelowTheFirstMistakeAndSaysWhatItIs) {
  const std::string deeper = "this line is indented deeper than the one it should align with";
  const std::string misfit = "the indentation of this line fits no line above it";
  const std::vector<Mistake> mistakes = {
      {"a:\n\tb: 1\n", 3, "a tab is used for indentation"},
      {"a:\n  b:\n  \tc: 1\n", 10, "a tab is used for indentation"},
      {"a: 1\n  b: 2\n", 7, deeper},
      {"a:\n    b: 1\n  c: 2\n", 14, misfit},
      {"a:\n  - b\n c: 1\n", 10, misfit},
      {"a: \"x\nb: 1\n", 3, "this string is never closed"},
      {"a: 'x\nb: 1", 3, "this string is never closed"},
      {"a: \"x\n---\nb\n", 3, "this string is never closed"},
      {"a:1\nb: 2\n", 1, "a space is missing after this colon"},
      {"a: 1\nb:2\n", 6, "a space is missing after this colon"},
      {"- a\n-b\n", 4, "a space is missing after this dash"},
      {"a: b: c\n", 4, "a second colon in one line"},
      {"a: 1\nb\nc: 2\n", 5, "this line is neither a key with a colon nor an item"},
      {"a: 1\nfoo\n", 5, "a colon is missing after this key"},
      {"a: [1, 2\n", 3, "this bracket is never closed"},
      {"a: [1, 2\nb: 1\n", 10, "a comma or ] is expected here"},
      {"a: {b: 1\n", 3, "this bracket is never closed"},
      {"[a,,b]\n", 3, "nothing stands before this comma"},
      {"a: 1\n]\n", 5, "this bracket closes nothing"},
      {"a: \"x\" y\n", 7, "this does not belong to the value before it"},
      {"- a\nb: c\n", 4, "this does not belong to what stands before it"},
      {"a: @b\n", 3, "a value may not begin with this character"},
      {"a: \"\\q\"\n", 4, "a backslash may not stand before this"},
      {"a: *b\n", 3, "this alias has no anchor before it"},
      {"a: - b\n", 3, "an item may not begin here"},
      {"%a: b\n", 0, "a line may not begin with %"},
      {"a: \x01\n", 3, "a control character may not stand in YAML"},
      {std::string("a\0b", 3), 1, "a control character may not stand in YAML"},
      {"a: \xFF\n", 3, "this byte is not UTF-8"},
  };
  for (const Mistake& mistake : mistakes) {
    const Read read(mistake.text);
    EXPECT_FALSE(read.documents) << mistake.text;
    ASSERT_EQ(read.errors(), 1U) << mistake.text;
    EXPECT_EQ(read.error().code, "OUT-E1102") << mistake.text;
    EXPECT_EQ(read.error().message, mistake.message) << mistake.text;
    EXPECT_EQ(read.error().span.begin, mistake.begin) << mistake.text;
  }
}

RC_GTEST_PROP(ParseYaml, RefusesOnlyWithAReason, ()) {
  const auto parts = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "a", "b: ", "- ", "\n", "  ", "[", "]", "{", "}", ", ", "\"", "'", "#", "&a ", "*a", "|\n",
      "? ", "<<: ", "---\n", "!t ", "null", "1", ":", "\t", "서울"));
  std::string text;
  for (const std::string& part : parts) {
    text += part;
  }
  const Read read(text);
  RC_ASSERT(read.documents.has_value() || read.diagnostics.has_errors());
}

}  // namespace
}  // namespace outlast::base
