#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "base/diagnostics.h"
#include "base/document.h"
#include "base/quoted_line.h"

namespace outlast::base {
namespace {

/// One diagnostic at the place of `marked` in `text`, rendered.
std::string shown(const std::string& text, std::string_view marked,
                  const DiagnosticStyle& style = {}, const std::string& path = "shop.yaml") {
  Sources sources;
  const SourceId source = sources.add(path, text, "");
  const auto begin = static_cast<std::uint32_t>(text.find(marked));
  Diagnostics diagnostics;
  diagnostics.error("OUT-E1203", {source, begin, begin + static_cast<std::uint32_t>(marked.size())},
                    "wrong");
  return render(diagnostics, sources, style);
}

std::string of_json(const std::string& text) {
  Sources sources;
  const SourceId source = sources.add("plan.json", text, "");
  Diagnostics diagnostics;
  (void)parse_json(sources, source, diagnostics);
  return render(diagnostics, sources);
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Render, QuotesTheLineWithCaretsAndRemedy) {
  Sources sources;
  std::string text(std::string(11, '\n') + "  web: { type: aws.ec2, replica: 4 }\n");
  const auto begin = static_cast<std::uint32_t>(text.find("replica"));
  const SourceId source = sources.add("shop.yaml", text, "");
  Diagnostics diagnostics;
  diagnostics.error("OUT-E1203", {source, begin, begin + 7},
                    "unknown key \"replica\" in component web", "did you mean \"replicas\"?");
  EXPECT_EQ(render(diagnostics, sources),
            "error[OUT-E1203]: unknown key \"replica\" in component web\n"
            "  --> shop.yaml:12:25\n"
            "   |\n"
            "12 |   web: { type: aws.ec2, replica: 4 }\n"
            "   |                         ^^^^^^^\n"
            "   = help: did you mean \"replicas\"?\n"
            "\n"
            "1 error\n");
}

TEST(Render, WithoutAPlaceSaysMessageNotesAndHelp) {
  Diagnostics diagnostics;
  Diagnostic diagnostic;
  diagnostic.severity = DiagnosticSeverity::warning;
  diagnostic.message = "the file is empty";
  diagnostic.notes = {"one", "two"};
  diagnostic.help = "write something";
  diagnostics.add(diagnostic);
  EXPECT_EQ(render(diagnostics, Sources()),
            "warning: the file is empty\n  = note: one\n  = note: two\n  = help: write something\n"
            "\n1 warning\n");
}

TEST(Render, NothingWrongIsNothingSaid) {
  EXPECT_EQ(render(Diagnostics(), Sources()), "");
}

TEST(Render, CountsWhatIsNotShown) {
  Diagnostics diagnostics;
  for (int i = 0; i < 5; ++i) {
    diagnostics.error("OUT-E1", {}, "message " + std::to_string(i));
  }
  diagnostics.warning("OUT-E2", {}, "careful");
  const std::string text = render(diagnostics, Sources(), {.max_shown = 2});
  EXPECT_TRUE(contains(text, "message 1"));
  EXPECT_FALSE(contains(text, "message 2"));
  EXPECT_TRUE(contains(text, "4 more not shown\n5 errors, 1 warning\n"));
}

TEST(Render, ColoursOnlyWhereAsked) {
  EXPECT_FALSE(contains(shown("a: b", "b"), "\x1B"));
  EXPECT_TRUE(contains(shown("a: b", "b", {.color = true}), "\x1B[1;31merror[OUT-E1203]\x1B[0m"));
}

TEST(Render, AnAttributeOfXmlEndsWithItsQuote) {
  EXPECT_TRUE(contains(shown("<a value=\"1\"/><b name=\"secret\"/><c/>", "<c"),
                       "1 | <a value=\"…\"/><b name=\"…\"/><c/>\n"));
  EXPECT_TRUE(contains(shown("<a password=hunter2/><c/>", "<c"), "<a password=…"));
}

TEST(RenderCarets, StandBelowTheTextAfterTabsAndWideCharacters) {
  EXPECT_TRUE(contains(shown("\ta:\tb", "b"), "1 |     a:    b\n  |           ^\n"));
  EXPECT_TRUE(contains(shown("서울: 東京 x", "x"), "1 | 서울: 東京 x\n  |            ^\n"));
  EXPECT_TRUE(contains(shown("a: 서울", "서울"), "1 | a: 서울\n  |    ^^^^\n"));
  EXPECT_TRUE(contains(shown("e\xCC\x81 x", "x"), "  |   ^\n")) << "a combining accent has no cell";
}

TEST(RenderCarets, MarkTheEndOfAFileAndOfALine) {
  EXPECT_TRUE(contains(shown("ab\n", "\n"), "1 | ab\n  |   ^\n"));
  EXPECT_TRUE(contains(shown("ab\r\ncd", "\r\n"), "1 | ab\n  |   ^\n"));
  EXPECT_TRUE(contains(shown("", ""), "1 | \n  | ^\n"));
}

TEST(RenderCarets, GoToTheEndOfTheFirstLineOfWhatIsLonger) {
  EXPECT_TRUE(contains(shown("ab cd\nef", "cd\nef"), "  |    ^^\n"));
}

TEST(RenderWidth, CutsALongLineAroundTheMark) {
  const std::string text =
      "a: " + std::string(3000, '.') + " here " + std::string(3000, '.') + " end";
  const std::string told = shown(text, "here", {.width = 40});
  EXPECT_TRUE(contains(told, "shop.yaml:1:3005\n"));
  EXPECT_TRUE(contains(told,
                       "1 | …................ here ............…\n"
                       "  |                   ^^^^\n"))
      << told;
}

TEST(RenderWidth, ShowsAllOfALineThatFits) {
  EXPECT_TRUE(contains(shown(std::string(35, '.') + "b", "b", {.width = 40}),
                       "1 | " + std::string(35, '.') + "b\n"));
}

TEST(RenderSecrets, QuotedValuesOtherThanTheMarkedAreMasked) {
  const std::string told = shown(R"({"user": "alice", "size": "big", "n": 4})", "\"big\"");
  EXPECT_TRUE(contains(told, R"({"user": "…", "size": "big", "n": 4})")) << told;
}

TEST(RenderSecrets, ASecretBesideASyntaxErrorIsNotPrinted) {
  for (const std::string text : {
           R"({"password": "hunter2" "x": 1})",
           R"({"a": "x"y", "password": "hunter2"})",
           R"({"password": hunter2, "a": 1})",
           R"({"password": "hunter2)",
           R"({'password': 'hunter2'})",
           R"({"a": "hunter2, "b": 1})",
           R"({"db": "x"y", "url": "mysql://hunter2"})",
           "{\"a\": \"hunter2\\q hunter2\"}",
           R"({"token": ["hunter2", "b",]})",
           R"({"secrets": {"db": hunter2}, "b" 1})",
           R"({"hosts": ["hunter2" "b"]})",
       }) {
    const std::string told = of_json(text);
    EXPECT_TRUE(contains(told, "OUT-E1102")) << told;
    EXPECT_FALSE(contains(told, "hunter2")) << told;
  }
}

