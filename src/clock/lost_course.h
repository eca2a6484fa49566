#pragma once

#include "clock/seen.h"
#include "replay/weight.h"

namespace outlast::clock {

/// Tells of a day that ends worse by its load what each path and each full part loses, in time: as it
/// is likely, and of what the faults add.
///
/// in      day     its faults from `kSeenFrom_s` on
///         weight  names the parts that are full
/// out     times since then; what is lost for nearly all of the watch goes on
/// cost    two runs
void tell_losses(const blueprint::Blueprint& bp, const catalog::Catalog& catalog,
                 const blueprint::Scenario& day, const SimulateOptions& how, const Watch& watch,
                 replay::Weight& weight);

}  // namespace outlast::clock
