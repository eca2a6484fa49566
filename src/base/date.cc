#include "base/date.h"

#include <fmt/format.h>

#include <chrono>

namespace outlast::base {

std::optional<Date> parse_date(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00";
  if (text.size() != kShape.size()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_right = kShape[i] == '-' ? text[i] == '-' : text[i] >= '0' && text[i] <= '9';
    if (!is_right) {
      return std::nullopt;
    }
  }
  const auto number = [&](std::size_t at, std::size_t count) {
    int value = 0;
    for (const char digit : text.substr(at, count)) {
      value = value * 10 + (digit - '0');
    }
    return value;
  };
  const Date date{number(0, 4), number(5, 2), number(8, 2)};
  const std::chrono::year_month_day day{std::chrono::year(date.year),
                                        std::chrono::month(static_cast<unsigned>(date.month)),
                                        std::chrono::day(static_cast<unsigned>(date.day))};
  return day.ok() ? std::optional(date) : std::nullopt;
}

std::string format_date(const Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

}  // namespace outlast::base
