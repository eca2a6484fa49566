#pragma once

#include <cstddef>
#include <vector>

#include "engines/faulttree/diagram.h"
#include "failure/structure.h"
#include "pipeline/fact_draws.h"

namespace outlast::pipeline {

/// What a structure's diagrams tell of one event and one top gate.
struct OfEvent {
  std::size_t event;  ///< index in structure.events()
  double up_after;    ///< P(up | it has happened)
  double drop;        ///< P(up | it did not happen) − P(up | it has happened)
  double critical;    ///< P(down) − P(down | it did not happen)
};

/// What the diagrams of its modules tell of one top gate.
struct TopFigures {
  double unavailability = 0;
  double low = 0;  ///< equal to the unavailability where it is exact
  double high = 0;
  double outages_per_s = 0;
  bool is_exact = true;
  std::vector<OfEvent> events;  ///< those the gate depends on, ascending
  /// Unavailability in every draw of the facts; empty where none of them is drawn.
  std::vector<double> drawn;
  bool is_averaged = false;  ///< the mean over the draws is not the value at mean facts
};

/// Which event each variable of a structure belongs to; `kNoEvent`: to none (a shock's hit).
inline constexpr std::size_t kNoEvent = static_cast<std::size_t>(-1);
[[nodiscard]] std::vector<std::size_t> events_by_variable(const failure::Structure& structure);

/// A probability after its odds were multiplied: stays below 1.
[[nodiscard]] constexpr double scaled_odds(double p, double factor) {
  return p * factor / (1 - p + p * factor);
}

/// Solves a top gate and reads its diagrams.
///
/// in      event_of_variable  of `events_by_variable`
///         budget             for solving it
/// cost    solving it, then two passes over its diagrams per event of several variables and one per
///         draw
/// errors  none: over budget proven bounds, without events
/// source  Birnbaum 1969; Vesely 1970
[[nodiscard]] TopFigures figures_of(const failure::Structure& structure, base::GateId top,
                                    const std::vector<std::size_t>& event_of_variable,
                                    const FactDraws& draws,
                                    const engines::faulttree::Budget& budget);

}  // namespace outlast::pipeline
