// Copies of data: what an event leaves of them, and what leaves none, against a brute force over all
// sets of causes that reads the architecture by its words.

#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "pipeline/pipeline.h"
#include "support/analysed.h"
#include "support/lab.h"

namespace outlast {
namespace {

using failure::DataLoss;
using support::analysed;
using support::count_findings;
using support::lab;
using support::row;

using Causes = std::set<std::string>;

/// A database with these copies; in two zones of us-east-1, account 1.
std::string store(const std::string& rest) {
  return lab(
      "  A: {type: aws.rds.mysql, region: us-east-1, zones: [a, b], replicas: 2, account: \"1\", "
      "redundancy: primary_standby, " +
      rest + "}\n");
}

/// All minimal sets of `causes` that `is_lost` holds for.
std::set<Causes> minimal_sets(const std::vector<std::string>& causes,
                              const std::function<bool(const Causes&)>& is_lost) {
  std::vector<Causes> lost;
  for (std::size_t mask = 0; mask < (std::size_t{1} << causes.size()); ++mask) {
    Causes set;
    for (std::size_t i = 0; i < causes.size(); ++i) {
      if (((mask >> i) & 1U) != 0) {
        set.insert(causes[i]);
      }
    }
    if (is_lost(set)) {
      lost.push_back(set);
    }
  }
  std::set<Causes> minimal;
  for (const Causes& set : lost) {
    const bool has_smaller = std::any_of(lost.begin(), lost.end(), [&](const Causes& other) {
      return other != set && std::includes(set.begin(), set.end(), other.begin(), other.end());
    });
    if (!has_smaller) {
      minimal.insert(set);
    }
  }
  return minimal;
}

std::set<Causes> cuts_of(const findings::Analysis& analysis) {
  std::set<Causes> cuts;
  for (const auto& cut : analysis.stores.front().cuts) {
    cuts.insert(Causes(cut.begin(), cut.end()));
  }
  return cuts;
}

TEST(Copies, InStorageOverZonesOutliveTheZoneAndNotTheRegion) {
  const auto loss = [](const std::string& type, const std::string& mode, const std::string& of) {
    return row(analysed(lab("  A: {type: " + type + ", region: us-east-1, zones: [a]}\n")), of,
               mode)
        .data.kind;
  };
  EXPECT_EQ(loss("aws.aurora", "destroyed", "zone"), DataLoss::Kind::none);
  EXPECT_EQ(loss("aws.aurora", "destroyed", "region"), DataLoss::Kind::all);
  EXPECT_EQ(loss("aws.rds.mysql", "destroyed", "zone"), DataLoss::Kind::all);
}

/// A key and a copy in eu-west-1 that it was made for; the database in us-east-1.
findings::Analysis with_key_in(const std::string& region) {
  return analysed(
      lab("  A: {type: aws.rds.mysql, region: us-east-1, zones: [a, b], replicas: 2, encrypted_by: "
          "key, "
          "backups: {retention: 0s}, copies: {vault: {every: 24h, retention: 30d, in: eu-west-1, "
          "account: vault, restorable: 1}}}\n"
          "  key: {type: aws.kms, region: " +
          region + "}\n"));
}

TEST(Copies, GoWithTheRegionAndTheAccountOfTheirKey) {
  const auto here = with_key_in("us-east-1");
  EXPECT_EQ(row(here, "region", "destroyed").data.kind, DataLoss::Kind::all);
  EXPECT_EQ(row(here, "provider", "destroyed").data.kind, DataLoss::Kind::all);
  EXPECT_TRUE(cuts_of(here).contains({"aws us-east-1 is destroyed"}));
  EXPECT_TRUE(cuts_of(here).contains({"account aws is lost or misused"}));

  const auto there = with_key_in("eu-west-1");
  EXPECT_EQ(row(there, "region", "destroyed").data.kind, DataLoss::Kind::seconds);
  EXPECT_TRUE(cuts_of(there).contains({"aws eu-west-1 is destroyed"})) << "nobody can read either";
}

/// A machine in us-west-2a with a disk, of which there is a snapshot and nobody says how often, and
/// a database without backups in `zone` that another machine calls.
findings::Analysis beside_database_in(const std::string& zone) {
  const auto made = [](const std::string& type, const std::string& name, const std::string& after) {
    return R"({"address": ")" + type + "." + name + R"(", "mode": "managed", "type": ")" + type +
           R"(", "name": ")" + name + R"(", "change": {"actions": ["create"], "after": {"id": ")" +
           type + "-" + name + "\"" + after + R"(}, "after_unknown": {}}})";
  };
  const std::string in_a = R"(, "availability_zone": "us-west-2a", "instance_type": "m5.large")";
  const std::string plan =
      R"({"format_version": "1.2", "resource_changes": [)" + made("aws_instance", "w", in_a) + "," +
      made("aws_ebs_volume", "v", in_a) + "," +
      made("aws_volume_attachment", "at",
           R"(, "instance_id": "aws_instance-w", "volume_id": "aws_ebs_volume-v")") +
      "," + made("aws_ebs_snapshot", "s", R"(, "volume_id": "aws_ebs_volume-v")") + "," +
      made("aws_instance", "app", in_a + R"(, "user_data": "DB=aws_db_instance-db")") + "," +
      made("aws_db_instance", "db",
           R"(, "engine": "mysql", "backup_retention_period": 0, "availability_zone": ")" + zone +
               "\"") +
      "]}";
  const auto bp = support::blueprint_of("plan.json", plan);
  return pipeline::analyse(bp, catalog::Catalog::built_in(), {}).analysis;
}

TEST(Copies, ThatAreUnknownLeaveOpenWhatTheyDoWhateverElseIsLostBesideThem) {
  const auto open_of_w = [](const findings::Analysis& analysis) {
    for (const auto& journey : analysis.availability->journeys) {
      if (journey.name.find("aws_instance.w") != std::string::npos) {
        return journey.value - journey.low;
      }
    }
    ADD_FAILURE() << "no journey enters at w";
    return 0.0;
  };
  const auto together = beside_database_in("us-west-2a");
  const auto apart = beside_database_in("us-west-2b");
  EXPECT_GT(open_of_w(apart), 1e-6);
  EXPECT_NEAR(open_of_w(together), open_of_w(apart), 1e-10);
  EXPECT_EQ(row(together, "zone", "destroyed").data.stores,
            std::vector<std::string>{"aws_db_instance.db"});
}

TEST(Copies, DataThatLiesOnAMachineAloneGoesWithIt) {
  const auto loss = [](const std::string& more) {
    return row(analysed(lab("  A: {type: kubernetes.deployment, kind: database, holds: carts" +
                            more + "}\n")),
               "server")
        .data;
  };
  EXPECT_EQ(loss("").kind, DataLoss::Kind::none) << "it lies on a volume";
  EXPECT_EQ(loss(", lost_with_machine: true").kind, DataLoss::Kind::all);
  EXPECT_EQ(loss(", lost_with_machine: true, replicas: 2, at_least: 1").kind, DataLoss::Kind::none);
  const auto copied = loss(", lost_with_machine: true, copies: {nightly: {every: 24h}}");
  EXPECT_EQ(copied.kind, DataLoss::Kind::seconds);
  EXPECT_EQ(copied.seconds, 86400);
}

TEST(Copies, ThatAProviderKeepsByItselfCountWhereABlueprintSaysNothing) {
  const auto deleted = [](const std::string& more) {
    return row(analysed(lab("  A: {type: aws.aurora, region: us-east-1" + more + "}\n")),
               "data_deleted")
        .data;
  };
  EXPECT_EQ(deleted("").kind, DataLoss::Kind::seconds);
  EXPECT_EQ(deleted("").seconds, 300);
  EXPECT_EQ(deleted(", backups: {retention: 0s}").kind, DataLoss::Kind::all);
}

TEST(Copies, AreLostTogetherByExactlyTheseSets) {
  const auto analysis = analysed(store(
      "backups: {retention: 0s}, credential: admin, encrypted_by: k1, copies: {"
      "nightly: {every: 24h, retention: 7d, credential: admin}, "
      "vault: {every: 24h, retention: 35d, in: eu-west-1, account: \"2\", credential: keeper, "
      "encrypted_by: k2, immutable: true, restorable: 100%}}"));
  const std::string region = "aws us-east-1 is destroyed";
  const std::string other_region = "aws eu-west-1 is destroyed";
  const std::vector<std::string> causes = {"us-east-1a is destroyed",
                                           "us-east-1b is destroyed",
                                           region,
                                           other_region,
                                           "account aws 1 is lost or misused",
                                           "account aws 2 is lost or misused",
                                           "credential admin is misused",
                                           "credential keeper is misused",
                                           "key k1 is lost",
                                           "key k2 is lost",
                                           "its data is deleted",
                                           "noticed only after 7 d",
                                           "noticed only after 35 d",
                                           "nightly cannot be restored"};
  const auto expected = minimal_sets(causes, [&](const Causes& c) {
    const auto has = [&](const std::string& cause) { return c.contains(cause); };
    const bool mistake = has("its data is deleted");
    const bool late35 = has("noticed only after 35 d");
    const bool late7 = late35 || has("noticed only after 7 d");
    const bool live = (has("us-east-1a is destroyed") && has("us-east-1b is destroyed")) ||
                      has(region) || has("account aws 1 is lost or misused") ||
                      has("credential admin is misused") || has("key k1 is lost") || mistake;
    const bool nightly = has(region) || has("account aws 1 is lost or misused") ||
                         has("credential admin is misused") || has("key k1 is lost") ||
                         (mistake && late7) || has("nightly cannot be restored");
    const bool vault = has(other_region) || has("account aws 2 is lost or misused") ||
                       has("key k2 is lost") || (mistake && late35);
    return live && nightly && vault;
  });
  EXPECT_TRUE(analysis.stores.front().has_all_cuts || expected.size() > 20);
  for (const Causes& cut : cuts_of(analysis)) {
    EXPECT_TRUE(expected.contains(cut)) << testing::PrintToString(cut);
  }
  EXPECT_EQ(cuts_of(analysis).size(), std::min<std::size_t>(expected.size(), 20));
}

TEST(Copies, ThatShareTheAccountAndTheKeyAreAFinding) {
  const std::string beside =
      "backups: {retention: 0s}, encrypted_by: k1, copies: {nightly: {every: 24h, retention: 7d}}";
  const auto shared = analysed(store(beside));
  ASSERT_EQ(count_findings(shared, "copies_share_fate", "A"), 1U);
  const auto& finding = *std::find_if(shared.findings.begin(), shared.findings.end(),
                                      [](const auto& f) { return f.name == "copies_share_fate"; });
  EXPECT_NE(finding.claim.find("key k1 is lost"), std::string::npos) << finding.claim;
  EXPECT_NE(finding.claim.find("account aws 1"), std::string::npos) << finding.claim;
  const auto apart = analysed(
      store("backups: {retention: 0s}, copies: {vault: {every: 24h, retention: 35d, in: eu-west-1, "
            "account: \"2\", credential: keeper, tested: true}}"));
  EXPECT_EQ(count_findings(apart, "copies_share_fate"), 0U);
  EXPECT_EQ(count_findings(apart, "untested_copies"), 0U);
  EXPECT_EQ(count_findings(shared, "untested_copies", "A"), 1U);
}

TEST(Copies, AreRestorableAsFarAsOneOfThemIs) {
  const auto risk = analysed(store("backups: {retention: 0s}, copies: {"
                                   "one: {every: 1h, retention: 7d, restorable: 90%}, "
                                   "two: {every: 1h, retention: 7d, restorable: 80%}}"))
                        .stores.front();
  EXPECT_NEAR(risk.restorable, 1 - 0.1 * 0.2, 1e-12);
  EXPECT_EQ(risk.restorable_low, risk.restorable);
  const auto prior = analysed(store("backups: {every: 1h, retention: 7d}")).stores.front();
  EXPECT_LT(prior.restorable_low, prior.restorable);
  EXPECT_GT(prior.restorable_high, prior.restorable);
  const auto none = analysed(store("backups: {retention: 0s}")).stores.front();
  EXPECT_EQ(none.restorable, 0);
}

TEST(Copies, InAnotherAccountOutliveTheOwn) {
  const auto data_of = [](const std::string& copies, std::string_view mode) {
    return row(analysed(store("backups: {retention: 0s}, copies: {" + copies + "}")), "provider",
               mode)
        .data;
  };
  EXPECT_EQ(data_of("n: {every: 24h, retention: 7d}", "destroyed").kind, DataLoss::Kind::all);
  const auto vault = data_of("n: {every: 24h, retention: 7d, account: \"2\"}", "destroyed");
  EXPECT_EQ(vault.kind, DataLoss::Kind::seconds);
  EXPECT_EQ(vault.seconds, 86400);
}

TEST(Copies, YoungestOfThoseLeftDecides) {
  const auto region = [](const std::string& copies) {
    return row(analysed(store("backups: {retention: 0s}, copies: {" + copies + "}")), "region",
               "destroyed")
        .data;
  };
  const std::string here = "here: {kind: log, every: 5m, retention: 7d}";
  const std::string there = "there: {every: 24h, retention: 7d, in: eu-west-1}";
  EXPECT_EQ(region(here).kind, DataLoss::Kind::all);
  EXPECT_EQ(region(here + ", " + there).seconds, 86400);
}

TEST(DeletedData, TakesReplicasAndWhatTheSameCredentialDeletes) {
  const auto deleted = [](const std::string& rest) {
    return row(analysed(
                   store("backups: {retention: 0s}, credential: admin, copies: {" + rest + "}")),
               "data_deleted")
        .data;
  };
  EXPECT_EQ(deleted("r: {kind: replica, every: 1s, in: eu-west-1}").kind, DataLoss::Kind::all);
  EXPECT_EQ(deleted("s: {every: 1h, retention: 7d}").kind, DataLoss::Kind::all);
  EXPECT_EQ(deleted("s: {every: 1h, retention: 7d, immutable: true}").seconds, 3600);
  EXPECT_EQ(deleted("s: {every: 1h, retention: 7d, credential: keeper}").seconds, 3600);
}

TEST(OnPrimaryLoss, PromotesALaggingReplicaOrWaits) {
  const auto region = [](const std::string& care, const std::string& may) {
    return row(analysed("outlast: 1\nname: lab\njourneys: {main: {enters: A}}\n" + may +
                        "components:\n"
                        "  A: {type: aws.rds.mysql, region: us-east-1, zones: [a, b], replicas: 2, "
                        "redundancy: primary_standby, " +
                        care + ", copies: {far: {kind: replica, every: 30s, in: eu-west-1}}}\n"),
               "region", "outage");
  };
  const std::string may = "operators: {react: 5m, may: [promote]}\n";
  const auto waits = region("on_primary_loss: wait", may);
  const auto promotes = region("on_primary_loss: promote", may);
  const auto nobody = region("on_primary_loss: promote", "");
  EXPECT_EQ(waits.data.kind, DataLoss::Kind::none);
  EXPECT_EQ(promotes.data.kind, DataLoss::Kind::seconds);
  EXPECT_EQ(promotes.data.seconds, 30);
  EXPECT_LT(*promotes.down_s, *waits.down_s);
  EXPECT_EQ(*nobody.down_s, *waits.down_s) << "none declared, none counted";
}

}  // namespace
}  // namespace outlast
