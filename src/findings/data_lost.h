#pragma once

#include <string>

#include "findings/evaluation.h"

namespace outlast::findings {

/// Greater is worse: all, then what is not known, a stretch of time, none.
[[nodiscard]] int gravity_of(failure::DataLoss::Kind kind);

/// Adds what a store loses to the worst of what stores lose: named are those that lose as much.
void add(DataLost& worst, const failure::DataLoss& loss, const std::string& store);

}  // namespace outlast::findings
