#include "engines/montecarlo/kernel.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cmath>
#include <vector>

#include "base/random.h"
#include "engines/montecarlo/coin.h"
#include "engines/montecarlo/program.h"
#include "unit/engines/faulttree/models.h"

namespace outlast::engines::montecarlo {
namespace {

using faulttree::draw_below;
using faulttree::random_model;

std::vector<std::uint64_t> drawn(const Coin& coin, const Source& source, Lanes lanes) {
  std::vector<std::uint64_t> words(kBatchWords, 0x5555);
  kernel_of(lanes).draw(coin, source, words.data());
  return words;
}

double share_of(double p, std::uint64_t batches) {
  std::uint64_t hits = 0;
  for (std::uint64_t batch = 0; batch < batches; ++batch) {
    for (const std::uint64_t word : drawn(coin_for(p), {7, 11, batch}, Lanes::portable)) {
      hits += static_cast<std::uint64_t>(std::popcount(word));
    }
  }
  return static_cast<double>(hits) / static_cast<double>(batches * kBatchScenarios);
}

TEST(Kernel, NumbersAreThoseOfTheStream) {
  std::uint64_t words[16];
  const std::uint64_t seed = 0x123456789abcdef0U;
  const std::uint64_t stream = 0xfedcba9876543210U;
  kernel_of(Lanes::portable).random({seed, stream, 5}, 24, words);
  for (std::uint64_t i = 0; i < 8; ++i) {
    EXPECT_EQ(words[i], base::RandomStream(seed, stream).bits((5U << 16U) + 24 + i));
  }
}

TEST(Kernel, CertainAndImpossibleEventsTakeNoNumbers) {
  for (const std::uint64_t word : drawn(coin_for(1), {1, 1, 1}, Lanes::portable)) {
    EXPECT_EQ(word, ~std::uint64_t{0});
  }
  for (const std::uint64_t word : drawn(coin_for(0), {1, 1, 1}, Lanes::portable)) {
    EXPECT_EQ(word, 0U);
  }
}

TEST(Kernel, EventsHappenAsOftenAsTheirProbabilitySays) {
  constexpr std::uint64_t kBatches = 200;
  constexpr double kDraws = kBatches * kBatchScenarios;
  for (const double p : {1e-5, 1e-3, 0.0123, 0.0625, 0.1, 0.37, 0.5, 0.9, 0.999}) {
    const double sigma = std::sqrt(p * (1 - p) / kDraws);
    EXPECT_NEAR(share_of(p, kBatches), p, 4.5 * sigma) << p;
  }
}

TEST(Kernel, NeighbouringScenariosAreIndependent) {
  for (const double p : {0.01, 0.1, 0.6}) {
    std::uint64_t pairs = 0;
    constexpr std::uint64_t kBatches = 200;
    for (std::uint64_t batch = 0; batch < kBatches; ++batch) {
      for (const std::uint64_t word : drawn(coin_for(p), {3, 5, batch}, Lanes::portable)) {
        pairs += static_cast<std::uint64_t>(std::popcount(word & (word >> 1U)));
      }
    }
    const double draws = kBatches * kBatchWords * 63.0;
    EXPECT_NEAR(static_cast<double>(pairs) / draws, p * p, 6 * std::sqrt(p * p / draws)) << p;
  }
}

TEST(Coin, HalvingsAndTheRestMakeTheProbability) {
  for (const double p : {1e-12, 1e-6, 0.003, 0.02, 0.1, 1.0 / 3, 0.75, 0.999999}) {
    const Coin coin = coin_for(p);
    const double coarse = coin.numerator / std::ldexp(1, static_cast<int>(coin.halvings));
    const double rest = coin.skip > 0 ? -std::expm1(-1 / coin.skip) : 0;
    EXPECT_NEAR((coarse + rest - coarse * rest) / p, 1, 1e-12) << p;
  }
}

RC_GTEST_PROP(KernelLaws, GatesAreTrueInAScenarioAsOneByOne, ()) {
  const faulttree::Model m = random_model(10);
  RC_PRE(m.gates.kind(m.top) > base::GateKind::constant_true);
  const Program program(m.gates, m.top);
  std::vector<std::uint64_t> events;
  for (std::size_t e = 0; e < program.events().size(); ++e) {
    const auto words = drawn(coin_for(0.4), {draw_below(1000), e, 0}, Lanes::portable);
    events.insert(events.end(), words.begin(), words.end());
  }
  std::vector<std::uint64_t> scratch(program.operations().size() * kBlockWords);
  std::vector<std::uint64_t> top(kBatchWords);
  kernel_of(Lanes::portable).evaluate(program.view(), events.data(), scratch.data(), top.data());
  for (std::size_t s = 0; s < kBatchScenarios; s += 97) {
    std::vector<bool> happened(m.gates.variable_count(), false);
    for (std::size_t e = 0; e < program.events().size(); ++e) {
      happened[program.events()[e].index] = (events[e * kBatchWords + s / 64] >> s % 64 & 1U) != 0;
    }
    RC_ASSERT(((top[s / 64] >> s % 64 & 1U) != 0) == m.gates.evaluate(happened)[m.top.index]);
  }
}

TEST(Kernel, Avx2GivesTheBitsOfThePortableLoops) {
  if (best_lanes() != Lanes::avx2) {
    GTEST_SKIP() << "this processor has no AVX2";
  }
  for (const double p : {1e-6, 1e-4, 0.004, 0.03, 0.1, 0.3, 0.5, 0.7, 0.99}) {
    for (std::uint64_t batch = 0; batch < 50; ++batch) {
      const Source source{batch * 77, 5, batch << 30U};
      ASSERT_EQ(drawn(coin_for(p), source, Lanes::avx2),
                drawn(coin_for(p), source, Lanes::portable))
          << p;
    }
  }
}

}  // namespace
}  // namespace outlast::engines::montecarlo
