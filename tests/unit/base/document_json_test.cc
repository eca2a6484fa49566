#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "base/document.h"
#include "base/json_mistake.h"

namespace outlast::base {
namespace {

/// A text and what parse_json made of it.
struct Read {
  explicit Read(std::string text, const DocumentLimits& limits = {}) {
    source = sources.add("a.json", std::move(text), "");
    document = parse_json(sources, source, diagnostics, limits);
  }
  [[nodiscard]] Node root() const { return document ? document->root() : Node(); }
  [[nodiscard]] std::string written(Span span) const {
    return sources.text(source).substr(span.begin, span.end - span.begin);
  }
  [[nodiscard]] std::size_t errors() const { return diagnostics.items().size(); }
  [[nodiscard]] const Diagnostic& error(std::size_t i = 0) const { return diagnostics.items()[i]; }

  Sources sources;
  SourceId source;
  Diagnostics diagnostics;
  std::optional<Document> document;
};

TEST(ParseJson, ReadsEveryKindOfValue) {
  const Read read(R"({"a": null, "b": [true, false], "c": -1.5e3, "d": "x", "e": {}, "f": []})");
  const Node root = read.root();
  ASSERT_TRUE(root.is(NodeKind::map));
  EXPECT_EQ(root.size(), 6U);
  EXPECT_TRUE(root["a"].is(NodeKind::null));
  EXPECT_EQ(root["b"].at(0).as_bool(), true);
  EXPECT_EQ(root["b"].at(1).as_bool(), false);
  EXPECT_EQ(root["c"].as_number(), -1500.0);
  EXPECT_EQ(root["d"].text(), "x");
  EXPECT_TRUE(root["e"].is(NodeKind::map));
  EXPECT_EQ(root["f"].size(), 0U);
  EXPECT_EQ(root.key(5), "f");
}

TEST(ParseJson, EveryNodeAndKeyKnowsItsBytes) {
  const Read read(" {\"a\" : [ 12 ,\"x\\n\" ] ,\"서울\":true }\n");
  const Node root = read.root();
  EXPECT_EQ(read.written(root.span()), "{\"a\" : [ 12 ,\"x\\n\" ] ,\"서울\":true }");
  EXPECT_EQ(read.written(root["a"].span()), "[ 12 ,\"x\\n\" ]");
  EXPECT_EQ(read.written(root["a"].at(0).span()), "12");
  EXPECT_EQ(read.written(root["a"].at(1).span()), "\"x\\n\"");
  EXPECT_EQ(read.written(root.key_span(1)), "\"서울\"");
  EXPECT_EQ(read.written(root["서울"].span()), "true");
}

TEST(ParseJson, NumbersKeepTheirText) {
  const Read read("[1.10, 12345678901234567890, 1e400, 1e-400, -0, 3.0, 1e3, 9223372036854775807]");
  const Node root = read.root();
  EXPECT_EQ(root.at(0).text(), "1.10");
  EXPECT_EQ(root.at(1).text(), "12345678901234567890");
  EXPECT_EQ(root.at(1).as_integer(), std::nullopt);
  EXPECT_EQ(root.at(2).as_number(), std::nullopt) << "no double is so large";
  EXPECT_EQ(root.at(3).as_number(), 0.0);
  EXPECT_EQ(root.at(4).as_integer(), 0);
  EXPECT_EQ(root.at(5).as_integer(), 3);
  EXPECT_EQ(root.at(6).as_integer(), 1000);
  EXPECT_EQ(root.at(7).as_integer(), 9223372036854775807);
}

TEST(ParseJson, UnescapesStringsAndKeys) {
  const Read read(R"({"\"\\\/\b\f\n\r\t": "\u00e9\uD83D\uDE00 \u0000x"})");
  EXPECT_EQ(read.root().key(0), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(read.root().at(0).text(), std::string("é😀 \0x", 9));
}

TEST(ParseJson, ReadsAScalarAlone) {
  EXPECT_EQ(Read(" 12 ").root().as_integer(), 12);
  EXPECT_EQ(Read("\"x\"").root().text(), "x");
  EXPECT_TRUE(Read("null").root().is(NodeKind::null));
}

TEST(ParseJson, AskingForWhatIsNotThereIsSafe) {
  const Read read(R"({"a": 1})");
  EXPECT_FALSE(read.root()["b"]["c"].at(3).exists());
  EXPECT_EQ(read.root()["a"]["b"].text(), "");
  EXPECT_EQ(read.root().key(7), "");
  EXPECT_FALSE(read.root().key_span(7).exists());
  EXPECT_EQ(Node().as_integer(), std::nullopt);
  EXPECT_EQ(Node().size(), 0U);
  EXPECT_FALSE(Node().span().exists());
}

TEST(ParseJson, ADocumentMayMove) {
  Read read(R"({"a": "plain", "b": "esc\n"})");
  const Document moved = std::move(*read.document);
  EXPECT_EQ(moved.root()["a"].text(), "plain");
  EXPECT_EQ(moved.root()["b"].text(), "esc\n");
}

TEST(ParseJson, TellsEveryDuplicateKeyAtItsPlace) {
  const Read read("{\"a\": 1,\n \"b\": {\"x\": 1, \"\\u0078\": 2}, \"a\": 3, \"a\": 4}");
  ASSERT_EQ(read.errors(), 3U);
  EXPECT_EQ(read.error(0).code, "OUT-E1104");
  EXPECT_EQ(read.written(read.error(0).span), "\"\\u0078\"") << "escapes are another spelling";
  EXPECT_EQ(read.written(read.error(1).span), "\"a\"");
  EXPECT_EQ(read.error(1).span.begin, 38U);
  EXPECT_EQ(read.error(2).notes.at(0), "the first is in line 1, column 2");
  EXPECT_EQ(read.root()["a"].as_integer(), 1) << "the document is there all the same";
}

TEST(ParseJson, FindsDuplicatesAmongManyKeys) {
  std::string text = "{";
  for (int i = 0; i < 50'000; ++i) {
    text += "\"key" + std::to_string(i) + "\": 0,";
  }
  const Read read(text + "\"key77\": 1, \"key3\": 1}");
  ASSERT_EQ(read.errors(), 2U);
  EXPECT_NE(read.error(0).message.find("key77"), std::string::npos);
  EXPECT_NE(read.error(1).message.find("key3"), std::string::npos);
}

TEST(ParseJson, DuplicatesWithoutEndAreToldUpToAThousand) {
  std::string text = "{\"a\": 0";
  for (int i = 0; i < 5000; ++i) {
    text += ",\"a\": 0";
  }
  const Read read(text + "}");
  EXPECT_EQ(read.errors(), 1000U);
  EXPECT_EQ(read.error(999).notes.size(), 2U);
}

TEST(ParseJson, NestingHasALimit) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(Read(nested(256)).document);
  const Read read(nested(257));
  EXPECT_FALSE(read.document);
  EXPECT_EQ(read.error().code, "OUT-E1103");
  EXPECT_EQ(read.error().span.begin, 256U);
  EXPECT_EQ(Read(std::string(1'000'000, '[')).error().code, "OUT-E1103");
}

TEST(ParseJson, SizeHasALimit) {
  const Read read("[1, 2, 3]", {.bytes = 8});
  EXPECT_FALSE(read.document);
  EXPECT_EQ(read.error().code, "OUT-E1101");
  EXPECT_EQ(read.error().message, "the file has 9 bytes; at most 8 bytes of JSON are read");
}

struct Mistake {
  std::string text;
  std::size_t begin;
  std::string message;
};

TEST(ParseJson, PutsTheCaretBelowTheFirstMistakeAndSaysWhatItIs) {
  const std::vector<Mistake> mistakes = {
      {"{\"a\": 1,}", 7, "nothing follows this comma"},
      {"[1, 2, ]", 5, "nothing follows this comma"},
      {"[1,, 2]", 3, "nothing stands before this comma"},
      {"{\"a\": 1 \"b\": 2}", 8, "a comma is missing before this"},
      {"[1 2]", 3, "a comma is missing before this"},
      {"{\"a\" 1}", 5, "a colon is missing after the key"},
      {"{\"a\": }", 6, "a value is missing here"},
      {"{\"a\": \"x}\n", 6, "this string is not closed on its line"},
      {"{\"a\": \"x", 6, "this string is never closed"},
      {"{\"a\": [1, 2", 11, "the file ends inside a list"},
      {"{\"a\": {\"b\": 1}\n", 14, "the file ends inside an object"},
      {"{\"a\": tru", 6, "this word is no JSON value"},
      {"{'a': 1}", 1, "single quotes are not JSON"},
      {"{\"a\": 1} // x", 9, "JSON has no comments"},
      {"{/* x */}", 1, "JSON has no comments"},
      {"{\"a\": None}", 6, "this word is Python, not JSON"},
      {"{a: 1}", 1, "a key must stand in double quotes"},
      {"[NaN]", 1, "JSON has no such number"},
      {"[-Infinity]", 1, "JSON has no such number"},
      {"[01]", 1, "a number may not begin with a zero"},
      {"[+1]", 1, "a number may not begin with a plus sign"},
      {"[1.]", 1, "a digit is missing beside the point of this number"},
      {"[0x1F]", 1, "this is no JSON number"},
      {"[1] 2", 4, "text follows the JSON value"},
      {"{}\n{}", 3, "a second JSON value begins here"},
      {"{}}", 2, "this bracket closes nothing"},
      {"{\"a\": [1}", 8, "this bracket does not close the list that is open"},
      {"[\"\\x\"]", 2, "a backslash may not stand before this"},
      {"[\"\\u12\"]", 2, "\\u must be followed by four hexadecimal digits"},
      {"[\"\\ud800\"]", 2, "half of a surrogate pair stands alone"},
      {"[\"\\udc00\"]", 2, "half of a surrogate pair stands alone"},
      {"[\"a\tb\"]", 3, "a tab may not stand in a string"},
      {"[\"a\x01\"]", 3, "a control character may not stand in a string"},
      {"[\"\xC3(\"]", 2, "this byte is not UTF-8"},
      {"", 0, "the file is empty"},
      {" \n\t", 0, "the file holds nothing but white space"},
      {"\x01\x02\xFF", 0, "a control character may not stand here"},
      {"\xEF\xBB\xBF{}", 0, "a byte order mark may not stand here"},
      {"PK\x03\x04", 0, "this is a compressed file, not JSON"},
  };
  for (const Mistake& mistake : mistakes) {
    const Read read(mistake.text);
    EXPECT_FALSE(read.document) << mistake.text;
    ASSERT_EQ(read.errors(), 1U) << mistake.text;
    EXPECT_EQ(read.error().code, "OUT-E1102") << mistake.text;
    EXPECT_EQ(read.error().message, mistake.message) << mistake.text;
    EXPECT_EQ(read.error().span.begin, mistake.begin) << mistake.text;
  }
}

TEST(ParseJson, NamesTheBracketThatIsNotClosed) {
  EXPECT_EQ(Read("{\n  \"a\": [1,\n").error().notes.at(0), "it was opened in line 2, column 8");
}

TEST(ParseJson, RecognisesALogLineBeforeOrAfterTheJson) {
  for (const std::string line : {"2024-01-01 12:00 INFO start", "[INFO] start", "Warning: old"}) {
    const Read before(line + "\n{\"a\": 1}\n");
    EXPECT_EQ(before.error().message, "this line is not JSON; the JSON seems to begin in line 2");
    EXPECT_EQ(before.written(before.error().span), line);
  }
  const Read after("{\"a\": 1}\nDone.\n");
  EXPECT_EQ(after.error().message, "text follows the JSON value");
  EXPECT_EQ(after.written(after.error().span), "Done.");
}

/// Texts that are JSON or nearly so.
rc::Gen<std::string> json_like() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                          "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "1", "-2.5e3", "true",
                          "null", " ", "\n", "\"", "\\", "\\u00e9", "0", "\xC3", "x")),
                      [](const std::vector<std::string>& parts) {
                        std::string text;
                        for (const std::string& part : parts) {
                          text += part;
                        }
                        return text;
                      });
}

RC_GTEST_PROP(ParseJson, ReadsExactlyWhatHasNoMistake, ()) {
  const std::string text = *json_like();
  RC_ASSERT(Read(text).document.has_value() == !find_json_mistake(text).has_value());
}

TEST(DocumentBuilder, MakesADocumentBottomUp) {
  DocumentBuilder builder(SourceId(std::size_t{0}));
  const auto key = builder.scalar(NodeKind::string, "list", 0, 4);
  const auto one = builder.scalar(NodeKind::number, "1", 6, 7);
  const auto lost = builder.scalar(NodeKind::unknown, "", 8, 9);
  const auto list = builder.list({one, lost, one}, 5, 10);
  EXPECT_EQ(builder.text(key), "list");
  const Document document = builder.finish(builder.map({key, list}, 0, 10));
  const Node root = document.root();
  ASSERT_EQ(root["list"].size(), 3U);
  EXPECT_EQ(root["list"].at(2).as_integer(), 1);
  EXPECT_TRUE(root["list"].at(1).is(NodeKind::unknown));
  EXPECT_EQ(root.key_span(0).end, 4U);
  EXPECT_EQ(document.node_count(), 6U);
}

}  // namespace
}  // namespace outlast::base
