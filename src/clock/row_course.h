#pragma once

#include "findings/evaluation.h"
#include "findings/simulated.h"

namespace outlast::clock {

/// A run as the course of a row: what happens with how components stand then, and how users fare;
/// nothing where the row's verdict is unknown, for a run is but the likely reading.
///
/// in  begins_s   when the fault does, from which on it is told
///     has_users  they are as many as are stated: else only the share of lost requests is told
void tell_course(const findings::Simulated& day, double begins_s, bool has_users,
                 findings::SurvivalRow& row);

}  // namespace outlast::clock
