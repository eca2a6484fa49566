#pragma once

#include <optional>
#include <vector>

#include "blueprint/blueprint.h"
#include "clock/run.h"

namespace outlast::clock {

/// What requests do without, because a soft need of something on their way does not answer.
struct Missed {
  blueprint::NeedId need;
  std::vector<double> share;  ///< of the requests that ask for it, by step
};

/// Soft needs that some request did without, in the order of the blueprint.
/// in  needs  that are looked at
///     kind   of the requests that are looked at; none: of all
[[nodiscard]] std::vector<Missed> missed_in(const Run& run,
                                            const std::vector<blueprint::NeedId>& needs,
                                            std::optional<std::size_t> kind = std::nullopt);

/// Share of its value that what is missed takes from a journey: nothing of it is lost twice.
struct ValueLost {
  std::vector<double> low;  ///< by step
  std::vector<double> high;
};
[[nodiscard]] ValueLost value_lost(const blueprint::Blueprint& bp,
                                   const std::vector<Missed>& missed, std::size_t steps);

}  // namespace outlast::clock
