#include "explain/explain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "pipeline/pipeline.h"
#include "support/lab.h"

namespace outlast::explain {
namespace {

using findings::Explanation;
using findings::Witness;
using support::lab;
using support::part;

/// An analysed blueprint that can be asked.
class Asked {
 public:
  explicit Asked(const std::string& yaml)
      : evaluation_(pipeline::evaluate({"a.yaml"}, base::MemoryFiles({{"a.yaml", yaml}}),
                                       {.tries_fixes = false})),
        subject_{*evaluation_.blueprint, catalog::Catalog::built_in(), evaluation_.analysis,
                 evaluation_.workings} {}

  [[nodiscard]] std::vector<Explanation> all(std::string_view id) const {
    const auto answers = explain(subject_, id);
    EXPECT_TRUE(answers.has_value()) << id;
    return answers ? *answers : std::vector<Explanation>();
  }
  [[nodiscard]] Explanation one(std::string_view id) const {
    const auto answers = all(id);
    EXPECT_EQ(answers.size(), 1U) << id;
    return answers.empty() ? Explanation() : answers.front();
  }
  [[nodiscard]] const Subject& subject() const { return subject_; }

 private:
  pipeline::Evaluation evaluation_;
  Subject subject_;
};

std::string shop() {
  return "outlast: 1\nname: shop\njourneys: {buy: {enters: lb}}\ncomponents:\n"
         "  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web]}\n"
         "  web: {type: aws.ec2, replicas: 2, at_least: 1, zones: [a, b], needs: [db]}\n"
         "  db: {type: aws.rds.postgres, zones: [a]}\n";
}

TEST(Explain, AHabitIsToldByEachThingThatItCounts) {
  const Asked asked(shop());
  EXPECT_EQ(asked.all("habits").size(), 4U);
  const Explanation faults = asked.one("assumes_failure");
  EXPECT_NE(faults.claim.find(std::to_string(faults.instances.size()) + " single faults"),
            std::string::npos)
      << faults.claim << ", and " << faults.instances.size() << " are told";
  ASSERT_EQ(faults.formulas.size(), 1U);
  EXPECT_NE(faults.formulas.front().result.find("good from 0.9"), std::string::npos);
  const Explanation spread = asked.one("spread out");
  ASSERT_FALSE(spread.witnesses.empty());
  EXPECT_FALSE(spread.facts.empty());
  const Explanation coupled = asked.one("loosely_coupled");
  ASSERT_EQ(coupled.inputs.size(), 2U) << "the balancer needs the servers, these the database";
  EXPECT_TRUE(coupled.inputs.front().evidence.span.exists());
}

/// The first number of a text.
double leading(const std::string& text) {
  return std::stod(text);
}

TEST(Explain, AFaultOfTwoIsTheProductOfTheSharesThatItIsMadeOf) {
  const Asked asked(shop());
  const auto& sets = asked.subject().analysis.resilience.double_faults;
  ASSERT_TRUE(std::any_of(sets.worst.begin(), sets.worst.end(),
                          [](const auto& fault) { return fault.is_planned; }));
  const Explanation told = asked.one("double fault");
  ASSERT_EQ(told.formulas.size(), std::min<std::size_t>(sets.worst.size(), 10));
  for (std::size_t i = 0; i < told.formulas.size(); ++i) {
    double product = 1;
    std::string numbers = told.formulas[i].numbers;
    for (auto at = numbers.find("×"); !numbers.empty(); at = numbers.find("×")) {
      product *= leading(numbers);
      numbers = at == std::string::npos ? "" : numbers.substr(at + std::string("×").size());
    }
    EXPECT_NEAR(product, sets.worst[i].share_of_time, 1e-4 * product) << told.formulas[i].name;
    EXPECT_NEAR(leading(told.formulas[i].result), product, 1e-4 * product);
  }
  ASSERT_FALSE(told.witnesses.empty());
  for (const Witness& witness : told.witnesses) {
    EXPECT_EQ(witness.events.size(), 2U);
  }
  EXPECT_FALSE(told.facts.empty());
}

TEST(Explain, PlannedWorkAndVendorsAreToldOneByOne) {
  const Asked asked(shop());
  const auto& planned = asked.subject().analysis.resilience.planned;
  ASSERT_FALSE(planned.empty());
  const Explanation work = asked.one("planned work");
  EXPECT_EQ(work.formulas.size(), planned.size());
  EXPECT_FALSE(work.facts.empty()) << "how often and how long";
  const Explanation vendors = asked.one("depends on");
  ASSERT_EQ(vendors.witnesses.size(), 1U);
  EXPECT_EQ(vendors.formulas.front().name, "aws");
  EXPECT_EQ(vendors.formulas.front().numbers, "1 of buy");
}

TEST(Explain, WhatASumIsMadeOfAddsUpToIt) {
  const Asked asked(
      "outlast: 1\njourneys: {main: {enters: app}}\ncomponents:\n"
      "  app: {type: aws.lambda, region: us-west-2, needs: [db]}\n"
      "  db: {type: aws.dynamodb, region: us-west-2, needs: [key]}\n"
      "  key: {type: aws.kms, region: us-west-2}\n");
  for (const auto& formula : asked.one("main").formulas) {
    if (formula.name == "not served") {
      const auto plus = formula.numbers.find(" + ");
      ASSERT_NE(plus, std::string::npos);
      const double sum = std::stod(formula.numbers) + std::stod(formula.numbers.substr(plus + 3));
      EXPECT_NEAR(sum / std::stod(formula.result), 1, 2e-6) << formula.numbers;
    }
  }
}

TEST(Explain, EverythingThatCanBeAskedForHasAnAnswer) {
  const Asked asked(shop());
  const auto ids = explainable(asked.subject());
  EXPECT_GT(ids.size(), 15U);
  for (const std::string& id : ids) {
    const auto answers = explain(asked.subject(), id);
    ASSERT_TRUE(answers.has_value()) << id;
    for (const Explanation& answer : *answers) {
      EXPECT_FALSE(answer.title.empty()) << id;
      EXPECT_TRUE(explain(asked.subject(), answer.id).has_value()) << answer.id;
    }
  }
}

TEST(Explain, AFindingLeadsToItsLineItsFigureAndWhoNotices) {
  const Asked asked(shop());
  const auto& findings = asked.subject().analysis.findings;
  const auto single = std::find_if(findings.begin(), findings.end(),
                                   [](const auto& f) { return f.name == "single_instance"; });
  ASSERT_NE(single, findings.end());
  const Explanation why = asked.one(single->fingerprint);
  EXPECT_EQ(why.kind, "finding");
  EXPECT_TRUE(std::any_of(why.inputs.begin(), why.inputs.end(), [](const auto& origin) {
    return origin.evidence.address == "db" && origin.evidence.span.exists();
  }));
  ASSERT_FALSE(why.facts.empty());
  for (const auto& fact : why.facts) {
    EXPECT_FALSE(fact.source.empty());
    EXPECT_FALSE(fact.trust.empty());
  }
  ASSERT_EQ(why.witnesses.size(), 1U);
  const Witness& witness = why.witnesses.front();
  ASSERT_EQ(witness.cascade.size(), 3U);
  EXPECT_EQ(witness.cascade[0].component, "db");
  EXPECT_EQ(witness.cascade[1].component, "web");
  EXPECT_EQ(witness.cascade[2].component, "lb");
  EXPECT_EQ(witness.cascade[2].depth, 2U);
  ASSERT_EQ(witness.noticed.size(), 1U);
  EXPECT_EQ(witness.noticed.front().journey, "buy");
  EXPECT_GT(*witness.noticed.front().down_s, 0);
}

TEST(Explain, ACaseListsItsInstancesFromTheWorstWhichIsTheOneOfTheTable) {
  const Asked asked(shop());
  for (const auto& row : asked.subject().analysis.survival) {
    const std::string id = row.worst_case + (row.mode.empty() ? "" : "." + row.mode);
    const Explanation why = asked.one(id);
    // An incident is one by itself, and has no others to be compared with; nor has what the clock
    // plays once.
    const bool is_alone =
        row.worst_case == "incident" || row.worst_case == "slow" || row.worst_case == "partition";
    if (row.survives == findings::Verdict::not_exposed || is_alone) {
      EXPECT_TRUE(why.instances.empty()) << id;
      continue;
    }
    ASSERT_FALSE(why.instances.empty()) << id;
    EXPECT_EQ(why.instances.front().scope, row.scope) << id;
    EXPECT_TRUE(
        std::is_sorted(why.instances.begin(), why.instances.end(),
                       [](const auto& a, const auto& b) { return a.survives < b.survives; }))
        << id;
  }
  EXPECT_EQ(asked.all("zone").size(), 2U) << "outage and destroyed";
}

TEST(Explain, ACutOfTwoIsPlayedAsOne) {
  // Either of two suffices: nobody notices one, all notice both.
  const Asked asked(lab(part("A", "needs: [{any_of: [B, C]}]") + part("B", "") + part("C", "")));
  const Explanation why = asked.one("main");
  const auto both = std::find_if(why.witnesses.begin(), why.witnesses.end(),
                                 [](const Witness& w) { return w.events.size() == 2; });
  ASSERT_NE(both, why.witnesses.end());
  const double q = support::kQ;
  EXPECT_NEAR(*both->share_of_time, q * q, 1e-15);
  // Either begins while the other lasts.
  EXPECT_NEAR(*both->per_year, 2 * q * q / 3600 * base::kSecondsPerYear, 1e-9);
  ASSERT_EQ(both->cascade.size(), 3U);
  EXPECT_EQ(both->cascade[2].component, "A");
  EXPECT_NE(both->cascade[2].why.find("B or C"), std::string::npos);
  ASSERT_EQ(both->noticed.size(), 1U);
}

TEST(Explain, CutsOfAJourneyAreItsOwn) {
  const Asked asked(lab(part("A", "") + part("B", ""), "one: {enters: A}, two: {enters: B}"));
  const Explanation why = asked.one("one");
  ASSERT_EQ(why.witnesses.size(), 1U);
  EXPECT_EQ(why.witnesses.front().events.front(), "A fails");
}

TEST(Explain, ReplicasOfOneComponentAreOneCutOfTheirKind) {
  const Asked asked(lab(part("A", "replicas: 4, at_least: 3")));
  const Explanation why = asked.one("availability");
  EXPECT_EQ(why.witnesses.size(), 1U);
}

TEST(Explain, NumbersPutIntoTheFormulaGiveTheResult) {
  const Asked asked(lab(part("A", "")));
  const Explanation why = asked.one("availability");
  const auto formula = std::find_if(why.formulas.begin(), why.formulas.end(),
                                    [](const auto& f) { return f.name == "availability"; });
  ASSERT_NE(formula, why.formulas.end());
  double weight = 0;
  double down = 0;
  ASSERT_EQ(std::sscanf(formula->numbers.c_str(), "1 − (%lf × %lf)", &weight, &down), 2);
  EXPECT_NEAR(weight * down, support::kQ, 1e-8);
}

TEST(Explain, AStatedFigureIsTheUsersOwnWord) {
  const Asked asked(lab(part("A", "")));
  const Explanation why = asked.one("A");
  ASSERT_EQ(why.facts.size(), 1U);
  EXPECT_EQ(why.facts.front().trust, "the user's own word");
}

TEST(Explain, WhatIsCalledNothingIsAnsweredWithWhatIsNear) {
  const Asked asked(shop());
  const auto answers = explain(asked.subject(), "zone.destroid");
  ASSERT_FALSE(answers.has_value());
  ASSERT_FALSE(answers.error().near.empty());
  EXPECT_EQ(answers.error().near.front(), "zone.destroyed");
}

}  // namespace
}  // namespace outlast::explain
