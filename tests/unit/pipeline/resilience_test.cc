// Two faults at once, vendors, planned work, and recoveries that fall with what they recover.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/analysed.h"
#include "support/lab.h"

namespace outlast {
namespace {

using support::analysed;
using support::kQ;
using support::lab;
using support::part;

TEST(DoubleFaults, OfTwoAlternativesIsBoth) {
  const auto analysis =
      analysed(lab(part("A", "needs: [{any_of: [B, C]}]") + part("B", "") + part("C", "")));
  const auto& faults = analysis.resilience.double_faults;
  ASSERT_EQ(faults.worst.size(), 1U);
  EXPECT_TRUE(faults.is_complete);
  EXPECT_EQ(faults.worst[0].events, (std::vector<std::string>{"B fails", "C fails"}));
  EXPECT_NEAR(faults.worst[0].share_of_time, kQ * kQ, 1e-15);
  EXPECT_NEAR(faults.worst[0].users, 1, 1e-12);
}

TEST(DoubleFaults, AreNoneWhereOneFaultIsEnough) {
  EXPECT_TRUE(analysed(lab(part("A", "needs: [B]") + part("B", "")))
                  .resilience.double_faults.worst.empty());
}

TEST(DoubleFaults, OfReplicasAreCountedAsOnePairOfTheirKind) {
  const auto analysis = analysed(lab(part("A", "replicas: 4, at_least: 3")));
  const auto& faults = analysis.resilience.double_faults;
  ASSERT_EQ(faults.count, 1U);
  EXPECT_EQ(faults.worst[0].alike, 6U);
  EXPECT_NEAR(faults.worst[0].share_of_time, 6 * kQ * kQ, 1e-14);
}

TEST(Vendors, AreWeighedByMoneyWhereEveryJourneyHasAValue) {
  const auto vendors = [](const std::string& value_of_login) {
    return analysed(
               "outlast: 1\njourneys:\n"
               "  shop: {enters: a, weight: 50%, value: 100 USD/hour}\n"
               "  login: {enters: b, weight: 50%" +
               value_of_login +
               "}\ncomponents:\n"
               "  a: {type: aws.lambda, region: eu-west-1}\n"
               "  b: {type: gcp.vm, region: us-east1}\n")
        .depends_on;
  };
  const auto money_of = [](const auto& all, const std::string& vendor) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.vendor == vendor; });
    return found == all.end() ? std::nullopt : found->money;
  };
  const auto both = vendors(", value: 50 USD/hour");
  EXPECT_NEAR(money_of(both, "aws").value_or(-1), 2.0 / 3, 1e-12);
  EXPECT_NEAR(money_of(both, "gcp").value_or(-1), 1.0 / 3, 1e-12);
  EXPECT_FALSE(money_of(vendors(""), "aws")) << "what login is worth is not known";
}

/// A plan's database of an engine version whose support has ended.
const findings::PlannedWork* forced_work(const findings::Analysis& analysis) {
  const auto& planned = analysis.resilience.planned;
  const auto found = std::find_if(planned.begin(), planned.end(),
                                  [](const auto& work) { return work.on.has_value(); });
  return found == planned.end() ? nullptr : &*found;
}

TEST(PlannedWork, AVersionForcedWithinAYearTakesAllReplicas) {
  const auto bp = support::blueprint_of("t.yaml", R"(
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties: {ImageId: ami-1, UserData: {"Fn::Base64": !Sub "${Db.Endpoint.Address}"}}
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {DBInstanceClass: db.t3.small, Engine: postgres, EngineVersion: "11.22", MultiAZ: true, BackupRetentionPeriod: 7}
)");
  const auto at = [&](base::Date day) {
    pipeline::AnalysisOptions options;
    options.as_of = day;
    return pipeline::analyse(bp, catalog::Catalog::built_in(), options).analysis;
  };
  const auto before = at({2025, 6, 1});
  EXPECT_EQ(forced_work(before), nullptr) << "it is forced on 2027-03-31";
  const auto within = at({2026, 6, 1});
  const auto* work = forced_work(within);
  ASSERT_NE(work, nullptr);
  EXPECT_EQ(base::format_date(*work->on), "2027-03-31");
  EXPECT_EQ(work->component, "t/Db");
  EXPECT_GT(work->downtime_minutes_per_year, work->lasts_s / 60) << "the standby, too; by its mean";
}

std::string two_in_two_zones(const std::string& type) {
  return "outlast: 1\nname: lab\njourneys: {main: {enters: A}}\ncomponents:\n"
         "  A: {type: " +
         type + ", replicas: 2, at_least: 1, zones: [a, b]}\n";
}

