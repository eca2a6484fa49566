// Mistakes in blueprints are told all at once, by the whole way from text to validated blueprint,
// and none of them because of another one.

#include <gtest/gtest.h>

#include <string>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "catalog/meaning.h"
#include "unit/import/plan_text.h"
#include "unit/import/reading.h"

namespace outlast::import {
namespace {

/// What is told of files by reader, catalog and validation together.
Lines told_of(const Reading::Files& files) {
  Reading reading(files);
  catalog::read_meaning(reading.imported.draft, catalog::Catalog::built_in(), reading.diagnostics);
  (void)blueprint::validate(reading.imported.draft, reading.diagnostics);
  return reading.told();
}

Lines told_of(const std::string& yaml) {
  return told_of(Reading::Files{{"a.yaml", "outlast: 1\n" + yaml}});
}

TEST(BlueprintMistakes, WhatAWordLeadsToIsToldBesideWhatCannotBeRead) {
  EXPECT_EQ(told_of("nam: x\n"
                    "components:\n"
                    "  web: {type: aws.ec2, needs: [dbb]}\n"
                    "  db: {type: aws.rds, failure: {repair: 2 hours}}\n"
                    "journeys: {j: {enters: wob}}\n"),
            (Lines{"OUT-E1203 2:1 unknown key \"nam\" in a blueprint | did you mean \"name\"?",
                   "OUT-E1204 5:41 repair: unknown unit of time \"hours\" | did you mean \"h\"?",
                   "OUT-E1220 4:32 web needs dbb, which is no component | did you mean \"db\"?",
                   "OUT-E1220 6:24 journey j enters wob, which is no component | did you mean "
                   "\"web\"?"}));
}

TEST(BlueprintMistakes, ASlipInAKeyIsToldOnceAndNotAgainAsWhatIsMissing) {
  EXPECT_EQ(told_of("components: {web: {typ: aws.ec2, replica: 3, at_least: 2}}"),
            (Lines{"OUT-E1203 2:20 unknown key \"typ\" in a component | did you mean \"type\"?",
                   "OUT-E1203 2:34 unknown key \"replica\" in a component | did you mean "
                   "\"replicas\"?"}));
  EXPECT_EQ(told_of("components: {web: {type: aws.ec2, needs: [{too: db, local: true}]}}\n"
                    "journeys: {j: {entres: web}}"),
            (Lines{"OUT-E1203 3:16 unknown key \"entres\" in a journey | did you mean \"enters\"?",
                   "OUT-E1203 2:44 unknown key \"too\" in a need | did you mean \"to\"?"}));
}

TEST(BlueprintMistakes, NoConnectionAtAllLetsNoCallThrough) {
  EXPECT_EQ(told_of("components: {web: {type: aws.ec2, calls: {connections: 0}}}"),
            Lines{"OUT-E1204 2:56 connections: with none no call is made | write at least 1, or "
                  "leave it out where nothing limits them"});
}

TEST(BlueprintMistakes, WhatServesNobodyOrContradictsItselfIsToldWhereItStands) {
  EXPECT_EQ(
      told_of("components:\n"
              "  web:\n"
              "    type: aws.ec2\n"
              "    serving: {work: 0s, threads: 0, order: random, varies: 1000}\n"
              "    calls: {retries: 0, budget: 20%, breaker: 50% in 10s rests never}\n"),
      (Lines{"OUT-E1204 6:47 breaker: rests for no time | write it such as 50% in 10s rests 30s",
             "OUT-E1204 6:33 budget: nothing is tried again | write how often: retries: 2; or "
             "leave the budget out",
             "OUT-E1205 5:44 \"random\" is no order | allowed are fifo, lifo, controlled_delay",
             "OUT-E1204 5:21 work: takes no time | write how long one request takes: work: 20ms",
             "OUT-E1204 5:60 varies: expected a number from 0 to 100 | 0 is always the same, 1 "
             "exponential; measured: variance / mean²",
             "OUT-E1204 5:34 threads: with none no request is served | write at least 1, or leave "
             "it out where nothing limits them"}));
}

TEST(BlueprintMistakes, ACacheIsOfOneThingThatAnswersAndIsNeededItself) {
  EXPECT_EQ(
      told_of("components:\n"
              "  db: {type: aws.rds}\n"
              "  redis: {type: aws.elasticache.redis}\n"
              "  web: {type: aws.ec2, needs: [{to: db, cached: {in: redis, items: 0}}]}\n"
              "  api: {type: aws.ec2, needs: [{to: db, cached: {in: redis}}, {redis: soft}]}\n"
              "  job: {type: aws.ec2, needs: [{to: db, strength: startup, cached: {}}]}\n"
              "  dns: {type: aws.ec2, needs: [{to: db, stale: 5%, stale_for: 1h}]}\n"
              "  app: {type: aws.ec2, needs: [{to: db, cached: {in: db}}]}\n"),
      (Lines{"OUT-E1204 5:68 items: what holds none keeps no answer | write at least 1, or leave "
             "`cached` out",
             "OUT-E1204 7:68 cached: nobody waits for an answer of this need | leave it out, or "
             "make the need hard, soft or auth",
             "OUT-E1204 8:48 stale: longer than what | add how long others keep it: ttl: 60s",
             "OUT-E1234 5:32 web keeps answers in redis, which it does not need | add the need "
             "{to: redis, strength: soft, loses: 0%}, or what its loss takes",
             "OUT-E1234 9:32 app keeps answers of db in db | name what stands between the two, or "
             "leave `in` out where each replica keeps answers for itself"}));
}

TEST(BlueprintMistakes, AValueThatCannotBeReadIsToldOnceAndNotAgainAsItsDefault) {
  EXPECT_EQ(
      told_of("components: {web: {type: aws.ec2, replicas: many, at_least: 2}}"),
      Lines{"OUT-E1204 2:45 replicas: expected a whole number from 0 to 10000 | write it such "
            "as `replicas: 2`"});
  EXPECT_EQ(told_of("components: {web: {type: [aws.ec2]}, a: {kind: storage, scope: moon}}"),
            (Lines{"OUT-E1204 2:26 type: expected one value, found a list | write `type: VALUE`",
                   "OUT-E1205 2:64 \"moon\" is no scope | allowed are zone, region, global"}));
}

TEST(BlueprintMistakes, AComponentThatIsNoMapIsStillThereToBeNeeded) {
  EXPECT_EQ(told_of("components: {web: 5, lb: {type: aws.alb, needs: [web]}}"),
            Lines{"OUT-E1201 2:19 expected a component as a map of keys, found a number | write it "
                  "as `key: value` lines or as { key: value, … }"});
}

TEST(BlueprintMistakes, AComponentWithoutATypeIsToldAndNotItsUsers) {
  EXPECT_EQ(told_of("components: {web: {at_least: 2}, lb: {type: aws.alb, needs: [web]}}"),
            Lines{"OUT-E1207 2:19 component web is in no input and says no type | add `type: "
                  "provider.service`, such as `type: aws.ec2`"});
}

TEST(BlueprintMistakes, WhatAnUnreadableInputMayHoldIsNotMissed) {
  const std::string overlay =
      "outlast: 1\ncomponents: {web: {replicas: 2, needs: [db], at_least: 0}}";
  EXPECT_EQ(told_of({{"a.json", "{"}, {"b.yaml", overlay}}).size(), 2U);
  const Lines lines = told_of(
      {{"a.json", R"({"format_version": "9", "resource_changes": []})"}, {"b.yaml", overlay}});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].substr(0, 9), "OUT-E1301");
  EXPECT_EQ(lines[1],
            "OUT-E1223 2:56 at_least: at least one replica carries the load | leave the key out if "
            "you do not know how many");
}

