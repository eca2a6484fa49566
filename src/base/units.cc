#include "base/units.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"

namespace outlast::base {
namespace {

constexpr std::array<std::pair<std::string_view, double>, 13> kTimeUnits = {{
    {"ms", 0.001},
    {"s", 1},
    {"sec", 1},
    {"m", 60},
    {"min", 60},
    {"h", 3600},
    {"d", 86400},
    {"w", 7 * 86400},
    {"mo", kSecondsPerYear / 12},
    {"y", kSecondsPerYear},
    {"day", 86400},
    {"days", 86400},
    {"year", kSecondsPerYear},
}};

std::optional<double> seconds_of_unit(std::string_view unit) {
  for (const auto& [name, seconds] : kTimeUnits) {
    if (name == unit) {
      return seconds;
    }
  }
  return std::nullopt;
}

/// What people write for the units, beside the units themselves.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kUnitWords = {{
    {"millisecond", "ms"},
    {"milliseconds", "ms"},
    {"msec", "ms"},
    {"second", "s"},
    {"seconds", "s"},
    {"secs", "s"},
    {"minute", "m"},
    {"minutes", "m"},
    {"mins", "m"},
    {"hour", "h"},
    {"hours", "h"},
    {"hrs", "h"},
    {"week", "w"},
    {"weeks", "w"},
    {"month", "mo"},
    {"months", "mo"},
    {"years", "y"},
}};

std::string near_unit(std::string_view written) {
  std::vector<std::string_view> words;
  for (const auto& [word, unit] : kUnitWords) {
    words.push_back(word);
  }
  for (const auto& [unit, seconds] : kTimeUnits) {
    words.push_back(unit);
  }
  const std::string lower = to_lower(written);
  const std::string_view near = nearest(lower, words);
  if (near.empty()) {
    return "use ms, s, m, h, d, w, mo or y";
  }
  const auto* const known = std::find_if(kUnitWords.begin(), kUnitWords.end(),
                                         [&](const auto& w) { return w.first == near; });
  return fmt::format("did you mean \"{}\"?", known == kUnitWords.end() ? near : known->second);
}

/// Reads a non-negative decimal off the front of `text`.
std::optional<double> take_number(std::string_view& text) {
  text = trim(text);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !std::isfinite(value) || value < 0) {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::string_view take_unit(std::string_view& text) {
  text = trim(text);
  const auto end = text.find_first_of("0123456789. \t");
  const std::string_view unit = text.substr(0, end);
  text.remove_prefix(unit.size());
  return unit;
}

std::string two_digits(double value, std::string_view unit) {
  return value < 9.95 && std::abs(value - std::round(value)) > 0.05
             ? fmt::format("{:.1f} {}", value, unit)
             : fmt::format("{:.0f} {}", value, unit);
}

}  // namespace

Result<Seconds> parse_duration(std::string_view text) {
  const auto bad = [] {
    return fail("expected a duration with its unit", "write it such as 90s, 5m or 24h");
  };
  double total = 0;
  std::string_view rest = trim(text);
  if (rest.empty()) {
    return bad();
  }
  while (!rest.empty()) {
    const auto number = take_number(rest);
    if (!number) {
      return bad();
    }
    const std::string_view unit = take_unit(rest);
    if (unit.empty() && *number == 0 && rest.empty()) {
      return Seconds{total};
    }
    const auto seconds = seconds_of_unit(unit);
    if (!seconds) {
      return unit.empty() ? bad()
                          : fail(fmt::format("unknown unit of time \"{}\"", unit), near_unit(unit));
    }
    total += *number * *seconds;
    rest = trim(rest);
  }
  return Seconds{total};
}

