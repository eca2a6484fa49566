#include "gate/baseline.h"

#include <gtest/gtest.h>

#include "support/reported.h"

namespace outlast::gate {
namespace {

using support::Checked;

const std::string kOne = R"(outlast: 1
journeys: {shop: {enters: web}}
components:
  web: {type: aws.ec2, zones: [a]}
)";
/// The same further down, with a second single instance.
const std::string kTwo = R"(# moved

outlast: 1
components:
  db:
    type: aws.rds.postgres
    zones: [a]
  web: {type: aws.ec2, zones: [a], needs: [db]}
journeys: {shop: {enters: web}}
)";

Context by(Baseline baseline) {
  Context context;
  context.baseline = std::move(baseline);
  return context;
}

std::optional<Baseline> read_back(const std::string& text, std::string* told = nullptr) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  auto baseline = read_baseline(sources, sources.add("b.json", text, ""), diagnostics);
  if (told != nullptr) {
    *told = base::render(diagnostics, sources);
  }
  return baseline;
}

TEST(Baselines, HoldWhatWasFoundAndReadBackTheSame) {
  const Checked run(kOne);
  const Decision decision = run.decide();
  EXPECT_EQ(decision.next_baseline.size(), run.evaluation.analysis.findings.size());
  const std::string text = baseline_text(decision.next_baseline);
  const auto again = read_back(text);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(baseline_text(*again), text);
}

TEST(Baselines, LetOnlyWhatIsNewFailAlsoWhereLinesMoved) {
  const Baseline before = Checked(kOne).decide().next_baseline;
  const Checked same(kOne, "other.yaml");
  EXPECT_EQ(same.decide().outcome, Outcome::failed);
  EXPECT_EQ(same.decide({}, by(before)).outcome, Outcome::passed);
  const Checked run(kTwo);
  const Decision decision = run.decide({}, by(before));
  EXPECT_EQ(decision.outcome, Outcome::failed);
  for (std::size_t i = 0; i < decision.findings.size(); ++i) {
    const auto& finding = run.evaluation.analysis.findings[i];
    if (finding.rule == "OUT-A001") {
      const bool is_old = finding.components.front() == "web";
      EXPECT_EQ(decision.findings[i].is_known, is_old);
      EXPECT_EQ(decision.findings[i].fails, !is_old);
      EXPECT_TRUE(decision.findings[i].is_shown);
    }
  }
}

TEST(Baselines, TellWhatIsFixedAsANoteThatFailsNothing) {
  const Baseline before = Checked(kTwo).decide().next_baseline;
  const Checked run(kOne);
  const Decision decision = run.decide({}, by(before));
  EXPECT_EQ(decision.outcome, Outcome::passed);
  EXPECT_FALSE(decision.fixed.empty());
  EXPECT_NE(run.warnings.find("note: fixed since the baseline: "), std::string::npos)
      << run.warnings;
  EXPECT_LT(decision.next_baseline.size(), before.size());
}

TEST(Baselines, HoldNoIgnoredFindings) {
  const Checked run(kTwo);
  Context context;
  context.ignores = {{Ignore::Origin::file, "OUT-A001", {"db"}, "why", std::nullopt, {}}};
  const auto without = run.decide({}, context).next_baseline;
  EXPECT_EQ(without.size() + 1, run.decide().next_baseline.size());
}

TEST(Baselines, MarkFindingsInEveryFormat) {
  const Checked run(kTwo);
  const Baseline before = Checked(kOne).decide().next_baseline;
  EXPECT_NE(run.report("sarif", {}, by(before)).find("\"baselineState\": \"unchanged\""),
            std::string::npos);
  EXPECT_NE(run.report("sarif", {}, by(before)).find("\"baselineState\": \"new\""),
            std::string::npos);
  EXPECT_EQ(run.report("sarif").find("baselineState"), std::string::npos);
  EXPECT_NE(run.report("json", {}, by(before)).find("\"in_baseline\": true"), std::string::npos);
  for (const char* format : {"text", "md", "csv"}) {
    EXPECT_NE(run.report(format, {}, by(before)).find("in the baseline"), std::string::npos)
        << format;
  }
}

TEST(Baselines, ThatAreNoneAreToldWithTheirPlace) {
  for (const std::string text :
       {"", "{", "[]", "{}", R"({"baseline_version": 2, "findings": []})",
        R"({"baseline_version": 1, "findings": [{"rule": "OUT-A001"}]})"}) {
    std::string told;
    EXPECT_FALSE(read_back(text, &told).has_value()) << text;
    EXPECT_NE(told.find("error"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace outlast::gate
