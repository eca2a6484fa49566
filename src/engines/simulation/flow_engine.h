#pragma once

#include <cstdint>

#include "engines/simulation/model.h"
#include "engines/simulation/outcome.h"

namespace outlast::engines::simulation {

/// Runs a model as flows: no request is looked at, so the cost does not depend on how many there
/// are, and nothing is random.
///
/// in      model    as `check_model` wants it
/// out     the same tracks as `simulate_requests`, their means
/// cost    stations × steps; steps are long at rest and a tenth of the shortest patience while
///         anything moves
/// errors  over budget: the outcome ends early and says so
/// assumes what is called answers as its queue stands at the time of the call; last in first out
///         serves as many of the newest as there are servers for
/// source  Wang, Tipper & Banerjee 1996 (pointwise stationary fluid flow)
[[nodiscard]] Outcome simulate_flow(const Model& model, const RunOptions& options);

/// Steps that so much work allows: a step of a station, or of a call, is one of it. A million of it
/// takes about half a second.
[[nodiscard]] std::uint64_t steps_within(const Model& model, std::uint64_t work);

}  // namespace outlast::engines::simulation
