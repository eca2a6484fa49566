#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "findings/evaluation.h"

/// What a real outage does to an architecture: the answer, as report prints it.
namespace outlast::findings {

/// One thing that happens, in time.
struct ReplayStep {
  double at_s = 0;        ///< since the incident began
  std::string component;  ///< id; of the provider's own doings who did them: "aws"
  std::string event;
  std::string cause;
};

/// How it ends, taken one way.
struct ReplayOutcome {
  Verdict survives = Verdict::not_exposed;
  double downtime_s = 0;  ///< some journey loses at least half of its requests
  double degraded_s = 0;  ///< some journey loses more than one request in a hundred, or a soft need
  double users = 0;       ///< share of all requests that is lost at the worst moment
  double over_s = 0;      ///< nothing is lost any more, counted from the incident's beginning
};

/// A change that would have been enough, tried.
struct Prevention {
  std::string what;
  std::vector<std::string> components;
  ReplayOutcome outcome;
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
  std::string question;  ///< what should be known then
  ReplayOutcome at_worst_time;
  double worst_time_s = 0;  ///< of the day, UTC; that of the incident where no other is worse
  DataLost data;
  std::vector<std::string> because;
  std::vector<ReplayStep> story;
  ReplaySeries series;  ///< of the outcome that is told
  std::vector<Prevention> prevented_by;
  std::vector<std::string> hit;  ///< ids of components that a phase hits themselves
  std::vector<blueprint::Assumption> assumptions;
};

/// "unknown" where it depends on what is not known.
[[nodiscard]] Verdict verdict_of(const Replay& replay);

}  // namespace outlast::findings
