#pragma once

namespace outlast::base {

/// The number that `format_number` prints: for orders in which what looks the same is the same.
[[nodiscard]] double as_printed(double value);

}  // namespace outlast::base
