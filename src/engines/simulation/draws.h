#pragma once

#include <cstdint>

#include "base/random.h"
#include "engines/simulation/model.h"

namespace outlast::engines::simulation {

/// The random numbers of one component, taken one after the other. Its own stream, so that a
/// component more does not change what befalls the others.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint64_t stream) : stream_(seed, stream) {}

  [[nodiscard]] double uniform() { return stream_.uniform(next_++); }
  [[nodiscard]] std::uint64_t below(std::uint64_t n) {
    return static_cast<std::uint64_t>(uniform() * static_cast<double>(n));
  }
  /// Mean 1.
  [[nodiscard]] double exponential();
  /// Mean 1, squared coefficient of variation as given.
  [[nodiscard]] double spread(double cv2);

 private:
  base::RandomStream stream_;
  std::uint64_t next_ = 0;
};

}  // namespace outlast::engines::simulation
