#include "explain/inspect.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include "explain/unknowns.h"
#include "support/lab.h"

namespace outlast::explain {
namespace {

using findings::Inspection;
using support::lab;
using support::part;

pipeline::Evaluation evaluated(const std::string& name, const std::string& text) {
  const base::MemoryFiles files(std::map<std::string, std::string>{{name, text}});
  return pipeline::evaluate({name}, files, {.tries_fixes = false});
}

Inspection inspected(const pipeline::Evaluation& evaluation) {
  return inspect(evaluation, catalog::Catalog::built_in(), 1);
}

TEST(Inspect, TheOnlyUnknownIsWorthTheWholeInterval) {
  const auto evaluation = evaluated("a.yaml", lab(part("A", "replicas: 2")));
  const Inspection seen = inspected(evaluation);
  ASSERT_EQ(seen.unknowns.size(), 1U);
  EXPECT_GT(seen.width_minutes, 0);
  EXPECT_EQ(seen.unknowns.front().outcomes, (std::vector<std::string>{"1", "2"}));
  EXPECT_NEAR(*seen.unknowns.front().narrows_minutes, seen.width_minutes, 1e-6);
}

TEST(Inspect, TheUnknownThatMovesMoreStandsFirst) {
  // B fails ten times as often as A: how many of it are needed matters more.
  const std::string b =
      "  B: {kind: compute, scope: region, failure: {every: 6d, repair: 1h}, replicas: 2}\n";
  const auto evaluation = evaluated("a.yaml", lab(part("A", "replicas: 2, needs: [B]") + b));
  const Inspection seen = inspected(evaluation);
  ASSERT_EQ(seen.unknowns.size(), 2U);
  EXPECT_NE(seen.unknowns[0].question.find('B'), std::string::npos);
  EXPECT_GT(*seen.unknowns[0].narrows_minutes, *seen.unknowns[1].narrows_minutes);
  EXPECT_GT(*seen.unknowns[1].narrows_minutes, 0);
}

TEST(Inspect, WhatTouchesNobodyIsWorthNothing) {
  const auto evaluation = evaluated("a.yaml", lab(part("A", "") + part("aside", "replicas: 3")));
  const Inspection seen = inspected(evaluation);
  ASSERT_EQ(seen.unknowns.size(), 1U);
  EXPECT_EQ(*seen.unknowns.front().narrows_minutes, 0);
}

TEST(Inspect, PlacesThatNoJourneyRestsOnAreAskedForApartAndWorthNothing) {
  const auto evaluation = evaluated("a.yaml", R"(outlast: 1
journeys: {j: {enters: web}}
components:
  web: {type: aws.ec2, region: us-west-2, zones: [us-west-2a], needs: [x, y]}
  x: {type: aws.rds.postgres, region: us-west-2}
  y: {type: aws.rds.postgres, region: us-west-2}
  aside: {type: aws.rds.postgres, region: us-west-2}
)");
  const Inspection seen = inspected(evaluation);
  ASSERT_GE(seen.unknowns.size(), 2U);
  EXPECT_EQ(seen.unknowns.front().question, "in which zones lie x and y");
  EXPECT_GT(*seen.unknowns.front().narrows_minutes, 0);
  EXPECT_EQ(seen.unknowns.back().question, "in which zones lies aside");
  EXPECT_EQ(*seen.unknowns.back().narrows_minutes, 0);
}

TEST(Inspect, ThatUsersComeInWhereMayNotBeThereIsWorthWhatItMoves) {
  const auto evaluation = evaluated("u.yaml", R"(AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Create: {Type: String}
Conditions:
  C: !Equals [!Ref Create, 'yes']
Resources:
  A:
    Type: AWS::EC2::Instance
    Condition: C
    Properties: {ImageId: ami-1, InstanceType: t3.small, AvailabilityZone: us-east-1a}
  F:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.12, Handler: a.b, Code: {ZipFile: ''}, Role: r}
)");
  const auto& availability = *evaluation.analysis.availability;
  ASSERT_EQ(availability.journeys.size(), 2U);
  EXPECT_EQ(availability.high, availability.value) << "with the server, which fails less";
  EXPECT_EQ(availability.low, availability.journeys[1].value) << "the function alone";
  EXPECT_EQ(availability.range_exactness, findings::Exactness::bounded);
  const Inspection seen = inspected(evaluation);
  ASSERT_FALSE(seen.unknowns.empty());
  EXPECT_NE(seen.unknowns.front().question.find("does the condition u/C hold"), std::string::npos);
  EXPECT_NEAR(*seen.unknowns.front().narrows_minutes, seen.width_minutes, 1e-6);
}

TEST(Inspect, WhetherWhatMayNotBeThereIsSettlesTheZoneThatItMayLieIn) {
  const auto evaluation = evaluated("v.yaml", R"(AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Create: {Type: String}
Conditions:
  C: !Equals [!Ref Create, 'yes']
Resources:
  A:
    Type: AWS::EC2::Instance
    Condition: C
    Properties: {ImageId: ami-1, InstanceType: t3.small, SubnetId: s-1}
  F:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.12, Handler: a.b, Code: {ZipFile: ''}, Role: r}
)");
  for (const auto& row : evaluation.analysis.survival) {
    if (row.worst_case == "zone") {
      EXPECT_EQ(row.survives, findings::Verdict::unknown) << row.mode;
    }
  }
  const Inspection seen = inspected(evaluation);
  const auto& settles = seen.unknowns.front().settles;
  EXPECT_NE(std::find(settles.begin(), settles.end(), "zone.outage"), settles.end());
}

