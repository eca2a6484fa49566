#include "engines/montecarlo/sampler.h"

#include <gtest/gtest.h>

#include <array>
#include <barrier>
#include <cmath>
#include <thread>
#include <tuple>

#include "unit/engines/faulttree/models.h"

namespace outlast::engines::montecarlo {
namespace {

using faulttree::Model;
using faulttree::zonal_groups;

/// An answer to the last bit.
auto bytes(const SampledProbability& s) {
  return std::tuple(s.probability, s.low, s.high, s.scenarios, s.effective_scenarios);
}

SampledProbability sample(const Model& m, double p, const SampleOptions& options) {
  return sample_probability(m.gates, m.top, std::vector<double>(m.gates.variable_count(), p), {},
                            options);
}

SampleOptions exactly(std::uint64_t scenarios) {
  SampleOptions options;
  options.scenarios = scenarios;
  options.relative_error = 0;
  return options;
}

/// Within four half intervals: one in ten thousand million is farther.
void expect_near(const SampledProbability& s, double truth) {
  EXPECT_NEAR(s.probability, truth, 2 * (s.high - s.low));
  EXPECT_LE(s.low, s.probability);
  EXPECT_GE(s.high, s.probability);
}

TEST(Sampler, OneEventIsAsProbableAsItself) {
  Model m;
  m.top = m.add();
  for (const double p : {1e-7, 1e-3, 0.3, 0.99}) {
    expect_near(sample(m, p, exactly(1'000'000)), p);
  }
}

TEST(Sampler, TwoOfThreeHasItsClosedForm) {
  Model m;
  m.top = m.gates.at_least(2, m.add(3));
  for (const double p : {1e-6, 1e-3, 0.05, 0.6}) {
    expect_near(sample(m, p, exactly(1'000'000)), 3 * p * p - 2 * p * p * p);
  }
}

TEST(Sampler, ConstantsAreExact) {
  Model m;
  m.top = m.gates.never();
  EXPECT_EQ(sample(m, 0, {}).high, 0);
  m.top = m.gates.always();
  EXPECT_EQ(sample(m, 0, {}).low, 1);
  m.top = m.gates.all(m.add(2));
  EXPECT_EQ(sample(m, 0, {}).high, 0);
}

TEST(Sampler, WhatIsRareTakesFewScenarios) {
  const Model m = zonal_groups(20);
  const SampledProbability s = sample(m, 1e-5, exactly(1U << 17U));
  expect_near(s, 1e-5 + 3 * 1e-10 + 60 * (1e-10 + 2e-10));
  EXPECT_TRUE(s.is_conditioned);
  EXPECT_GT(s.effective_scenarios, 1e9);
}

TEST(Sampler, WhatMayHappenIsNotImpossibleHoweverRare) {
  Model m;  // 1e-400 is no double
  m.top = m.gates.all(m.add(2));
  const SampledProbability s = sample(m, 1e-200, exactly(1U << 14U));
  EXPECT_GT(s.scenarios, 0U);
  EXPECT_GT(s.probability, 0);
  EXPECT_EQ(s.low, 0);
  EXPECT_LT(s.high, 1e-307);
  EXPECT_TRUE(std::isfinite(s.effective_scenarios));
  EXPECT_EQ(sample(m, 0, exactly(1U << 14U)).high, 0);
}

TEST(Sampler, PlainScenariosAreWorthThemselves) {
  const Model m = zonal_groups(5);
  SampleOptions options = exactly(1U << 20U);
  options.conditions = false;
  const SampledProbability s = sample(m, 0.05, options);
  EXPECT_FALSE(s.is_conditioned);
  EXPECT_EQ(s.scenarios, 1U << 20U);
  EXPECT_NEAR(s.effective_scenarios / static_cast<double>(s.scenarios), 1, 0.01);
}

TEST(Sampler, AnyNumberOfThreadsGivesTheSameBytes) {
  const Model m = zonal_groups(10);
  for (const bool conditions : {false, true}) {
    SampleOptions options = exactly(1U << 20U);
    options.conditions = conditions;
    options.threads = 1;
    const auto alone = bytes(sample(m, 0.01, options));
    for (const std::size_t threads : {2U, 3U, 8U}) {
      options.threads = threads;
      EXPECT_EQ(bytes(sample(m, 0.01, options)), alone);
    }
  }
}

TEST(Sampler, PortableLoopsGiveTheSameBytes) {
  const Model m = zonal_groups(10);
  for (const double p : {1e-4, 0.01, 0.2}) {
    SampleOptions options = exactly(1U << 18U);
    const auto widest = bytes(sample(m, p, options));
    options.lanes = Lanes::portable;
    EXPECT_EQ(bytes(sample(m, p, options)), widest);
  }
}

TEST(Sampler, ACrewGivesTheSameBytesAsOne) {
  const Model m = zonal_groups(10);
  SampleOptions options = exactly(21 * kBatchScenarios);
  const auto alone = bytes(sample(m, 0.01, options));
  constexpr std::size_t kCrew = 3;
  std::barrier meet(kCrew);
  std::array<std::span<std::uint64_t>, kCrew> held;
  std::array<SampledProbability, kCrew> answers;
  std::vector<std::jthread> members;
  for (std::size_t rank = 0; rank < kCrew; ++rank) {
    members.emplace_back([&, rank] {
      SampleOptions mine = options;
      mine.crew = {rank, kCrew, [&, rank](std::span<std::uint64_t> numbers) {
                     held[rank] = numbers;
                     meet.arrive_and_wait();
                     std::vector<std::uint64_t> sum(numbers.size(), 0);
                     for (const auto& other : held) {
                       for (std::size_t i = 0; i < sum.size(); ++i) {
                         sum[i] += other[i];
                       }
                     }
                     meet.arrive_and_wait();
                     std::copy(sum.begin(), sum.end(), numbers.begin());
                     meet.arrive_and_wait();
                   }};
      answers[rank] = sample(m, 0.01, mine);
    });
  }
  members.clear();
  for (const auto& answer : answers) {
    EXPECT_EQ(bytes(answer), alone);
  }
}

TEST(Sampler, AnotherSeedGivesAnotherAnswer) {
  const Model m = zonal_groups(10);
  SampleOptions options = exactly(1U << 18U);
  const double first = sample(m, 0.01, options).probability;
  options.seed = 2;
  EXPECT_NE(sample(m, 0.01, options).probability, first);
}

TEST(Sampler, AVariableBesideTheOthersChangesNothing) {
  Model m;
  const auto events = m.add(3);
  m.top = m.gates.at_least(2, events);
  Model more;
  const auto unused = more.add();
  const auto same = more.add(3);
  more.top = more.gates.at_least(2, same);
  EXPECT_TRUE(unused.exists());
  const std::vector<std::uint64_t> streams = {101, 102, 103};
  const std::vector<std::uint64_t> more_streams = {100, 101, 102, 103};
  const auto options = exactly(1U << 18U);
  EXPECT_EQ(
      bytes(sample_probability(m.gates, m.top, std::vector(3, 0.1), streams, options)),
      bytes(sample_probability(more.gates, more.top, std::vector(4, 0.1), more_streams, options)));
}

TEST(Sampler, StopsOnceItIsDecided) {
  const Model m = zonal_groups(10);
  SampleOptions options;
  options.relative_error = 0;
  options.scenarios = 1U << 24U;
  options.conditions = false;
  options.threshold = 0.5;
  const SampledProbability below = sample(m, 0.01, options);
  EXPECT_EQ(below.above_threshold, false);
  EXPECT_LT(below.scenarios, 1U << 20U);
  EXPECT_EQ(below.scenarios % kBatchScenarios, 0U);
  options.threshold = 1e-3;
  EXPECT_EQ(sample(m, 0.01, options).above_threshold, true);
}

TEST(Sampler, StopsOnceItIsPreciseEnough) {
  const Model m = zonal_groups(10);
  SampleOptions options;
  options.relative_error = 0.02;
  const SampledProbability s = sample(m, 0.05, options);
  EXPECT_LE((s.high - s.low) / 2, 0.02 * s.probability);
  EXPECT_LT(s.scenarios, options.scenarios);
}

}  // namespace
}  // namespace outlast::engines::montecarlo
