#include <cmath>
#include <cstdint>
#include <string>

#include "base/assert.h"
#include "catalog/meaning.h"
#include "clock/simulate.h"
#include "import/import.h"
#include "import/scenario.h"
#include "report/simulated.h"

using namespace outlast;

namespace {

/// Something of each part that a scenario can hit.
blueprint::Blueprint hit_by_all() {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const base::MemoryFiles files({{"shop.yaml", std::string(R"(
outlast: 1
objectives: {users: {now: 100}}
journeys: {buy: {enters: lb}}
components:
  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web]}
  web: {type: aws.ec2, size: m6i.large, region: us-east-1, replicas: 2, zones: [a, b],
        scale: {max: 4}, needs: [db, {any_of: [cache, other], via: dns}, {pay: soft}]}
  db: {type: aws.rds.postgres, region: us-east-1, replicas: 2, redundancy: primary_standby, zones: [a, b]}
  cache: {type: aws.elasticache.redis, region: us-east-1, zones: [a]}
  other: {type: aws.elasticache.redis, region: us-east-1, zones: [b]}
  dns: {type: aws.route53}
  pay: {type: external.payment}
)")}});
  auto imported = import::import_inputs({"shop.yaml"}, files, sources, diagnostics);
  catalog::read_meaning(imported.draft, catalog::Catalog::built_in(), diagnostics);
  auto bp = blueprint::validate(imported.draft, diagnostics);
  OUTLAST_ASSERT(bp.has_value(), "the blueprint of the fuzz target is right");
  return std::move(*bp);
}

}  // namespace

/// No bytes crash the reader of scenarios, and whatever it takes for one can be played.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const blueprint::Blueprint bp = hit_by_all();
  const base::MemoryFiles files(
      {{"day.yaml", std::string(reinterpret_cast<const char*>(data), size)}});
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto scenario = import::read_scenario("day.yaml", files, sources, diagnostics);
  if (scenario) {
    clock::SimulateOptions options;
    options.until_s = 300;
    const auto simulated =
        clock::simulate(bp, catalog::Catalog::built_in(), *scenario, options, diagnostics);
    if (simulated && *simulated) {
      const auto& answer = **simulated;
      const bool makes_sense = answer.down_s.value >= 0 && answer.down_s.value <= 300 &&
                               answer.lost_share >= 0 && answer.lost_share <= 1 &&
                               std::isfinite(answer.lost_requests);
      OUTLAST_ASSERT(makes_sense, "what is lost has a share and a time");
      (void)report::simulated_json(answer, bp.name());
      (void)report::trace_csv(answer);
    }
  }
  (void)base::render(diagnostics, sources, {.color = true, .width = 80});
  return 0;
}
