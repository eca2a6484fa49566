#pragma once

namespace outlast::base {

/// The number that `format_number` prints: for orders in which what looks the same is the same.
[[nodiscard]] double as_printed(double value);

/// The nearest number at or below, and at or above it, that `format_number` prints as it is: for the
/// ends of what something is proven to lie between.
[[nodiscard]] double printed_at_most(double value);
[[nodiscard]] double printed_at_least(double value);

}  // namespace outlast::base
