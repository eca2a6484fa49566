#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "base/result.h"

namespace outlast::base {

/// A whole number as people write it: digits and nothing else.
/// errors  "-1" is no whole number from 0 to 125
[[nodiscard]] Result<std::uint64_t> parse_whole_number(
    std::string_view text, std::uint64_t least = 0,
    std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

/// A finite number: "0.5", "1e6".
/// errors  "nan" is no number from 0 on
[[nodiscard]] Result<double> parse_number(std::string_view text,
                                          double least = -std::numeric_limits<double>::infinity());

}  // namespace outlast::base
