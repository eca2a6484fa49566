#pragma once

#include <cstdint>

#include "blueprint/attributes.h"
#include "engines/simulation/model.h"

/// What callers and parts are told to do, as the engines have it.
namespace outlast::clock {

/// A number of what is there at once: at least one.
[[nodiscard]] std::size_t at_once(std::int64_t stated);

/// A call that is made by a policy; whom it goes to and how often is not told by that.
[[nodiscard]] engines::simulation::Call call_by(const blueprint::CallPolicy& policy);

[[nodiscard]] engines::simulation::Discipline discipline_of(blueprint::Order order);

}  // namespace outlast::clock
