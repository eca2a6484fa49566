#pragma once

#include <cstddef>
#include <cstdint>

/// The inner loops of sampling, bit-sliced: bit s of a word is scenario s, and one operation on a
/// word decides 64 scenarios. Plain data only, for these loops are compiled twice: for every
/// processor, and for those with AVX2, which do 256 at a time. Both give the same bits.
namespace outlast::engines::montecarlo {

/// Words of one batch, the unit of work: 16,384 scenarios.
inline constexpr std::size_t kBatchWords = 256;
inline constexpr std::size_t kBatchScenarios = kBatchWords * 64;
/// Words of a batch that go through the gates at a time; what gates compute stays in the cache.
inline constexpr std::size_t kBlockWords = 16;
/// Planes of a counter of satisfied sets: up to 2^20 − 1 of them.
inline constexpr std::size_t kPlanes = 20;

/// How to throw an event of probability p, for many scenarios at once: p = 1 − (1 − a)(1 − r).
/// The coarse part a = numerator/2^halvings takes one random word per halving and no branch;
/// the rest r is rare, and its scenarios are found by skipping (see kernel_loops.h).
struct Coin {
  std::uint32_t numerator = 0;  ///< odd, or 0: no coarse part
  std::uint32_t halvings = 0;
  double skip = 0;          ///< −1/ln(1 − r): mean scenarios skipped, nearly; 0: no rest
  bool is_certain = false;  ///< p = 1
};

/// Where a number comes from: counters of one stream under one seed (base::RandomStream).
struct Source {
  std::uint64_t seed;
  std::uint64_t stream;
  std::uint64_t batch;  ///< below 2^48
};

/// True where at least `k` of the inputs are: 1 for any, their number for all; 0: where the only
/// input is false.
struct Operation {
  std::uint32_t k;
  std::uint32_t first;  ///< into `inputs`
  std::uint32_t count;
};

/// Gates as a straight line: slots 0 … events−1 are events, the next ones operations in order.
struct ProgramView {
  const Operation* operations;
  std::size_t operation_count;
  const std::uint32_t* inputs;  ///< slots
  std::size_t event_count;
  std::uint32_t top;  ///< slot
};

/// Sets of events: set i is `events[first[i]]` … `events[first[i + 1] − 1]`.
struct SetsView {
  const std::uint32_t* first;
  std::size_t count;
  const std::uint32_t* events;
};

struct Kernel {
  /// 16 random words: words `bits(c)` of the stream and their other halves, c = counter … +7.
  void (*random)(const Source& source, std::uint64_t counter, std::uint64_t* sixteen);
  /// One event in all scenarios of a batch.
  /// out     words  [kBatchWords]
  void (*draw)(const Coin& coin, const Source& source, std::uint64_t* words);
  /// The top gate in all scenarios of a batch.
  /// in      events   [event_count][kBatchWords]
  /// out     top      [kBatchWords]
  ///         scratch  [operation_count][kBlockWords]
  void (*evaluate)(const ProgramView& program, const std::uint64_t* events, std::uint64_t* scratch,
                   std::uint64_t* top);
  /// How many of the sets have happened, in all scenarios of a batch, as binary numbers.
  /// out     planes  [kPlanes][kBatchWords]: plane i holds bit i of each scenario's count
  void (*count_sets)(const SetsView& sets, const std::uint64_t* events, std::uint64_t* planes);
};

namespace portable_lanes {
extern const Kernel kKernel;
}
namespace avx2_lanes {
extern const Kernel kKernel;
}

enum class Lanes { portable, avx2 };

/// The widest this processor can.
[[nodiscard]] Lanes best_lanes();
/// assumes the processor can
[[nodiscard]] const Kernel& kernel_of(Lanes lanes);

}  // namespace outlast::engines::montecarlo
