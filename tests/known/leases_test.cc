// Leases against the closed form and against a simulation of renewals.

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "pipeline/pipeline.h"
#include "support/analysed.h"
#include "support/lab.h"

namespace outlast {
namespace {

using support::analysed;
using support::down;
using support::kQ;
using support::lab;
using support::part;

/// Share of time that A is without a lease of B, of the parts' usual figures.
double lost(const std::string& lease, const std::string& b = part("B", "")) {
  const auto analysis =
      analysed(lab(part("A", "needs: [{to: B, strength: refresh, " + lease + "}]") + b));
  return 1 - (1 - down(analysis)) / (1 - kQ);
}

constexpr double kHour = 3600;

TEST(Leases, AreABufferOfWhatIsLeftOfThem) {
  // Mean of q e^(−B/t) over B ~ U(G − R, G), for exponential repair of mean t.
  const double g = 2 * kHour;
  const double r = 1 * kHour;
  const double t = kHour;
  const double expected = kQ * t / r * (std::exp(-(g - r) / t) - std::exp(-g / t));
  EXPECT_NEAR(lost("buffer: 2h, every: 1h"), expected, 1e-9);
}

TEST(Leases, ThatAreTriedAgainLateAreMissedForLonger) {
  // E[e^(rV/t)] = (e^(r/t) − 1) t/r beside the mean over B.
  const double t = kHour;
  const double retry = kHour / 2;
  const double over_buffers = std::exp(-1.0) - std::exp(-2.0);
  const double expected = kQ * over_buffers * t / retry * (std::exp(retry / t) - 1);
  EXPECT_NEAR(lost("buffer: 2h, every: 1h, retry: 30m"), expected, 1e-9);
}

TEST(Leases, RenewedAllTheTimeAreABufferOfTheirLife) {
  EXPECT_NEAR(lost("buffer: 2h, every: 1s"), lost("buffer: 2h"), 1e-7);
}

TEST(Leases, AgreeWithASimulationOfRenewals) {
  // B fails once in 50 h for 1 h. A lease of 30 min, renewed every 10 min, retried every 4 min.
  constexpr double kLife = 1800;
  constexpr double kEvery = 600;
  constexpr double kRetry = 240;
  const base::RandomStream stream(7, 1);
  std::uint64_t drawn = 0;
  const auto exponential = [&](double mean) { return -mean * std::log(stream.uniform(drawn++)); };
  double renewed = 0;  // when the lease was last
  double next = 0;     // try
  double without = 0;
  double now = 0;
  constexpr int kOutages = 400'000;
  for (int i = 0; i < kOutages; ++i) {
    const double begins = now + exponential(50 * kHour);
    const double ends = begins + exponential(kHour);
    // Up to `begins` every try succeeds: the last one before it is found at once.
    if (next < begins) {
      renewed = next + std::floor((begins - next) / kEvery) * kEvery;
      next = renewed + kEvery;
    }
    double tried = next;
    while (tried < ends) {
      tried += kRetry;
    }
    without += std::max(0.0, tried - (renewed + kLife));
    renewed = tried;
    next = tried + kEvery;
    now = ends;
  }
  const std::string b = "  B: {kind: compute, scope: region, failure: {every: 50h, repair: 1h}}\n";
  EXPECT_NEAR(lost("buffer: 30m, every: 10m, retry: 4m", b) / (without / now), 1, 0.02);
}

TEST(Leases, ThatEndBeforeTheyAreRenewedAreAnErrorOfTheInput) {
  base::MemoryFiles files(
      {{"a.yaml", lab(part("A", "needs: [{to: B, strength: refresh, buffer: 5m, every: 10m}]") +
                      part("B", ""))}});
  const auto evaluation = pipeline::evaluate({"a.yaml"}, files, {});
  ASSERT_TRUE(evaluation.diagnostics.has_errors());
  EXPECT_EQ(evaluation.diagnostics.items().front().code, "OUT-E1227");
}

TEST(Leases, DecideHowLongOneOutageIsFelt) {
  // The third party is out for 70 min (median): with a lease of 1 h, renewed every 10 min, users
  // miss it from 50 to 60 min on.
  const auto row_of = [](const std::string& lease) {
    const auto analysis =
        analysed(lab(part("A", "needs: [{to: B, strength: refresh, " + lease + "}]") +
                     "  B: {type: external.service}\n"));
    return *support::row(analysis, "third_party").down_s;
  };
  EXPECT_GT(row_of("buffer: 1h, every: 10m"), 70 * 60 - 60 * 60);
  EXPECT_LT(row_of("buffer: 1h, every: 10m"), row_of("buffer: 10m, every: 10m"));
  EXPECT_GT(row_of("buffer: 1h, every: 10m, retry: 10m"), row_of("buffer: 1h, every: 10m"));
}

}  // namespace
}  // namespace outlast
