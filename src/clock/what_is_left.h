#pragma once

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "failure/events.h"
#include "findings/evaluation.h"
#include "replay/weight.h"

namespace outlast::clock {

/// What is survived by its structure is not where what is left cannot carry the users there are: a
/// second site that is too small, too few replicas in the other zone. It is played with its load and
/// with next to none; what the load makes worse counts.

/// A row of a server, a zone or a region.
///
/// in      row  judged by structure; left as it is where nobody states how many users there are
/// cost    a few runs of the flow engine where the row is survived
/// assumes A-113
void weigh_what_is_left(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                        const failure::Event& event, findings::SurvivalRow& row);

/// The same of the days of incidents, for replays.
/// in  bp, catalog  must outlive it
[[nodiscard]] replay::Weigher weigher_of(const blueprint::Blueprint& bp,
                                         const catalog::Catalog& catalog);

}  // namespace outlast::clock
