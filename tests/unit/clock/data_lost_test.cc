// What becomes of data on a day that somebody makes up: what the survival table says of the same.

#include <gtest/gtest.h>

#include "unit/clock/played.h"

namespace outlast::clock {
namespace {

using failure::DataLoss;
using findings::Verdict;

/// A site that can do without its store, with what is told of the store's care.
std::string site(const std::string& care) {
  return R"(
outlast: 1
name: site
objectives: {users: {now: 50}}
journeys: {visit: {enters: web}}
components:
  web: {type: aws.ec2, size: m6i.large, replicas: 2, at_least: 1, region: us-east-1, zones: [a, b],
        needs: [{to: db, strength: soft, loses: 10%}]}
  db: {type: aws.rds.postgres, size: db.m5.large, region: us-east-1, zones: [a, b], replicas: 2,
       redundancy: primary_standby)" +
         care + "}\n";
}

std::string destroyed(const std::string& more = "") {
  return "scenario: x\nuntil: 10m\nfaults: [{at: 60s, fault: destroy, match: {component: db}" +
         more + "}]\n";
}

TEST(DataLost, OfADestroyedStoreWhatCameAfterItsLastBackupIsGone) {
  const auto day = played(site(", backups: {every: 24h, retention: 7d}"), destroyed());
  EXPECT_EQ(day.data.kind, DataLoss::Kind::seconds);
  EXPECT_NEAR(day.data.seconds, 86'400, 1);
  EXPECT_EQ(day.data.stores, std::vector<std::string>{"db"});
  EXPECT_EQ(day.survives, Verdict::no);
  EXPECT_EQ(day.because, "the last 24 h of db is lost");
  EXPECT_TRUE(tells(day, "loses the last 24 h of its data", "of the scenario"));
}

TEST(DataLost, WithoutAnyCopyAllOfItIsGone) {
  const auto day = played(site(", backups: {retention: 0s}"), destroyed());
  EXPECT_EQ(day.data.kind, DataLoss::Kind::all);
  EXPECT_EQ(day.survives, Verdict::no);
  EXPECT_EQ(day.because, "no copy of db is left");
}

TEST(DataLost, WhatASparedReplicaHasIsNotLost) {
  const auto day =
      played(site(", backups: {every: 24h, retention: 7d}"), destroyed(", replicas: 1"));
  EXPECT_EQ(day.data.kind, DataLoss::Kind::none);
  EXPECT_FALSE(tells(day, "of its data"));
}

TEST(DataLost, NoMoreThanMayBeLostIsSurvived) {
  std::string lenient = site(", backups: {every: 24h, retention: 7d}");
  lenient.replace(lenient.find("objectives: {"), 13,
                  "objectives: {recovery: {hardware: {rto: 5m, rpo: 48h}}, ");
  const auto day = played(lenient, destroyed());
  EXPECT_NE(day.survives, Verdict::no);
  EXPECT_EQ(day.data.kind, DataLoss::Kind::seconds);
}

TEST(DataLost, StoresAreToldByTheirIdsAsTheSurvivalTableHasThem) {
  const auto day = played(site(", name: orders"), destroyed());
  EXPECT_EQ(day.data.stores, std::vector<std::string>{"db"});
}

}  // namespace
}  // namespace outlast::clock