TEST(Inspect, NothingUnknownIsSaidSo) {
  EXPECT_TRUE(inspected(evaluated("a.yaml", lab(part("A", "")))).unknowns.empty());
}

TEST(Inspect, WhatStandsAloneIsNamed) {
  const Inspection seen =
      inspected(evaluated("a.yaml", lab(part("A", "needs: [B]") + part("B", "") + part("C", ""))));
  ASSERT_EQ(seen.isolated.size(), 1U);
  EXPECT_EQ(seen.isolated.front().address, "C");
  EXPECT_EQ(seen.stated_edges, 1U);
  EXPECT_EQ(seen.edges.size(), 1U);
}

constexpr const char* kTemplate = R"(Parameters:
  Standby: {Type: String}
Conditions:
  HasStandby: !Equals [!Ref Standby, "yes"]
Resources:
  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, MultiAZ: true}}
  Cache: {Type: AWS::EC2::Instance, Condition: HasStandby, Properties: {InstanceType: t3.small}}
  Web:
    Type: AWS::EC2::Instance
    Properties:
      InstanceType: t3.small
      UserData: {"Fn::Base64": !Sub "DB=${Database.Endpoint.Address} CACHE=${Cache.PrivateIp}"}
)";

TEST(Inspect, AConditionThatNobodyCanDecideIsAskedForWithTheParameterThatDecidesIt) {
  const auto evaluation = evaluated("shop.yaml", kTemplate);
  const Inspection seen = inspected(evaluation);
  const auto asked =
      std::find_if(seen.unknowns.begin(), seen.unknowns.end(), [](const auto& unknown) {
        return unknown.question == "does the condition shop/HasStandby hold, which makes Cache?";
      });
  ASSERT_NE(asked, seen.unknowns.end());
  EXPECT_EQ(asked->answer_with, "--param Standby=…");
  EXPECT_EQ(asked->outcomes, (std::vector<std::string>{"it holds", "it does not"}));
  ASSERT_TRUE(asked->narrows_minutes);
  EXPECT_GT(*asked->narrows_minutes, 0) << "either way it is known whether Web needs it";
}

