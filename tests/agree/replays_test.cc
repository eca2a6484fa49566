// The same loss, as a replay of an outage and as a scenario on the clock: addresses and connections
// that are kept act alike in both.

#include <gtest/gtest.h>

#include "incidents/archive.h"
#include "replay/replay.h"
#include "unit/clock/played.h"

namespace outlast::agree {
namespace {

constexpr double kMinute = 60;

double replayed_s(const std::string& incident, const std::string& yaml) {
  const auto bp = support::make_blueprint(yaml);
  return replay::replay_of(bp, catalog::Catalog::built_in(), failure::Dependence(bp),
                           *incidents::find_incident(incident), incidents::roles(), {})
      .outcome.downtime_s;
}

double simulated_s(const std::string& yaml, const std::string& scenario) {
  const auto simulated = clock::played(yaml, scenario);
  return simulated.journeys.empty() ? -1 : simulated.journeys.front().down_s;
}

std::string switched_site(const std::string& kept) {
  return "outlast: 1\nname: site\nobjectives: {users: {now: 100, requests_per_minute: 60}}\n"
         "journeys: {read: {enters: site}}\ncomponents:\n"
         "  site: {type: aws.route53, needs: [{any_of: [edge, other], at_least: 1, via: names, "
         "detect: 90s, takes: 60s" +
         kept +
         "}]}\n  names: {type: aws.route53}\n"
         "  edge: {type: cloudflare.cdn, traits: {proxy: old, managed_rules: true}}\n"
         "  other: {type: aws.cloudfront}\n";
}

TEST(Replays, ASwitchOfNamesIsFollowedAsOnTheClock) {
  for (const char* kept :
       {"", ", ttl: 10m", ", ttl: 2h", ", ttl: 1m, stale: 60%, stale_for: 30m"}) {
    const std::string yaml = switched_site(kept);
    EXPECT_NEAR(replayed_s("cloudflare-2025-12-05", yaml),
                simulated_s(yaml,
                            "scenario: the switch\nuntil: 40m\nfaults:\n  - {at: 0s, reaches: 1m, "
                            "for: 25m, fault: degrade, error: 100%, match: {component: edge}}\n"),
                1.5 * kMinute)
        << kept;
  }
}

TEST(Replays, ConnectionsEndAsOnTheClock) {
  for (const char* kept : {"", ", pool: 1h", ", pool: 4h", ", pool: 30m, ttl: 5m"}) {
    const std::string yaml =
        "outlast: 1\nname: shop\nobjectives: {users: {now: 100, requests_per_minute: 60}}\n"
        "journeys: {buy: {enters: web}}\ncomponents:\n"
        "  web: {type: aws.ec2, size: m6i.large, region: us-east-1, zones: [a], replicas: 3, "
        "needs: [{to: table" +
        std::string(kept) +
        "}]}\n"
        "  table: {type: aws.dynamodb, region: us-east-1}\n";
    EXPECT_NEAR(replayed_s("aws-2025-10-20", yaml),
                simulated_s(yaml,
                            "scenario: no address\nuntil: 4h\nfaults:\n  - {at: 0s, for: 157m, "
                            "fault: unresolve, match: {component: table}}\n"),
                10 * kMinute)
        << kept;
  }
}

}  // namespace
}  // namespace outlast::agree
