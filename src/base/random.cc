#include "base/random.h"

#include <Random123/philox.h>

#include <numeric>
#include <utility>

#include "base/splitmix.h"

namespace outlast::base {

std::uint64_t RandomStream::bits(std::uint64_t i) const {
  r123::Philox4x32 philox;
  const auto low = [](std::uint64_t v) { return static_cast<std::uint32_t>(v); };
  const auto high = [](std::uint64_t v) { return static_cast<std::uint32_t>(v >> 32U); };
  const r123::Philox4x32::ctr_type counter = {{low(i), high(i), low(stream_), high(stream_)}};
  const r123::Philox4x32::key_type key = {{low(seed_), high(seed_)}};
  const auto block = philox(counter, key);
  return (static_cast<std::uint64_t>(block[1]) << 32U) | block[0];
}

double RandomStream::uniform(std::uint64_t i) const {
  return (static_cast<double>(bits(i) >> 11U) + 0.5) * 0x1.0p-53;
}

std::vector<std::uint32_t> RandomStream::permutation(std::size_t n) const {
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  // One block of Philox, stretched by SplitMix64: shuffling takes many bits
  // and asks little of them.
  const std::uint64_t start = bits(0);
  for (std::uint64_t i = n; i > 1; --i) {
    const std::uint64_t z = splitmix(start + i * kGolden);
    std::swap(order[i - 1], order[((z >> 32U) * i) >> 32U]);
  }
  return order;
}

}  // namespace outlast::base
