#include "base/random.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <vector>

namespace outlast::base {
namespace {

TEST(RandomStream, GivesThePublishedBits) {  // kat_vectors of Random123, philox4x32 10
  EXPECT_EQ(RandomStream(0, 0).bits(0), 0xe169c58d6627e8d5ULL);
  EXPECT_EQ(RandomStream(~0ULL, ~0ULL).bits(~0ULL), 0x41c83b0e408f276dULL)
      << "all bits of counter and key set";
}

RC_GTEST_PROP(RandomStream, TheSameQuestionHasTheSameAnswer,
              (std::uint64_t seed, std::uint64_t stream, std::uint64_t i)) {
  const RandomStream one(seed, stream);
  (void)one.bits(i + 1);
  RC_ASSERT(one.bits(i) == RandomStream(seed, stream).bits(i));
}

TEST(RandomStream, SeedStreamAndNumberAllCount) {
  const RandomStream stream(1, 2);
  EXPECT_NE(stream.bits(0), stream.bits(1));
  EXPECT_NE(stream.bits(0), RandomStream(1, 3).bits(0));
  EXPECT_NE(stream.bits(0), RandomStream(2, 2).bits(0));
  EXPECT_NE(stream.bits(0), stream.bits(1ULL << 32U)) << "the upper half of the number counts";
}

TEST(RandomStream, UniformNumbersFillTheOpenInterval) {
  const RandomStream stream(7, 7);
  constexpr int kDraws = 100'000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double u = stream.uniform(static_cast<std::uint64_t>(i));
    ASSERT_GT(u, 0);
    ASSERT_LT(u, 1);
    sum += u;
    squares += u * u;
  }
  EXPECT_NEAR(sum / kDraws, 0.5, 4 / std::sqrt(12.0 * kDraws));
  EXPECT_NEAR(squares / kDraws, 1.0 / 3, 4 * std::sqrt(4.0 / 45 / kDraws));
}

RC_GTEST_PROP(Permutation, HasEveryNumberOnce, (std::uint64_t seed, std::uint64_t stream)) {
  const auto n = *rc::gen::inRange<std::size_t>(0, 600);
  std::vector<std::uint32_t> order = RandomStream(seed, stream).permutation(n);
  RC_ASSERT(order == RandomStream(seed, stream).permutation(n));
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> all(n);
  std::iota(all.begin(), all.end(), 0U);
  RC_ASSERT(order == all);
}

TEST(Permutation, EveryOrderOfFourOccursAboutEquallyOften) {
  std::map<std::vector<std::uint32_t>, int> times;
  constexpr int kDraws = 24'000;
  for (std::uint64_t stream = 0; stream < kDraws; ++stream) {
    ++times[RandomStream(1, stream).permutation(4)];
  }
  ASSERT_EQ(times.size(), 24U);
  double chi_squared = 0;
  for (const auto& [order, n] : times) {
    chi_squared += std::pow(n - kDraws / 24.0, 2) / (kDraws / 24.0);
  }
  EXPECT_LT(chi_squared, 49.7) << "23 degrees of freedom, one in a thousand";
}

}  // namespace
}  // namespace outlast::base
