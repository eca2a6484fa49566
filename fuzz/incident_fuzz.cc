#include <cmath>
#include <cstdint>
#include <string>

#include "backtest/backtest.h"
#include "base/assert.h"
#include "catalog/meaning.h"
#include "import/import.h"
#include "incidents/archive.h"
#include "incidents/read_file.h"
#include "incidents/sheet.h"
#include "replay/replay.h"
#include "reproduction/reproduce.h"
#include "reproduction/sheet.h"

using namespace outlast;

namespace {

/// Something of each part that an incident can hit.
blueprint::Blueprint hit_by_all() {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const base::MemoryFiles files({{"shop.yaml", std::string(R"(
outlast: 1
objectives: {users: {now: 100, busy: {from: "13:00", until: "23:00", users: 900}}}
journeys: {buy: {enters: edge}}
components:
  edge: {type: cloudflare.cdn, needs: [web]}
  web: {type: aws.ec2, region: us-east-1, replicas: 2, scale: {max: 9}, needs: [{to: db, ttl: 60s}]}
  db: {type: aws.dynamodb, region: us-east-1, needs: [{to: login, strength: auth}]}
  login: {type: azure.b2c, needs: [function]}
  function: {type: aws.lambda, region: us-east-1}
)")}});
  auto imported = import::import_inputs({"shop.yaml"}, files, sources, diagnostics);
  catalog::read_meaning(imported.draft, catalog::Catalog::built_in(), diagnostics);
  auto bp = blueprint::validate(imported.draft, diagnostics);
  OUTLAST_ASSERT(bp.has_value(), "the blueprint of the fuzz target is right");
  return std::move(*bp);
}

}  // namespace

/// No bytes crash the readers of incidents, reproductions and cases, and whatever one takes for its
/// own can be played.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const blueprint::Blueprint bp = hit_by_all();
  static const failure::Dependence dependence(bp);
  const base::MemoryFiles files(
      {{"outage.yaml", std::string(reinterpret_cast<const char*>(data), size)}});
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto incident = incidents::read_incident_file("outage.yaml", files, sources, diagnostics);
  (void)base::render(diagnostics, sources, {.color = true, .width = 80});
  (void)backtest::run_backtest({"outage.yaml"}, files, sources, diagnostics);
  const auto held = reproduction::reproduce("outage.yaml", files, sources, diagnostics);
  (void)reproduction::sheet_text(held);
  (void)reproduction::sheet_json(held);
  if (incident) {
    (void)incidents::sheet_text(*incident);
    (void)incidents::sheet_json(*incident);
    const auto replay = replay::replay_of(bp, catalog::Catalog::built_in(), dependence, *incident,
                                          incidents::roles());
    const auto& outcome = replay.outcome;
    const bool makes_sense = outcome.downtime_s >= 0 && outcome.downtime_s <= outcome.over_s &&
                             outcome.users >= 0 && outcome.users <= 1 &&
                             std::isfinite(outcome.over_s);
    OUTLAST_ASSERT(makes_sense, "what is lost has a share and a time");
  }
  return 0;
}
