#pragma once

#include <optional>
#include <vector>

#include "engines/simulation/model.h"
#include "engines/simulation/outcome.h"

namespace outlast::engines::simulation {

/// A model in which one station stands for all that fare as it does.
struct Lumped {
  Model model;
  // By what the whole has, what of the model tells of it.
  std::vector<StationId> stations;
  std::vector<CallId> calls;  ///< absent: nobody makes it
  std::vector<std::size_t> sources;
};

/// Stations that are the same, are called alike by stations that are alike, call such in the same
/// order, and to which the same happens at the same time, fare alike: one of them is kept.
///
/// out     absent where hardly any two are alike
/// cost    stations and calls, at most some hundred times
/// assumes `check_model` holds
[[nodiscard]] std::optional<Lumped> lumped(const Model& model);

/// What a run of the lumped model tells of the whole.
[[nodiscard]] Outcome told_of_all(Outcome of_lumped, const Lumped& lumped);

}  // namespace outlast::engines::simulation
