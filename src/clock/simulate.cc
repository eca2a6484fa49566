#include "clock/simulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.h"
#include "clock/stage.h"
#include "engines/simulation/flow_engine.h"
#include "engines/simulation/request_engine.h"

namespace outlast::clock {

namespace simulation = engines::simulation;
using blueprint::Blueprint;
using blueprint::Scenario;
using findings::Condition;
using findings::Simulated;
using findings::StoryLine;
using findings::Verdict;
using simulation::StationId;

namespace {

/// Users are down while more than half of their requests are lost; it is felt from the other on.
constexpr double kDownShare = 0.505;  // half of them, and what rounding may add
constexpr double kLossyShare = 0.01;
/// A part is full where its servers are busy so far.
constexpr double kFull = 0.98;
constexpr double kNoLongerFull = 0.8;
constexpr double kLongest_s = 7 * 86'400.0;

struct Run {
  Staged staged;
  simulation::Outcome outcome;
  double until_s = 0;
};

double users_of(const Blueprint& bp, const Scenario& scenario,
                std::vector<blueprint::Assumption>& assumptions) {
  constexpr double kFew = 100;
  const auto& stated = bp.objectives().users.now;
  if (scenario.users.is_known() || stated.is_known()) {
    return scenario.users.is_known() ? *scenario.users : *stated;
  }
  assumptions.push_back({"users", "100", "neither the scenario nor the blueprint states them"});
  return kFew;
}

/// Long enough to see whether it recovers: a while after the last that happens, and a half more.
double end_after(double last_s) {
  constexpr double kWhile_s = 900;
  return std::min(kLongest_s, std::ceil(last_s * 1.5 + kWhile_s));
}

double step_of(double until_s) {
  constexpr double kMostSteps = 7200;
  return std::max(1.0, std::ceil(until_s / kMostSteps));
}

/// Requests that the users of a run make.
double requests_in(const simulation::Model& model, double until_s) {
  double sum = 0;
  for (const auto& source : model.sources) {
    constexpr int kParts = 1000;
    for (int i = 0; i < kParts; ++i) {
      sum += simulation::rate_at(source.rate, until_s * i / kParts) * until_s / kParts;
    }
  }
  return sum;
}

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
    const double requests = requests_in(model, run.until_s);
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

/// Of the sources of one journey and cohort, which are several where its entry is told apart.
struct Lost {
  double down_s = 0;
  double lossy_s = 0;
  double requests = 0;
};

/// Are most of the requests of a step lost? Where each is drawn, a few more or less are chance.
bool is_down(const simulation::Outcome& outcome, double offered, double served) {
  const double chance =
      outcome.is_random ? 3 * std::sqrt(offered * outcome.step_s) / outcome.step_s : 0;
  return served < (1 - kDownShare) * offered && offered - served > chance;
}

/// Is more than one in a hundred lost? Where each is drawn, those that failed are counted.
bool is_lossy(const simulation::Outcome& outcome, double offered, double served, double failed) {
  return outcome.is_random ? failed > kLossyShare * (served + failed)
                           : served < (1 - kLossyShare) * offered;
}

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
    lost.down_s += is_down(outcome, offered, served) ? outcome.step_s : 0;
    lost.lossy_s += is_lossy(outcome, offered, served, failed) ? outcome.step_s : 0;
  }
  return lost;
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
    const auto end = name.find_last_not_of(' ');
    fates.push_back({name.substr(0, end + 1), weight, lost.down_s, lost.lossy_s, lost.requests});
  }
  return fates;
}

double longest(const std::vector<findings::JourneyFate>& fates,
               double findings::JourneyFate::*time) {
  double most = 0;
  for (const auto& fate : fates) {
    most = std::max(most, fate.*time);
  }
  return most;
}

class Teller {
 public:
  Teller(const Blueprint& bp, const Run& run) : bp_(bp), run_(run) {}

