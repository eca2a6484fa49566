#pragma once

#include <string_view>

namespace outlast::base {

/// Results are reproducible for the same input, seed and this version.
inline constexpr std::string_view kVersion = OUTLAST_VERSION;

}  // namespace outlast::base
