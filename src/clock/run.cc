#include "clock/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/units.h"
#include "clock/missed.h"
#include "clock/mood.h"
#include "engines/simulation/flow_engine.h"
#include "engines/simulation/request_engine.h"
#include "failure/impact.h"

namespace outlast::clock {

namespace simulation = engines::simulation;
using blueprint::Blueprint;
using blueprint::Scenario;

namespace {

constexpr double kLongest_s = 7 * 86'400.0;

/// Long enough to see whether it recovers: a while after the last that happens, and a half more.
double end_after(double last_s) {
  constexpr double kWhile_s = 900;
  return std::min(kLongest_s, std::ceil(last_s * 1.5 + kWhile_s));
}

double step_of(double until_s, double least_s) {
  constexpr double kMostSteps = 7200;
  return std::max(least_s, std::ceil(until_s / kMostSteps));
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

void add(const simulation::Track& more, std::vector<double>& sum) {
  sum.resize(more.size());
  for (std::size_t i = 0; i < more.size(); ++i) {
    sum[i] += more[i];
  }
}

Asked asked_by(const Run& run, const std::vector<std::size_t>& sources) {
  Asked asked;
  for (const std::size_t s : sources) {
    add(run.outcome.users[s].offered, asked.offered);
    add(run.outcome.users[s].served, asked.served);
    add(run.outcome.users[s].failed, asked.failed);
  }
  return asked;
}

/// What requests of one source did without.
std::vector<Missed> missed_by(const Run& run, std::size_t source) {
  const LoadModel& load = run.staged.load;
  return missed_in(run, load.soft_needs[source],
                   load.model.calls[load.model.sources[source].call].kind);
}

/// The share of a step's requests that is lost, as its mood has it: where most go unanswered they are
/// not known to have failed yet.
double lost_in(const Asked& asked, std::size_t step, Mood mood) {
  const double failed = simulation::lost_share(asked.served[step], asked.failed[step]);
  const double unanswered =
      asked.offered[step] > 0 ? 1 - asked.served[step] / asked.offered[step] : 0;
  return mood == Mood::served ? 0 : mood == Mood::down ? std::max(0.5, unanswered) : failed;
}

/// Of one journey and cohort, whose sources are several where its entry is told apart.
findings::JourneyFate fate_of(const Run& run, const std::vector<std::size_t>& sources) {
  const simulation::Outcome& outcome = run.outcome;
  const Asked asked = asked_by(run, sources);
  const Moods moods = moods_of(asked, outcome.step_s, outcome.is_random);
  findings::JourneyFate fate;
  fate.near_half_s = moods.near_half_s;
  const auto missed = missed_by(run, sources.front());
  const ValueLost value = value_lost(*run.bp, missed, moods.steps.size());
  for (std::size_t i = 0; i < moods.steps.size(); ++i) {
    const bool is_partly = moods.steps[i] != Mood::served || value.high[i] > kLossyShare;
    fate.partly_s += is_partly ? outcome.step_s : 0;
    fate.value_lost_low = std::max(fate.value_lost_low, value.low[i]);
    fate.value_lost_high = std::max(fate.value_lost_high, value.high[i]);
    fate.lost_requests += asked.failed[i] * outcome.step_s;
    fate.down_s += moods.steps[i] == Mood::down ? outcome.step_s : 0;
    fate.lossy_s += moods.steps[i] != Mood::served ? outcome.step_s : 0;
  }
  return fate;
}

/// What a request of a path is worth: a journey's value an hour, over the requests that its stated
/// users send in one; of users that nobody stated those of the first moment.
double usd_per_request(const Run& run, const failure::Path& path) {
  const auto& stated = run.bp->objectives().users.now;
  const double users = stated.is_known() ? *stated : simulation::rate_at(run.staged.users, 0);
  const double an_hour =
      users * run.staged.load.requests_per_user_s * path.weight * base::kSecondsPerHour;
  return an_hour > 0 ? failure::usd_per_hour(*run.bp, path) / an_hour : 0;
}

}  // namespace

base::Result<Run> run(const Blueprint& bp, const catalog::Catalog& catalog,
                      const Scenario& scenario, const Damage& damage, Strain strain, double users,
                      const SimulateOptions& options) {
  Run run;
  run.bp = &bp;
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
  how.step_s = step_of(run.until_s, options.least_step_s);
  how.seed = options.seed;
  how.stop = options.stop;
  how.progress = options.progress;
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
    how.budget = 500'000'000;  // events: minutes
    run.outcome = simulation::simulate_requests(model, how);
    return run;
  }
  how.budget = options.most_work;
  run.outcome = simulation::simulate_flow(model, how);
  return run;
}

std::vector<PathTrack> tracks_of(const Run& run) {
  std::map<std::size_t, std::vector<std::size_t>> sources;  // by path
  for (std::size_t s = 0; s < run.staged.load.source_path.size(); ++s) {
    sources[run.staged.load.source_path[s]].push_back(s);
  }
  std::vector<PathTrack> tracks;
  for (const auto& [path, of_path] : sources) {
    const Asked asked = asked_by(run, of_path);
    const Moods moods = moods_of(asked, run.outcome.step_s, run.outcome.is_random);
    const auto missed = missed_by(run, of_path.front());
    const ValueLost value = value_lost(*run.bp, missed, moods.steps.size());
    PathTrack track;
    for (std::size_t i = 0; i < moods.steps.size(); ++i) {
      track.lost.push_back(lost_in(asked, i, moods.steps[i]));
      track.is_partly.push_back(moods.steps[i] != Mood::served || value.high[i] > kLossyShare);
    }
    tracks.push_back(std::move(track));
  }
  return tracks;
}

std::vector<findings::JourneyFate> fates_of(const Run& run) {
  std::vector<findings::JourneyFate> fates;
  const auto paths = failure::list_paths(*run.bp);
  const auto& sources = run.staged.load.model.sources;
  for (std::size_t s = 0; s < sources.size();) {
    std::vector<std::size_t> same;
    double weight = 0;
    double usd_lost = 0;
    const std::string& name = sources[s].name;
    for (; s < sources.size() && sources[s].name == name; ++s) {
      same.push_back(s);
      weight += run.staged.load.source_share[s];
      const auto& failed = run.outcome.users[s].failed;
      usd_lost += usd_per_request(run, paths[run.staged.load.source_path[s]]) *
                  std::accumulate(failed.begin(), failed.end(), 0.0) * run.outcome.step_s;
    }
    auto& fate = fates.emplace_back(fate_of(run, same));
    fate.name = name;
    fate.weight = weight;
    fate.usd_lost = usd_lost;
  }
  return fates;
}

}  // namespace outlast::clock
