#pragma once

#include "engines/simulation/model.h"
#include "engines/simulation/outcome.h"

namespace outlast::engines::simulation {

/// Runs a model request by request: what happens to each of them, drawn at random.
///
/// in      model    as `check_model` wants it
/// out     the same bytes for the same model, options and seed
/// cost    O(log n) an event, n events pending; 5 events a request of three stations
/// errors  over budget: the outcome ends early and says so
/// assumes a caller that gives up closes its connection; the work goes on. Who is under way at a
///         station counts as present there from arrival to the end of its own work.
[[nodiscard]] Outcome simulate_requests(const Model& model, const RunOptions& options);

}  // namespace outlast::engines::simulation
