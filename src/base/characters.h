#pragma once

#include <cstddef>
#include <string_view>

namespace outlast::base {

inline constexpr std::size_t npos = std::string_view::npos;

/// Kinds of bytes that the readers of YAML and JSON ask for; ASCII only, whatever the locale.

[[nodiscard]] constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Behind the digits from `at` on.
[[nodiscard]] constexpr std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) {
    ++at;
  }
  return at;
}

}  // namespace outlast::base
