#include "base/byte_size.h"

#include <fmt/format.h>

#include <array>

namespace outlast::base {

std::string byte_size(std::size_t bytes) {
  constexpr std::array kUnits = {"KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) {
    return fmt::format("{} byte{}", bytes, bytes == 1 ? "" : "s");
  }
  // In tenths, so that no digit depends on how floating point rounds.
  std::size_t unit = 0;
  std::size_t divisor = 1024;
  while (unit + 1 < kUnits.size() && bytes / divisor >= 1024) {
    divisor *= 1024;
    ++unit;
  }
  const std::size_t whole = bytes / divisor;
  const std::size_t tenth = bytes % divisor / (divisor / 10 + 1);
  return tenth == 0 ? fmt::format("{} {}", whole, kUnits[unit])
                    : fmt::format("{}.{} {}", whole, tenth, kUnits[unit]);
}

}  // namespace outlast::base