TEST(Inspect, FindingsOfWhatMayNotBeThereAreInferredAndSaySo) {
  const auto findings_of = [](const pipeline::Evaluation& evaluation, const std::string& id) {
    std::vector<findings::Finding> found;
    for (const auto& finding : evaluation.analysis.findings) {
      if (!finding.components.empty() && finding.components.front() == id) {
        found.push_back(finding);
      }
    }
    return found;
  };
  const auto evaluation = evaluated("shop.yaml", kTemplate);
  const auto of_cache = findings_of(evaluation, "shop/Cache");
  ASSERT_FALSE(of_cache.empty());
  for (const auto& finding : of_cache) {
    EXPECT_EQ(finding.confidence, blueprint::Confidence::inferred) << finding.title;
    EXPECT_GE(finding.severity, findings::Severity::medium) << finding.title;
    EXPECT_NE(finding.claim.find("nothing decides the condition shop/HasStandby"),
              std::string::npos)
        << finding.claim;
  }
  for (const auto& finding : findings_of(evaluation, "shop/Web")) {
    EXPECT_EQ(finding.claim.find("may not be there"), std::string::npos) << finding.claim;
  }
}

/// A server that nobody needs, with a disk of which a snapshot is made, and nobody says how often.
constexpr const char* kSnapshot = R"({"format_version": "1.2", "resource_changes": [
  {"address": "aws_instance.w", "mode": "managed", "type": "aws_instance",
   "change": {"actions": ["create"], "before": null, "after_unknown": {},
     "after": {"id": "i-0123456789abcdef0", "instance_type": "m5.large", "availability_zone": "us-west-2a"}}},
  {"address": "aws_ebs_volume.v", "mode": "managed", "type": "aws_ebs_volume",
   "change": {"actions": ["create"], "before": null, "after_unknown": {},
     "after": {"id": "vol-0123456789abcdef0", "availability_zone": "us-west-2a", "size": 10}}},
  {"address": "aws_volume_attachment.at", "mode": "managed", "type": "aws_volume_attachment",
   "change": {"actions": ["create"], "before": null, "after_unknown": {},
     "after": {"instance_id": "i-0123456789abcdef0", "volume_id": "vol-0123456789abcdef0"}}},
  {"address": "aws_ebs_snapshot.s", "mode": "managed", "type": "aws_ebs_snapshot",
   "change": {"actions": ["create"], "before": null, "after_unknown": {},
     "after": {"volume_id": "vol-0123456789abcdef0"}}}]})";

TEST(Inspect, CopiesThatNobodyTellsOfAreAskedForAndStatingThemClosesWhatWasOpen) {
  const auto with = [](const std::string& backups) {
    const base::MemoryFiles files(std::map<std::string, std::string>{
        {"plan.json", kSnapshot},
        {"said.yaml", "outlast: 1\ncomponents: {aws_instance.w: {backups: " + backups + "}}\n"}});
    return pipeline::evaluate({"plan.json", "said.yaml"}, files, {.tries_fixes = false});
  };
  const Inspection seen = inspected(evaluated("plan.json", kSnapshot));
  ASSERT_EQ(seen.unknowns.size(), 1U);
  EXPECT_EQ(seen.unknowns.front().question, "what copies are kept of w?");
  EXPECT_NEAR(*seen.unknowns.front().narrows_minutes, seen.width_minutes, 1e-6);
  EXPECT_GT(seen.width_minutes, 0);
  for (const char* said : {"{every: 24h, retention: 7d}", "{retention: 0s}"}) {
    const auto evaluation = with(said);
    EXPECT_EQ(width_minutes(*evaluation.analysis.availability), 0) << said;
    EXPECT_TRUE(inspected(evaluation).unknowns.empty()) << said;
  }
  EXPECT_LT(with("{retention: 0s}").analysis.availability->value,
            with("{every: 24h, retention: 7d}").analysis.availability->value);
}

