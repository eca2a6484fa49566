#pragma once

#include <optional>
#include <string>

#include "blueprint/blueprint.h"
#include "clock/load_model.h"

namespace outlast::clock {

/// A call whose answers come too late for its caller though nothing waits in any line.
struct Impatience {
  engines::simulation::CallId call;
  double late = 0;  ///< share of its answers, all attempts counted
};

/// The needed call that most requests fail by, however few there are; absent where hardly any do.
/// assumes  answers vary as the work at what is called does, with its mean and all that it calls
[[nodiscard]] std::optional<Impatience> impatience_of(const LoadModel& load);

/// The call that is given up soonest; absent where all last for so long that steps, a tenth of it
/// while anything moves, are few.
[[nodiscard]] std::optional<engines::simulation::CallId> hastiest_call(const LoadModel& load);

/// "web waits 2 ms for db: too short for 14 % of its answers, however few users there are".
[[nodiscard]] std::string told_of(const Impatience& impatience, const LoadModel& load);

}  // namespace outlast::clock
