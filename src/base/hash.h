#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace outlast::base {

/// SHA-256 in lower-case hexadecimal.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// A short, stable number for a text (FNV-1a, 64 bits); for streams and fingerprints, not secrets.
[[nodiscard]] std::uint64_t stable_hash(std::string_view text);

}  // namespace outlast::base
