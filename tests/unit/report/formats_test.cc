// What the formats hold that no schema can say; tests/schemas validates the rest.

#include <gtest/gtest.h>

#include "report/addresses.h"
#include "report/page.h"
#include "report/report.h"
#include "support/reported.h"

namespace outlast::report {
namespace {

using support::Checked;

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

/// Many single instances behind one entry, with names of that length.
std::string many(std::size_t components, std::size_t length) {
  std::string needs;
  std::string all;
  for (std::size_t i = 0; i < components; ++i) {
    const std::string id = std::string(length, 'x') + std::to_string(i);
    needs += (i == 0 ? "" : ", ") + id;
    all += "  " + id + ": {type: aws.ec2, zones: [a]}\n";
  }
  return "outlast: 1\njourneys: {j: {enters: web}}\ncomponents:\n  web: {type: aws.ec2, zones: "
         "[a], "
         "needs: [" +
         needs + "]}\n" + all;
}

TEST(Uri, IsRelativeNormalAndEncoded) {
  EXPECT_EQ(uri_of("a/b.json", "/w"), "a/b.json");
  EXPECT_EQ(uri_of("./a//b.json", "/w"), "a/b.json");
  EXPECT_EQ(uri_of("x/../a/b.json", "/w"), "a/b.json");
  EXPECT_EQ(uri_of("/w/a/b.json", "/w"), "a/b.json");
  EXPECT_EQ(uri_of("/w/a/b.json", "/w/"), "a/b.json");
  EXPECT_EQ(uri_of("/wide/b.json", "/w"), "file:///wide/b.json");
  EXPECT_EQ(uri_of("../b.json", "/w"), "../b.json");
  EXPECT_EQ(uri_of("a b#1%/ü:.json", "/w"), "a%20b%231%25/%C3%BC%3A.json");
  EXPECT_EQ(uri_of("standard input", ""), "standard%20input");
}

TEST(LineFinder, CountsFromOneAndTakesALineEndToItsLine) {
  base::Sources sources;
  const auto id = sources.add("f", "ab\ncd\n\ne", "");
  LineFinder lines(sources);
  EXPECT_EQ(lines.line_of({id, 0, 1}), 1U);
  EXPECT_EQ(lines.line_of({id, 2, 2}), 1U);
  EXPECT_EQ(lines.line_of({id, 3, 4}), 2U);
  EXPECT_EQ(lines.line_of({id, 6, 6}), 3U);
  EXPECT_EQ(lines.line_of({id, 7, 8}), 4U);
}

TEST(LineFinder, OfJsonInOneLineTellsTheLineThatItHasWrittenOut) {
  // {                                     1
  //   "a": {},                            2
  //   "b": [                              3
  //     "x, {",                           4
  //     {                                 5
  //       "c": 1                          6
  //     }                                 7
  //   ],                                  8
  //   "d": 2                              9
  // }
  const std::string text = R"({"a":{ },"b":["x, {",{"c":1}],"d":2})";
  base::Sources sources;
  const auto id = sources.add("plan.json", text + "\n", "");
  LineFinder lines(sources);
  const auto line_at = [&](std::string_view what) {
    const auto at = static_cast<std::uint32_t>(text.find(what));
    return lines.line_of({id, at, at + 1});
  };
  EXPECT_EQ(line_at("{ }"), 2U);
  EXPECT_EQ(line_at("\"x, {\""), 4U);
  EXPECT_EQ(line_at("{\"c\""), 5U);
  EXPECT_EQ(line_at("1}"), 6U);
  EXPECT_EQ(line_at("2}"), 9U);
}

TEST(Markdown, FitsIntoACommentWhateverTheSizeAndTellsWhatIsLeftOut) {
  for (const auto& [components, length] : {std::pair{1500U, 8U}, std::pair{200U, 900U}}) {
    const Checked run(many(components, length));
    ASSERT_GT(run.evaluation.analysis.findings.size(), components - 1);
    const std::string text = run.report("md");
    EXPECT_LE(text.size(), kMostMarkdown);
    EXPECT_GT(text.size(), kMostMarkdown / 2);
    EXPECT_NE(text.find("are left out"), std::string::npos);
    EXPECT_NE(text.find("</details>"), std::string::npos);
  }
}

TEST(Markdown, LeavesNothingOutOfASmallReport) {
  const Checked run(many(3, 4));
  const std::string text = run.report("md");
  EXPECT_EQ(text.find("are left out"), std::string::npos);
  EXPECT_EQ(count(text, "| OUT-"), run.evaluation.analysis.findings.size());
}

TEST(Markdown, ShowsNamesAsTheyAre) {
  const Checked run(
      "outlast: 1\njourneys: {j: {enters: \"a|b\\n<img>@team\"}}\ncomponents:\n"
      "  \"a|b\\n<img>@team\": {type: aws.ec2, zones: [a]}\n");
  const std::string text = run.report("md");
  EXPECT_NE(text.find("a\\|b \\<img\\>&#64;team"), std::string::npos) << text;
  EXPECT_EQ(text.find("<img>"), std::string::npos);
}

TEST(Html, IsThePageWithTheDocumentAndNothingElse) {
  const Checked run(many(3, 4));
  const std::string_view page = report::page();
  const std::string html = run.report("html");
  const std::size_t mark = page.find(kDocumentMark);
  ASSERT_NE(mark, std::string_view::npos);
  EXPECT_EQ(count(page, kDocumentMark), 1U);
  EXPECT_EQ(html.substr(0, mark), page.substr(0, mark));
  EXPECT_EQ(count(page, kModelsMark), 1U);
  EXPECT_EQ(count(page, kSaidMark), 1U);
  std::string json = run.report("json");
  const std::size_t models = page.find(kModelsMark);
  const std::string_view between = page.substr(mark, models - mark).substr(kDocumentMark.size());
  const std::string_view rest = page.substr(page.find(kSaidMark) + kSaidMark.size());
  EXPECT_TRUE(html.ends_with(rest));
  const std::size_t end = html.find(between, mark);
  ASSERT_NE(end, std::string::npos);
  std::string document = html.substr(mark, end - mark);
  for (std::string* text : {&document, &json}) {
    std::erase_if(*text, [](char c) { return c == ' ' || c == '\n'; });
  }
  EXPECT_EQ(document, json);
}

TEST(Html, NothingInANameEndsTheElementThatHoldsIt) {
  const Checked run(
      "outlast: 1\nname: \"</script><script>alert(1)</script><!--\"\n"
      "components:\n  'a\\\" b': {type: aws.ec2, zones: [a]}\n");
  const std::string html = run.report("html");
  EXPECT_EQ(count(html, "</script"), count(report::page(), "</script"));
  EXPECT_EQ(count(html, "<!--"), count(report::page(), "<!--"));
  EXPECT_NE(html.find("\\u003c/script>\\u003cscript>alert(1)"), std::string::npos);
  EXPECT_NE(html.find("\"a\\\\\\\" b\""),
            std::string::npos);  // its blank is no blank between tokens
}

TEST(Formats, HoldTheSameFindings) {
  const Checked run(many(5, 4));
  const std::size_t all = run.evaluation.analysis.findings.size();
  EXPECT_EQ(count(run.report("sarif"), "\"ruleIndex\""), all);
  EXPECT_EQ(count(run.report("json"), "\"fails\""), all);
  EXPECT_EQ(count(run.report("csv"), "\r\n"), all + 1);
  EXPECT_EQ(count(run.report("md"), "| OUT-"), all);
  EXPECT_NE(run.report("text").find("findings (" + std::to_string(all) + ")"), std::string::npos);
}

TEST(Junit, TellsWhatIsUndecidedAsAnErrorAndWhatNobodyAskedForAsSkipped) {
  const Checked run(
      "outlast: 1\njourneys: {j: {enters: web}}\ncomponents:\n"
      "  web: {type: aws.ec2, replicas: 3, zones: [a, b, c]}\n");
  const auto& a = *run.evaluation.analysis.availability;
  ASSERT_LT(a.low, a.high);
  gate::Policy policy;
  policy.fail_on.reset();
  policy.min_availability = (a.low + a.high) / 2;
  const std::string text = run.report("junit", policy);
  EXPECT_EQ(count(text, "<failure"), 0U);
  EXPECT_EQ(count(text, "<error type=\"inconclusive\""), 1U);
  EXPECT_NE(text.find("<skipped>not judged: no objective of class region is declared"),
            std::string::npos);
  EXPECT_NE(text.find("<skipped>n/a"), std::string::npos);
}

}  // namespace
}  // namespace outlast::report
