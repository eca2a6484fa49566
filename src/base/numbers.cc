#include "base/numbers.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/units.h"

namespace outlast::base {

Result<std::uint64_t> parse_whole_number(std::string_view text, std::uint64_t least,
                                         std::uint64_t most) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= least &&
      number <= most) {
    return number;
  }
  const bool has_most = most < std::numeric_limits<std::uint64_t>::max();
  return fail(has_most ? fmt::format("\"{}\" is no whole number from {} to {}", text, least, most)
                       : fmt::format("\"{}\" is no whole number from {} on", text, least));
}

Result<double> parse_number(std::string_view text, double least) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && std::isfinite(number) &&
      number >= least) {
    return number;
  }
  return fail(fmt::format("\"{}\" is no number{}", text,
                          std::isfinite(least) ? " from " + format_number(least) + " on" : ""));
}

}  // namespace outlast::base
