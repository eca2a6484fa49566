#pragma once

namespace outlast::base {

/// What is asked and known of a condition. Unknown is never false.
enum class Truth : unsigned char { no, unknown, yes };

[[nodiscard]] constexpr Truth opposite(Truth a) {
  return a == Truth::unknown ? a : a == Truth::yes ? Truth::no : Truth::yes;
}
[[nodiscard]] constexpr Truth both(Truth a, Truth b) {
  return a < b ? a : b;
}
[[nodiscard]] constexpr Truth either(Truth a, Truth b) {
  return a < b ? b : a;
}

}  // namespace outlast::base
