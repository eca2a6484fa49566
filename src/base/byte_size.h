#pragma once

#include <cstddef>
#include <string>

namespace outlast::base {

/// A number of bytes for people, rounded down: "17 bytes", "32 MiB".
[[nodiscard]] std::string byte_size(std::size_t bytes);

}  // namespace outlast::base
