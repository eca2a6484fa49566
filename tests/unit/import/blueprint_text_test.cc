// What a blueprint says it says again as text: no key is lost on the way.

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "blueprint/blueprint_text.h"
#include "blueprint/format.h"
#include "catalog/catalog.h"
#include "catalog/meaning.h"
#include "unit/import/reading.h"

namespace outlast::import {
namespace {

using blueprint::Section;

/// Every key of the format, each with a value of its own.
constexpr const char* kAll =
    "outlast: 1\n"
    "name: all\n"
    "objectives:\n"
    "  availability: 99.9%\n"
    "  recovery: {hardware: {rto: 1m, rpo: 1s}, zone: {rto: 2m, rpo: 2s}, region: {rto: 3m, rpo: "
    "3s}, provider: {rto: 4m, rpo: 4s}, software: {rto: 5m, rpo: 5s}, data: {rto: 6m, rpo: 6s}, "
    "security: {rto: 7m, rpo: 7s}}\n"
    "  users: {now: 1, peak: 2, within: 3m, requests_per_minute: 4, busy: {from: 08:30, until: "
    "17:15, users: 5}, day: {\"00:00\": 6, \"13:30\": 7}}\n"
    "  budget: 8 USD/month\n"
    "operators: {react: 9m, may: [start]}\n"
    "journeys:\n"
    "  visit: {cohorts: {here: {enters: web, share: 40%}, there: {enters: db, share: 60%}}, "
    "operations: [read], weight: 30%, value: 10 USD/hour, importance: low, availability: 99%}\n"
    "  buy: {enters: web, operations: [write], weight: 70%}\n"
    "components:\n"
    "  web:\n"
    "    type: aws.ec2\n"
    "    name: front\n"
    "    kind: compute\n"
    "    service_model: iaas\n"
    "    provider: aws\n"
    "    account: main\n"
    "    region: us-east-1\n"
    "    zones: [us-east-1a, us-east-1b]\n"
    "    scope: zone\n"
    "    size: m6i.large\n"
    "    replicas: 4\n"
    "    at_least: 2\n"
    "    redundancy: active_active\n"
    "    relocates: true\n"
    "    bound: false\n"
    "    kept_apart: true\n"
    "    workload: true\n"
    "    internet: true\n"
    "    operations: [read, write]\n"
    "    holds: sessions\n"
    "    secrets: [password]\n"
    "    marks: [unencrypted_traffic]\n"
    "    fate: {rack: [r1, r2]}\n"
    "    traits: {proxy: new}\n"
    "    needs:\n"
    "      - {to: db, strength: soft, loses: 11%, operations: [read], cached: {in: cache, hits: "
    "90%, items: 1000}}\n"
    "      - {to: cache, strength: soft, loses: 0%}\n"
    "      - {any_of: [a, b], at_least: 1, via: switch, detect: 12s, notices: 13%, takes: 14s, "
    "ttl: "
    "15s, stale: 16%, stale_for: 17m, pool: 18m}\n"
    "      - {to: keys, strength: refresh, buffer: 19m, every: 5m, retry: 20s, refill: 21s}\n"
    "      - {to: route, kind: supply, local: us-east-1a}\n"
    "    failure: {every: 100d, repair: 1h, waits: 22m, by_hand: true}\n"
    "    switching: {detect: 23s, takes: 24s, coverage: 95%, unnoticed: 1%, freed: 25m, good: "
    "26m}\n"
    "    scale: {min: 4, max: 8, target: cpu 60%, warm_up: 27s, cooldown_out: 28s, cooldown_in: "
    "29s, grows: 4 in 15s, shrinks: never}\n"
    "    calls: {timeout: 30s, retries: 2, budget: 20%, backoff: 100ms..2s jitter, breaker: 50% in "
    "10s rests 31s, connections: 32, waiting: 33}\n"
    "    serving: {work: 34ms, varies: 0.5, at_once: 3, threads: 35, queue: 36, order: lifo, "
    "drops_expired: true}\n"
    "    rollout: {strategy: canary, steps: [1%, 10%], bake: 37m, watched: true, gate: 2%, "
    "starts_checked: true, activation: 38s, revert: 39s, reversible: false, every: 7d, bad: 15%}\n"
    "    configuration: {strategy: rolling, steps: [50%]}\n"
    "  db:\n"
    "    type: aws.rds.mysql\n"
    "    backups: {every: 1d, retention: 7d, in: us-east-1, facility: hall 1}\n"
    "    copies: {far: {kind: export, every: 2d, retention: 8d, in: eu-west-1, facility: hall 2, "
    "provider: gcp, account: other, credential: vault, encrypted_by: keys, immutable: true, "
    "tested: "
    "true, restorable: 99%, restore: 3h}}\n"
    "    credential: admin\n"
    "    encrypted_by: keys\n"
    "    on_primary_loss: wait\n"
    "    lost_with_machine: false\n"
    "    address: {network: vpc, ranges: [10.0.1.0/24], public: unknown, listens: [3306], told_by: "
    "subnet}\n"
    "    guards: {machine: {in_order: true}, list: {whole: false}}\n"
    "    data_access: {service: rds, bare_name: true, names: [db], named: false, reads: "
    "[rds:Read], "
    "deletes: [rds:Delete], reading_scopes: [sql], deleting_scopes: [sql-admin], closed: true, "
    "opens: [rds:Modify]}\n"
    "    safeguards:\n"
    "      - {lock: true, own: true, at: {deletes: [rds:Unlock]}}\n"
    "    seems_to_hold: {class: customers, from: db}\n"
    "  cache: {type: aws.elasticache.redis}\n"
    "  a: {type: aws.sqs}\n"
    "  b: {type: aws.sqs}\n"
    "  switch: {type: aws.route53}\n"
    "  keys: {type: aws.kms}\n"
    "  route: {type: external.payment}\n"
    "firewall:\n"
    "  - {of: [db], direction: inbound, protocol: tcp, ports: 3306, peers: [web]}\n"
    "  - {of: [db], direction: outbound, protocol: all, ports: 1000..2000, ranges: [10.0.0.0/8], "
    "layer: list, allows: false, all_ports: false, order: 7, unknown_peers: true}\n"
    "  - {of: [web], ports: unknown, ranges: [0.0.0.0/0]}\n"
    "identities:\n"
    "  - {id: role, name: the role, worn_by: [web], key: true, anyones: unknown, assumed_by: "
    "[other], narrow: {db: {scopes: [sql]}}}\n"
    "grants:\n"
    "  - {identity: role, principals: [web], allows: false, actions: [rds:*], not_actions: [s3:*], "
    "resources: [db], not_resources: [x], components: [db], everyone: true, applies: unknown}\n"
    "joined:\n"
    "  - {networks: [vpc, other]}\n";

std::string text_of(const std::string& yaml) {
  Reading reading(yaml);
  catalog::read_meaning(reading.imported.draft, catalog::Catalog::built_in(), reading.diagnostics);
  EXPECT_TRUE(reading.told().empty()) << testing::PrintToString(reading.told());
  return blueprint::blueprint_text(reading.draft());
}

TEST(BlueprintText, SaysEveryKeyThatABlueprintMaySay) {
  const std::string text = text_of(kAll);
  for (const auto& key : blueprint::format_keys()) {
    const bool is_of_scenario = key.section >= Section::scenario;
    EXPECT_TRUE(is_of_scenario || text.find(std::string(key.key) + ": ") != std::string::npos ||
                text.find(std::string(key.key) + ":\n") != std::string::npos)
        << "key " << key.key << " is lost";
  }
}

TEST(BlueprintText, ReadAgainSaysTheSame) {
  const std::string text = text_of(kAll);
  EXPECT_EQ(text_of(text), text);
}

}  // namespace
}  // namespace outlast::import