  Simulated tell() {
    out_.until_s = run_.until_s;
    out_.ended_s = run_.outcome.ended_s;
    out_.is_partial = run_.outcome.is_cut_off;
    out_.step_s = run_.outcome.step_s;
    out_.journeys = fates_of(run_);
    out_.assumptions = run_.staged.load.assumptions;
    add_series();
    add_parts();
    out_.story = run_.staged.story;
    add_trace();
    add_full();
    add_users();
    std::erase_if(out_.story, [&](const StoryLine& line) { return line.at_s > out_.ended_s; });
    std::erase_if(out_.conditions, [&](const auto& change) { return change.at_s > out_.ended_s; });
    std::stable_sort(out_.story.begin(), out_.story.end(),
                     [](const StoryLine& a, const StoryLine& b) { return a.at_s < b.at_s; });
    const auto recovery = simulation::recovery_after(
        run_.outcome, 0, std::max(30.0, 3 * out_.step_s), 1 - kLossyShare);
    out_.recovers = recovery.recovers;
    if (recovery.recovers) {
      out_.recovered_s = recovery.at_s;
    }
    return std::move(out_);
  }

 private:
  void add_series() {
    const auto& users = run_.outcome.users;
    const std::size_t steps = users.front().offered.size();
    for (std::size_t i = 0; i < steps; ++i) {
      double offered = 0, served = 0, failed = 0, latency = 0;
      for (const auto& tracks : users) {
        offered += tracks.offered[i];
        served += tracks.served[i];
        failed += tracks.failed[i];
        latency += tracks.latency[i] * tracks.served[i];
      }
      const double middle_s = (static_cast<double>(i) + 0.5) * out_.step_s;
      out_.users.push_back(simulation::rate_at(run_.staged.users, middle_s));
      out_.offered.push_back(offered);
      out_.served.push_back(served);
      out_.failed.push_back(failed);
      out_.latency_s.push_back(served > 0 ? latency / served : 0);
      out_.lost_requests += failed * out_.step_s;
      out_.offered_requests += offered * out_.step_s;
      if (offered > 0) {
        out_.lost_share = std::max(out_.lost_share, 1 - std::min(1.0, served / offered));
      }
    }
  }

  void add_parts() {
    for (std::size_t s = 0; s < run_.staged.load.parts.size(); ++s) {
      const auto& part = run_.staged.load.parts[s];
      const auto& tracks = run_.outcome.stations[StationId(s)];
      const auto& station = run_.staged.load.model.stations[StationId(s)];
      findings::PartTrack track;
      track.id = bp_[part.component].id;
      track.name = bp_[part.component].name;
      if (part.is_apart) {
        track.id += " (told apart)";
        track.name += " (slow)";
      }
      track.has_use = std::isfinite(part.most_servers);
      track.waiting = tracks.waiting;
      track.replicas = tracks.replicas;
      track.refused = tracks.refused;
      for (std::size_t i = 0; i < tracks.busy.size(); ++i) {
        const double servers = tracks.replicas[i] * static_cast<double>(station.servers);
        track.use.push_back(servers > 0 ? std::min(1.0, tracks.busy[i] / servers) : 0);
      }
      out_.parts.push_back(std::move(track));
    }
  }

  void add_trace() {
    for (const auto& entry : run_.outcome.trace) {
      StoryLine line;
      line.at_s = entry.at_s;
      line.event = entry.what;
      if (entry.station.exists()) {
        const auto id = run_.staged.load.parts[entry.station.index].component;
        line.component = bp_[id].id;
        line.name = bp_[id].name;
        const std::string prefix = line.name + ": ";
        if (line.event.starts_with(prefix)) {
          line.event = line.event.substr(prefix.size());
        }
      }
      out_.story.push_back(std::move(line));
    }
  }

