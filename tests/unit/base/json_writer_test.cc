#include "base/json_writer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "base/document.h"

namespace outlast::base {
namespace {

template <class T>
std::string written(const T& value) {
  JsonWriter json;
  json.value(value);
  return json.take();
}

TEST(JsonWriter, IndentsMembersInTheOrderGiven) {
  JsonWriter json;
  json.begin_object();
  json.member("b", 1);
  json.key("a");
  json.begin_array();
  json.value("x");
  json.value(true);
  json.null();
  json.end_array();
  json.key("empty");
  json.begin_object();
  json.end_object();
  json.end_object();
  EXPECT_EQ(
      json.take(),
      "{\n  \"b\": 1,\n  \"a\": [\n    \"x\",\n    true,\n    null\n  ],\n  \"empty\": {}\n}\n");
}

TEST(JsonWriter, EscapesWhatJsonForbidsAndNothingElse) {
  EXPECT_EQ(written("a\"b\\c\n\t"), "\"a\\\"b\\\\c\\n\\t\"\n");
  EXPECT_EQ(written(std::string("\0\x1f", 2)), "\"\\u0000\\u001f\"\n");
  EXPECT_EQ(written("서울/é"), "\"서울/é\"\n");
}

TEST(JsonWriter, WhatIsNotFiniteIsNull) {
  EXPECT_EQ(written(std::numeric_limits<double>::infinity()), "null\n");
  EXPECT_EQ(written(-std::numeric_limits<double>::infinity()), "null\n");
  EXPECT_EQ(written(std::nan("")), "null\n");
}

TEST(JsonWriter, NumbersShowNoLastBits) {
  EXPECT_EQ(written(0.1 + 0.2), "0.3\n");
  EXPECT_EQ(written(-0.0), "0\n");
  EXPECT_EQ(written(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808\n");
}

TEST(JsonWriter, AbsentIsNullAndListsAreArrays) {
  EXPECT_EQ(written(std::optional<double>()), "null\n");
  EXPECT_EQ(written(std::optional<double>(1.5)), "1.5\n");
  EXPECT_EQ(written(std::vector<std::string>{"a", "b"}), "[\n  \"a\",\n  \"b\"\n]\n");
  EXPECT_EQ(written(std::vector<int>{}), "[]\n");
}

TEST(JsonWriter, IsEmptyOnceItsTextWasTaken) {
  JsonWriter json;
  json.value(1);
  EXPECT_EQ(json.take(), "1\n");
  json.value(2);
  EXPECT_EQ(json.take(), "2\n");
}

RC_GTEST_PROP(JsonWriter, AnyAsciiIsReadBackAsItWas, (std::map<std::string, std::string> members)) {
  JsonWriter json;
  json.begin_object();
  std::map<std::string, std::string> ascii;
  const auto plain = [](std::string text) {
    for (char& c : text) {
      c = static_cast<char>(c & 0x7f);
    }
    return text;
  };
  for (const auto& [key, value] : members) {
    ascii.emplace(plain(key), plain(value));
  }
  for (const auto& [key, value] : ascii) {
    json.member(key, value);
  }
  json.end_object();
  Sources sources;
  Diagnostics diagnostics;
  const SourceId source = sources.add("a.json", json.take(), "");
  const auto document = parse_json(sources, source, diagnostics);
  RC_ASSERT(document.has_value());
  RC_ASSERT(document->root().size() == ascii.size());
  for (const auto& [key, value] : ascii) {
    RC_ASSERT(document->root()[key].text() == value);
  }
}

}  // namespace
}  // namespace outlast::base
