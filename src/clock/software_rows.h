#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "findings/evaluation.h"

namespace outlast::clock {

/// The rows of what goes wrong in software alone, on one model of the load.
///
/// "A server turns slow": one replica works on, at a fraction of its speed, and its health checks
/// pass, until people find it. Of the parts that are used most the worst is shown.
/// "Zones are cut apart": the link between two zones is gone, and both go on. The pair that costs
/// most is shown.
///
/// out     slow: n/a where no server of one's own is on the way of users; unknown where nobody states
///         how many users there are, for then it is not known what a slow one still carries
///         cut apart: n/a where nothing lies in two zones; unknown where zones are not known, or both
///         sides of a store would go on taking writes
/// cost    a few runs of the flow engine, and one of a few minutes for each pair of zones
/// assumes
[[nodiscard]] std::vector<findings::SurvivalRow> software_rows(
    const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
    std::vector<blueprint::Assumption>& assumptions);

}  // namespace outlast::clock
