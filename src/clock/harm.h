#pragma once

#include <optional>
#include <vector>

#include "clock/run.h"
#include "findings/simulated.h"

namespace outlast::clock {

/// How one run ended for users: of the journey that fared worst.
struct Harm {
  double down_s = 0;
  double lossy_s = 0;
  double partly_s = 0;  ///< losing requests, or without something that they can do without
  double requests = 0;
};

[[nodiscard]] Harm harm_of(const Run& run);

/// One way to read what nobody stated, with its harm and that of load alone.
struct Reading {
  std::vector<Harm> with;   ///< by run
  std::vector<Harm> alone;  ///< the same; empty: nothing fails on this day
};

/// The same day on which nothing fails: users come and go, and people add capacity for them. Absent
/// where nothing fails anyway.
[[nodiscard]] std::optional<blueprint::Scenario> without_faults(
    const blueprint::Scenario& scenario);

/// What the faults add: run by run, for load has the same luck in both.
[[nodiscard]] std::vector<Harm> added(const Reading& reading);

/// Mean over the runs, and the interval that holds the mean of all runs nineteen times in twenty; of
/// a single run its value.
/// source  Student 1908
[[nodiscard]] findings::Likely mean_of(const std::vector<Harm>& runs, double Harm::*of);

/// A range that holds another one, too; what is likely stays.
void widen(findings::Likely& range, const findings::Likely& by);

}  // namespace outlast::clock