TEST(RenderSecrets, UnquotedValuesOfSecretKeysAreMaskedEvenWhereMarked) {
  for (const std::string text : {
           "password: hunter2",
           "DB_PASSWD: hunter2: x",
           "- API_TOKEN=hunter2",
           "{user: a, clientSecret: hunter2, n: 1}",
           "{credentials: {login: hunter2}, n: 1}",
           "private_key: hunter2, and more",
           "password hunter2",
           "password:hunter2",
       }) {
    EXPECT_FALSE(contains(shown(text, "hunter2"), "hunter2")) << shown(text, "hunter2");
  }
}

TEST(RenderSecrets, WhatFollowsASecretIsShownAgain) {
  const std::string told = shown("{token: hunter2, replica: 4}", "replica");
  EXPECT_TRUE(contains(told, "{token: …, replica: 4}")) << told;
}

TEST(RenderSecrets, ValuesOfNamedVariablesAreShownOnlyIfMarked) {
  EXPECT_FALSE(contains(shown("  value: hunter2 x: y", "x:"), "hunter2"));
  EXPECT_TRUE(contains(shown("value: 4000 USD", "4000 USD"), "4000 USD"));
}

TEST(RenderSecrets, KeysOfKnownFormAreMaskedAnywhere) {
  const std::string access = "AKIAIOSFODNN7EXAMPLE";
  EXPECT_FALSE(contains(shown("id: " + access, access), access));
  EXPECT_FALSE(contains(shown("{\"id\": \"" + access + "\"}", access), access));
  EXPECT_FALSE(contains(shown("a: -----BEGIN RSA PRIVATE KEY----- MIIE", "a"), "MIIE"));
  EXPECT_FALSE(contains(shown("url: postgres://app:hunter2@db/x", "url"), "hunter2"));
  const std::string forty = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  EXPECT_FALSE(contains(shown("id: " + forty, forty), forty));
}

TEST(RenderSecrets, AnOrdinaryYamlLineIsShownAsItIs) {
  const std::string text = "  web: { type: aws.ec2, needs: [db, cache: soft], note: it's fine }";
  EXPECT_TRUE(contains(shown(text, "soft"), text));
}

TEST(RenderSafety, NothingOfTheInputActsOnTheTerminal) {
  const std::string told =
      shown("a: \x1B[31m\x07\x7F\xC2\x9B \xE2\x80\xAE x \xFF\n", "x", {}, "evil\x1B[2J.yaml");
  for (const char c : told) {
    EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << told;
  }
  EXPECT_TRUE(contains(told, "1 | a: �[31m���� � x �\n") ||
              contains(told, "1 | a: �[31m��� � x �\n"))
      << told;
}

RC_GTEST_PROP(RenderSafety, AnyTextAndSpanCanBeShown,
              (const std::string& text, std::uint32_t a, std::uint32_t b)) {
  Sources sources;
  const SourceId source = sources.add("x", text, "");
  Diagnostics diagnostics;
  diagnostics.error("OUT-E1", {source, std::min(a, b) % 50, std::max(a, b) % 100}, text);
  const std::string told = render(diagnostics, sources, {.width = 30});
  for (const char c : told) {
    RC_ASSERT(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  }
}

TEST(Cells, AreTwoForAWideCharacterAndNoneForACombiningOne) {
  EXPECT_EQ(count_cells("shop"), 4U);
  EXPECT_EQ(count_cells("서울"), 4U);
  EXPECT_EQ(count_cells("e\xCC\x81"), 1U);
  EXPECT_EQ(count_cells("a\tb"), 3U) << "as printed in one line";
  EXPECT_EQ(count_cells("\x1b\xff"), 2U);
}

}  // namespace
}  // namespace outlast::base
