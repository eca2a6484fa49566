#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace outlast::base {

/// A day of the calendar; by default the one before all.
struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
  friend auto operator<=>(const Date&, const Date&) = default;
};

/// "2027-01-31"; absent for anything else, also for days that no month has.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

[[nodiscard]] std::string format_date(const Date& date);

/// The day a year later, for comparison: the last of February may be one that year lacks.
[[nodiscard]] constexpr Date a_year_after(const Date& date) {
  return {date.year + 1, date.month, date.day};
}

}  // namespace outlast::base
