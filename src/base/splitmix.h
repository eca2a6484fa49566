#pragma once

#include <cstdint>

namespace outlast::base {

/// The step from one number of SplitMix64 to the next: 2^64 over the golden ratio, odd.
inline constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15U;

/// Finaliser of SplitMix64: every input bit reaches every output bit, and no two inputs share an output.
/// source  Steele, Lea & Flood 2014
[[nodiscard]] constexpr std::uint64_t splitmix(std::uint64_t x) {
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

}  // namespace outlast::base
