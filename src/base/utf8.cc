#include "base/utf8.h"

#include <array>
#include <bit>
#include <cstring>

namespace outlast::base {

namespace {

constexpr std::uint64_t kLowBits = 0x0101010101010101;
constexpr std::uint64_t kHighBits = 0x8080808080808080;

std::uint64_t eight_bytes(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

std::uint32_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

/// Length of the form that a first byte announces; 0 if none begins so.
std::uint32_t announced_length(std::uint32_t lead) {
  if (lead < 0x80) {
    return 1;
  }
  if (lead >= 0xC2 && lead < 0xE0) {
    return 2;
  }
  if (lead >= 0xE0 && lead < 0xF0) {
    return 3;
  }
  return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

bool is_allowed(std::uint32_t value, std::uint32_t length) {
  constexpr std::array<std::uint32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value < 0xE000;
  return value >= kSmallest[length] && value <= 0x10FFFF && !surrogate;
}

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t at) {
  const std::uint32_t lead = byte_at(text, at);
  const std::uint32_t length = announced_length(lead);
  if (length == 1) {
    return {lead, 1};
  }
  if (length == 0 || text.size() - at < length) {
    return {};
  }
  std::uint32_t value = lead & (0xFFU >> (length + 1));
  for (std::uint32_t i = 1; i < length; ++i) {
    const std::uint32_t next = byte_at(text, at + i);
    if ((next & 0xC0U) != 0x80U) {
      return {};
    }
    value = value << 6U | (next & 0x3FU);
  }
  return is_allowed(value, length) ? CodePoint{value, length} : CodePoint{};
}

void append_utf8(std::string& out, std::uint32_t code_point) {
  const auto tail = [&](unsigned shift) {
    out += static_cast<char>(0x80U | (code_point >> shift & 0x3FU));
  };
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xC0U | code_point >> 6U);
    tail(0);
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0U | code_point >> 12U);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0U | code_point >> 18U);
    tail(12);
    tail(6);
    tail(0);
  }
}

std::size_t find_broken_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    // Inputs are nearly all ASCII: eight bytes at a time as long as they are.
    while (text.size() - at >= 8 && (eight_bytes(text.data() + at) & kHighBits) == 0) {
      at += 8;
    }
    if (at == text.size()) {
      break;
    }
    const CodePoint next = decode_utf8(text, at);
    if (next.is_broken()) {
      return at;
    }
    at += next.bytes;
  }
  return std::string_view::npos;
}

std::size_t count_code_points(std::string_view text) {
  // A code point begins at every byte that is no continuation (10xxxxxx).
  // A word at a time, because a minified plan is one line of tens of megabytes.
  std::size_t continuations = 0;
  std::size_t at = 0;
  for (; text.size() - at >= 8; at += 8) {
    const std::uint64_t word = eight_bytes(text.data() + at);
    continuations += static_cast<std::size_t>(std::popcount(word >> 7U & ~word >> 6U & kLowBits));
  }
  for (; at < text.size(); ++at) {
    continuations += (byte_at(text, at) & 0xC0U) == 0x80U ? 1 : 0;
  }
  return text.size() - continuations;
}

}  // namespace outlast::base
