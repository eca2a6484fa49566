// Inputs arrive as their tools wrote them: PowerShell redirects write UTF-16 with a mark,
// some editors write a mark before UTF-8, and a few files were broken by a wrong code page.
// All is turned into UTF-8 here or refused with the offset, so that nothing after this asks again.

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/document.h"
#include "base/utf8.h"

namespace outlast::base {

namespace {

enum class Encoding { utf8, utf16_little, utf16_big, utf32 };

struct Guess {
  Encoding encoding = Encoding::utf8;
  std::size_t mark = 0;  ///< bytes of the byte order mark
};

/// Whether the first bytes at `offset`, `offset` + 2, … are zero and those between are not:
/// ASCII as UTF-16 without a mark.
bool zeros_alternate(std::string_view bytes, std::size_t offset) {
  const std::size_t size = std::min<std::size_t>(bytes.size(), 64) & ~std::size_t{1};
  if (size < 4) {
    return false;
  }
  for (std::size_t i = 0; i < size; ++i) {
    if ((bytes[i] == '\0') != (i % 2 == offset)) {
      return false;
    }
  }
  return true;
}

/// By its mark; without one UTF-8, unless zeros show UTF-16.
Guess guess_encoding(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    return {Encoding::utf8, 3};
  }
  if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv)) {
    return {Encoding::utf32, 4};
  }
  if (bytes.starts_with("\xFF\xFE")) {
    return {Encoding::utf16_little, 2};
  }
  if (bytes.starts_with("\xFE\xFF")) {
    return {Encoding::utf16_big, 2};
  }
  if (zeros_alternate(bytes, 1)) {
    return {Encoding::utf16_little, 0};
  }
  return {zeros_alternate(bytes, 0) ? Encoding::utf16_big : Encoding::utf8, 0};
}

std::uint32_t unit_at(std::string_view bytes, std::size_t at, Encoding encoding) {
  const auto first = static_cast<unsigned char>(bytes[at]);
  const auto second = static_cast<unsigned char>(bytes[at + 1]);
  return encoding == Encoding::utf16_little ? first | second * 256U : second | first * 256U;
}

tl::unexpected<Error> broken_utf16(std::size_t offset) {
  return fail(fmt::format("is UTF-16 that is broken at byte {}: save it as UTF-8", offset));
}

/// Offsets in errors are those of the file, mark included.
Result<std::string> from_utf16(std::string_view bytes, const Guess& guess) {
  std::string out;
  out.reserve(bytes.size() / 2 + bytes.size() / 8);
  std::size_t at = guess.mark;
  while (bytes.size() - at >= 2) {
    std::uint32_t code_point = unit_at(bytes, at, guess.encoding);
    const std::size_t begin = at;
    at += 2;
    if (code_point >= 0xD800 && code_point < 0xE000) {
      const bool paired = code_point < 0xDC00 && bytes.size() - at >= 2;
      const std::uint32_t low = paired ? unit_at(bytes, at, guess.encoding) : 0;
      if (low < 0xDC00 || low >= 0xE000) {
        return broken_utf16(begin);
      }
      code_point = 0x10000 + ((code_point - 0xD800) << 10U) + (low - 0xDC00);
      at += 2;
    }
    append_utf8(out, code_point);
  }
  if (at != bytes.size()) {
    return broken_utf16(at);
  }
  return out;
}

}  // namespace

Result<std::string> to_utf8(std::string bytes) {
  const Guess guess = guess_encoding(bytes);
  if (guess.encoding == Encoding::utf32) {
    return fail("is UTF-32, which is not read: save it as UTF-8");
  }
  if (guess.encoding != Encoding::utf8) {
    return from_utf16(bytes, guess);
  }
  const std::size_t broken = find_broken_utf8(bytes);
  if (broken != std::string::npos) {
    return fail(
        fmt::format("is neither UTF-8 nor UTF-16 (byte 0x{:02X} at offset {}): save it as "
                    "UTF-8",
                    static_cast<unsigned char>(bytes[broken]), broken));
  }
  bytes.erase(0, guess.mark);
  return bytes;
}

}  // namespace outlast::base
