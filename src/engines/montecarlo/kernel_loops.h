// The loops of kernel.h, written once and compiled once per kind of processor: each of
// kernel_portable.cc and kernel_avx2.cc names a namespace in LANES and includes this.
//
// Problem: an event of probability p in 16,384 scenarios, and a gate over such events, in a few
//   cycles a scenario.
// Method: numbers come from Philox4x32-10 (Salmon et al. 2011), eight counters side by side, which
//   compilers turn into vector code. A word whose bits are set with probability 0.b1b2…bk (binary)
//   is made from k random words, last digit first: b = 1 ors a word in, (1 + p)/2; b = 0 ands one,
//   p/2. What k digits leave over is rare: the next scenario it strikes lies ⌊ln u / ln(1 − r)⌋
//   scenarios on (geometric), so scenarios without it cost nothing.
//   Gates count their inputs in binary, bit planes instead of numbers.
// Why the bits agree: integers, and + − × ÷ of doubles without contraction, are the same on any
//   width. Nothing else is used.
// Limits: nothing here may call an inline function of a library: the linker keeps one copy of
//   those, and it could be the one that needs AVX2.

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#include "engines/montecarlo/kernel.h"

namespace outlast::engines::montecarlo::LANES {
namespace {

// As many numbers side by side as a register holds. Passed by reference: how values of this size
// are passed depends on the processor.
#if defined(__AVX2__)
constexpr std::size_t kBytes = 32;
#else
constexpr std::size_t kBytes = 16;
#endif
constexpr std::size_t kWidth = kBytes / 8;
using Words = std::uint64_t __attribute__((vector_size(kBytes)));
using Reals = double __attribute__((vector_size(kBytes)));
using Whole = std::int32_t __attribute__((vector_size(kBytes / 2)));

constexpr std::size_t kCounters = 8;            // side by side
constexpr std::size_t kRandom = 2 * kCounters;  // words they make
constexpr std::size_t kChains = kCounters / kWidth;
constexpr std::size_t kVectors = 2 * kChains;
constexpr std::uint64_t kRestCounters = 1U << 15U;  // where the counters of the rest begin

/// Products of the lower halves.
inline void multiply_low(const Words& a, std::uint32_t constant, Words& out) {
  const Words zero = {};
  const Words b = zero + std::uint64_t{constant};
#if defined(__AVX2__)
  out = reinterpret_cast<Words>(
      _mm256_mul_epu32(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)));
#elif defined(__SSE2__)
  out = reinterpret_cast<Words>(
      _mm_mul_epu32(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)));
#else
  out = (a & 0xffffffffU) * b;
#endif
}

/// Counters of Philox4x32, one a lane. The upper halves of lanes hold leftovers that nothing reads:
/// products take the lower ones.
struct Philox {
  Words x0;
  Words x1;
  Words x2;
  Words x3;

  inline void round(std::uint32_t key0, std::uint32_t key1) {
    Words a;
    Words b;
    multiply_low(x0, 0xD2511F53U, a);
    multiply_low(x2, 0xCD9E8D57U, b);
    x0 = (b >> 32) ^ x1 ^ std::uint64_t{key0};
    x2 = (a >> 32) ^ x3 ^ std::uint64_t{key1};
    x1 = b;
    x3 = a;
  }
};

/// out  [kVectors]: for counters … +7 the first words, then the second ones
inline void random_vectors(const Source& source, std::uint64_t counter, Words* out) {
  const Words zero = {};
  Words steps;
  for (std::size_t i = 0; i < kWidth; ++i) {
    steps[i] = i;
  }
  Philox chains[kChains];
  for (std::size_t c = 0; c < kChains; ++c) {
    const Words at = steps + ((source.batch << 16U) + counter + c * kWidth);
    chains[c] = {at, at >> 32, zero + source.stream, zero + (source.stream >> 32U)};
  }
  auto key0 = static_cast<std::uint32_t>(source.seed);
  auto key1 = static_cast<std::uint32_t>(source.seed >> 32U);
  for (int round = 0; round < 10; ++round) {
    for (Philox& chain : chains) {
      chain.round(key0, key1);
    }
    key0 += 0x9E3779B9U;
    key1 += 0xBB67AE85U;
  }
  for (std::size_t c = 0; c < kChains; ++c) {
    const Philox& chain = chains[c];
    out[c] = (chain.x1 << 32) | (chain.x0 & 0xffffffffU);
    out[kChains + c] = (chain.x3 << 32) | (chain.x2 & 0xffffffffU);
  }
}

void random_words(const Source& source, std::uint64_t counter, std::uint64_t* out) {
  Words random[kVectors];
  random_vectors(source, counter, random);
  for (std::size_t i = 0; i < kRandom; ++i) {
    out[i] = random[i / kWidth][i % kWidth];
  }
}

