#include "base/distribution.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

namespace outlast::base {
namespace {

constexpr double kHour = 3600;

/// E[min(limit, D)] = ∫₀^limit P(D > t) dt, by Simpson's rule; knows D by libm's functions only.
template <class Survival>
double integral_of(Survival survives, double limit_s) {
  constexpr int kSteps = 200'000;
  const double step = limit_s / kSteps;
  double sum = survives(0.0) + survives(limit_s);
  for (int i = 1; i < kSteps; ++i) {
    sum += survives(i * step) * (i % 2 == 1 ? 4 : 2);
  }
  return sum * step / 3;
}

struct Lognormal {
  double median_s;
  double sigma;
  double operator()(double t) const {
    return t <= 0 ? 1 : 0.5 * std::erfc(std::log(t / median_s) / sigma / std::sqrt(2.0));
  }
};

TEST(LognormalDuration, HasTheMedianAndThe90thPercentileItWasMadeOf) {
  for (const auto& [median, p90] : {std::pair(600.0, 7200.0), {1.0, 1.0}, {0.001, 1e6}}) {
    const Duration d = Duration::lognormal({median}, {p90});
    EXPECT_NEAR(d.median_s() / median, 1, 1e-13);
    EXPECT_NEAR(d.quantile_s(0.9) / p90, 1, 1e-13);
  }
}

TEST(LognormalDuration, MeanBelowALimitIsTheIntegral) {
  const Lognormal known{2 * kHour, std::log(4.0) / 1.2815515655446004};
  const Duration d = Duration::lognormal({2 * kHour}, {8 * kHour});
  for (const double limit : {60.0, 600.0, 2 * kHour, 10 * kHour, 100 * kHour}) {
    EXPECT_NEAR(d.mean_below_s(limit) / integral_of(known, limit), 1, 1e-8) << limit;
  }
}

TEST(LognormalDuration, BelowAndBeyondAreTheMean) {
  const Duration d = Duration::lognormal({2 * kHour}, {8 * kHour});
  const double mean = 2 * kHour * std::exp(std::pow(std::log(4.0) / 1.2815515655446004, 2) / 2);
  EXPECT_NEAR(d.mean_s() / mean, 1, 1e-13);
  for (const double at : {0.0, 1.0, 600.0, 2 * kHour, 1000 * kHour, 1e12}) {
    EXPECT_NEAR(d.mean_below_s(at) + d.mean_beyond_s(at), mean, mean * 1e-12) << at;
    EXPECT_GE(d.mean_beyond_s(at), 0) << at;
  }
}

TEST(ExponentialDuration, MeanBelowALimitIsTheIntegral) {
  const Duration d = Duration::exponential({kHour});
  const auto known = [](double t) { return std::exp(-t / kHour); };
  for (const double limit : {1.0, 600.0, kHour, 20 * kHour}) {
    EXPECT_NEAR(d.mean_below_s(limit) / integral_of(known, limit), 1, 1e-10) << limit;
    EXPECT_NEAR(d.mean_beyond_s(limit) / (kHour * std::exp(-limit / kHour)), 1, 1e-13) << limit;
  }
  EXPECT_NEAR(d.median_s(), kHour * std::log(2.0), 1e-10);
}

TEST(ExponentialDuration, FarTailsDoNotCancelAway) {
  const Duration d = Duration::exponential({kHour});
  EXPECT_NEAR(d.mean_beyond_s(100 * kHour) / (kHour * std::exp(-100.0)), 1, 1e-12);
}

TEST(FixedDuration, LastsWhatItSays) {
  const Duration d = Duration::fixed({90});
  EXPECT_EQ(d.mean_s(), 90);
  EXPECT_EQ(d.quantile_s(0.999), 90);
  EXPECT_EQ(d.mean_below_s(60), 60);
  EXPECT_EQ(d.mean_below_s(600), 90);
  EXPECT_EQ(d.mean_beyond_s(60), 30);
  EXPECT_EQ(d.mean_beyond_s(600), 0);
  EXPECT_EQ(d.strata_s(3), (std::vector<double>{90, 90, 90}));
  EXPECT_EQ(Duration(), Duration::fixed({0}));
}

TEST(UnboundedDuration, NeverEnds) {
  const Duration d = Duration::unbounded();
  EXPECT_TRUE(d.is_unbounded());
  EXPECT_TRUE(std::isinf(d.mean_s()));
  EXPECT_TRUE(std::isinf(d.median_s()));
  EXPECT_EQ(d.mean_below_s(600), 600);
  EXPECT_TRUE(std::isinf(d.mean_beyond_s(600)));
  EXPECT_TRUE(std::isinf(d.strata_s(2)[1]));
}

RC_GTEST_PROP(Strata, HaveExactlyTheMeanAndRise, ()) {
  const double median =
      *rc::gen::map(rc::gen::inRange(1, 1'000'000), [](int i) { return i / 1e2; });
  const double spread = *rc::gen::map(rc::gen::inRange(0, 500), [](int i) { return 1 + i / 10.0; });
  const auto n = *rc::gen::inRange<std::size_t>(1, 4097);
  for (const Duration& d : {Duration::lognormal({median}, {median * spread}),
                            Duration::exponential({median}), Duration::fixed({median})}) {
    const std::vector<double> strata = d.strata_s(n);
    RC_ASSERT(strata.size() == n);
    RC_ASSERT(std::is_sorted(strata.begin(), strata.end()));
    RC_ASSERT(strata.front() >= 0);
    const double mean = std::accumulate(strata.begin(), strata.end(), 0.0) / static_cast<double>(n);
    RC_ASSERT(std::abs(mean - d.mean_s()) <= 1e-11 * d.mean_s());
  }
}

TEST(Strata, LieBetweenTheirQuantiles) {
  const Duration d = Duration::lognormal({600}, {7200});
  const std::vector<double> strata = d.strata_s(100);
  for (std::size_t i = 1; i + 1 < strata.size(); ++i) {
    EXPECT_GE(strata[i], d.quantile_s(static_cast<double>(i) / 100) * (1 - 1e-9)) << i;
    EXPECT_LE(strata[i], d.quantile_s(static_cast<double>(i + 1) / 100) * (1 + 1e-9)) << i;
  }
}

TEST(ShareBeyond, UndoesTheQuantile) {
  for (const Duration& d : {Duration::lognormal({600}, {7200}), Duration::exponential({600})}) {
    for (const double p : {0.01, 0.5, 0.9, 0.999}) {
      EXPECT_NEAR(d.share_beyond(d.quantile_s(p)), 1 - p, 1e-12) << p;
    }
    EXPECT_EQ(d.share_beyond(0), 1);
    EXPECT_EQ(d.share_beyond(-1), 1);
  }
  EXPECT_EQ(Duration::fixed({60}).share_beyond(59), 1);
  EXPECT_EQ(Duration::fixed({60}).share_beyond(60), 0);
  EXPECT_EQ(Duration::unbounded().share_beyond(1e18), 1);
}

}  // namespace
}  // namespace outlast::base
