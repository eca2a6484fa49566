#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "clock/simulate.h"
#include "import/scenario.h"
#include "support/make_blueprint.h"

namespace outlast::clock {

inline constexpr std::string_view kShop = R"(
outlast: 1
name: shop
objectives: {users: {now: 300, requests_per_minute: 60}}
journeys: {visit: {enters: lb}}
components:
  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web]}
  web: {type: aws.ec2, size: m6i.large, replicas: 4, at_least: 1, region: us-east-1, zones: [a, b],
        switching: {detect: 20s, takes: 0s}, needs: [db]}
  db: {type: aws.rds.postgres, size: db.m5.large, region: us-east-1, zones: [a, b], replicas: 2,
       redundancy: primary_standby, switching: {detect: 30s, takes: 44s}}
)";

inline findings::Simulated played(std::string_view blueprint, const std::string& scenario,
                                  Engine engine = Engine::flow, std::size_t runs = 1) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const base::MemoryFiles files({{"day.yaml", scenario}});
  const auto day = import::read_scenario("day.yaml", files, sources, diagnostics);
  EXPECT_TRUE(day.has_value()) << base::render(diagnostics, sources);
  SimulateOptions options;
  options.engine = engine;
  options.runs = runs;
  const auto bp = support::make_blueprint(std::string(blueprint));
  const auto simulated = simulate(bp, catalog::Catalog::built_in(), *day, options, diagnostics);
  EXPECT_TRUE(simulated && *simulated) << base::render(diagnostics, sources);
  return simulated && *simulated ? **simulated : findings::Simulated{};
}

inline bool tells(const findings::Simulated& simulated, std::string_view event,
                  std::string_view cause = "") {
  return std::any_of(simulated.story.begin(), simulated.story.end(), [&](const auto& line) {
    return line.event.find(event) != std::string::npos &&
           line.cause.find(cause) != std::string::npos;
  });
}

/// When the story tells something; negative: never.
inline double told_at(const findings::Simulated& simulated, std::string_view event) {
  for (const auto& line : simulated.story) {
    if (line.event.find(event) != std::string::npos) {
      return line.at_s;
    }
  }
  return -1;
}

}  // namespace outlast::clock
