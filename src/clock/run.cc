#include "clock/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engines/simulation/flow_engine.h"
#include "engines/simulation/request_engine.h"

namespace outlast::clock {

namespace simulation = engines::simulation;
using blueprint::Blueprint;
using blueprint::Scenario;

namespace {

/// Users are down while more than half of their requests are lost; it is felt from the other on.
constexpr double kDownShare = 0.505;  // half of them, and what rounding may add
constexpr double kLongest_s = 7 * 86'400.0;

/// Long enough to see whether it recovers: a while after the last that happens, and a half more.
double end_after(double last_s) {
  constexpr double kWhile_s = 900;
  return std::min(kLongest_s, std::ceil(last_s * 1.5 + kWhile_s));
}

double step_of(double until_s) {
  constexpr double kMostSteps = 7200;
  return std::max(1.0, std::ceil(until_s / kMostSteps));
}

double requests_of(const simulation::Model& model, double until_s) {
  double sum = 0;
  for (const auto& source : model.sources) {
    constexpr int kParts = 1000;
    for (int i = 0; i < kParts; ++i) {
      sum += simulation::rate_at(source.rate, until_s * i / kParts) * until_s / kParts;
    }
  }
  return sum;
}

/// Of the sources of one journey and cohort, which are several where its entry is told apart.
struct Lost {
  double down_s = 0;
  double lossy_s = 0;
  double requests = 0;
};

Lost lost_of(const simulation::Outcome& outcome, const std::vector<std::size_t>& sources) {
  Lost lost;
  const std::size_t steps = outcome.users[sources.front()].offered.size();
  for (std::size_t i = 0; i < steps; ++i) {
    double offered = 0;
    double served = 0;
    double failed = 0;
    for (const std::size_t s : sources) {
      offered += outcome.users[s].offered[i];
      served += outcome.users[s].served[i];
      failed += outcome.users[s].failed[i];
    }
    lost.requests += failed * outcome.step_s;
    const bool was_down = is_down(outcome, offered, served);
    lost.down_s += was_down ? outcome.step_s : 0;
    lost.lossy_s += was_down || is_lossy(served, failed) ? outcome.step_s : 0;
  }
  return lost;
}

}  // namespace

base::Result<Run> run(const Blueprint& bp, const catalog::Catalog& catalog,
                      const Scenario& scenario, const Damage& damage, Strain strain, double users,
                      const SimulateOptions& options) {
  Run run;
  const failure::Dependence dependence(bp);
  run.staged = staged(bp, catalog, dependence, scenario, damage, strain, users);
  const auto& model = run.staged.load.model;
  if (const auto ok = simulation::check_model(model); !ok) {
    return tl::unexpected<base::Error>(ok.error());
  }
  run.until_s = options.until_s             ? *options.until_s
                : scenario.until.is_known() ? scenario.until->value
                                            : end_after(run.staged.last_s);
  simulation::RunOptions how;
  how.end_s = run.until_s;
  how.step_s = step_of(run.until_s);
  how.seed = options.seed;
  how.stop = options.stop;
  if (options.engine == Engine::requests) {
    constexpr double kMostRequests = 50e6;
    const double requests = requests_of(model, run.until_s);
    // A step in which few come tells little.
    constexpr double kEnough = 100;
    how.step_s = std::clamp(std::ceil(kEnough * run.until_s / std::max(1.0, requests)), how.step_s,
                            std::max(how.step_s, run.until_s / 20));
    if (requests > kMostRequests) {
      return base::fail(
          fmt::format("{} requests are too many to be followed one by one",
                      findings::count_text(requests)),
          "--engine flow does not depend on their number; or fewer users, or a shorter --until");
    }
    run.outcome = simulation::simulate_requests(model, how);
    return run;
  }
  constexpr std::uint64_t kMostWork = 400'000'000;  // steps of stations
  how.budget = kMostWork / (1 + model.stations.size());
  run.outcome = simulation::simulate_flow(model, how);
  return run;
}

double requests_in(const Run& run) {
  return requests_of(run.staged.load.model, run.until_s);
}

bool is_down(const simulation::Outcome& outcome, double offered, double served) {
  const double chance =
      outcome.is_random ? 3 * std::sqrt(offered * outcome.step_s) / outcome.step_s : 0;
  return served < (1 - kDownShare) * offered && offered - served > chance;
}

bool is_lossy(double served, double failed) {
  return failed > kLossyShare * (served + failed);
}

std::vector<findings::JourneyFate> fates_of(const Run& run) {
  std::vector<findings::JourneyFate> fates;
  const auto& sources = run.staged.load.model.sources;
  for (std::size_t s = 0; s < sources.size();) {
    std::vector<std::size_t> same;
    double weight = 0;
    const std::string& name = sources[s].name;
    for (; s < sources.size() && sources[s].name == name; ++s) {
      same.push_back(s);
      weight += run.staged.load.source_share[s];
    }
    const Lost lost = lost_of(run.outcome, same);
    fates.push_back({name, weight, lost.down_s, lost.lossy_s, lost.requests});
  }
  return fates;
}

}  // namespace outlast::clock