  /// When parts become full, and when they are no longer; and how components stand by all that.
  void add_full() {
    std::vector<Standing> standings = run_.staged.standings;
    for (std::size_t s = 0; s < out_.parts.size(); ++s) {
      const auto& part = out_.parts[s];
      bool was_full = false;
      for (std::size_t i = 0; part.has_use && i < part.use.size(); ++i) {
        const bool is_full = was_full ? part.use[i] > kNoLongerFull : part.use[i] >= kFull;
        if (is_full != was_full) {
          out_.story.push_back({static_cast<double>(i) * out_.step_s, part.id, part.name,
                                is_full ? "full: all its servers are busy" : "no longer full", ""});
          standings.push_back({static_cast<double>(i) * out_.step_s,
                               bp_[run_.staged.load.parts[s].component].id, 2 * s + 2,
                               is_full ? std::optional(Condition::saturated) : std::nullopt});
        }
        was_full = is_full;
      }
    }
    out_.conditions = gravest_of(std::move(standings));
  }

  enum class Mood { served, lossy, down };

  [[nodiscard]] Mood mood_at(std::size_t i) const {
    const auto& outcome = run_.outcome;
    return is_down(outcome, out_.offered[i], out_.served[i])                    ? Mood::down
           : is_lossy(outcome, out_.offered[i], out_.served[i], out_.failed[i]) ? Mood::lossy
                                                                                : Mood::served;
  }

  /// When users begin to lose requests, are down, and are served again; what lasts for a few
  /// steps only is passed over.
  void add_users() {
    constexpr std::string_view kEvents[] = {"users are served again",
                                            "users lose more than one request in a hundred",
                                            "users are down: most of their requests are lost"};
    constexpr std::size_t kFewSteps = 5;
    Mood mood = Mood::served;
    for (std::size_t i = 0; i < out_.offered.size();) {
      const Mood now = mood_at(i);
      std::size_t end = i;
      while (end < out_.offered.size() && mood_at(end) == now) {
        ++end;
      }
      if (now != mood && end - i >= kFewSteps) {
        out_.story.push_back({static_cast<double>(i) * out_.step_s, "", "",
                              std::string(kEvents[static_cast<std::size_t>(now)]), ""});
        mood = now;
      }
      i = end;
    }
  }

  const Blueprint& bp_;
  const Run& run_;
  Simulated out_;
};

/// The class of the widest that a scenario's faults hit.
blueprint::FaultClass class_of(const Scenario& scenario) {
  using blueprint::FaultClass;
  FaultClass widest = FaultClass::hardware;
  for (const auto& fault : scenario.faults) {
    const auto& m = fault.match;
    const bool is_of_software =
        fault.fault == blueprint::Fault::surge || fault.fault == blueprint::Fault::push ||
        fault.fault == blueprint::Fault::degrade || fault.fault == blueprint::Fault::cut ||
        fault.fault == blueprint::Fault::missense;
    const FaultClass own = is_of_software                                ? FaultClass::software
                           : m.provider.is_known()                       ? FaultClass::provider
                           : m.region.is_known() || m.service.is_known() ? FaultClass::region
                           : m.zone.is_known()                           ? FaultClass::zone
                                                                         : FaultClass::hardware;
    const auto rank = [](FaultClass c) {
      return c == FaultClass::software   ? 2
             : c == FaultClass::zone     ? 1
             : c == FaultClass::hardware ? 0
             : c == FaultClass::region   ? 3
                                         : 4;
    };
    widest = rank(own) > rank(widest) ? own : widest;
  }
  return widest;
}

/// Still losing at the end of what is watched: then how long is not known to end.
double down_of(const Run& run, double findings::JourneyFate::*time) {
  return longest(fates_of(run), time);
}

std::string reason_of(const Simulated& s) {
  if (s.survives == Verdict::unknown) {
    return fmt::format("down between {} and {}, by what nobody stated",
                       base::format_duration({s.down_s.low}),
                       base::format_duration({s.down_s.high}));
  }
  // What is gone as a whole says more than replicas that others stand in for.
  auto cause = std::find_if(s.story.begin(), s.story.end(), [](const StoryLine& line) {
    return !line.component.empty() && line.event == "is down";
  });
  if (cause == s.story.end()) {
    cause = std::find_if(s.story.begin(), s.story.end(), [](const StoryLine& line) {
      return !line.component.empty() && line.event.find("back") == std::string::npos;
    });
  }
  if (s.down_s.value <= 0 && s.lossy_s.value <= 0) {
    return "users notice nothing";
  }
  return cause == s.story.end() ? "users lose requests"
                                : fmt::format("{} {}", cause->name, cause->event);
}

}  // namespace