TEST(BlueprintMistakes, OfANameThatMayMeanSeveralOnlyTheFirstUseIsTold) {
  const std::string plan =
      plan_text({created("aws_lb.web", "aws_lb"), created("aws_instance.web", "aws_instance")});
  EXPECT_EQ(told_of({{"a.json", plan},
                     {"b.yaml",
                      "outlast: 1\n"
                      "components:\n"
                      "  lb: {type: aws.alb, needs: [web]}\n"
                      "  web: {type: aws.ec2}\n"}}),
            Lines{"OUT-E1208 4:8 \"web\" may mean aws_lb.web and aws_instance.web | use the whole "
                  "address"});
}

TEST(BlueprintMistakes, EveryMistakeOfAValueComesWithARemedy) {
  const Lines lines = told_of(
      "objectives: {availability: 150%, budget: 5 EUR/month, users: {now: -1}}\n"
      "journeys: {j: {cohorts: {a: {share: 1}}}}\n"
      "components:\n"
      "  a:\n"
      "    type: aws.ec2\n"
      "    relocates: maybe\n"
      "    zones: [[a]]\n"
      "    fate: 5\n"
      "    scale: {min: 3, max: 2}\n"
      "    calls: {timeout: soon, backoff: x, breaker: y}\n"
      "    backups: {every: 2e7y}\n"
      "    needs: [5, {to: b, any_of: [b]}, {b: {strength: soft, loses: [1%, 2%, 3%]}}, a]\n"
      "  b: {type: aws.ec2, replicas: 20000}\n");
  EXPECT_EQ(lines.size(), 17U);
  for (const std::string& line : lines) {
    EXPECT_NE(line.find(" | "), std::string::npos) << line;
  }
}