/// −ln u for u uniform in (0, 1), from the upper 52 of 64 random bits; error below 1e-14.
/// As base::pinned_log, with the exponent read without a conversion that AVX2 lacks.
inline void minus_log_of_uniform(const Words& bits, Reals& out) {
  constexpr double kLn2 = 6.93147180559945286227e-01;
  constexpr double kSqrtHalf = 0.70710678118654752440;
  constexpr std::uint64_t kOne = 0x3ff0000000000000U;
  const Reals u = (reinterpret_cast<Reals>((bits >> 12) | kOne) - 1.0) + 0x1p-53;
  const Words b = reinterpret_cast<Words>(u);
  const Reals exponent = reinterpret_cast<Reals>((b >> 52) | 0x4330000000000000U) - (0x1p52 + 1022);
  const Reals half =
      reinterpret_cast<Reals>((b & 0x000fffffffffffffU) | 0x3fe0000000000000U);  // [1/2, 1)
  const Reals lift = reinterpret_cast<Reals>(reinterpret_cast<Words>(half < kSqrtHalf) & kOne);
  const Reals m = half + half * lift;
  const Reals s = (m - 1.0) / (m + 1.0);  // |s| ≤ 0.172
  const Reals q = s * s;
  Reals series = q * (1.0 / 15) + 1.0 / 13;
  series = series * q + 1.0 / 11;
  series = series * q + 1.0 / 9;
  series = series * q + 1.0 / 7;
  series = series * q + 1.0 / 5;
  series = series * q + 1.0 / 3;
  series = series * q + 1.0;
  out = (lift - exponent) * kLn2 - (s + s) * series;
}

/// Scenarios to skip until the next one that is struck, for each of `kRandom` throws.
inline void skips(double skip, const Words* random, std::int32_t* out) {
  constexpr double kBeyond = 2.0 * kBatchScenarios;
  const Reals zero = {};
  const Reals beyond = zero + kBeyond;
  for (std::size_t v = 0; v < kVectors; ++v) {
    Reals gap;
    minus_log_of_uniform(random[v], gap);
    gap *= skip;
    const Words is_within = reinterpret_cast<Words>(gap < beyond);
    gap = reinterpret_cast<Reals>((reinterpret_cast<Words>(gap) & is_within) |
                                  (reinterpret_cast<Words>(beyond) & ~is_within));
    const Whole whole = __builtin_convertvector(gap, Whole);
    __builtin_memcpy(out + v * kWidth, &whole, sizeof whole);
  }
}

/// The rare rest: sets bits at geometric distances.
void add_rest(double skip, const Source& source, std::uint64_t* words) {
  Words random[kVectors];
  std::int32_t gap[kRandom];
  std::size_t at = 0;
  for (std::uint64_t counter = kRestCounters;; counter += kCounters) {
    random_vectors(source, counter, random);
    skips(skip, random, gap);
    for (std::size_t i = 0; i < kRandom; ++i) {
      at += static_cast<std::uint32_t>(gap[i]);
      if (at >= kBatchScenarios) {
        return;
      }
      words[at / 64] |= std::uint64_t{1} << (at % 64);
      ++at;
    }
  }
}

/// A word of probability numerator/2^halvings per bit, last digit first.
void draw_coarse(const Coin& coin, const Source& source, std::uint64_t* words) {
  Words random[kVectors];
  std::uint64_t counter = 0;
  for (std::size_t w = 0; w < kBatchWords; w += kRandom) {
    Words made[kVectors] = {};
    for (std::uint32_t digit = 0; digit < coin.halvings; ++digit, counter += kCounters) {
      random_vectors(source, counter, random);
      const bool ors = (coin.numerator >> digit & 1U) != 0;
      for (std::size_t v = 0; v < kVectors; ++v) {
        made[v] = ors ? random[v] | made[v] : random[v] & made[v];
      }
    }
    __builtin_memcpy(words + w, made, sizeof made);
  }
}

void draw(const Coin& coin, const Source& source, std::uint64_t* words) {
  if (coin.numerator != 0) {
    draw_coarse(coin, source, words);
  } else {
    const std::uint64_t value = coin.is_certain ? ~std::uint64_t{0} : 0;
    for (std::size_t w = 0; w < kBatchWords; ++w) {
      words[w] = value;
    }
  }
  if (coin.skip > 0) {
    add_rest(coin.skip, source, words);
  }
}

