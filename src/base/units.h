#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace outlast::base {

inline constexpr double kSecondsPerMinute = 60.0;
inline constexpr double kSecondsPerHour = 3600.0;
inline constexpr double kSecondsPerDay = 86400.0;
inline constexpr int kHoursPerMonth = 730;  ///< as clouds bill
inline constexpr double kSecondsPerMonth = kHoursPerMonth * kSecondsPerHour;
inline constexpr double kSecondsPerYear = 365.25 * kSecondsPerDay;
inline constexpr double kMinutesPerYear = kSecondsPerYear / 60.0;

/// A length of time.
struct Seconds {
  double value = 0;
  constexpr auto operator<=>(const Seconds&) const = default;
};

/// How often something happens.
struct PerYear {
  double value = 0;
  constexpr auto operator<=>(const PerYear&) const = default;
  [[nodiscard]] constexpr double per_second() const { return value / kSecondsPerYear; }
};

/// A part of a whole, in [0, 1]; a probability is one too.
struct Share {
  double value = 0;
  constexpr auto operator<=>(const Share&) const = default;
};

/// United States dollars, exact to a millionth.
struct Money {
  std::int64_t micro_usd = 0;
  constexpr auto operator<=>(const Money&) const = default;
};

/// "90s", "1h30m", "250 ms", "2 d"; units ms s m (minute) h d w mo y, all of them written.
[[nodiscard]] Result<Seconds> parse_duration(std::string_view text);

/// "13:00" as the time after midnight.
[[nodiscard]] Result<Seconds> parse_time_of_day(std::string_view text);

/// "99.99%" or "0.9999".
[[nodiscard]] Result<Share> parse_share(std::string_view text);

/// "2000 USD/month"; `per` is the unit after the slash that is wanted: "month", "hour".
[[nodiscard]] Result<Money> parse_money(std::string_view text, std::string_view per);

/// "90 s", "22 min", "4.1 h", "12 d": at most two significant digits after rounding, for people.
[[nodiscard]] std::string format_duration(Seconds duration);

/// "99.5 %", "3.46 %": a share, three significant digits, for people.
[[nodiscard]] std::string format_percent(double share);

/// "2 y", "5 weeks": how often, as the time between two, for people.
[[nodiscard]] std::string format_interval(double years);

/// "99.94 %": as many decimals as it takes to see the difference to 100 %.
[[nodiscard]] std::string format_availability(double availability);

/// Nine significant digits: what is printed of any number, so that the last bits never show.
[[nodiscard]] std::string format_number(double value);

}  // namespace outlast::base
