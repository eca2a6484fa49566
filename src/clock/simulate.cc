#include "clock/simulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/parallel.h"
#include "base/units.h"
#include "clock/harm.h"
#include "clock/judgement.h"
#include "clock/match.h"
#include "clock/run.h"
#include "clock/tipping.h"
#include "failure/stale.h"
#include "findings/data_lost.h"

namespace outlast::clock {

using base::format_duration;
using blueprint::Blueprint;
using blueprint::Scenario;
using findings::Likely;
using findings::Simulated;

namespace {

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

/// For how long old addresses are kept, of those who go on with one after a fault.
void assume_stale(const Blueprint& bp, const Damage& damage,
                  std::vector<blueprint::Assumption>& assumptions) {
  std::set<blueprint::NeedId> told;
  for (const Severance& severance : damage.severed) {
    const blueprint::Need& need = bp[severance.need];
    if (severance.how.stale > 0 && !need.stale_for.is_known() &&
        told.insert(severance.need).second) {
      assumptions.push_back(failure::stale_for_assumed(bp, need));
    }
  }
}

bool has_surge(const Scenario& scenario) {
  return std::any_of(scenario.faults.begin(), scenario.faults.end(),
                     [](const auto& fault) { return fault.fault == blueprint::Fault::surge; });
}

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

/// Plays a day as often as it takes, with and without its faults.
class Player {
 public:
  Player(const Blueprint& bp, const catalog::Catalog& catalog, const Scenario& scenario,
         const SimulateOptions& options, base::Diagnostics& diagnostics)
      : bp_(bp),
        catalog_(catalog),
        scenario_(scenario),
        options_(options),
        diagnostics_(diagnostics),
        alone_(options.without_load_alone ? std::nullopt : without_faults(scenario)) {}

  base::Result<std::optional<Simulated>> play() {
    check_recoveries();
    const auto& faults = scenario_.faults;
    if (options_.until_s && !faults.empty() && faults.front().at.value >= *options_.until_s) {
      return base::fail(
          fmt::format("it is watched for {}, and the first fault comes at {}",
                      format_duration({*options_.until_s}), format_duration(faults.front().at)),
          "watch for longer");
    }
    const Damage likely = damage_of(bp_, catalog_, scenario_, Luck::likely, diagnostics_);
    if (diagnostics_.has_errors()) {
      return std::optional<Simulated>();
    }
    std::vector<blueprint::Assumption> assumptions;
    users_ = users_of(bp_, scenario_, assumptions);
    assume_stale(bp_, likely, assumptions);
    if (users_ <= 0 && !has_surge(scenario_)) {
      return base::fail("nobody comes in anywhere: there is no load to follow",
                        "users: 2000, say, or a fault of the kind surge");
    }
    plan(runs_for(kMostEvents));  // the fewest; more where few come
    auto first = run(bp_, catalog_, scenario_, likely, Strain::likely, users_, options_);
    if (!first) {
      return tl::unexpected<base::Error>(first.error());
    }
    options_.until_s = first->until_s;
    Simulated out = told(bp_, *first);
    out.assumptions.insert(out.assumptions.begin(), assumptions.begin(), assumptions.end());
    out.scenario = scenario_.name;
    out.engine = options_.engine == Engine::flow ? "flow" : "requests";
    const auto objective = blueprint::objective_of(bp_.objectives(), class_of(scenario_));
    out.rto_s = objective.rto.value;
    out.rpo_s = objective.rpo.value;
    for (const DataGone& gone : likely.data) {
      findings::add(out.data, gone.loss, bp_[gone.store].id);
    }
    for (const Aside& split : likely.split) {
      out.split.push_back(bp_[split.component].name);
    }
    Reading reading{{harm_of(*first)}, {}};
    if (const auto tipping = tipping_in(*first)) {
      tippings_.push_back(*tipping);
    }
    if (!out.is_partial) {
      const std::size_t runs = runs_for(static_cast<double>(first->outcome.work));
      plan(runs);
      play_runs(likely, Strain::likely, runs, reading);
    }
    out.runs = reading.with.size();
    read(reading, out);
    const Likely by_chance = out.down_s;
    if (!out.is_partial) {
      widen_by(Luck::good, Strain::low, out);
      if (!out.lacks_an_end) {
        widen_by(Luck::bad, Strain::high, out);
      }
    }
    out.gravest = first->staged.gravest;
    judge(out, by_chance);
    judge_chance(out);
    if (out.lacks_an_end) {
      out.survives = findings::Verdict::unknown;
      out.because = "at an end of what nobody stated it was not followed to its end";
    }
    judge_data(out);
    return std::optional(std::move(out));
  }

 private:
  void check_recoveries() {
    for (const auto& recovery : scenario_.recoveries) {
      if (!recovery.match.is_empty()) {
        (void)matched(bp_, recovery.match, diagnostics_);
      }
      for (const std::string& name : recovery.needs) {
        blueprint::Match match;
        match.component =
            blueprint::Value<std::string>::of(name, blueprint::Provenance::stated, recovery.span);
        (void)matched(bp_, match, diagnostics_);
      }
    }
  }

  /// Of the flow engine one run tells all; of the request engine as many as are asked for, or else
  /// as the work allows: enough for an interval, or one.
  [[nodiscard]] std::size_t runs_for(double events) const {
    constexpr std::size_t kLeastRuns = 3;  // of two, the interval says next to nothing
    constexpr std::size_t kMostRuns = 10;
    if (options_.engine == Engine::flow) {
      return 1;
    }
    if (options_.runs > 0) {
      return options_.runs;
    }
    const double most = kMostEvents / std::max(1.0, events);
    std::size_t runs = kMostRuns;
    while (runs >= kLeastRuns && static_cast<double>(all_of(runs)) > most) {
      --runs;
    }
    return runs >= kLeastRuns ? runs : 1;
  }

