#pragma once

#include <vector>

#include "engines/simulation/draws.h"
#include "engines/simulation/model.h"

namespace outlast::engines::simulation {

/// When the users of a source come.
/// Time is stretched so that the rate is one: for cv² = 1 exactly a Poisson process of that rate.
class ArrivalClock {
 public:
  ArrivalClock(const Source& source, Draws draws) : source_(source), draws_(draws) {}

  /// The next arrival after the one before; infinite where nobody comes any more.
  /// cost  amortised constant
  [[nodiscard]] double next_s();

 private:
  const Source& source_;
  Draws draws_;
  double now_s_ = 0;
  std::size_t piece_ = 0;  ///< points before this one are past
};

}  // namespace outlast::engines::simulation