TEST(DoubleFaults, TellAZoneDownWhileTheOtherReplicaIsPatched) {
  const auto analysis = analysed(two_in_two_zones("aws.ec2"));
  const auto& worst = analysis.resilience.double_faults.worst;
  const auto planned =
      std::find_if(worst.begin(), worst.end(), [](const auto& f) { return f.is_planned; });
  ASSERT_NE(planned, worst.end());
  EXPECT_TRUE(std::any_of(planned->events.begin(), planned->events.end(), [](const auto& event) {
    return event.find("is being patched") != std::string::npos;
  }));
}

TEST(PlannedWork, CostsUsersOnlyWhereNoOtherStandsIn) {
  const auto minutes = [](const std::string& yaml) {
    const auto analysis = analysed(yaml);
    EXPECT_EQ(analysis.resilience.planned.size(), 1U);
    return analysis.resilience.planned.front().downtime_minutes_per_year;
  };
  EXPECT_EQ(minutes(two_in_two_zones("aws.ec2")), 0);
  // Twelve times five minutes at the median, fifteen at the 90th percentile: lognormal with
  // σ = ln 3 / 1.2816, so that the mean is e^(σ²/2) times the median.
  const double sigma = std::log(3.0) / 1.2815515655446004;
  EXPECT_NEAR(minutes("outlast: 1\nname: lab\njourneys: {main: {enters: A}}\ncomponents:\n"
                      "  A: {type: aws.ec2, zones: [a]}\n"),
              12 * 5 * std::exp(sigma * sigma / 2), 1e-6);
}

TEST(PlannedWork, HasASource) {
  for (const auto& work : analysed(two_in_two_zones("aws.rds.postgres")).resilience.planned) {
    EXPECT_FALSE(work.source.empty());
    EXPECT_GT(work.per_year, 0);
  }
}

TEST(VendorSets, AreTheSmallestOfEachJourney) {
  const auto analysis = analysed(
      "outlast: 1\nname: lab\njourneys: {one: {enters: A}, two: {enters: B}}\ncomponents:\n"
      "  A: {kind: compute, scope: region, needs: [x]}\n"
      "  B: {kind: compute, scope: region, needs: [{any_of: [x, y]}]}\n"
      "  x: {type: external.payment}\n  y: {type: external.payment}\n");
  const auto& sets = analysis.resilience.vendor_sets;
  ASSERT_EQ(sets.size(), 2U);
  using Sets = std::vector<std::vector<std::string>>;
  EXPECT_EQ(sets[0].sets, (Sets{{"x"}}));
  EXPECT_EQ(sets[1].sets, (Sets{{"x", "y"}}));
}

TEST(RecoveryNeeds, AreToldByVendor) {
  const auto analysis = analysed(lab(part("A", "needs: [{to: registry, strength: startup}]") +
                                     "  registry: {type: external.identity}\n"));
  ASSERT_EQ(analysis.resilience.recovery_needs.size(), 1U);
  EXPECT_EQ(analysis.resilience.recovery_needs[0].vendor, "registry");
  EXPECT_EQ(analysis.resilience.recovery_needs[0].needed_by, std::vector<std::string>{"A"});
}

std::string started_elsewhere(const std::string& zones_of_config) {
  return "outlast: 1\nname: lab\njourneys: {main: {enters: web}}\ncomponents:\n"
         "  web: {type: aws.autoscaling, region: us-east-1, replicas: 2, at_least: 2, zones: [a, "
         "b],\n"
         "        needs: [{to: config, strength: startup}]}\n"
         "  config: {type: aws.ec2, region: us-east-1, zones: [" +
         zones_of_config + "]}\n";
}

TEST(Recoveries, ThatNeedWhatFallsWithThemAreFound) {
  using support::count_findings;
  EXPECT_EQ(count_findings(analysed(started_elsewhere("a")), "recovery_in_blast_radius"), 1U);
  EXPECT_EQ(count_findings(analysed(started_elsewhere("c")), "recovery_in_blast_radius"), 0U);
}

TEST(Recoveries, OfASwitchInTheZoneItSwitchesAwayFrom) {
  const auto with_controller_in = [](const std::string& zone) {
    return analysed(
        "outlast: 1\nname: lab\njourneys: {main: {enters: A}}\ncomponents:\n"
        "  A: {kind: compute, scope: region, needs: [{any_of: [B, C], via: v}]}\n"
        "  B: {type: aws.ec2, zones: [a]}\n  C: {type: aws.ec2, zones: [b]}\n"
        "  v: {type: aws.ec2, zones: [" +
        zone + "]}\n");
  };
  using support::count_findings;
  EXPECT_EQ(count_findings(with_controller_in("a"), "recovery_in_blast_radius"), 1U);
  EXPECT_EQ(count_findings(with_controller_in("b"), "recovery_in_blast_radius"), 0U);
}

}  // namespace
}  // namespace outlast
