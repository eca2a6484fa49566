// Bad releases and configurations of small architectures.

#include <gtest/gtest.h>

#include "support/analysed.h"

namespace outlast {
namespace {

using findings::Verdict;
using support::analysed;
using support::count_findings;
using support::row;

/// A balancer and three servers; a million users who ask once a minute each, unless said otherwise.
std::string shop(const std::string& rollout, const std::string& users = "now: 1000000") {
  return "outlast: 1\nname: shop\nobjectives:\n  users: {" + users +
         ", requests_per_minute: 1}\njourneys:\n  visit: {enters: lb}\ncomponents:\n"
         "  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web]}\n"
         "  web: {type: aws.ec2, replicas: 3, zones: [a, b], needs: []" +
         (rollout.empty() ? "" : ", " + rollout) + "}\n";
}

TEST(ABadRelease, IsNotKnownWhereNobodySaysHowItIsRolledOut) {
  const auto analysis = analysed(shop(""));
  const auto& release = row(analysis, "release");
  EXPECT_EQ(release.survives, Verdict::unknown);
  EXPECT_FALSE(release.down_s);
  ASSERT_TRUE(release.users_range);
  EXPECT_LT(release.users_range->first, 0.02);
  EXPECT_DOUBLE_EQ(release.users_range->second, 1);
  EXPECT_EQ(row(analysis, "config").survives, Verdict::unknown);
  EXPECT_EQ(analysis.habits.rolls_out_in_steps.grade, findings::Grade::unknown);
}

TEST(ABadRelease, ThatReachesEveryoneAtOnceIsNotSurvived) {
  const auto analysis = analysed(shop("rollout: {strategy: all_at_once}"));
  const auto& release = row(analysis, "release");
  EXPECT_EQ(release.survives, Verdict::no);
  EXPECT_DOUBLE_EQ(*release.users, 1);
  EXPECT_GT(*release.down_s, 900);
  EXPECT_FALSE(release.every_years);
  EXPECT_EQ(count_findings(analysis, "release_at_once", "web"), 1U);
  EXPECT_EQ(analysis.habits.rolls_out_in_steps.grade, findings::Grade::poor);
}

TEST(ABadRelease, IsStoppedByACanaryThatSeesEnough) {
  const auto analysis = analysed(
      shop("rollout: {strategy: canary, steps: [1%, 10%], bake: 5m, starts_checked: true}"));
  const auto& release = row(analysis, "release");
  EXPECT_EQ(release.survives, Verdict::yes);
  EXPECT_LE(*release.users, 0.1);
  EXPECT_EQ(count_findings(analysis, "blind_gate"), 0U);
  EXPECT_EQ(count_findings(analysis, "release_at_once"), 0U);
}

TEST(ABadRelease, PassesACanaryOfTooLittleTraffic) {
  const auto analysis = analysed(
      shop("rollout: {strategy: canary, steps: [1%], bake: 1m, gate: 5%, starts_checked: false}",
           "now: 20"));
  EXPECT_DOUBLE_EQ(*row(analysis, "release").users, 1);
  EXPECT_EQ(count_findings(analysis, "blind_gate", "web"), 1U);
}

TEST(ABadRelease, EntersAvailabilityOnlyWhereItIsSaidHowOftenOneIsMade) {
  const double without = analysed(shop("rollout: {strategy: all_at_once}")).availability->value;
  const double with =
      analysed(shop("rollout: {strategy: all_at_once, every: 1w, bad: 10%}")).availability->value;
  EXPECT_DOUBLE_EQ(without, analysed(shop("")).availability->value);
  EXPECT_LT(with, without);
  const auto analysis = analysed(shop("rollout: {strategy: all_at_once, every: 1w, bad: 10%}"));
  EXPECT_NEAR(*row(analysis, "release").every_years, 10 * 7 / 365.25, 1e-6);
}

TEST(ABadRelease, OfOneArtifactHitsAllThatRunsIt) {
  const auto analysis = analysed(
      "outlast: 1\nname: two\njourneys:\n  a: {enters: one, weight: 50%}\n"
      "  b: {enters: two, weight: 50%}\ncomponents:\n"
      "  one: {type: aws.ec2, zones: [a], fate: {release: app}, rollout: {strategy: all_at_once}}\n"
      "  two: {type: aws.ec2, zones: [b], fate: {release: app}, rollout: {strategy: "
      "all_at_once}}\n");
  EXPECT_DOUBLE_EQ(*row(analysis, "release").users, 1);
  EXPECT_EQ(row(analysis, "release").scope, "app");
}

TEST(ABadRelease, ThatCannotBeUndoneIsAFinding) {
  const auto analysis =
      analysed(shop("rollout: {strategy: rolling, steps: [50%], bake: 1m, "
                    "reversible: false}"));
  EXPECT_EQ(count_findings(analysis, "no_way_back", "web"), 1U);
}

TEST(ABadConfiguration, OfAnEdgeThatTakesItEverywhereIsNotSurvived) {
  const auto analysis = analysed(shop("configuration: {strategy: all_at_once}"));
  EXPECT_EQ(row(analysis, "config").survives, Verdict::no);
  EXPECT_EQ(count_findings(analysis, "config_at_once", "web"), 1U);
}

}  // namespace
}  // namespace outlast
