#pragma once

#include <string>

#include "base/units.h"

namespace outlast::base {

/// The number that `format_number` prints: for orders in which what looks the same is the same.
[[nodiscard]] double as_printed(double value);

/// The nearest number at or below, and at or above it, that is printed as it is with so many
/// digits, those of `format_number` unless told: for the ends of what something is proven to lie
/// between.
inline constexpr int kPrintedDigits = 9;
[[nodiscard]] double printed_at_most(double value, int digits = kPrintedDigits);
[[nodiscard]] double printed_at_least(double value, int digits = kPrintedDigits);

/// `format_duration` of what is at or below, and at or above it; what may be is never "0 s" at most.
[[nodiscard]] std::string format_duration_at_most(Seconds duration);
[[nodiscard]] std::string format_duration_at_least(Seconds duration);

/// Of the time in a year that something is not so, as a duration; of all the time it is the year.
[[nodiscard]] std::string format_yearly_at_most(double share);
[[nodiscard]] std::string format_yearly_at_least(double share);

/// `format_availability` of what is at or below, and at or above it.
[[nodiscard]] std::string format_availability_at_most(double availability);
[[nodiscard]] std::string format_availability_at_least(double availability);

}  // namespace outlast::base
