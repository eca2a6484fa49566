#include "base/as_printed.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

namespace outlast::base {

namespace {

/// The number that a text says; where it is none, `otherwise`.
double read(const std::string& text, double otherwise) {
  double value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

enum class End { low, high };

/// The digits, the last of them one further where they say more than the low end, or less than the
/// high one.
///
/// in  value  of which the digits are; what differs by rounding alone is the same
std::string outwards(std::string digits, double value, double rounding, End end) {
  const double shown = read(digits, value);
  if (end == End::low ? shown <= value + rounding : shown >= value - rounding) {
    return digits;
  }
  const std::size_t point = digits.find('.');
  const std::size_t decimals = point == std::string::npos ? 0 : digits.size() - point - 1;
  std::erase(digits, '.');
  const long long next = std::strtoll(digits.c_str(), nullptr, 10) + (end == End::low ? -1 : 1);
  return fmt::format("{:.{}f}",
                     static_cast<double>(next) * std::pow(10, -static_cast<double>(decimals)),
                     decimals);
}

double seconds_in(std::string_view unit) {
  constexpr double kMinute = 60, kHour = 3600, kDay = 86400, kMilli = 1e-3;
  return unit == "ms"    ? kMilli
         : unit == "min" ? kMinute
         : unit == "h"   ? kHour
         : unit == "d"   ? kDay
                         : 1;
}

std::string duration_end(Seconds duration, End end) {
  constexpr double kRounding = 1e-12;
  constexpr double kTwoDigits = 9.95;  // below it there is room for one behind the point
  std::string nearest = format_duration(duration);
  const std::size_t space = nearest.find(' ');
  if (space == std::string::npos || duration.value <= 0) {
    return nearest;
  }
  if (nearest == "0 s") {
    return end == End::low ? nearest : "1 ms";
  }
  const std::string_view unit = std::string_view(nearest).substr(space + 1);
  const double value = duration.value / seconds_in(unit);
  std::string digits = nearest.substr(0, space);
  digits += value < kTwoDigits && digits.find('.') == std::string::npos ? ".0" : "";
  digits = outwards(std::move(digits), value, kRounding * value, end);
  return fmt::format("{} {}", digits.ends_with(".0") ? digits.substr(0, digits.size() - 2) : digits,
                     unit);
}

std::string availability_end(double availability, End end) {
  constexpr double kRounding = 1e-13;  // of percents near a hundred
  const std::string nearest = format_availability(availability);
  return outwards(nearest.substr(0, nearest.find(' ')), availability * 100, kRounding, end) + " %";
}

}  // namespace

double as_printed(double value) {
  return read(format_number(value), value);
}

double printed_at_most(double value, int digits) {
  const int decimals = digits - 1;  // behind the first digit
  const std::string text = fmt::format("{:.{}e}", value, decimals);
  const double nearest = value == 0 ? 0 : read(text, value);
  if (!(nearest > value) || !std::isfinite(value)) {
    return nearest;
  }
  // d.dddddddde±x as a whole number and a power of ten: the last digit less by one.
  const std::size_t mark = text.find('e');
  std::string whole = text.substr(0, mark);
  std::erase(whole, '.');
  const long long less = std::strtoll(whole.c_str(), nullptr, 10) - 1;
  const long power = std::strtol(text.c_str() + mark + 1, nullptr, 10) - decimals;
  // From a power of ten down there is room for another digit.
  const bool is_shorter =
      less > 0 && std::to_string(less).size() < static_cast<std::size_t>(digits);
  return read(
      is_shorter ? fmt::format("{}9e{}", less, power - 1) : fmt::format("{}e{}", less, power),
      nearest);
}

double printed_at_least(double value, int digits) {
  return -printed_at_most(-value, digits);
}

std::string format_duration_at_most(Seconds duration) {
  return duration_end(duration, End::low);
}

std::string format_duration_at_least(Seconds duration) {
  return duration_end(duration, End::high);
}

std::string format_yearly_at_most(double share) {
  return format_duration_at_most({share * kSecondsPerYear});
}

std::string format_yearly_at_least(double share) {
  constexpr double kDays = 365;  // beyond it the whole year is told, which has no 366 days
  const Seconds year{share * kSecondsPerYear};
  return year.value < kDays * kSecondsPerDay ? format_duration_at_least(year)
                                             : format_duration(year);
}

std::string format_availability_at_most(double availability) {
  return availability_end(availability, End::low);
}

std::string format_availability_at_least(double availability) {
  return availability_end(availability, End::high);
}

}  // namespace outlast::base