base::Result<std::optional<Simulated>> simulate(const Blueprint& bp,
                                                const catalog::Catalog& catalog,
                                                const Scenario& scenario,
                                                const SimulateOptions& options,
                                                base::Diagnostics& diagnostics) {
  if (bp.journeys().empty()) {
    return base::fail("nobody comes in anywhere: there is no load to follow",
                      "declare a journey: journeys: {visit: {enters: COMPONENT}}");
  }
  for (const auto& recovery : scenario.recoveries) {
    if (!recovery.match.is_empty()) {
      (void)matched(bp, recovery.match, diagnostics);
    }
    for (const std::string& name : recovery.needs) {
      blueprint::Match match;
      match.component =
          blueprint::Value<std::string>::of(name, blueprint::Provenance::stated, recovery.span);
      (void)matched(bp, match, diagnostics);
    }
  }
  const Damage likely = damage_of(bp, catalog, scenario, Luck::likely, diagnostics);
  if (diagnostics.has_errors()) {
    return std::optional<Simulated>();
  }
  std::vector<blueprint::Assumption> assumptions;
  const double users = users_of(bp, scenario, assumptions);
  const auto main = run(bp, catalog, scenario, likely, Strain::likely, users, options);
  if (!main) {
    return tl::unexpected<base::Error>(main.error());
  }
  Simulated out = Teller(bp, *main).tell();
  out.assumptions.insert(out.assumptions.begin(), assumptions.begin(), assumptions.end());
  out.scenario = scenario.name;
  out.engine = options.engine == Engine::flow ? "flow" : "requests";
  out.rto_s = blueprint::objective_of(bp.objectives(), class_of(scenario)).rto.value;
  const double down_s = down_of(*main, &findings::JourneyFate::down_s);
  const double lossy_s = down_of(*main, &findings::JourneyFate::lossy_s);
  out.down_s = {down_s, down_s, down_s};
  out.lossy_s = {lossy_s, lossy_s, lossy_s};
  if (options.engine == Engine::flow && !out.is_partial) {
    SimulateOptions as_long = options;
    as_long.until_s = main->until_s;
    for (const auto& [luck, strain] :
         {std::pair(Luck::good, Strain::low), std::pair(Luck::bad, Strain::high)}) {
      const Damage damage = damage_of(bp, catalog, scenario, luck, diagnostics);
      const auto other = run(bp, catalog, scenario, damage, strain, users, as_long);
      if (!other || other->outcome.is_cut_off) {
        continue;
      }
      const double down = down_of(*other, &findings::JourneyFate::down_s);
      const double lossy = down_of(*other, &findings::JourneyFate::lossy_s);
      out.down_s.low = std::min(out.down_s.low, down);
      out.down_s.high = std::max(out.down_s.high, down);
      out.lossy_s.low = std::min(out.lossy_s.low, lossy);
      out.lossy_s.high = std::max(out.lossy_s.high, lossy);
    }
  }
  const auto verdict = [&](double down, double lossy) {
    return down > out.rto_s ? Verdict::no : lossy > out.rto_s ? Verdict::degraded : Verdict::yes;
  };
  const Verdict best = verdict(out.down_s.low, out.lossy_s.low);
  const Verdict worst = verdict(out.down_s.high, out.lossy_s.high);
  out.survives = !out.is_partial && best == worst ? best : Verdict::unknown;
  // What goes on when nobody watches any more may last longer than it was seen to.
  const bool is_open = !out.recovers && out.survives != Verdict::no;
  out.survives = is_open ? Verdict::unknown : out.survives;
  out.because = out.is_partial ? "it was stopped before its end"
                : is_open      ? "it was not over when the watch ended (until)"
                               : reason_of(out);
  return std::optional(std::move(out));
}

}  // namespace outlast::clock
