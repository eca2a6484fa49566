#pragma once

#include "blueprint/blueprint.h"
#include "findings/replay.h"
#include "replay/player.h"

namespace outlast::replay {

/// What is lost from the beginning until the last change, to be drawn.
///
/// in    with_components  of each that loses something, too
/// out   nothing where nothing is lost; else a fixed number of moments
/// cost  moments times paths and components that lose something
[[nodiscard]] findings::ReplaySeries series_of(const blueprint::Blueprint& bp, const Played& played,
                                               bool with_components);

}  // namespace outlast::replay
