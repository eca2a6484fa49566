#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "import/hcl_functions.h"

namespace outlast::import {

using Arguments = std::vector<ValueTree>;

/// What a function must be given to be worked out; else its value is not known.
enum class Takes : std::uint8_t {
  anything,
  known,      ///< texts and numbers of which all is known
  collection  ///< a list or map first
};

/// A function of Terraform's.
struct HclFunction {
  std::string_view name;
  std::size_t fewest;  ///< arguments
  std::size_t most;
  Takes takes;
  ValueTree (*call)(const Arguments& arguments, base::Span span);
};

[[nodiscard]] std::span<const HclFunction> text_functions();
[[nodiscard]] std::span<const HclFunction> number_functions();  ///< also of addresses
[[nodiscard]] std::span<const HclFunction> collection_functions();

/// Not known, and made of all that the arguments are made of.
[[nodiscard]] ValueTree unknown_of(const Arguments& arguments, base::Span span);

/// Results that would hold more items, or be longer, are not known.
inline constexpr std::size_t kMostItems = 4096;
inline constexpr std::size_t kMostText = std::size_t{1} << 20U;
inline constexpr std::size_t kAnyNumber = 1000;  ///< of arguments

}  // namespace outlast::import