  /// Runs that there are with so many of the likely day.
  [[nodiscard]] std::size_t all_of(std::size_t runs) const {
    return (runs + 2 * std::min(kMostRunsAtAnEnd, runs)) * (alone_ ? 2 : 1);
  }

  void plan(std::size_t runs) {
    const std::size_t all = all_of(runs);
    if (options_.progress != nullptr && all > planned_) {
      options_.progress->plan(static_cast<double>(all - planned_));
      planned_ = all;
    }
  }

  /// Requests that are drawn tip over by themselves; flows have to be told.
  [[nodiscard]] std::optional<Tipping> tipping_in(const Run& run) const {
    return options_.engine == Engine::flow
               ? std::optional(tipping_of(run.staged.load.model, run.until_s))
               : std::nullopt;
  }

  /// The runs that are left, with other seeds, and as many without faults: side by side, for none
  /// knows of another. What was cut off counts for nothing, nor does what follows it.
  void play_runs(const Damage& damage, Strain strain, std::size_t runs, Reading& reading) {
    struct Played {
      Harm harm;
      std::optional<Tipping> tipping;
    };
    const std::size_t first = reading.with.size();
    const std::size_t with = runs - std::min(first, runs);
    std::vector<std::optional<Played>> played(with + (alone_ ? runs : 0));
    base::parallel_for(played.size(), 0, [&](std::size_t i) {
      SimulateOptions how = options_;
      const bool is_alone = i >= with;
      how.seed = options_.seed + (is_alone ? i - with : first + i);
      const auto day = is_alone ? run(bp_, catalog_, *alone_, Damage{}, strain, users_, how)
                                : run(bp_, catalog_, scenario_, damage, strain, users_, how);
      if (day && !day->outcome.is_cut_off) {
        played[i] = {harm_of(*day), is_alone ? std::nullopt : tipping_in(*day)};
      }
    });
    for (std::size_t i = 0; i < with && played[i]; ++i) {
      reading.with.push_back(played[i]->harm);
      if (played[i]->tipping) {
        tippings_.push_back(*played[i]->tipping);
      }
    }
    for (std::size_t i = with; i < played.size() && reading.alone.size() < reading.with.size();
         ++i) {
      if (!played[i]) {
        reading.alone.clear();
        return;
      }
      reading.alone.push_back(played[i]->harm);
    }
  }

  /// Who tips over by chance does not come back: a day is survived only where that is out of the
  /// question at either end of what nobody stated.
  void judge_chance(Simulated& day) const {
    const auto possible = std::find_if(tippings_.begin(), tippings_.end(),
                                       [](const Tipping& one) { return one.is_possible; });
    if (possible == tippings_.end() || day.survives == findings::Verdict::no || day.is_partial) {
      return;
    }
    const bool is_likely = std::all_of(tippings_.begin(), tippings_.end(),
                                       [](const Tipping& one) { return one.is_likely; });
    day.survives = is_likely ? findings::Verdict::no : findings::Verdict::unknown;
    day.because = possible->told;
  }

  static void read(const Reading& reading, Simulated& out) {
    out.down_s = mean_of(reading.with, &Harm::down_s);
    out.lossy_s = mean_of(reading.with, &Harm::lossy_s);
    out.partly_s = mean_of(reading.with, &Harm::partly_s);
    out.lost_requests = mean_of(reading.with, &Harm::requests).value;
    if (!reading.alone.empty()) {
      const auto by_faults = added(reading);
      out.alone = {mean_of(reading.alone, &Harm::down_s),
                   mean_of(reading.alone, &Harm::lossy_s),
                   mean_of(reading.alone, &Harm::requests).value,
                   mean_of(by_faults, &Harm::down_s),
                   mean_of(by_faults, &Harm::lossy_s),
                   mean_of(by_faults, &Harm::partly_s)};
    }
  }

  /// One end of what nobody stated; drawn requests are played a few times there, too, for one run
  /// may be lucky.
  void widen_by(Luck luck, Strain strain, Simulated& out) {
    const Damage damage = damage_of(bp_, catalog_, scenario_, luck, diagnostics_);
    Reading reading;
    play_runs(damage, strain, std::min(kMostRunsAtAnEnd, out.runs), reading);
    if (reading.with.empty()) {
      out.lacks_an_end = true;
      return;
    }
    Simulated end;
    read(reading, end);
    widen(out.down_s, end.down_s);
    widen(out.lossy_s, end.lossy_s);
    widen(out.partly_s, end.partly_s);
    if (out.alone && end.alone) {
      widen(out.alone->down_s, end.alone->down_s);
      widen(out.alone->lossy_s, end.alone->lossy_s);
      widen(out.alone->added_down_s, end.alone->added_down_s);
      widen(out.alone->added_lossy_s, end.alone->added_lossy_s);
      widen(out.alone->added_partly_s, end.alone->added_partly_s);
    }
  }

  static constexpr std::size_t kMostRunsAtAnEnd = 3;
  static constexpr double kMostEvents = 100e6;  ///< of all runs, where nobody says how many

  const Blueprint& bp_;
  const catalog::Catalog& catalog_;
  const Scenario& scenario_;
  SimulateOptions options_;
  base::Diagnostics& diagnostics_;
  std::optional<Scenario> alone_;
  std::vector<Tipping> tippings_;  ///< of the day with its faults, likely first
  double users_ = 0;
  std::size_t planned_ = 0;  ///< runs
};

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
  return Player(bp, catalog, scenario, options, diagnostics).play();
}

}  // namespace outlast::clock
