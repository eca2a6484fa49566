#pragma once

#include <cstdint>
#include <span>

#include "mef/expressions.h"

namespace outlast::mef {

/// Mean of a deviate.
/// in   a  its arguments' values, as Operation tells them
/// out  not finite where the arguments are out of range
[[nodiscard]] double mean_of(Operation deviate, std::span<const double> a);

/// One draw of a deviate; its stream has 2^16 numbers for each trial.
[[nodiscard]] double draw_of(Operation deviate, std::span<const double> a, std::uint64_t seed,
                             std::uint64_t stream, std::uint64_t trial);

}  // namespace outlast::mef
