#pragma once

#include "engines/simulation/model.h"
#include "engines/simulation/outcome.h"

namespace outlast::engines::simulation {

/// Runs a model as flows: no request is looked at, so the cost does not depend on how many there
/// are, and nothing is random.
///
/// in      model    as `check_model` wants it
/// out     the same tracks as `simulate_requests`, their means
/// cost    stations, of those alike (`alike.h`) one, × steps; steps are long at rest and a tenth of the
///         shortest patience while anything moves
/// errors  over budget: the outcome ends early and says so
/// assumes what is called answers as its queue stands at the time of the call; last in first out
///         serves as many of the newest as there are servers for
/// source  Wang, Tipper & Banerjee 1996 (pointwise stationary fluid flow)
[[nodiscard]] Outcome simulate_flow(const Model& model, const RunOptions& options);

}  // namespace outlast::engines::simulation
