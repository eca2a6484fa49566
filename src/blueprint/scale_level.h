#pragma once

#include <optional>

#include "blueprint/attributes.h"

namespace outlast::blueprint {

/// The busy share that an autoscaler keeps, by its target: "cpu 60%".
/// out  within (0, 1]; absent where there is no target, or it is no share of what a replica has
[[nodiscard]] std::optional<double> level_of(const Scale& scale);

}  // namespace outlast::blueprint
