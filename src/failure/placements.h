#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"

namespace outlast::failure {

/// By fate group: the zone that a zone is taken to be. A certain zone is itself; one of which only
/// a subnet is known may be a certain one, the same as another unknown one, or one of its own.
using Placement = base::IdVector<blueprint::FateGroupId, blueprint::FateGroupId>;

/// Zones of a region of which the catalog knows no number.
inline constexpr std::size_t kMostZones = 6;

/// As many ways are looked at one by one; with more of them the answer is bounds.
inline constexpr std::size_t kMostPlacements = 16;

/// By fate group: a zone in which something lies, or may lie, that a journey rests on. Where others
/// lie is nobody's downtime.
[[nodiscard]] std::vector<bool> zones_in_play(const blueprint::Blueprint& bp);

/// Every way in which the zones in play that are not known can fall together: set partitions of the
/// unknown zones of each region among the known ones and the rest of the region's zones, in a
/// fixed order, the first with all of them apart where there is room.
///
/// Two in one zone hurt what should carry on without each other, and help what needs both: no end
/// of this is the worst for all, so every one is looked at.
/// out     empty where none of them is unknown, where there are more than `most`, or where one unknown
///         zone stands for the places of several replicas
/// assumes zones of different accounts are told apart: their names say nothing
/// source  SEMANTICS, unknowns: set partitions per fate class
[[nodiscard]] std::vector<Placement> possible_placements(const blueprint::Blueprint& bp,
                                                         const catalog::Catalog& catalog,
                                                         std::size_t most);

}  // namespace outlast::failure