Result<Seconds> parse_time_of_day(std::string_view text) {
  const auto parts = split(trim(text), ':');
  const auto number = [](std::string_view digits, int most) {
    int value = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool is_whole = error == std::errc() && end == digits.data() + digits.size();
    return is_whole && value <= most && digits.size() <= 2 ? value : -1;
  };
  constexpr int kLastHour = 23;
  constexpr int kLastMinute = 59;
  const int hours = parts.size() == 2 ? number(parts[0], kLastHour) : -1;
  const int minutes = parts.size() == 2 ? number(parts[1], kLastMinute) : -1;
  if (hours < 0 || minutes < 0) {
    return fail("expected a time of day", "write it such as \"13:00\", in UTC");
  }
  return Seconds{hours * 3600.0 + minutes * 60.0};
}

Result<Share> parse_share(std::string_view text) {
  std::string_view rest = text;
  const auto number = take_number(rest);
  rest = trim(rest);
  const bool is_percent = rest == "%";
  if (!number || (!is_percent && !rest.empty())) {
    return fail("expected a share", "write it such as 99.9% or 0.999");
  }
  const double value = is_percent ? *number / 100 : *number;
  if (value > 1) {
    return is_percent ? fail("a share cannot be over 100%", "100% is all there is")
                      : fail("a share cannot be over 1", "percentages need the sign: 99.9%");
  }
  return Share{value};
}

Result<Money> parse_money(std::string_view text, std::string_view per) {
  const auto bad = [&] {
    return fail("expected an amount", fmt::format("write it such as 2000 USD/{}", per));
  };
  std::string_view rest = text;
  const auto number = take_number(rest);
  if (!number || *number > 9e12) {
    return bad();
  }
  rest = trim(rest);
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos || trim(rest.substr(slash + 1)) != per) {
    return bad();
  }
  if (trim(rest.substr(0, slash)) != "USD") {
    return fail("amounts are in USD", fmt::format("write it such as 2000 USD/{}", per));
  }
  return Money{static_cast<std::int64_t>(std::llround(*number * 1e6))};
}

std::string format_percent(double share) {
  return fmt::format("{:.3g} %", share * 100);
}

std::string format_duration(Seconds duration) {
  const double s = duration.value;
  if (!std::isfinite(s)) {
    return "unbounded";
  }
  if (s < 0.0005) {
    return "0 s";
  }
  if (s < 1) {
    return fmt::format("{:.0f} ms", s * 1000);
  }
  if (s < 99.5) {
    return two_digits(s, "s");
  }
  if (s < 99.5 * 60) {
    return two_digits(s / 60, "min");
  }
  if (s < 47.5 * 3600) {
    return two_digits(s / 3600, "h");
  }
  return two_digits(s / 86400, "d");
}

std::string format_interval(double years) {
  if (!std::isfinite(years)) {
    return "never";
  }
  if (years < 1.0 / 52) {
    return two_digits(years * 365.25, "days");
  }
  if (years < 0.5) {
    return two_digits(years * 52.18, "weeks");
  }
  if (years < 9.95) {
    return two_digits(years, "y");
  }
  constexpr double kMostTold = 1e6;  // no figure and no model holds for longer
  if (years > kMostTold) {
    return "over 1,000,000 y";
  }
  double unit = 1;
  while (years / unit >= 99.5) {
    unit *= 10;
  }
  const auto rounded = static_cast<long long>(std::round(years / unit) * unit);
  std::string digits = std::to_string(rounded);
  constexpr std::size_t kGroup = 3;
  for (std::size_t at = digits.size(); at > kGroup; at -= kGroup) {
    digits.insert(at - kGroup, ",");
  }
  return digits + " y";
}

std::string format_availability(double availability) {
  const double lost = 1 - availability;
  if (lost <= 0) {
    return "100 %";
  }
  constexpr int kMostDecimals = 13;  // what a double holds of a percentage near a hundred
  int decimals = 2;
  for (double step = 1e-3; lost < step && decimals < kMostDecimals; step /= 10) {
    ++decimals;
  }
  return fmt::format("{:.{}f} %", availability * 100, decimals);
}

std::string format_number(double value) {
  if (value == 0) {
    return "0";  // also −0
  }
  return fmt::format("{:.9g}", value);
}

}  // namespace outlast::base
