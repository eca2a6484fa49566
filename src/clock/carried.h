#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "clock/load_model.h"

namespace outlast::clock {

/// Do so many users who stay lose no more than one request in a hundred, once groups have grown? And is
/// it not likely that within an hour chance alone tips a part over?
/// out     absent where that takes too many steps to be seen
/// cost    a short run of the flow engine
[[nodiscard]] std::optional<bool> carries(const LoadModel& load, double users);

/// The most users that are carried, within two hundredths.
///
/// in      most  that any of its parts could work for: no more are tried
/// out     absent where that takes too many steps to be seen
/// cost    one run where that many are carried, else some six
[[nodiscard]] std::optional<double> carried_users(const LoadModel& load, double most);

/// The error where a run takes more steps than anybody waits for; it names the call that is given up
/// soonest, where that is why.
[[nodiscard]] tl::unexpected<base::Error> too_long(std::string_view what, const LoadModel& load);

/// With their queues, which have places for each replica.
void set_replicas(engines::simulation::Station& station, std::size_t replicas);

/// Groups stand at the start as they do with so many users who have been there for a while.
void grow_for(LoadModel& load, double users);

}  // namespace outlast::clock
