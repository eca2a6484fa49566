#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/units.h"
#include "findings/evaluation.h"

/// What a real outage does to an architecture: the answer, as report prints it.
namespace outlast::findings {

/// How it ends, taken one way.
struct ReplayOutcome {
  Verdict survives = Verdict::not_exposed;
  double downtime_s = 0;  ///< some journey loses at least half of its requests
  double degraded_s = 0;  ///< some journey loses more than one request in a hundred, or a soft need
  double late_s = 0;      ///< work of some journey waits in a queue for what is lost
  double users = 0;       ///< share of all requests that is lost at the worst moment
  double over_s = 0;      ///< nothing is lost any more, counted from the incident's beginning
  /// Those who lose their requests, times how long; absent where nobody says how many users there are.
  std::optional<double> user_minutes = {};
  /// Where the structure survives it, and what is left does not carry the load, or may not: why.
  std::vector<std::string> by_load = {};
};

/// How it ends where one is among other customers than `Replay::outcome` has it, and hit as well.
struct OtherCohort {
  std::string traits;  ///< "proxy: old"
  ReplayOutcome outcome;
};

/// What one journey loses, at worst of its paths.
struct JourneyOutcome {
  std::string journey;
  double downtime_s = 0;
  double degraded_s = 0;
  double late_s = 0;
  double most_lost = 0;  ///< share of its requests, at the worst moment
};

/// Between which ends each figure lies, where all that is uncertain turns out well, and where it turns
/// out badly: estimates of the incident, and how long recoveries take, at their 10th and 90th percentile
/// together.
struct ReplayRange {
  ReplayOutcome least;
  ReplayOutcome most;
  std::vector<JourneyOutcome> least_by_journey;
  std::vector<JourneyOutcome> most_by_journey;
};

/// What a prevention adds to the bill of a month, as far as prices are known.
struct PreventionPrice {
  base::Money monthly;       ///< of what is priced
  std::size_t unpriced = 0;  ///< lines of the bill without a price
  std::size_t open = 0;      ///< lines per use, of which nobody said how much
};

/// A change that would have been enough, tried.
struct Prevention {
  std::string what;
  std::vector<std::string> components;
  ReplayOutcome outcome;
  /// How many times what a component costs now is paid again; none: a setting, which costs nothing.
  std::map<std::string, double> adds;
  std::optional<PreventionPrice> price;  ///< absent where no bill was written
};

/// Shares of requests lost over the time since the incident began, at even steps.
struct ReplaySeries {
  struct Track {
    std::string component;  ///< id
    std::string name;
    std::vector<double> lost;
  };
  double step_s = 0;
  std::vector<double> lost;       ///< of all requests; empty where nothing is lost
  std::vector<double> loss_usd;   ///< what those lost so far were worth; empty: nobody says
  std::vector<Track> components;  ///< that users feel, by id
};

struct Replay {
  std::string incident;
  std::string title;
  std::string began;
  blueprint::FaultClass fault_class = blueprint::FaultClass::region;
  blueprint::RecoveryObjective objective;
  ReplayOutcome outcome;  ///< of the worse one where `spared` stands beside it
  /// The same where what is not known is not hit, and where that decides the verdict.
  std::optional<ReplayOutcome> spared;
  /// Where customers of several kinds were hit, each otherwise, and one may be of any of them: those
  /// that fare otherwise than both, by their traits.
  std::vector<OtherCohort> others;
  std::string question;  ///< what should be known then
  /// What of the way to users is not understood, so that nothing but a fall is sure; empty: all is.
  std::string blind_spot;
  std::vector<std::string> as_if;     ///< "region=ap-northeast-2": who it was played on instead
  std::optional<double> begins_at_s;  ///< time of day, UTC, where it was played at another
  std::optional<ReplayRange> range;   ///< of `outcome`; absent where it was not asked for
  ReplayOutcome at_worst_time;
  double worst_time_s = 0;  ///< of the day, UTC; that of the incident where no other is worse
  DataLost data;
  std::vector<JourneyOutcome> journeys;         ///< of `outcome`
  std::vector<JourneyOutcome> spared_journeys;  ///< where what is not known is not hit
  std::vector<std::string> because;
  std::vector<TimedStep> story;
  ReplaySeries series;  ///< of the outcome that is told
  std::vector<Prevention> prevented_by;
  std::vector<std::string> hit;  ///< ids of components that a phase hits in what is asked of them
  std::vector<blueprint::Assumption> assumptions;
};

/// "unknown" where it depends on what is not known.
[[nodiscard]] Verdict verdict_of(const Replay& replay);

}  // namespace outlast::findings
