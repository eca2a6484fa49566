#pragma once

#include <gmpxx.h>

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/units.h"

namespace outlast::engines::cost {

/// A number without any rounding: prices have up to twelve decimals, and a month has 730 hours.
using Exact = mpq_class;

/// "0.0052", "12", "1,000" is none: digits with at most one point, nothing else.
///
/// errors  anything else, and more than 30 digits: no price needs them
[[nodiscard]] base::Result<Exact> parse_exact(std::string_view text);

/// Whole cents; half a cent is rounded up, as invoices do.
/// assumes  not negative, and below nine trillion dollars: beyond that the most there is
[[nodiscard]] base::Money to_cents(const Exact& dollars);

/// "730", "8.5", "0.333333": at most six decimals, for people and reports.
[[nodiscard]] std::string decimal_text(const Exact& number);

/// An exact amount of money.
[[nodiscard]] Exact dollars_of(base::Money money);

}  // namespace outlast::engines::cost
