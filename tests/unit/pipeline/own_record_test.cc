// What the owners saw fail moves the rates.

#include <gtest/gtest.h>

#include <cmath>

#include "pipeline/pipeline.h"
#include "support/lab.h"

namespace outlast {
namespace {

constexpr const char* kShop =
    "outlast: 1\nname: lab\njourneys: {main: {enters: A}}\ncomponents:\n"
    "  A: {type: aws.ec2, zones: [a], needs: [B]}\n  B: {type: aws.ec2, zones: [a]}\n";

pipeline::Evaluation evaluated(const std::string& history) {
  const base::MemoryFiles files({{"a.yaml", kShop}, {"h.yaml", history}});
  return pipeline::evaluate({"a.yaml"}, files, {.history = "h.yaml", .tries_fixes = false});
}

double rate_of(const pipeline::Evaluation& evaluation, const std::string& what) {
  for (const auto& event : evaluation.workings.cases.events) {
    if (event.what == what && event.kind == failure::EventKind::instance) {
      return event.per_year;
    }
  }
  ADD_FAILURE() << what;
  return 0;
}

TEST(History, MovesARateAsGammaDoes) {
  const auto before = evaluated("[]");
  const auto after = evaluated("history: [{of: A, failures: 3, exposure: 2y}]");
  // The class's figure is an estimate: its 95th percentile is five times its median.
  const double sigma = std::log(5.0) / 1.6448536269514722;
  const double alpha = 1 / (std::exp(sigma * sigma) - 1);
  const double prior = rate_of(before, "A");
  EXPECT_NEAR(rate_of(after, "A"), (alpha + 3) / (alpha / prior + 2), 1e-9);
  EXPECT_EQ(rate_of(after, "B"), rate_of(before, "B"));
  ASSERT_EQ(after.analysis.updated_rates.size(), 1U);
  EXPECT_NEAR(after.analysis.updated_rates[0].before_per_year, prior, 1e-12);
  EXPECT_EQ(after.analysis.updated_rates[0].events, std::vector<std::string>{"A fails"});
}

TEST(History, OfATypeMovesAllOfItButWhatHasARecordOfItsOwn) {
  const auto after = evaluated(
      "history:\n  - {of: aws.ec2, failures: 0, exposure: 100y}\n"
      "  - {of: B, failures: 50, exposure: 1y}\n");
  EXPECT_LT(rate_of(after, "A"), 0.1);
  EXPECT_GT(rate_of(after, "B"), 10);
}

TEST(History, MuchOfItOutweighsThePrior) {
  const auto after = evaluated("history: [{of: aws.ec2, failures: 400, exposure: 100y}]");
  EXPECT_NEAR(rate_of(after, "A"), 4, 0.1);
  const auto before = evaluated("[]");
  const auto spread = [](const pipeline::Evaluation& of) {
    const auto& a = *of.analysis.availability;
    return (a.mean_high - a.mean_low) / (1 - a.value);
  };
  EXPECT_LT(spread(after), spread(before)) << "what is known better spreads less";
}

TEST(History, ThatMeansNothingIsTold) {
  const auto evaluation = evaluated("history: [{of: aws.ec3, failures: 1, exposure: 1y}]");
  ASSERT_FALSE(evaluation.diagnostics.items().empty());
  EXPECT_EQ(evaluation.diagnostics.items().front().code, "OUT-E1508");
  EXPECT_EQ(evaluation.diagnostics.items().front().help, "did you mean \"aws.ec2\"?");
  EXPECT_TRUE(evaluation.analysis.updated_rates.empty());
}

}  // namespace
}  // namespace outlast