/// Adds one bit to each of 64·kBlockWords binary numbers; the bits are used up.
inline void add_bit(std::uint64_t* planes, std::size_t stride, std::uint64_t* carry) {
  for (std::size_t p = 0; p < kPlanes; ++p) {
    std::uint64_t left = 0;
    std::uint64_t* plane = planes + p * stride;
    for (std::size_t w = 0; w < kBlockWords; ++w) {
      const std::uint64_t both = plane[w] & carry[w];
      plane[w] ^= carry[w];
      carry[w] = both;
      left |= both;
    }
    if (left == 0) {
      return;
    }
  }
}

/// True where a binary number is at least k.
inline void compare(const std::uint64_t* planes, std::uint32_t k, std::uint64_t* out) {
  std::uint64_t equal[kBlockWords];
  for (std::size_t w = 0; w < kBlockWords; ++w) {
    equal[w] = ~std::uint64_t{0};
    out[w] = 0;
  }
  for (std::size_t p = kPlanes; p-- > 0;) {
    const std::uint64_t* plane = planes + p * kBlockWords;
    const std::uint64_t digit = (k >> p & 1U) != 0 ? ~std::uint64_t{0} : 0;
    for (std::size_t w = 0; w < kBlockWords; ++w) {
      out[w] |= equal[w] & plane[w] & ~digit;
      equal[w] &= ~(plane[w] ^ digit);
    }
  }
  for (std::size_t w = 0; w < kBlockWords; ++w) {
    out[w] |= equal[w];
  }
}

struct Block {
  const ProgramView& program;
  const std::uint64_t* events;  ///< of this block
  std::uint64_t* scratch;

  [[nodiscard]] inline const std::uint64_t* slot(std::uint32_t s) const {
    return s < program.event_count ? events + s * kBatchWords
                                   : scratch + (s - program.event_count) * kBlockWords;
  }
};

void run_operation(const Block& block, const Operation& op, std::uint64_t* out) {
  const std::uint32_t* inputs = block.program.inputs + op.first;
  if (op.k == 0) {
    const std::uint64_t* in = block.slot(inputs[0]);
    for (std::size_t w = 0; w < kBlockWords; ++w) {
      out[w] = ~in[w];
    }
    return;
  }
  const bool is_any = op.k == 1;
  if (!is_any && op.k != op.count) {
    std::uint64_t planes[kPlanes * kBlockWords] = {};
    for (std::uint32_t i = 0; i < op.count; ++i) {
      const std::uint64_t* in = block.slot(inputs[i]);
      std::uint64_t carry[kBlockWords];
      for (std::size_t w = 0; w < kBlockWords; ++w) {
        carry[w] = in[w];
      }
      add_bit(planes, kBlockWords, carry);
    }
    compare(planes, op.k, out);
    return;
  }
  std::uint64_t sum[kBlockWords];
  const std::uint64_t* in = block.slot(inputs[0]);
  for (std::size_t w = 0; w < kBlockWords; ++w) {
    sum[w] = in[w];
  }
  for (std::uint32_t i = 1; i < op.count; ++i) {
    in = block.slot(inputs[i]);
    for (std::size_t w = 0; w < kBlockWords; ++w) {
      sum[w] = is_any ? sum[w] | in[w] : sum[w] & in[w];
    }
  }
  for (std::size_t w = 0; w < kBlockWords; ++w) {
    out[w] = sum[w];
  }
}

void evaluate(const ProgramView& program, const std::uint64_t* events, std::uint64_t* scratch,
              std::uint64_t* top) {
  for (std::size_t from = 0; from < kBatchWords; from += kBlockWords) {
    const Block block{program, events + from, scratch};
    for (std::size_t i = 0; i < program.operation_count; ++i) {
      run_operation(block, program.operations[i], scratch + i * kBlockWords);
    }
    const std::uint64_t* result = block.slot(program.top);
    for (std::size_t w = 0; w < kBlockWords; ++w) {
      top[from + w] = result[w];
    }
  }
}

void count_sets(const SetsView& sets, const std::uint64_t* events, std::uint64_t* planes) {
  for (std::size_t i = 0; i < kPlanes * kBatchWords; ++i) {
    planes[i] = 0;
  }
  for (std::size_t from = 0; from < kBatchWords; from += kBlockWords) {
    for (std::size_t s = 0; s < sets.count; ++s) {
      std::uint64_t all[kBlockWords];
      for (std::size_t w = 0; w < kBlockWords; ++w) {
        all[w] = ~std::uint64_t{0};
      }
      for (std::uint32_t e = sets.first[s]; e < sets.first[s + 1]; ++e) {
        const std::uint64_t* event = events + sets.events[e] * kBatchWords + from;
        for (std::size_t w = 0; w < kBlockWords; ++w) {
          all[w] &= event[w];
        }
      }
      add_bit(planes + from, kBatchWords, all);
    }
  }
}

}  // namespace

const Kernel kKernel = {random_words, draw, evaluate, count_sets};

}  // namespace outlast::engines::montecarlo::LANES
