#pragma once

#include "clock/load_model.h"

namespace outlast::clock {

/// Do so many users who stay lose no more than one request in a hundred, once groups have grown? And is
/// it not likely that within an hour chance alone tips a part over?
/// cost    a short run of the flow engine
[[nodiscard]] bool carries(const LoadModel& load, double users);

/// The most users that are carried, within two hundredths.
///
/// in      most  that any of its parts could work for: no more are tried
/// cost    one run where that many are carried, else some six
[[nodiscard]] double carried_users(const LoadModel& load, double most);

/// With their queues, which have places for each replica.
void set_replicas(engines::simulation::Station& station, std::size_t replicas);

/// Groups stand at the start as they do with so many users who have been there for a while.
void grow_for(LoadModel& load, double users);

}  // namespace outlast::clock
