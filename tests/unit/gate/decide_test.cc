#include "gate/decide.h"

#include <gtest/gtest.h>

#include "support/reported.h"

namespace outlast::gate {
namespace {

using findings::Severity;
using support::Checked;

constexpr const char* kSingle = R"(outlast: 1
journeys: {shop: {enters: web}}
components:
  web: {type: aws.ec2, zones: [a]}
)";

/// How many of three replicas are enough is not said.
constexpr const char* kUncertain = R"(outlast: 1
journeys: {shop: {enters: web}}
components:
  web: {type: aws.ec2, replicas: 3, zones: [a, b, c], needs: [db]}
  db: {type: aws.rds.postgres, zones: [a]}
)";

Policy at(std::optional<Severity> severity) {
  Policy policy;
  policy.fail_on = severity;
  return policy;
}

TEST(Gate, FailsFromTheSeverityOn) {
  const Checked run(kSingle);
  ASSERT_EQ(run.evaluation.analysis.findings.front().severity, Severity::high);
  EXPECT_EQ(run.decide(at(Severity::critical)).outcome, Outcome::passed);
  EXPECT_EQ(run.decide(at(Severity::high)).outcome, Outcome::failed);
  EXPECT_EQ(run.decide(at(Severity::low)).outcome, Outcome::failed);
}

TEST(Gate, FailsOnARuleOfAnySeverity) {
  const Checked run(kSingle);
  Policy policy = at(std::nullopt);
  EXPECT_EQ(run.decide(policy).of_findings, Outcome::not_judged);
  policy.fail_on_rules = {"OUT-A001"};
  const Decision decision = run.decide(policy);
  EXPECT_EQ(decision.outcome, Outcome::failed);
  for (std::size_t i = 0; i < decision.findings.size(); ++i) {
    EXPECT_EQ(decision.findings[i].fails, run.evaluation.analysis.findings[i].rule == "OUT-A001");
  }
  policy.fail_on_rules = {"OUT-S001"};
  EXPECT_EQ(run.decide(policy).outcome, Outcome::passed);
}

TEST(Gate, LeastAvailabilityIsMetMissedOrStraddled) {
  const Checked run(kUncertain);
  const auto& a = *run.evaluation.analysis.availability;
  ASSERT_LT(a.low, a.high);
  Policy policy = at(std::nullopt);
  policy.min_availability = a.low;
  EXPECT_EQ(run.decide(policy).outcome, Outcome::passed);
  policy.min_availability = (a.low + a.high) / 2;
  EXPECT_EQ(run.decide(policy).outcome, Outcome::inconclusive);
  policy.min_availability = std::min(1.0, a.high + 1e-9);
  EXPECT_EQ(run.decide(policy).outcome, Outcome::failed);
}

TEST(Gate, AYearThatMeetsAllObjectivesIsAsProbableAsAsked) {
  const auto with = [](const char* objectives) {
    return Checked(std::string("outlast: 1\n") + objectives +
                   "journeys: {shop: {enters: web}}\n"
                   "components: {web: {type: aws.ec2, zones: [a]}}\n");
  };
  const auto asked = [](double least) {
    Policy policy = at(std::nullopt);
    policy.min_p_slo = least;
    return policy;
  };
  const Checked run = with("objectives: {availability: 99.99%}\n");
  const auto p = *run.evaluation.analysis.availability->next_year->p_objective_met;
  ASSERT_GT(p.low, 0.01);
  ASSERT_LT(p.high, 0.99);
  EXPECT_EQ(run.decide(asked(p.low)).of_year, Outcome::passed);
  EXPECT_EQ(run.decide(asked(p.value)).of_year, Outcome::inconclusive) << "too few years";
  EXPECT_EQ(run.decide(asked(p.high + 0.001)).of_year, Outcome::failed);
  EXPECT_EQ(run.decide(asked(p.high + 0.001)).outcome, Outcome::failed);
  EXPECT_EQ(run.decide(at(std::nullopt)).of_year, Outcome::not_judged);
  EXPECT_EQ(with("").decide(asked(0.5)).outcome, Outcome::inconclusive)
      << "no objective is declared";
}

TEST(Gate, FailureOutweighsInconclusive) {
  const Checked run(kUncertain);
  const auto& a = *run.evaluation.analysis.availability;
  Policy policy = at(Severity::high);
  policy.min_availability = (a.low + a.high) / 2;
  EXPECT_EQ(run.decide(policy).outcome, Outcome::failed);
}

TEST(Gate, WhereNobodyIsServedAnObjectiveIsInconclusive) {
  const Checked run(
      "outlast: 1\nobjectives: {availability: 99%}\ncomponents: {f: {type: aws.s3}}\n");
  ASSERT_FALSE(run.evaluation.analysis.availability.has_value());
  EXPECT_EQ(run.decide(at(std::nullopt)).outcome, Outcome::inconclusive);
}

TEST(Gate, DoesNotPassWhatIsNotUnderstood) {
  const Checked run(
      R"({"format_version":"1.2","terraform_version":"1.5.0","planned_values":{"root_module":)"
      R"({"resources":[{"address":"x_y.z","mode":"managed","type":"x_y","name":"z",)"
      R"("provider_name":"registry.terraform.io/a/x","values":{"a":1}}]}}})",
      "plan.json");
  EXPECT_EQ(run.decide().outcome, Outcome::not_judged);
  EXPECT_NE(run.report("text").find("gate not judged: nothing was understood"), std::string::npos);
  EXPECT_EQ(run.report("junit").find("<system-out>"), std::string::npos);
}

TEST(Gate, JudgesAWorstCaseOnlyByADeclaredObjective) {
  const auto outcome_of = [](const std::string& objectives) {
    const Checked run(objectives + std::string(kSingle));
    const Decision decision = run.decide(at(std::nullopt));
    for (std::size_t i = 0; i < decision.survival.size(); ++i) {
      const auto& row = run.evaluation.analysis.survival[i];
      if (row.worst_case == "zone" && row.mode == "outage") {
        EXPECT_EQ(row.survives == findings::Verdict::no, decision.survival[i] != Outcome::passed);
        return decision.survival[i];
      }
    }
    return Outcome::inconclusive;
  };
  EXPECT_EQ(outcome_of(""), Outcome::not_judged);
  EXPECT_EQ(outcome_of("objectives: {recovery: {zone: {rto: 1m, rpo: 0s}}}\n"), Outcome::failed);
  EXPECT_EQ(outcome_of("objectives: {recovery: {zone: {rto: 30d, rpo: 0s}}}\n"), Outcome::passed);
}

}  // namespace
}  // namespace outlast::gate
