#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace outlast::base {

struct CodePoint {
  static constexpr std::uint32_t kBroken = 0xFFFFFFFF;
  std::uint32_t value = kBroken;
  std::uint32_t bytes = 1;  ///< 1 where the text is broken, so that reading goes on

  [[nodiscard]] bool is_broken() const { return value == kBroken; }
};

/// The code point that begins at a byte; surrogates and overlong forms count as broken.
[[nodiscard]] CodePoint decode_utf8(std::string_view text, std::size_t at);

void append_utf8(std::string& out, std::uint32_t code_point);

/// Offset of the first byte that is not well-formed UTF-8, or npos.
[[nodiscard]] std::size_t find_broken_utf8(std::string_view text);

/// How many code points begin in `text`.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

}  // namespace outlast::base
