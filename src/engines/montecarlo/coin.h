#pragma once

#include "engines/montecarlo/kernel.h"

namespace outlast::engines::montecarlo {

/// The cheapest way to throw an event of probability p: enough halvings that what they leave over
/// is rare, and no more.
/// in      p in [0,1]
/// out     throws p exactly, but for the rounding of doubles
[[nodiscard]] Coin coin_for(double p);

}  // namespace outlast::engines::montecarlo
