#pragma once

#include <cstdint>
#include <vector>

namespace outlast::base {

/// Counter-based random numbers: the i-th number of a stream depends on seed, stream and i only,
/// never on who asked before, so results are the same on any number of threads.
/// source  Philox4x32-10 (Salmon et al. 2011), Random123
class RandomStream {
 public:
  /// One stream per component or event, keyed by its name's `stable_hash`, so that adding one
  /// does not reshuffle the others.
  RandomStream(std::uint64_t seed, std::uint64_t stream) : seed_(seed), stream_(stream) {}

  /// 64 random bits.
  [[nodiscard]] std::uint64_t bits(std::uint64_t i) const;
  /// Uniform in the open interval (0, 1), 53 bits.
  [[nodiscard]] double uniform(std::uint64_t i) const;
  /// A random permutation of 0 … n−1: the order in which to take the strata of a distribution, so
  /// that their pairing with other streams' is random (Latin hypercube; McKay et al. 1979).
  [[nodiscard]] std::vector<std::uint32_t> permutation(std::size_t n) const;

 private:
  std::uint64_t seed_;
  std::uint64_t stream_;
};

}  // namespace outlast::base
