#pragma once

#include <span>
#include <string_view>

#include "reproduction/reproduction.h"

namespace outlast::reproduction {

/// What a mechanism is told.
struct Argument {
  std::string_view name;
  Unit unit = Unit::seconds;
  bool must = true;
};

/// The arguments that a mechanism knows.
[[nodiscard]] std::span<const Argument> arguments_of(Mechanism mechanism);

}  // namespace outlast::reproduction
