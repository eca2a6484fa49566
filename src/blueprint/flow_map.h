#pragma once

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/truth.h"
#include "base/units.h"
#include "blueprint/attributes.h"
#include "blueprint/value.h"
#include "blueprint/vocabulary.h"

/// Values as a blueprint's text has them, and maps of them on one line.
namespace outlast::blueprint {

/// Always in quotes, so that nothing reads as a number, a truth or markup.
inline std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    const bool is_control = static_cast<unsigned char>(c) < 0x20;
    out += is_control ? fmt::format("\\x{:02x}", static_cast<unsigned char>(c)) : std::string(1, c);
  }
  return out + "\"";
}

inline std::string written(const std::string& text) {
  return quoted(text);
}
inline std::string written(bool flag) {
  return flag ? "true" : "false";
}
inline std::string written(std::int64_t number) {
  return std::to_string(number);
}
inline std::string written(double number) {
  return std::fmod(number, 1.0) == 0 ? fmt::format("{:.0f}", number) : fmt::format("{}", number);
}
inline std::string written(base::Seconds time) {
  const double ms = time.value * 1000;
  return std::fmod(time.value, 1.0) == 0 ? fmt::format("{:.0f}s", time.value)
                                         : fmt::format("{:.6f}ms", ms);
}
inline std::string written(base::Share share) {
  return fmt::format("{:.12f}", share.value);
}
inline std::string written(const Interval& interval) {
  return fmt::format("[{}, {}]", interval.low, interval.high);
}
inline std::string written(base::Money money) {
  constexpr std::int64_t kMicro = 1'000'000;
  return fmt::format("{}.{:06} USD", money.micro_usd / kMicro, money.micro_usd % kMicro);
}
template <class E>
  requires std::is_enum_v<E>
std::string written(E value) {
  return std::string(name_of(value));
}

inline std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    out += (out.empty() ? "" : ", ") + quoted(word);
  }
  return "[" + out + "]";
}

/// What nobody said is worked out again by who reads it.
template <class T>
bool is_told(const Value<T>& value) {
  return value.is_known() && value.provenance() != Provenance::catalog &&
         value.provenance() != Provenance::assumed;
}

/// A map on one line: `{a: 1, b: 2}`.
class FlowMap {
 public:
  template <class T>
  FlowMap& add(std::string_view key, const Value<T>& value) {
    return is_told(value) ? put(key, written(*value)) : *this;
  }
  FlowMap& put(std::string_view key, const std::string& text) {
    text_ += fmt::format("{}{}: {}", text_.empty() ? "" : ", ", key, text);
    return *this;
  }
  FlowMap& add(std::string_view key, const std::vector<std::string>& words) {
    return words.empty() ? *this : put(key, listed(words));
  }
  FlowMap& add_text(std::string_view key, const std::string& word) {
    return word.empty() ? *this : put(key, quoted(word));
  }
  /// Says a value only where it is not what goes without saying.
  template <class T>
  FlowMap& add_unless(const T& usual, std::string_view key, const T& value) {
    return value == usual ? *this : put(key, written(value));
  }
  FlowMap& add_told_by(const Evidence& evidence, std::string_view usual) {
    return evidence.address == usual ? *this : add_text("told_by", evidence.address);
  }
  [[nodiscard]] bool is_empty() const { return text_.empty(); }
  [[nodiscard]] std::string text() const { return "{" + text_ + "}"; }

 private:
  std::string text_;
};

}  // namespace outlast::blueprint
