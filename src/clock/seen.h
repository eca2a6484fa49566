#pragma once

#include "base/result.h"
#include "clock/simulate.h"

/// Rows of the survival table that are played as a day with one fault.
namespace outlast::clock {

/// When the fault of such a day comes.
inline constexpr double kSeenFrom_s = 60;
/// Of what is watched: what is lost for so much of it goes on.
inline constexpr double kNearlyAll = 0.8;

/// A scenario as it goes on: what is lost while it is watched is lost for as long as it lasts.
struct Seen {
  findings::Simulated day;
  findings::LoadAlone alone;
  findings::Likely down_s;
  findings::Likely lossy_s;
  findings::Likely partly_s;
  findings::Verdict survives = findings::Verdict::unknown;
};

struct Watch {
  double watched_s = 0;  ///< of it, from when it begins
  double lasts_s = 0;
  double rto_s = 0;
};

[[nodiscard]] blueprint::Scenario with_fault(blueprint::ScenarioFault fault);

/// Why nothing is seen of a day.
enum class Unseen {
  hits_nobody,   ///< its fault takes nothing that is there
  not_followed,  ///< to its end, at each end of what nobody stated
};

[[nodiscard]] base::Result<Seen, Unseen> seen(const blueprint::Blueprint& bp,
                                              const catalog::Catalog& catalog,
                                              const blueprint::Scenario& scenario,
                                              SimulateOptions options, const Watch& watch);

/// Is a scenario survived with all its users at the worse end of what nobody stated, as well as
/// `survived` says? What is carried there is carried at the better end.
///
/// in    scenario  says how many users there are, or the blueprint does
/// cost  one run
[[nodiscard]] bool is_carried(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                              const blueprint::Scenario& scenario, SimulateOptions options,
                              const Watch& watch, findings::Verdict survived);

/// By verdict, then by how much is lost.
[[nodiscard]] bool is_worse(const Seen& a, const Seen& b);

}  // namespace outlast::clock
