#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "catalog/catalog.h"
#include "failure/dependence.h"
#include "failure/impact.h"
#include "findings/evaluation.h"
#include "replay/replay.h"

namespace outlast::pipeline {

/// A row for each incident that belongs into every check: case "incident", mode its id.
/// in    telling  whether their stories are told, too
/// cost  two or three plays for each (`replay_of`)
[[nodiscard]] std::vector<findings::SurvivalRow> incident_rows(
    const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
    const failure::Dependence& dependence, const std::vector<failure::Path>& paths,
    replay::Telling telling);

}  // namespace outlast::pipeline
