#pragma once

#include "backtest/backtest.h"

namespace outlast::backtest {

/// From this time on a loss counts as one, in seconds.
inline constexpr double kLoss = 300;

/// Counts what was told right, by the functions that are scored; the rules beside it.
void add_up(Backtest& backtest);

}  // namespace outlast::backtest
