// A hard need whose answers a cache keeps: the survival table, the availability and a replay say of it
// what the clock does.

#include <gtest/gtest.h>

#include <algorithm>

#include "support/analysed.h"

namespace outlast::pipeline {
namespace {

using findings::Verdict;

std::string browsing(const std::string& need) {
  return "outlast: 1\njourneys: {browse: {enters: web, operations: [read]}}\ncomponents:\n"
         "  web: {type: aws.ec2, region: us-east-1, zones: [a, b], replicas: 2, at_least: 1,\n"
         "        needs: [" +
         need +
         ", {to: cache, strength: soft, loses: 0%}]}\n"
         "  cache: {type: aws.elasticache.redis, region: us-east-1, zones: [b]}\n"
         "  db: {type: aws.rds.postgres, region: us-east-1, zones: [a]}\n";
}

/// What becomes of users where the server of that name dies.
findings::Instance death_of(const findings::Analysis& analysis, const std::string& id) {
  const auto found =
      std::find_if(analysis.instances.begin(), analysis.instances.end(),
                   [&](const auto& one) { return one.worst_case == "server" && one.key == id; });
  EXPECT_NE(found, analysis.instances.end()) << id;
  return *found;
}

TEST(CachedNeed, GoesOnWithLessWhereWhatItStandsBeforeIsDown) {
  const auto plain = support::analysed(browsing("db"));
  EXPECT_EQ(death_of(plain, "db").survives, Verdict::no);
  const auto cached = support::analysed(browsing("{to: db, cached: {in: cache, hits: 90%}}"));
  EXPECT_EQ(death_of(cached, "db").survives, Verdict::degraded);
  EXPECT_FALSE(death_of(cached, "db").stops_users);
  EXPECT_GT(cached.availability->value, plain.availability->value);
}

TEST(CachedNeed, StopsWhereTheCacheLiesInTheSameZone) {
  std::string together = browsing("{to: db, cached: {in: cache, hits: 90%}}");
  together.replace(together.find("zones: [b]"), 10, "zones: [a]");
  const auto analysis = support::analysed(together);
  const auto zone =
      std::find_if(analysis.instances.begin(), analysis.instances.end(), [](const auto& one) {
        return one.worst_case == "zone" && one.mode == "outage" && one.scope == "us-east-1a";
      });
  ASSERT_NE(zone, analysis.instances.end());
  EXPECT_TRUE(zone->stops_users);
}

}  // namespace
}  // namespace outlast::pipeline
