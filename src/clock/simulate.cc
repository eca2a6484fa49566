#include "clock/simulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.h"
#include "clock/match.h"
#include "clock/run.h"

namespace outlast::clock {

using base::format_duration;
using blueprint::Blueprint;
using blueprint::Scenario;
using findings::Likely;
using findings::Simulated;
using findings::StoryLine;
using findings::Verdict;

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

/// How one run ended for users, and the same day without its faults.
struct Harm {
  double down_s = 0;
  double lossy_s = 0;
  double requests = 0;
};

Harm harm_of(const Run& run) {
  Harm harm;
  for (const auto& fate : fates_of(run)) {
    harm.down_s = std::max(harm.down_s, fate.down_s);
    harm.lossy_s = std::max(harm.lossy_s, fate.lossy_s);
    harm.requests += fate.lost_requests;
  }
  return harm;
}

/// What is done about no fault: users who come and go, and capacity that people add for them.
std::optional<Scenario> without_faults(const Scenario& scenario) {
  Scenario alone = scenario;
  std::erase_if(alone.faults,
                [](const auto& fault) { return fault.fault != blueprint::Fault::surge; });
  std::erase_if(alone.recoveries, [](const auto& recovery) {
    return !recovery.ends.empty() || !recovery.needs.empty();
  });
  return alone.faults.size() < scenario.faults.size() ? std::optional(std::move(alone))
                                                      : std::nullopt;
}

/// One way to read what nobody stated, with its harm and that of load alone.
struct Reading {
  std::vector<Harm> with;   ///< by run
  std::vector<Harm> alone;  ///< the same; empty: nothing fails on this day
};

/// Mean over the runs, and the interval that holds the mean of all runs nineteen times in twenty
/// (Student 1908); of a single run its value.
Likely mean_of(const std::vector<Harm>& runs, double Harm::*of) {
  constexpr double kStudent[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262};
  const auto n = static_cast<double>(runs.size());
  double mean = 0;
  for (const Harm& run : runs) {
    mean += run.*of / n;
  }
  double squares = 0;
  for (const Harm& run : runs) {
    squares += (run.*of - mean) * (run.*of - mean);
  }
  const std::size_t freedom = std::min(runs.size() - 1, std::size(kStudent));
  const double off = freedom == 0 ? 0 : kStudent[freedom - 1] * std::sqrt(squares / (n - 1) / n);
  return {mean, std::max(0.0, mean - off), mean + off};
}

void widen(Likely& range, double value) {
  range.low = std::min(range.low, value);
  range.high = std::max(range.high, value);
}

/// What the faults add: run by run, for load has the same luck in both.
std::vector<Harm> added(const Reading& reading) {
  std::vector<Harm> all;
  for (std::size_t i = 0; i < reading.with.size(); ++i) {
    const Harm alone = i < reading.alone.size() ? reading.alone[i] : Harm{};
    const Harm& with = reading.with[i];
    all.push_back({std::max(0.0, with.down_s - alone.down_s),
                   std::max(0.0, with.lossy_s - alone.lossy_s),
                   std::max(0.0, with.requests - alone.requests)});
  }
  return all;
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
          fmt::format("--until {}: the first fault comes at {}",
                      format_duration({*options_.until_s}), format_duration(faults.front().at)),
          "watch for longer");
    }
    const Damage likely = damage_of(bp_, catalog_, scenario_, Luck::likely, diagnostics_);
    if (diagnostics_.has_errors()) {
      return std::optional<Simulated>();
    }
    std::vector<blueprint::Assumption> assumptions;
    users_ = users_of(bp_, scenario_, assumptions);
    auto first = run(bp_, catalog_, scenario_, likely, Strain::likely, users_, options_);
    if (!first) {
      return tl::unexpected<base::Error>(first.error());
    }
    options_.until_s = first->until_s;
    Simulated out = told(bp_, *first);
    out.assumptions.insert(out.assumptions.begin(), assumptions.begin(), assumptions.end());
    out.scenario = scenario_.name;
    out.engine = options_.engine == Engine::flow ? "flow" : "requests";
    out.rto_s = blueprint::objective_of(bp_.objectives(), class_of(scenario_)).rto.value;
    Reading reading{{harm_of(*first)}, {}};
    if (!out.is_partial) {
      repeat(likely, requests_in(*first), reading);
      play_alone(Strain::likely, reading);
    }
    out.runs = reading.with.size();
    read(reading, out);
    if (options_.engine == Engine::flow && !out.is_partial) {
      widen_by(Luck::good, Strain::low, out);
      widen_by(Luck::bad, Strain::high, out);
    }
    out.gravest = first->staged.gravest;
    judge(out);
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

  /// The request engine is run again with other seeds, as often as their number allows.
  void repeat(const Damage& damage, double requests, Reading& reading) {
    if (options_.engine == Engine::flow) {
      return;
    }
    constexpr double kLeastRuns = 3;  // of two, the interval says next to nothing
    constexpr double kMostRuns = 10;
    constexpr double kMostRequests = 10e6;
    const auto runs = options_.runs > 0
                          ? options_.runs
                          : static_cast<std::size_t>(std::clamp(
                                kMostRequests / std::max(1.0, requests), kLeastRuns, kMostRuns));
    SimulateOptions how = options_;
    for (std::size_t i = 1; i < runs; ++i) {
      how.seed = options_.seed + i;
      const auto again = run(bp_, catalog_, scenario_, damage, Strain::likely, users_, how);
      if (!again || again->outcome.is_cut_off) {
        return;
      }
      reading.with.push_back(harm_of(*again));
    }
  }

  void play_alone(Strain strain, Reading& reading) {
    SimulateOptions how = options_;
    for (std::size_t i = 0; alone_ && i < reading.with.size(); ++i) {
      how.seed = options_.seed + i;
      const auto other = run(bp_, catalog_, *alone_, Damage{}, strain, users_, how);
      if (!other || other->outcome.is_cut_off) {
        reading.alone.clear();
        return;
      }
      reading.alone.push_back(harm_of(*other));
    }
  }

  void read(const Reading& reading, Simulated& out) const {
    out.down_s = mean_of(reading.with, &Harm::down_s);
    out.lossy_s = mean_of(reading.with, &Harm::lossy_s);
    out.lost_requests = mean_of(reading.with, &Harm::requests).value;
    if (!reading.alone.empty()) {
      const auto by_faults = added(reading);
      out.alone = {mean_of(reading.alone, &Harm::down_s), mean_of(reading.alone, &Harm::lossy_s),
                   mean_of(reading.alone, &Harm::requests).value, mean_of(by_faults, &Harm::down_s),
                   mean_of(by_faults, &Harm::lossy_s)};
    }
  }

  /// One end of what nobody stated.
  void widen_by(Luck luck, Strain strain, Simulated& out) {
    const Damage damage = damage_of(bp_, catalog_, scenario_, luck, diagnostics_);
    const auto other = run(bp_, catalog_, scenario_, damage, strain, users_, options_);
    if (!other || other->outcome.is_cut_off) {
      return;
    }
    Reading reading{{harm_of(*other)}, {}};
    widen(out.down_s, reading.with.front().down_s);
    widen(out.lossy_s, reading.with.front().lossy_s);
    play_alone(strain, reading);
    if (out.alone && !reading.alone.empty()) {
      widen(out.alone->down_s, reading.alone.front().down_s);
      widen(out.alone->lossy_s, reading.alone.front().lossy_s);
      const Harm by_faults = added(reading).front();
      widen(out.alone->added_down_s, by_faults.down_s);
      widen(out.alone->added_lossy_s, by_faults.lossy_s);
    }
  }

  static void judge(Simulated& out) {
    const Verdict best = verdict_of(out.down_s.low, out.lossy_s.low, out.rto_s);
    const Verdict worst = verdict_of(out.down_s.high, out.lossy_s.high, out.rto_s);
    const bool is_settled = best == worst || (best != Verdict::no && worst != Verdict::no);
    out.survives = !out.is_partial && is_settled ? worst : Verdict::unknown;
    // What goes on when nobody watches any more may last longer than it was seen to.
    const bool is_open = !out.recovers && out.survives != Verdict::no;
    out.survives = is_open ? Verdict::unknown : out.survives;
    constexpr std::string_view kOpen = "it was not over when the watch ended (until)";
    out.because = out.is_partial                 ? "it was stopped before its end"
                  : is_open && is_loads_own(out) ? fmt::format("{}; {}", kByLoad, kOpen)
                  : is_open && !is_settled       ? fmt::format("{}; {}", reason_of(out), kOpen)
                  : is_open                      ? std::string(kOpen)
                                                 : reason_of(out);
  }

  static constexpr std::string_view kByLoad = "load alone does it, faults or not";

  /// Is it load that does most of it, faults or not?
  static bool is_by_load(const Likely& down, const Likely& alone, double Likely::*end) {
    constexpr double kMost = 0.8;
    return down.*end > 0 && alone.*end >= kMost * (down.*end);
  }

  static bool is_loads_own(const Simulated& s) {
    const bool is_down = s.down_s.value > 0;
    return s.alone && is_by_load(is_down ? s.down_s : s.lossy_s,
                                 is_down ? s.alone->down_s : s.alone->lossy_s, &Likely::value);
  }

  static std::string reason_of(const Simulated& s) {
    if (s.survives == Verdict::unknown) {
      const bool is_by_load_alone = s.alone && is_by_load(s.down_s, s.alone->down_s, &Likely::high);
      return fmt::format("down between {} and {}, by {}{}", format_duration({s.down_s.low}),
                         format_duration({s.down_s.high}),
                         s.runs > 1 ? "chance" : "what nobody stated",
                         is_by_load_alone ? ", at worst by load alone" : "");
    }
    if (s.down_s.value <= 0 && s.lossy_s.value <= 0) {
      return "users notice nothing";
    }
    if (is_loads_own(s)) {
      return std::string(kByLoad);
    }
    return s.gravest.empty() ? full_of(s) : s.gravest;
  }

  /// Which part is full first.
  static std::string full_of(const Simulated& s) {
    const auto full = std::find_if(s.story.begin(), s.story.end(), [](const StoryLine& line) {
      return line.told == findings::Told::part;
    });
    return full == s.story.end() ? "users lose requests" : fmt::format("{} is full", full->name);
  }

  const Blueprint& bp_;
  const catalog::Catalog& catalog_;
  const Scenario& scenario_;
  SimulateOptions options_;
  base::Diagnostics& diagnostics_;
  std::optional<Scenario> alone_;
  double users_ = 0;
};

}  // namespace

Verdict verdict_of(double down_s, double lossy_s, double rto_s) {
  return down_s > rto_s ? Verdict::no : lossy_s > rto_s ? Verdict::degraded : Verdict::yes;
}

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
