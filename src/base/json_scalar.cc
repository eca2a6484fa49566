#include "base/json_scalar.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "base/characters.h"
#include "base/utf8.h"

namespace outlast::base {

namespace {

constexpr std::uint32_t kNoUnit = 0x10000;

JsonMistake mistake(std::size_t begin, std::size_t end, std::string_view message,
                    std::string_view help) {
  return {begin, end, std::string(message), std::string(help)};
}

/// The UTF-16 unit that an escape (\u0041) at a place means; kNoUnit if none is.
std::uint32_t unit_at(std::string_view text, std::size_t at) {
  const std::string_view escape = text.substr(std::min(at, text.size()), 6);
  const bool is_complete = escape.size() == 6 && escape.starts_with("\\u") &&
                           std::all_of(escape.begin() + 2, escape.end(), is_hex);
  return is_complete
             ? static_cast<std::uint32_t>(std::stoul(std::string(escape.substr(2)), nullptr, 16))
             : kNoUnit;
}

/// Moves `at` behind \u and its digits, or behind two of them that are one character.
std::optional<JsonMistake> read_unicode_escape(std::string_view text, std::size_t& at) {
  const std::uint32_t high = unit_at(text, at);
  if (high == kNoUnit) {
    return mistake(at, at + 2, "\\u must be followed by four hexadecimal digits",
                   "write for example \\u00E9");
  }
  const bool is_high = high >= 0xD800 && high < 0xDC00;
  const std::uint32_t low = is_high ? unit_at(text, at + 6) : 0;
  if ((high >= 0xDC00 && high < 0xE000) || (is_high && (low < 0xDC00 || low >= 0xE000))) {
    return mistake(at, at + 6, "half of a surrogate pair stands alone",
                   "write both halves, or the character itself");
  }
  at += is_high ? 12 : 6;
  return std::nullopt;
}

/// Moves `at` behind an escape, or tells what is wrong with it.
std::optional<JsonMistake> read_escape(std::string_view text, std::size_t& at) {
  const bool is_last = at + 1 >= text.size();
  if (!is_last && text[at + 1] == 'u') {
    return read_unicode_escape(text, at);
  }
  if (!is_last && std::string_view("\"\\/bfnrt").find(text[at + 1]) != std::string_view::npos) {
    at += 2;
    return std::nullopt;
  }
  const std::size_t length = is_last ? 0 : decode_utf8(text, at + 1).bytes;
  return mistake(at, at + 1 + length, "a backslash may not stand before this",
                 "write \\\\ for a backslash");
}

/// A string met the end of the file, of its line, or a character that must be written otherwise.
JsonMistake explain_stop(std::string_view text, std::size_t quote, std::size_t at) {
  if (at == text.size()) {
    return mistake(quote, quote + 1, "this string is never closed",
                   "close it with a double quote; or was the file cut off?");
  }
  if (text[at] == '\n' || text[at] == '\r') {
    return mistake(quote, quote + 1, "this string is not closed on its line",
                   "close it with a double quote; a line break inside is written \\n");
  }
  if (text[at] == '\t') {
    return mistake(at, at + 1, "a tab may not stand in a string", "write \\t");
  }
  return mistake(at, at + 1, "a control character may not stand in a string",
                 fmt::format("write \\u{:04X}", static_cast<unsigned>(text[at])));
}

}  // namespace

bool is_json_number(std::string_view text) {
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  std::size_t at = skip_digits(text, first);
  if (at == first || (text[first] == '0' && at > first + 1)) {
    return false;
  }
  if (at < text.size() && text[at] == '.') {
    const std::size_t point = at;
    at = skip_digits(text, point + 1);
    if (at == point + 1) {
      return false;
    }
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const bool has_sign = at + 1 < text.size() && (text[at + 1] == '-' || text[at + 1] == '+');
    const std::size_t exponent = at + (has_sign ? 2 : 1);
    at = skip_digits(text, exponent);
    if (at == exponent) {
      return false;
    }
  }
  return at == text.size();
}

std::optional<JsonMistake> read_json_string(std::string_view text, std::size_t& at) {
  const std::size_t quote = at++;
  while (at < text.size() && text[at] != '"') {
    if (text[at] == '\\') {
      if (auto wrong = read_escape(text, at)) {
        return wrong;
      }
    } else if (static_cast<unsigned char>(text[at]) < 0x20) {
      break;
    } else {
      ++at;
    }
  }
  if (at == text.size() || text[at] != '"') {
    return explain_stop(text, quote, at);
  }
  ++at;
  return std::nullopt;
}

JsonMistake explain_json_number(std::size_t begin, std::string_view word) {
  const std::size_t end = begin + word.size();
  const std::string_view digits = word.substr(word.starts_with('-') ? 1 : 0);
  if (word.starts_with('+')) {
    return mistake(begin, end, "a number may not begin with a plus sign", "remove it");
  }
  if (digits == "Infinity" || digits == "NaN") {
    return mistake(begin, end, "JSON has no such number", "write null");
  }
  if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) {
    return mistake(begin, end, "a number may not begin with a zero",
                   "remove the zero, or put text in quotes");
  }
  if (digits.starts_with('.') || digits.ends_with('.')) {
    return mistake(begin, end, "a digit is missing beside the point of this number",
                   "write for example 0.5");
  }
  return mistake(begin, end, "this is no JSON number", "put text in double quotes");
}

}  // namespace outlast::base