TEST(AbsurdCounts, OfReplicasAreRefusedWithARemedyInABlueprint) {
  EXPECT_EQ(
      told_of("components: {a: {type: aws.ec2, replicas: 10001}, b: {type: aws.ec2, "
              "replicas: -3}, c: {type: aws.ec2, replicas: 10000}}"),
      (Lines{"OUT-E1204 2:43 replicas: expected a whole number from 0 to 10000 | is it meant? "
             "10000 is the most that is modelled",
             "OUT-E1204 2:80 replicas: expected a whole number from 0 to 10000 | write it "
             "such as `replicas: 2`"}));
}

std::string group_plan(const std::string& counts) {
  return plan_text(
      {created("aws_autoscaling_group.web", "aws_autoscaling_group", "{" + counts + "}")});
}

TEST(AbsurdCounts, MoreReplicasThanAreModelledAreSaidInAPlan) {
  Reading reading(
      Reading::Files{{"a.json", group_plan(R"("desired_capacity": 1000000000, "min_size": 1)")}});
  catalog::read_meaning(reading.imported.draft, catalog::Catalog::built_in(), reading.diagnostics);
  const auto bp = blueprint::validate(reading.imported.draft, reading.diagnostics);
  ASSERT_TRUE(bp);
  const auto& web = bp->components()[blueprint::ComponentId(0)];
  EXPECT_EQ(web.replicas.size(), 10'000U);
  EXPECT_EQ(*web.replica_count, 10'000);
  EXPECT_EQ(reading.written(reading.diagnostics.items().at(0).span), "1000000000");
  EXPECT_EQ(reading.diagnostics.items().at(0).message,
            "aws_autoscaling_group.web has 1000000000 replicas; 10000 are modelled");
  EXPECT_TRUE(std::any_of(bp->assumptions().begin(), bp->assumptions().end(), [](const auto& a) {
    return a.name == "aws_autoscaling_group.web: replicas" && a.value == "10000";
  }));
}

TEST(AbsurdCounts, ANegativeCountInAPlanIsToldAndTakenAsNotKnown) {
  Reading reading(Reading::Files{{"a.json", group_plan(R"("desired_capacity": -3)")}});
  catalog::read_meaning(reading.imported.draft, catalog::Catalog::built_in(), reading.diagnostics);
  EXPECT_EQ(
      reading.told(),
      Lines{"OUT-E1211 2:158 aws_autoscaling_group.web: expected a whole number, not negative "
            "| it is taken as not known; mend it in the configuration"});
  EXPECT_TRUE(reading.draft().components.at(0).replicas.is_unknown());
}

TEST(AbsurdCounts, HalfAReplicaIsToldAndTakenAsNotKnown) {
  Reading reading(Reading::Files{{"a.json", group_plan(R"("desired_capacity": 1.5)")}});
  catalog::read_meaning(reading.imported.draft, catalog::Catalog::built_in(), reading.diagnostics);
  ASSERT_EQ(reading.told().size(), 1U);
  EXPECT_EQ(reading.diagnostics.items()[0].code, "OUT-E1211");
  EXPECT_TRUE(reading.draft().components.at(0).replicas.is_unknown());
}

TEST(AbsurdCounts, AFlagThatIsNoFlagIsNotKnownRatherThanFalse) {
  Reading reading(Reading::Files{
      {"a.json", plan_text({created("aws_db_instance.db", "aws_db_instance",
                                    R"({"engine": "mysql", "backup_retention_period": "x"})")})}});
  catalog::read_meaning(reading.imported.draft, catalog::Catalog::built_in(), reading.diagnostics);
  ASSERT_EQ(reading.told().size(), 1U);
  EXPECT_EQ(reading.diagnostics.items()[0].code, "OUT-E1211");
  EXPECT_TRUE(reading.draft().components.at(0).backups.retention.is_unknown());
}

}  // namespace
}  // namespace outlast::import
