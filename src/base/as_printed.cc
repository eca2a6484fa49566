#include "base/as_printed.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

#include "base/units.h"

namespace outlast::base {

namespace {

/// The number that a text says; where it is none, `otherwise`.
double read(const std::string& text, double otherwise) {
  double value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

double as_printed(double value) {
  return read(format_number(value), value);
}

double printed_at_most(double value) {
  constexpr int kDecimals = 8;  // behind the first of nine digits
  const double nearest = as_printed(value);
  if (!(nearest > value) || !std::isfinite(value)) {
    return nearest;
  }
  // d.dddddddde±x as nine digits and a power of ten: the last digit less by one.
  const std::string text = fmt::format("{:.{}e}", value, kDecimals);
  const std::size_t mark = text.find('e');
  std::string digits = text.substr(0, mark);
  digits.erase(digits.find('.'), 1);
  const long long less = std::strtoll(digits.c_str(), nullptr, 10) - 1;
  const long power = std::strtol(text.c_str() + mark + 1, nullptr, 10) - kDecimals;
  // From a power of ten down there is room for another digit.
  constexpr long long kLeastOfNine = 100'000'000;
  const bool is_shorter = less > 0 && less < kLeastOfNine;
  return read(
      is_shorter ? fmt::format("{}9e{}", less, power - 1) : fmt::format("{}e{}", less, power),
      nearest);
}

double printed_at_least(double value) {
  return -printed_at_most(-value);
}

}  // namespace outlast::base
