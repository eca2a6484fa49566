// One replica of several turns slow for a while: it is told apart for as long, and who asks again
// may find another one.

#include <gtest/gtest.h>

#include <numeric>

#include "unit/clock/played.h"

namespace outlast::clock {
namespace {

/// Four servers that carry some 380 requests a second.
std::string shop(int users, const std::string& calls) {
  return "outlast: 1\nname: shop\nobjectives: {users: {now: " + std::to_string(users) +
         ", requests_per_minute: 60}}\njourneys: {visit: {enters: lb}}\ncomponents:\n"
         "  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web]" +
         calls +
         "}\n"
         "  web: {type: aws.ec2, size: m6i.large, replicas: 4, at_least: 1, region: us-east-1, "
         "zones: [a, b]}\n";
}

const std::string kAskAgain = ", calls: {timeout: 1s, retries: 2, backoff: 100ms..1s jitter}";
const std::string kOneSlow =
    "scenario: x\nuntil: 7m\nfaults: [{at: 1m, for: 3m, fault: degrade, match: {component: web}, "
    "replicas: 1, slower: 20}]\n";

double sum(const std::vector<double>& track, std::size_t from, std::size_t to) {
  return std::accumulate(track.begin() + static_cast<std::ptrdiff_t>(from),
                         track.begin() + static_cast<std::ptrdiff_t>(to), 0.0);
}

TEST(SlowReplicas, WhoAsksAgainFindsAnotherOne) {
  const auto once = played(shop(200, ""), kOneSlow);
  const auto again = played(shop(200, kAskAgain), kOneSlow);
  EXPECT_NEAR(once.failed[200] / once.offered[200], 0.25, 0.01);
  EXPECT_LT(again.failed[200] / again.offered[200], 0.02);
}

TEST(SlowReplicas, WithRetriesTheyComeBack) {
  for (const Engine engine : {Engine::flow, Engine::requests}) {
    const auto day = played(shop(250, kAskAgain), kOneSlow, engine);
    EXPECT_TRUE(day.recovers);
    EXPECT_LT(day.recovered_s, 5 * 60);
    EXPECT_LT(sum(day.failed, 300, 420), 5);
  }
}

/// A caller has one pool for a service: the slow replica holds what calls to the others would need.
TEST(SlowReplicas, UseUpTheConnectionsThatAllOfThemShare) {
  const std::string few = ", calls: {timeout: 5s, connections: 20, waiting: 0}";
  for (const Engine engine : {Engine::flow, Engine::requests}) {
    const auto enough = played(shop(100, ", calls: {timeout: 5s}"), kOneSlow, engine);
    const auto too_few = played(shop(100, few), kOneSlow, engine);
    EXPECT_NEAR(sum(enough.failed, 120, 240) / sum(enough.offered, 120, 240), 0.2, 0.1);
    EXPECT_GT(sum(too_few.failed, 120, 240) / sum(too_few.offered, 120, 240), 0.5);
  }
}

TEST(SlowReplicas, AreOneGroupWithTheOthersBeforeAndAfterwards) {
  const auto slow = played(shop(300, ""), kOneSlow);
  const auto well = played(
      shop(300, ""), "scenario: x\nuntil: 7m\nfaults: [{at: 1m, fault: surge, users: 300}]\n");
  for (const auto& [from, to] : {std::pair(10, 60), std::pair(330, 420)}) {
    EXPECT_NEAR(slow.latency_s[static_cast<std::size_t>(from + to) / 2],
                well.latency_s[static_cast<std::size_t>(from + to) / 2], 1e-4);
  }
}

TEST(SlowReplicas, UsersWhoComeStraightToThemAreAsManyAsEver) {
  const auto day = played(
      "outlast: 1\nname: shop\nobjectives: {users: {now: 100, requests_per_minute: 60}}\n"
      "journeys: {visit: {enters: web}}\ncomponents:\n"
      "  web: {type: aws.ec2, size: m6i.large, replicas: 4, at_least: 1, "
      "region: us-east-1, zones: [a, b]}\n",
      kOneSlow);
  EXPECT_NEAR(sum(day.offered, 0, 420), 100 * 420, 1);
  EXPECT_NEAR(sum(day.served, 320, 420), 100 * 100, 1);
  EXPECT_NEAR(sum(day.failed, 170, 230), 25 * 60, 30) << "a quarter of them is late";
}

}  // namespace
}  // namespace outlast::clock
