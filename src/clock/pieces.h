#pragma once

#include <vector>

#include "blueprint/blueprint.h"
#include "clock/load_model.h"

namespace outlast::clock {

/// Replicas that are a station of their own.
struct Piece {
  std::vector<std::size_t> replicas;
  blueprint::FateGroupId zone;
  bool is_slow = false;
  bool is_elsewhere = false;
};

/// The stations that a component is, by what is to be told apart: one where nothing is.
[[nodiscard]] std::vector<Piece> pieces_of(const blueprint::Blueprint& bp, const LoadDetail& detail,
                                           blueprint::ComponentId id);

}  // namespace outlast::clock
