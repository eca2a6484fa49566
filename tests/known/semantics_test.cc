// Small architectures whose answer is known in closed form or from the words of the semantics.

#include <gtest/gtest.h>

#include <cmath>

#include "pipeline/pipeline.h"
#include "support/analysed.h"
#include "support/lab.h"

namespace outlast {
namespace {

using findings::Verdict;
using support::analysed;
using support::down;
using support::kQ;
using support::lab;
using support::part;
using support::row;

TEST(WorkedExample, TwoServersOfWhichOneSufficesLoseMostToMaskedFaults) {
  const auto analysis =
      analysed(lab(part("A", "replicas: 2, at_least: 1, switching: {detect: 30s}")));
  // U = q² = 4.8e-7; the transient Σ w m a E[min(τ, D)] is about 5.8e-6: 3.3 minutes a year.
  const double w = 1.0 / ((60 * 24 + 1) * 3600.0);
  const double lost = 3600 * (1 - std::exp(-30.0 / 3600));
  const double transient = 2 * w * (1 - kQ) * 0.5 * lost;
  EXPECT_NEAR(down(analysis), kQ * kQ + transient, 2e-9);
  EXPECT_NEAR(down(analysis), 6.2e-6, 0.1e-6);
  EXPECT_NEAR(down(analysis) * base::kMinutesPerYear, 3.3, 0.05);
}

TEST(ClosedForm, OneServerIsDownQOfTheTime) {
  const auto analysis = analysed(lab(part("A", "")));
  EXPECT_NEAR(down(analysis), kQ, 1e-12);
  EXPECT_NEAR(analysis.availability->outages_per_year,
              base::kSecondsPerYear / ((60 * 24 + 1) * 3600.0), 1e-9);
  EXPECT_NEAR(analysis.availability->mean_outage_s, 3600, 1e-6);
}

TEST(ClosedForm, TwoOfThree) {
  const auto analysis =
      analysed(lab(part("A", "replicas: 3, at_least: 2, switching: {detect: 0s}")));
  EXPECT_NEAR(down(analysis), 3 * kQ * kQ * (1 - kQ) + kQ * kQ * kQ, 1e-12);
}

TEST(ClosedForm, ASeriesFailsAsSeldomAsItsPartsTogether) {
  const auto analysis =
      analysed(lab(part("A", "needs: [B]") + part("B", "needs: [C]") + part("C", "")));
  EXPECT_NEAR(down(analysis), 1 - std::pow(1 - kQ, 3), 1e-12);
}

// MTTF 60 d and MTTR 1 h: the number of outages in a year is Poisson but for the hours of repair.
TEST(NextYear, OfOneServerIsPoisson) {
  const auto next = *analysed(lab(part("A", ""))).availability->next_year;
  EXPECT_NEAR(next.mean_minutes / (kQ * base::kMinutesPerYear), 1, 0.06);
  EXPECT_NEAR(next.p_none.value, std::exp(-365.25 / 60), 0.005);
  EXPECT_LT(next.p_none.low, std::exp(-365.25 / 60));
  EXPECT_GT(next.p_none.high, std::exp(-365.25 / 60));
  EXPECT_LT(next.median_minutes, next.one_in_ten_minutes);
  EXPECT_FALSE(next.p_objective_met);
}

TEST(NextYear, OfTwoServersIsMaskedFaultsAndHardlyAnOutage) {
  const auto next = *analysed(lab(part("A", "replicas: 2, at_least: 1, switching: {detect: 30s}")))
                         .availability->next_year;
  const double outages_a_year = 2 * kQ * 365.25 / 60;
  EXPECT_NEAR(next.p_none.value, std::exp(-outages_a_year), 0.01);
  EXPECT_NEAR(next.mean_minutes, 3.3, 0.3);
  EXPECT_NEAR(next.median_minutes, 3, 0.5);
}

// The years sampled have the mean that the formulas have, where redundancy may fail to stand in too.
TEST(NextYear, OfRedundancyThatMayFailToStandInHasTheExactMean) {
  const auto analysis = analysed(lab(part("A",
                                          "replicas: 2, at_least: 1, "
                                          "switching: {detect: 30s, coverage: 90%, freed: 30m}")));
  const double mean_minutes = analysis.availability->next_year->mean_minutes;
  EXPECT_NEAR(mean_minutes / (down(analysis) * base::kMinutesPerYear), 1, 0.03);
}

TEST(NextYear, MeetsAnObjectiveAsOftenAsItsDowntimeStaysBelow) {
  const std::string server = part("A", "");
  const auto met = [&](const std::string& objective) {
    const std::string journeys = "main: {enters: A, availability: " + objective + "}";
    return analysed(lab(server, journeys)).availability->next_year->p_objective_met->value;
  };
  EXPECT_EQ(met("50%"), 1);
  EXPECT_NEAR(met("99.99999%"), std::exp(-365.25 / 60), 0.005);  // only years without an outage
  EXPECT_GT(met("99.9%"), met("99.95%"));
}

TEST(Loops, OfCallsRunWhereAllAreHealthy) {
  const auto analysis = analysed(lab(part("A", "needs: [B]") + part("B", "needs: [A]")));
  EXPECT_NEAR(down(analysis), 1 - (1 - kQ) * (1 - kQ), 1e-12);
}

// Two sites with a link each; a site without its link goes out through the other one's gateway.
std::string two_sites(const std::string& kind_of_gate_needs) {
  return lab(part("A", "needs: [{any_of: [linkA, gateB], kind: supply}]") +
             part("B", "needs: [{any_of: [linkB, gateA], kind: supply}]") +
             part("gateA", "needs: [{to: A, kind: " + kind_of_gate_needs + "}]") +
             part("gateB", "needs: [{to: B, kind: " + kind_of_gate_needs + "}]") +
             part("linkA", "") + part("linkB", ""));
}

TEST(Loops, OfSupplyAreDownWhenBothLinksAreCut) {
  // A is up iff it is healthy and linkA is, or linkB, B and gateB all are.
  const double expected = 1 - (1 - kQ) * (1 - kQ * (1 - std::pow(1 - kQ, 3)));
  EXPECT_NEAR(down(analysed(two_sites("supply"))), expected, 1e-12);
  // The same where the gateway only calls its site: a call does not feed a loop of supply.
  EXPECT_NEAR(down(analysed(two_sites("service"))), expected, 1e-12);
}

TEST(Loops, OfSupplyThroughAGatewayThatCallsBackAreDownAtOnce) {
  // gateB, which A would go out through, needs A itself: it rescues nobody.
  const auto analysis = analysed(lab(part("A", "needs: [{any_of: [linkA, gateB], kind: supply}]") +
                                     part("gateB", "needs: [A]") + part("linkA", "")));
  EXPECT_NEAR(down(analysis), 1 - (1 - kQ) * (1 - kQ), 1e-12);
}

TEST(Loops, ThatNothingFeedsAreAnErrorOfTheInput) {
  base::MemoryFiles files({{"a.yaml", lab(part("A", "needs: [{to: B, kind: supply}]") +
                                          part("B", "needs: [{to: A, kind: supply}]"))}});
  const auto evaluation = pipeline::evaluate({"a.yaml"}, files, {});
  ASSERT_TRUE(evaluation.diagnostics.has_errors());
  EXPECT_EQ(evaluation.diagnostics.items().front().code, "OUT-E1229");
}

TEST(Switches, DoNotRescueWhatTheyRunOn) {
  const auto apart = analysed(lab(part("A", "needs: [{any_of: [B, C], via: controller}]") +
                                  part("B", "") + part("C", "") + part("controller", "")));
  const auto on_it =
      analysed(lab(part("A", "needs: [{any_of: [B, C], via: controller}]") + part("B", "") +
                   part("C", "") + part("controller", "needs: [{to: B, kind: supply}]")));
  const double a = 1 - kQ;
  EXPECT_NEAR(down(apart), 1 - a * (1 - kQ * (1 - a * a)), 1e-12);
  EXPECT_NEAR(down(on_it), 1 - a * a, 1e-12);
}

TEST(Standby, CountsItsFailoverAsDowntimeOfAMaskedFault) {
  const auto analysis = analysed(lab(
      part("A", "replicas: 2, redundancy: primary_standby, switching: {detect: 30s, takes: 60s}")));
  const double w = 1.0 / ((60 * 24 + 1) * 3600.0);
  // The primary may be back before the standby has taken over: E[min(90 s, D)].
  const double lost = 3600 * (1 - std::exp(-90.0 / 3600));
  EXPECT_NEAR(down(analysis), kQ * kQ + w * (1 - kQ) * lost, 1e-8);
  EXPECT_EQ(row(analysis, "server").survives, Verdict::yes);
  EXPECT_NEAR(*row(analysis, "server").down_s, 90, 1e-9);
}

TEST(Buffers, TakeTheShortOutagesAway) {
  // q·e^(−B/MTTR) for exponential repair.
  const auto analysis =
      analysed(lab(part("A", "needs: [{to: B, strength: async, buffer: 2h}]") + part("B", "")));
  EXPECT_NEAR(down(analysis), 1 - (1 - kQ) * (1 - kQ * std::exp(-2.0)), 1e-9);
  EXPECT_EQ(analysis.availability->exactness, findings::Exactness::bounded);
}

TEST(Buffers, OfALognormalOutageTakeItsBodyAndLeaveItsTail) {
  // The third party is out once in 2 y, lognormal of median 70 min and 90th percentile 5 h.
  const auto lost = [](const std::string& buffer) {
    return down(
               analysed(lab(part("A", "needs: [{to: B, strength: async, buffer: " + buffer + "}]") +
                            "  B: {type: external.service}\n"))) -
           kQ;
  };
  const double m = std::log(70 * 60.0);
  const double s = std::log(300.0 / 70) / 1.2815515655446004;
  const double buffer = 4 * 3600.0;
  const auto phi = [](double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; };
  const double mean = std::exp(m + s * s / 2);
  const double beyond =
      mean * phi((m + s * s - std::log(buffer)) / s) - buffer * phi((m - std::log(buffer)) / s);
  const double w = 1 / (2 * base::kSecondsPerYear + mean);
  // Beside the outage itself there are some minutes of restart: the buffer is that much shorter.
  EXPECT_GT(lost("4h"), w * beyond * (1 - kQ));
  EXPECT_LT(lost("4h"), 1.1 * w * beyond);
  EXPECT_NEAR(lost("4h") / (w * mean), beyond / mean, 0.03);
}

TEST(Buffers, InSeriesOfOneCauseTheLeastDecides) {
  const auto analysis =
      analysed(lab(part("A", "needs: [{to: B, strength: async, buffer: 2h}, C]") +
                   part("C", "needs: [{to: B, strength: async, buffer: 1h}]") + part("B", "")));
  EXPECT_NEAR(down(analysis), 1 - (1 - kQ) * (1 - kQ) * (1 - kQ * std::exp(-1.0)), 1e-9);
}

TEST(Operations, DecideWhichNeedsCount) {
  const auto analysis =
      analysed(lab(part("A", "needs: [{to: B, operations: [login]}]") + part("B", ""),
                   "read: {enters: A, operations: [read], weight: 50%}, "
                   "login: {enters: A, operations: [login], weight: 50%}"));
  ASSERT_EQ(analysis.availability->journeys.size(), 2U);
  EXPECT_NEAR(1 - analysis.availability->journeys[0].value, kQ, 1e-12);
  EXPECT_NEAR(1 - analysis.availability->journeys[1].value, 1 - (1 - kQ) * (1 - kQ), 1e-12);
}

TEST(Starting, ALoopOfRestartsNeverComesBack) {
  // Both stand on one host, and each starts only with the other: the host's fault stops them for
  // good, a fault of one alone does not.
  const std::string mutual =
      lab(part("A", "fate: {host: h1}, needs: [{to: B, strength: startup}]") +
          part("B", "fate: {host: h1}, needs: [{to: A, strength: startup}]"));
  EXPECT_TRUE(std::isinf(*row(analysed(mutual), "server").down_s));
  const std::string one_way =
      lab(part("A", "fate: {host: h1}, needs: [{to: B, strength: startup}]") +
          part("B", "fate: {host: h1}"));
  EXPECT_FALSE(std::isinf(*row(analysed(one_way), "server").down_s));
}

TEST(Starting, ALoopOfRestartsIsAFindingThatNamesIt) {
  const auto count = [](const findings::Analysis& analysis) {
    return std::count_if(analysis.findings.begin(), analysis.findings.end(),
                         [](const auto& f) { return f.name == "stuck_start"; });
  };
  const auto mutual =
      analysed(lab(part("A", "fate: {host: h1}, needs: [{to: B, strength: startup}]") +
                   part("B", "fate: {host: h1}, needs: [{to: A, strength: startup}]")));
  ASSERT_EQ(count(mutual), 1);
  const auto& finding = *std::find_if(mutual.findings.begin(), mutual.findings.end(),
                                      [](const auto& f) { return f.name == "stuck_start"; });
  EXPECT_EQ(finding.components, (std::vector<std::string>{"A", "B"}));
  EXPECT_LE(finding.severity, findings::Severity::high);
  const auto one_way =
      analysed(lab(part("A", "fate: {host: h1}, needs: [{to: B, strength: startup}]") +
                   part("B", "fate: {host: h1}")));
  EXPECT_EQ(count(one_way), 0);
}

TEST(Starting, WhatIsDownStopsReplacementToo) {
  // While B is down (D exponential of mean t) nothing replaces A: λt²/(1 + λt) each time.
  const double t = 3600;
  const double rate = 1.0 / (60 * 86400.0);
  const double w = 1.0 / (60 * 86400.0 + 3600);
  for (const std::string strength : {"startup", "control"}) {
    const auto analysis =
        analysed(lab(part("A", "needs: [{to: B, strength: " + strength + "}]") + part("B", "")));
    const double stalled = down(analysis) - kQ;
    EXPECT_NEAR(stalled / (w * rate * t * t / (1 + rate * t)), 1, 0.02) << strength;
    EXPECT_EQ(analysis.availability->exactness, findings::Exactness::bounded);
  }
  const auto redundant = analysed(
      lab(part("A", "replicas: 2, at_least: 1, switching: {detect: 0s}, needs: [{B: control}]") +
          part("B", "")));
  EXPECT_LT(down(redundant) - kQ * kQ, w * rate * t * t / 100) << "both of them must fail";
}

TEST(Facts, StatedOnesAreNotDrawn) {
  const auto stated = *analysed(lab(part("A", "needs: [B]") + part("B", ""))).availability;
  EXPECT_NEAR(stated.mean_low, stated.value, 1e-12);
  EXPECT_NEAR(stated.mean_high, stated.value, 1e-12);
  EXPECT_EQ(stated.exactness, findings::Exactness::exact);
}

TEST(Facts, OneCitedTwiceByRedundantOnesMakesBothLikelier) {
  // Two identity providers of one figure, either of which suffices: E[q²] = E[q]² E[f²].
  const auto two =
      *analysed(lab(part("A", "needs: [{any_of: [B, C]}]") + "  B: {type: external.identity}\n"
                                                             "  C: {type: external.identity}\n"))
           .availability;
  const auto one =
      *analysed(lab(part("A", "needs: [B]") + "  B: {type: external.identity}\n")).availability;
  const double q = (1 - one.value - kQ) / (1 - kQ);
  const double both = (1 - two.value - kQ) / (1 - kQ);
  const double sigma = std::log(5.0) / 1.6448536269514722;  // the figure is an estimate
  EXPECT_NEAR(both / (q * q), std::exp(sigma * sigma), 0.25);
  EXPECT_EQ(two.exactness, findings::Exactness::estimated);
  EXPECT_LT(one.mean_low, one.value);
  EXPECT_GT(one.mean_high, one.value);
  EXPECT_EQ(one.exactness, findings::Exactness::exact) << "linear in each fact";
}

TEST(DeletedData, ComesBackFromACopyOrNotAtAll) {
  const auto store = [](const std::string& backups) {
    return analysed(
        lab("  A: {type: aws.rds.mysql, region: us-east-1, zones: [a, b], replicas: 2, "
            "redundancy: primary_standby" +
            backups + "}\n"));
  };
  const auto kept = store(", backups: {every: 5m, retention: 7d}");
  const auto& restored = row(kept, "data_deleted");
  EXPECT_EQ(restored.data.kind, failure::DataLoss::Kind::seconds);
  EXPECT_EQ(restored.data.seconds, 300);
  EXPECT_FALSE(std::isinf(*restored.down_s));
  const auto none = store(", backups: {retention: 0s}");
  EXPECT_EQ(row(none, "data_deleted").data.kind, failure::DataLoss::Kind::all);
  EXPECT_TRUE(std::isinf(*row(none, "data_deleted").down_s)) << "a standby deletes what it is told";
}

TEST(Providers, AnAlternativeElsewhereOutlastsOneOfThem) {
  const std::string at_aws = "  A: {type: aws.s3, region: us-east-1}\n";
  const auto one = analysed(lab(at_aws));
  EXPECT_EQ(row(one, "provider", "outage").survives, Verdict::no);
  EXPECT_TRUE(std::isinf(*row(one, "provider", "destroyed").down_s));
  ASSERT_EQ(one.depends_on.size(), 1U);
  EXPECT_EQ(one.depends_on.front().vendor, "aws");
  EXPECT_EQ(one.depends_on.front().share, 1);
  const auto two = analysed(lab(part("A", "needs: [{any_of: [B, C]}]") + part("C", "") +
                                "  B: {type: aws.s3, region: us-east-1}\n"));
  EXPECT_EQ(row(two, "provider", "outage").survives, Verdict::degraded);
  EXPECT_TRUE(two.depends_on.empty());
}

TEST(Names, WhoAnswersForThemIsARowOfItsOwn) {
  const auto named = analysed(
      lab("  A: {type: aws.route53, needs: [B]}\n  B: {type: aws.s3, region: us-east-1}\n"));
  EXPECT_EQ(row(named, "dns").survives, Verdict::no);
  const auto nameless = analysed(lab("  A: {type: aws.s3, region: us-east-1, internet: true}\n"));
  EXPECT_EQ(row(nameless, "dns").survives, Verdict::unknown);
  const auto inside = analysed(lab("  A: {type: aws.s3, region: us-east-1, internet: false}\n"));
  EXPECT_EQ(row(inside, "dns").survives, Verdict::not_exposed);
}

TEST(Habits, AreMeasured) {
  const auto single = analysed(lab(part("A", "needs: [B]") + part("B", ""))).habits;
  EXPECT_EQ(single.loosely_coupled.grade, findings::Grade::poor);
  EXPECT_EQ(single.loosely_coupled.value, 0);
  EXPECT_EQ(single.rolls_out_in_steps.grade, findings::Grade::unknown);
  EXPECT_FALSE(single.rolls_out_in_steps.value.has_value());
  const auto loose = analysed(lab(part("A", "needs: [{B: soft}, {any_of: [C, D]}]") +
                                  part("B", "") + part("C", "") + part("D", "")))
                         .habits;
  EXPECT_EQ(loose.loosely_coupled.grade, findings::Grade::good);
  EXPECT_NEAR(*loose.loosely_coupled.value, 3.0 / 4, 1e-12);
  const auto spread = [](const std::string& zones) {
    return analysed(
               lab("  A: {type: aws.ec2, region: us-east-1, replicas: 2, at_least: 1, zones: " +
                   zones + "}\n"))
        .habits.spread_out;
  };
  EXPECT_EQ(spread("[a]").value, 0);
  EXPECT_NEAR(*spread("[a, b]").value, 1.0 / 3, 1e-12);
}

std::string in_ireland(const std::string& components) {
  return "outlast: 1\nname: unknowns\njourneys: {main: {enters: web}}\ncomponents:\n" + components;
}

TEST(Unknown, TypesFailAsTheirKind) {
  const auto analysis = analysed(in_ireland("  web: {type: own.rack, kind: compute}\n"));
  EXPECT_EQ(support::row(analysis, "server").survives, findings::Verdict::no);
  EXPECT_EQ(support::row(analysis, "zone", "outage").survives, findings::Verdict::no);
}

TEST(Unknown, LengthsOfLeasesDecideNothing) {
  const auto third_party = [](const std::string& lease) {
    const auto analysis = analysed(in_ireland(
        "  web: {type: aws.ec2, region: eu-west-1, needs: [{to: login, strength: refresh" + lease +
        "}]}\n  login: {type: external.identity}\n"));
    return support::row(analysis, "third_party").survives;
  };
  EXPECT_EQ(third_party(""), findings::Verdict::unknown);
  EXPECT_EQ(third_party(", buffer: 1m"), findings::Verdict::no);
  EXPECT_EQ(third_party(", buffer: 100d"), findings::Verdict::yes);
}

TEST(Unknown, TargetsOfWhatForwardsMayAlwaysBeDown) {
  const auto analysis =
      analysed(in_ireland("  web: {type: aws.alb, region: eu-west-1, zones: [a, b]}\n"));
  EXPECT_EQ(analysis.availability->low, 0);
  EXPECT_GT(analysis.availability->high, 0.99);
}

}  // namespace
}  // namespace outlast