TEST(Inspect, WhetherItLiesInOneZoneOrSeveralIsAskedForWhereOnlyALaterValueSays) {
  const std::string plan = R"({"format_version": "1.2", "resource_changes": [
    {"address": "azurerm_storage_account.a", "mode": "managed", "type": "azurerm_storage_account",
     "change": {"actions": ["create"], "before": null, "after": {"name": "a", "location": "uksouth"},
                "after_unknown": {"account_replication_type": true}}}]})";
  const auto evaluation = evaluated("plan.json", plan);
  EXPECT_TRUE(std::none_of(evaluation.analysis.findings.begin(), evaluation.analysis.findings.end(),
                           [](const auto& finding) { return finding.rule == "OUT-A002"; }));
  const Inspection seen = inspected(evaluation);
  EXPECT_TRUE(std::any_of(seen.unknowns.begin(), seen.unknowns.end(), [](const auto& unknown) {
    return unknown.question == "does a lie in one zone, or in several?";
  }));
}

TEST(Inspect, WhatIsNamedAndInNoInputIsAskedFor) {
  const Inspection seen = inspected(evaluated("web.yaml", R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web, env: [{name: API_URL, value: "http://ledger:80"}]}]}
)"));
  EXPECT_TRUE(std::any_of(seen.unknowns.begin(), seen.unknowns.end(), [](const auto& unknown) {
    return unknown.question == "what answers to ledger, which web names";
  }));
}

constexpr const char* kState = R"({"version": 4, "serial": 1, "lineage": "l", "resources": [
  {"mode": "managed", "type": "aws_db_instance", "name": "db",
   "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
   "instances": [{"attributes": {"id": "db", "availability_zone": "eu-west-1a",
                                 "db_subnet_group_name": "sub"}}]},
  {"mode": "managed", "type": "aws_db_subnet_group", "name": "sub",
   "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
   "instances": [{"attributes": {"id": "sub", "name": "sub", "subnet_ids": []}}]},
  {"mode": "managed", "type": "strange_thing", "name": "x",
   "provider": "provider[\"registry.terraform.io/example/strange\"]",
   "instances": [{"attributes": {"id": "x"}}]},
  {"mode": "data", "type": "aws_region", "name": "here",
   "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
   "instances": [{"attributes": {"id": "eu-west-1"}}]}]})";

TEST(Inspect, EveryResourceIsAccountedFor) {
  const auto evaluation = evaluated("terraform.tfstate", kState);
  ASSERT_TRUE(evaluation.blueprint.has_value());
  const Inspection seen = inspected(evaluation);
  std::size_t counted = 0;
  for (const auto& [use, count] : seen.counts) {
    counted += count;
  }
  EXPECT_EQ(counted, evaluation.draft.resources.size());
  const auto db = std::find_if(seen.components.begin(), seen.components.end(),
                               [](const auto& c) { return c.id == "aws_db_instance.db"; });
  ASSERT_NE(db, seen.components.end());
  EXPECT_EQ(db->parts, std::vector<std::string>{"aws_db_subnet_group.sub"});
  const auto strange = std::find_if(seen.skipped.begin(), seen.skipped.end(),
                                    [](const auto& s) { return s.type == "strange_thing"; });
  ASSERT_NE(strange, seen.skipped.end());
  EXPECT_TRUE(std::any_of(seen.unknowns.begin(), seen.unknowns.end(), [](const auto& q) {
    return q.question.find("strange_thing") != std::string::npos && !q.narrows_minutes;
  }));
}

TEST(Inspect, TheSameOnAnyNumberOfThreads) {
  const auto evaluation =
      evaluated("a.yaml", lab(part("A", "replicas: 3, needs: [B]") + part("B", "replicas: 2")));
  const auto one = inspect(evaluation, catalog::Catalog::built_in(), 1);
  const auto four = inspect(evaluation, catalog::Catalog::built_in(), 4);
  ASSERT_EQ(one.unknowns.size(), four.unknowns.size());
  for (std::size_t i = 0; i < one.unknowns.size(); ++i) {
    EXPECT_EQ(one.unknowns[i].question, four.unknowns[i].question);
    EXPECT_EQ(one.unknowns[i].narrows_minutes, four.unknowns[i].narrows_minutes);
  }
}

}  // namespace
}  // namespace outlast::explain
