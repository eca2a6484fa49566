#pragma once

#include <vector>

#include "explain/explain.h"
#include "pipeline/cuts.h"

namespace outlast::explain {

/// So many witnesses are told; the rest is counted.
inline constexpr std::size_t kMostWitnesses = 10;

/// One event, played: what it hits, what stops, who notices for how long.
[[nodiscard]] findings::Witness witness_of(const Subject& subject, failure::EventId event);

/// Plays cuts of several events on the structure function.
class CutPlayer {
 public:
  /// cost  one structure function
  explicit CutPlayer(const Subject& subject);

  /// The minimal cuts of at most two events.
  [[nodiscard]] pipeline::Cuts cuts() const;

  /// in  cut  of `cuts()`
  [[nodiscard]] findings::Witness play(const pipeline::Cut& cut);

 private:
  const Subject& subject_;
  failure::Dependence dependence_;
  failure::Structure structure_;
};

/// Cuts of replicas of the same components are alike: the first of each kind, in their order.
/// out     how many were left out is added to `further`
[[nodiscard]] std::vector<pipeline::Cut> different(const Subject& subject,
                                                   const std::vector<pipeline::Cut>& cuts,
                                                   std::size_t most, std::size_t& further);

}  // namespace outlast::explain
