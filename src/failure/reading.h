#pragma once

#include "blueprint/blueprint.h"
#include "failure/bound.h"
#include "failure/dependence.h"
#include "failure/placements.h"

namespace outlast::failure {

/// How a blueprint is read where it does not tell.
struct Reading {
  Bound placement = Bound::evidence;  ///< uncertain zones, unknown numbers of replicas
  Bound load = Bound::evidence;       ///< how many replicas carry the load, where assumed
  Bound edges = Bound::evidence;      ///< needs that are only inferred
  Bound buffers = Bound::evidence;    ///< those of unknown size
  Bound copies = Bound::evidence;     ///< of a store's data: those that no input tells of
  /// Where uncertain zones are taken to lie, instead of a bound; must outlive the reading.
  const Placement* zones = nullptr;

  /// The zone that a zone is taken to be.
  [[nodiscard]] blueprint::FateGroupId zone_of(blueprint::FateGroupId zone) const {
    return zones == nullptr || !zone.exists() ? zone : (*zones)[zone];
  }
  /// How many replicas it takes to serve.
  [[nodiscard]] std::size_t replicas_needed(const blueprint::Component& c) const {
    if (!c.at_least_is_assumed || load == Bound::evidence) {
      return c.at_least;
    }
    return load == Bound::pessimistic ? c.replicas.size() : 1;
  }
  /// Does a need stop requests of these operations that is not met?
  [[nodiscard]] bool takes_part(const blueprint::Need& need,
                                blueprint::Operations operations) const {
    const bool is_only_possible = need.confidence == blueprint::Confidence::inferred;
    return stops(need.strength) && (need.operations & operations) != 0 &&
           (!is_only_possible || edges == Bound::pessimistic);
  }
};

}  // namespace outlast::failure
