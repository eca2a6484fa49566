#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reproduction/play.h"

namespace outlast::reproduction {

/// A boundary as the mechanism tells it, beside what the provider told. Times are seconds after the
/// incident began.
struct Row {
  std::string boundary;
  std::string what;
  catalog::Trust trust = catalog::Trust::estimate;
  double published_s = 0;
  When predicted;
  double phase_s = 0;  ///< from the boundary before it, or from what brought it all about
  /// The last thing that people decided within the phase: its time is given, not predicted.
  std::string after;
  double after_s = 0;
  std::vector<std::size_t> rests_on;  ///< parameters, since the boundaries and decisions before it
  bool is_aligned = false;            ///< the clock was set by it: nothing is told
  bool is_fixed = false;              ///< neither fitted nor estimated what it rests on
  bool counts = false;                ///< published, not aligned, and it rests on something

  /// Of the phase; absent where there is none, or it never comes.
  [[nodiscard]] std::optional<double> error() const;
  /// Of what follows the last decision within the phase.
  [[nodiscard]] std::optional<double> error_after_decision() const;
  /// Within a tenth of the phase, or of what follows the last decision where one lies in it: what
  /// people decided is given, not told.
  [[nodiscard]] bool is_told_strictly() const;
  /// The same, or within the minute that published times are told to.
  [[nodiscard]] bool is_told() const;
  /// Within a tenth of the phase as it was published, decisions and all, or within that minute.
  [[nodiscard]] bool is_told_of_phase() const;
};

/// What becomes of it with a repair.
struct Repaired {
  std::string what;
  double reached = 1;     ///< share of those who can be hit
  std::vector<Row> rows;  ///< those that move
};

struct Held {
  Reproduction reproduction;
  std::vector<Row> rows;
  std::vector<Repaired> repairs;

  [[nodiscard]] std::size_t fitted() const;
  [[nodiscard]] std::size_t counted() const;
  [[nodiscard]] std::size_t estimated() const;  ///< parameters that are our estimates
  /// Of those that count, without a fitted or estimated parameter.
  [[nodiscard]] std::size_t told() const;
  [[nodiscard]] std::size_t told_strictly() const;
  [[nodiscard]] std::size_t told_of_phase() const;

 private:
  [[nodiscard]] std::size_t from_sources_alone(bool (Row::*is_so)() const) const;
};

/// When people decided what the incident says they did, on the clock of a reproduction.
///
/// The change is at 0: so long before the incident began as the provider tells, or as it takes to
/// the first impact.
struct Clock {
  double began_s = 0;
  bool is_aligned = false;
  Decisions decisions;
};
[[nodiscard]] Clock clock_of(const Reproduction& reproduction, const incidents::Incident& incident);

/// Plays a reproduction and holds it against its incident.
///
/// assumes decisions of people are given: no mechanism tells when somebody understands
[[nodiscard]] Held held_against(Reproduction reproduction, const incidents::Incident& incident);

}  // namespace outlast::reproduction
