#pragma once

#include "findings/simulated.h"

namespace outlast::clock {

/// no: down for longer than it may be; degraded: losing requests, or without what users can do
/// without, for longer; yes: neither.
[[nodiscard]] findings::Verdict verdict_of(double down_s, double partly_s, double rto_s);

/// Sets what a day means: does the architecture survive it, and why so?
///
/// in  by_chance  how long it was down, by the luck of its requests alone
void judge(findings::Simulated& day, const findings::Likely& by_chance);

/// Where more data is gone than may be, a day is not survived, however short it was: whatever else is
/// not known.
void judge_data(findings::Simulated& day);

}  // namespace outlast::clock
