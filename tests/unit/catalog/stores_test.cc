#include "unit/catalog/meaning_of.h"
#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

std::string volume(const std::string& more = "") {
  return created("aws_ebs_volume.data", "aws_ebs_volume",
                 R"({"id": "vol-0001", "availability_zone": "eu-west-1a")" + more + "}");
}
std::string attachment() {
  return created("aws_volume_attachment.data", "aws_volume_attachment",
                 R"({"volume_id": "vol-0001", "instance_id": "i-00000000db"})");
}
constexpr const char* kServer = "aws_instance.db";

TEST(Volumes, AnAttachedOneMakesItsServerAStore) {
  const Understanding u({instance("db"), volume(), attachment()});
  EXPECT_EQ(u.components(), Lines{kServer});
  EXPECT_TRUE(u.at(kServer).is_store.value_or(false));
  EXPECT_EQ(u.places(kServer), Lines{"eu-west-1a"});
  EXPECT_TRUE(u.at(kServer).backups.every.is_unset());
}

TEST(Volumes, AServerWithoutOneKeepsNothing) {
  const Understanding u({instance("db"), volume()});
  EXPECT_FALSE(u.at(kServer).is_store.value_or(true));
}

TEST(Volumes, AFreeOneIsAStoreInItsZone) {
  const Understanding u({volume()});
  EXPECT_TRUE(u.at("aws_ebs_volume.data").is_store.value_or(false));
  EXPECT_EQ(u.places("aws_ebs_volume.data"), Lines{"eu-west-1a"});
}

TEST(Volumes, HowOldASingleSnapshotWillBeIsNotKnown) {
  const Understanding u(
      {instance("db"), volume(), attachment(),
       created("aws_ebs_snapshot.s", "aws_ebs_snapshot", R"({"volume_id": "vol-0001"})")});
  EXPECT_TRUE(u.at(kServer).backups.every.is_unknown());
}

std::string schedule(const std::string& kind, const std::string& state = "ENABLED") {
  return created("aws_dlm_lifecycle_policy.p", "aws_dlm_lifecycle_policy",
                 R"({"state": ")" + state + R"(", "policy_details": [{"resource_types": [")" +
                     kind +
                     R"("], "target_tags": {"backup": "daily"},
                     "schedule": [{"create_rule": [{"interval": 12}],
                                   "retain_rule": [{"count": 4}]}]}]})");
}

std::string selection(const std::string& more) {
  return created("aws_backup_selection.s", "aws_backup_selection",
                 R"({"plan_id": "p", "resources": ["*"])" + more + "}");
}

TEST(Volumes, ASelectionOfAllCopiesAllUnlessItSetsConditions) {
  const Understanding all({instance("db"), volume(), attachment(), selection("")});
  EXPECT_EQ(all.at(kServer).backups.every.value_or({}).value, 86400);
  const Understanding some(
      {instance("db"), volume(), attachment(),
       selection(R"(, "condition": [{"string_equals": [{"key": "k", "value": "v"}]}])")});
  EXPECT_TRUE(some.at(kServer).backups.every.is_unset());
}

std::string table(const std::string& name, const std::string& more = "") {
  return created("aws_dynamodb_table." + name, "aws_dynamodb_table",
                 R"({"name": ")" + name + "\"" + more + "}");
}

TEST(Backups, ASelectionByPatternsCopiesWhatTheyMean) {
  const Understanding u(
      {table("orders-eu"), table("carts"),
       created("aws_backup_selection.s", "aws_backup_selection",
               R"({"plan_id": "p", "resources": ["arn:aws:dynamodb:*:*:table/orders-*"]})")});
  const auto kept = [&](const std::string& name) {
    return u.at("aws_dynamodb_table." + name).parts.size();
  };
  EXPECT_EQ(kept("orders-eu"), 1U);
  EXPECT_EQ(kept("carts"), 0U);
}

TEST(Backups, ConditionsOfASelectionHoldTogether) {
  const Understanding u(
      {table("both", R"(, "tags": {"backup": "yes", "tier": "1"})"),
       table("one", R"(, "tags": {"backup": "yes"})"),
       created("aws_backup_selection.s", "aws_backup_selection",
               R"({"plan_id": "p", "resources": ["*"], "condition": [{"string_equals": [
                   {"key": "aws:ResourceTag/backup", "value": "yes"},
                   {"key": "aws:ResourceTag/tier", "value": "1"}]}]})")});
  EXPECT_EQ(u.at("aws_dynamodb_table.both").parts.size(), 1U);
  EXPECT_EQ(u.at("aws_dynamodb_table.one").parts.size(), 0U);
}

TEST(Backups, EachFormatHasItsOwnDefault) {
  const auto u = Understanding::of({{"t.yaml",
                                     "Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    "
                                     "Properties: {Engine: postgres}\n"}});
  ASSERT_EQ(u.components().size(), 1U);
  EXPECT_EQ(u.at(u.components().front()).backups.retention.value_or({}).value, 86400);
  const Understanding plan(
      {created("aws_db_instance.db", "aws_db_instance", R"({"engine": "postgres"})")});
  EXPECT_EQ(plan.at("aws_db_instance.db").backups.retention.value_or({1}).value, 0);
}

