#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/gates.h"
#include "engines/montecarlo/kernel.h"

namespace outlast::engines::montecarlo {

/// Several processes that sample together. Each is given the same model and options, takes its
/// share of the batches, and reads the same sums, so all come to the same answer.
struct Crew {
  std::size_t rank = 0;
  std::size_t size = 1;
  /// Adds up, over all of the crew, what each holds; every member calls it equally often.
  std::function<void(std::span<std::uint64_t>)> add_up = {};
};

struct SampleOptions {
  std::uint64_t seed = 1;
  std::size_t threads = 0;  ///< 0: as many as the machine has; the result does not depend on it
  std::uint64_t scenarios = std::uint64_t{1} << 28U;  ///< at most; rounded up to whole batches
  /// Stops once half the interval is below this share of the probability; 0: never.
  double relative_error = 0.01;
  /// Stops once it is decided on which side of this the probability lies.
  std::optional<double> threshold = {};
  /// Starts rare failures from what any of them must contain; false: plain sampling.
  bool conditions = true;
  std::optional<Lanes> lanes = {};  ///< absent: the widest this processor can
  Crew crew = {};
};

struct SampledProbability {
  double probability = 0;
  double low = 0;  ///< 95 % interval
  double high = 1;
  std::uint64_t scenarios = 0;
  /// How many scenarios plain sampling would have needed for an interval as short.
  double effective_scenarios = 0;
  bool is_conditioned = false;          ///< rare: scenarios began with a set of the cover
  std::optional<bool> above_threshold;  ///< absent: not asked, or not decided
};

/// Probability that a gate is true, by sampling its variables.
///
/// in      p        [V], each in [0,1]; variables independent
///         streams  [V] key of each variable's own stream of random numbers; a variable added
///                  leaves the draws of the others as they are. Empty: by index
/// out     the same bytes for any number of threads, members of a crew, and width of registers
/// cost    about 0.1 ns a scenario and event with AVX2, where most of them are rare
/// source  plain: Wilson 1927; conditioned: Karp, Luby & Madras 1989, on a cover (cover.h)
[[nodiscard]] SampledProbability sample_probability(const base::Gates& gates, base::GateId top,
                                                    std::span<const double> p,
                                                    std::span<const std::uint64_t> streams,
                                                    const SampleOptions& options);

}  // namespace outlast::engines::montecarlo
