#pragma once

#include "blueprint/blueprint.h"
#include "findings/replay.h"
#include "replay/player.h"

namespace outlast::replay {

/// What is lost from the beginning until the last change, to be drawn.
///
/// out   nothing where nothing is lost; else a fixed number of moments
/// cost  moments times components that lose something
[[nodiscard]] findings::ReplaySeries series_of(const blueprint::Blueprint& bp,
                                               const Played& played);

}  // namespace outlast::replay