TEST(Volumes, AScheduleCopiesAllThatWearItsTag) {
  const Understanding tagged({instance("db"), volume(R"(, "tags": {"backup": "daily"})"),
                              attachment(), schedule("VOLUME")});
  EXPECT_EQ(tagged.at(kServer).backups.every.value_or({}).value, 43200);
  EXPECT_EQ(tagged.at(kServer).backups.retention.value_or({}).value, 172800);
  const Understanding other({instance("db"), volume(R"(, "tags": {"backup": "never"})"),
                             attachment(), schedule("VOLUME")});
  EXPECT_TRUE(other.at(kServer).backups.every.is_unset());
}

TEST(Volumes, AScheduleOfServersCopiesTheirVolumes) {
  const Understanding u({instance("db", R"("tags_all": {"backup": "daily"})"), volume(),
                         attachment(), schedule("INSTANCE")});
  EXPECT_EQ(u.at(kServer).backups.every.value_or({}).value, 43200);
}

TEST(Volumes, AScheduleThatIsOffCopiesNothing) {
  const Understanding u({instance("db"), volume(R"(, "tags": {"backup": "daily"})"), attachment(),
                         schedule("VOLUME", "DISABLED")});
  EXPECT_TRUE(u.at(kServer).backups.every.is_unset());
}

TEST(Volumes, ABackupPlanSelectsByTag) {
  const Understanding u(
      {instance("db"), volume(R"(, "tags": {"backup": "daily"})"), attachment(),
       created(
           "aws_backup_selection.s", "aws_backup_selection",
           R"({"selection_tag": [{"type": "STRINGEQUALS", "key": "backup", "value": "daily"}]})")});
  EXPECT_EQ(u.at(kServer).backups.every.value_or({}).value, 86400);
}

std::string member(const std::string& name, const std::string& zone) {
  return created("aws_rds_cluster_instance." + name, "aws_rds_cluster_instance",
                 R"({"cluster_identifier": "orders")" +
                     (zone.empty() ? "" : R"(, "availability_zone": ")" + zone + "\"") + "}");
}
std::vector<std::string> cluster(const std::string& first_zone, const std::string& second_zone) {
  return {subnet("a", "eu-west-1a"),
          subnet("b", "eu-west-1b"),
          created("aws_db_subnet_group.g", "aws_db_subnet_group",
                  R"({"name": "g", "subnet_ids": ["subnet-000a", "subnet-000b"]})"),
          created("aws_rds_cluster.orders", "aws_rds_cluster",
                  R"({"cluster_identifier": "orders", "db_subnet_group_name": "g"})"),
          member("one", first_zone),
          member("two", second_zone)};
}

TEST(Members, ZonesTheyNameGoBeforeTheSubnetsOfTheirCluster) {
  const Understanding u(cluster("eu-west-1a", "eu-west-1a"));
  EXPECT_EQ(u.places("aws_rds_cluster.orders"), Lines{"eu-west-1a"});
  EXPECT_EQ(u.at("aws_rds_cluster.orders").replicas.value_or(0), 2);
}

TEST(Members, ThoseThatNameNoneLieInTheSubnetsOfTheirCluster) {
  const Understanding free(cluster("", ""));
  EXPECT_EQ(free.places("aws_rds_cluster.orders"), (Lines{"eu-west-1a", "eu-west-1b"}));
  const Understanding half(cluster("eu-west-1b", ""));
  EXPECT_EQ(half.places("aws_rds_cluster.orders"), (Lines{"eu-west-1b", "eu-west-1a"}));
}

TEST(Databases, ThoseOnOneVolumeAreOneCopy) {
  const auto replicas = [](const std::string& image, const std::string& volumes) {
    const MeaningOf meaning("services:\n  app: {image: " + image +
                            ", deploy: {replicas: 2}, volumes: [" + volumes +
                            "]}\nvolumes: {files: {}}\n");
    std::int64_t found = 0;
    for (const auto& c : meaning.reading.draft().components) {
      found = c.name.value_or("") == "app" ? c.replicas.value_or(0) : found;
    }
    return found;
  };
  EXPECT_EQ(replicas("postgres:16", "files:/var/lib/postgresql/data"), 1);
  EXPECT_EQ(replicas("postgres:16", "/var/lib/postgresql/data"), 2) << "one for each";
  EXPECT_EQ(replicas("nginx", "files:/srv"), 2) << "files that it only reads";
}

TEST(ReadReplicas, AreNoDatabaseThatAnythingRestsOn) {
  const Understanding u(
      {created("aws_db_instance.orders", "aws_db_instance",
               R"({"identifier": "orders", "engine": "postgres", "multi_az": true})"),
       created(
           "aws_db_instance.copy", "aws_db_instance",
           R"({"identifier": "copy", "engine": "postgres", "replicate_source_db": "orders"})")});
  EXPECT_EQ(u.at("aws_db_instance.copy").type.value_or(""), "aws.rds.replica");
  EXPECT_FALSE(u.at("aws_db_instance.copy").is_store.value_or(true));
  EXPECT_TRUE(u.needs("aws_db_instance.orders").empty());
  EXPECT_TRUE(u.at("aws_db_instance.orders").is_store.value_or(false));
}

TEST(Databases, TellHowMuchTheyKeep) {
  const Understanding u({created("aws_db_instance.a", "aws_db_instance",
                                 R"({"identifier": "a", "engine": "mysql",
                                     "instance_class": "db.m5.large", "allocated_storage": 100})")});
  EXPECT_EQ(u.at("aws_db_instance.a").traits.at("storage_gb"), "100");
}

}  // namespace
}  // namespace outlast::catalog
