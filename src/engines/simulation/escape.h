#pragma once

#include <optional>

#include "engines/simulation/model.h"

/// Where chance alone tips a station over: no flow ever does, requests do.
namespace outlast::engines::simulation {

/// A station that would stay full by its retries, and how long it takes in the mean until it is full by
/// chance.
struct Escape {
  StationId station;
  double soonest_s = 0;  ///< between these; they are far apart where callers pause between tries
  double latest_s = 0;

  /// P(it has tipped over within so long): at least, and at most.
  [[nodiscard]] double surely_within(double period_s) const;
  [[nodiscard]] double at_most_within(double period_s) const;
};

/// in      model  as it stands: replicas, and users at their last rates
/// out     the station that tips over soonest; none where retries of its own callers cannot keep one
///         full, where its line is too short for them to give up, or where callers have a breaker
/// cost    linear in the number present at which it tips over
/// assumes exponential service, first in first out; callers of callers do not ask again
/// source  mean time of a birth-death chain (Karlin & McGregor 1957); that births follow retries at
///         once, and that ten times sooner and later bound it, by request-level runs
///         (tests/known/simulation_escape_test.cc)
[[nodiscard]] std::optional<Escape> escape_of(const Model& model);

}  // namespace outlast::engines::simulation
