#include "base/pinned_math.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

// Known values: 60 digits by mpmath 1.3 and Python's decimal, of the double nearest to the argument.

namespace outlast::base {
namespace {

using Known = std::vector<std::pair<double, double>>;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

void expect_relative(double found, double expected, double tolerance, double argument) {
  EXPECT_LE(std::abs(found - expected), tolerance * std::abs(expected))
      << "at " << argument << ": " << found << " is not " << expected;
}

TEST(PinnedExp, GivesTheKnownValues) {
  const Known known = {{0, 1},
                       {1, 2.7182818284590452353602875e+0},
                       {-1, 3.6787944117144232159552377e-1},
                       {0.5, 1.6487212707001281468486508e+0},
                       {10, 2.2026465794806716516957901e+4},
                       {-10, 4.5399929762484851535591516e-5},
                       {100, 2.6881171418161354484126256e+43},
                       {700, 1.0142320547350045094553296e+304},
                       {-700, 9.8596765437597708567053729e-305},
                       {1e-10, 1.0000000001000000000050000e+0},
                       {-1e-300, 1},
                       {0.34657, 1.4142084849595796621916101e+0},
                       {-0.34658, 7.0710224884457621896981542e-1},
                       {709.5, 1.3549863193146328308766323e+308},
                       {-708, 3.3075530036384079962011743e-308}};
  for (const auto& [x, expected] : known) {
    expect_relative(pinned_exp(x), expected, 4e-16, x);
  }
}

TEST(PinnedExp, EndsWhereDoublesEnd) {
  EXPECT_EQ(pinned_exp(709.79), kInfinity);
  EXPECT_EQ(pinned_exp(1e300), kInfinity);
  EXPECT_EQ(pinned_exp(kInfinity), kInfinity);
  EXPECT_TRUE(std::isfinite(pinned_exp(709.78)));
  EXPECT_EQ(pinned_exp(-746), 0);
  EXPECT_EQ(pinned_exp(-1e300), 0);
  EXPECT_EQ(pinned_exp(-kInfinity), 0);
  EXPECT_GT(pinned_exp(-745), 0) << "the smallest of all doubles";
  EXPECT_NEAR(pinned_exp(-740) / 4.2e-322, 1, 0.05) << "few bits are left there";
}

TEST(PinnedLog, GivesTheKnownValues) {
  const Known known = {{1, 0},
                       {2, 6.9314718055994530941723212e-1},
                       {10, 2.3025850929940456840179915e+0},
                       {0.5, -6.9314718055994530941723212e-1},
                       {1e-300, -6.9077552789821370518033834e+2},
                       {1e300, 6.9077552789821370525790220e+2},
                       {0.999, -1.0005003335835343892104694e-3},
                       {1.001, 9.9950033308342314270945605e-4},
                       {1.0000000001, 1.0000000826903709908196694e-10},
                       {0.7071067811865475, -3.4657359027997274335977535e-1},
                       {0.70711, -3.4656903820069412028891383e-1},
                       {1.4142135623730951, 3.4657359027997272306670264e-1},
                       {3, 1.0986122886681096913952452e+0},
                       {1e-10, -2.3025850929940456803747717e+1},
                       {2.2250738585072014e-308, -7.0839641853226410622441123e+2},
                       {1.7976931348623157e308, 7.0978271289338399673222339e+2}};
  for (const auto& [x, expected] : known) {
    expect_relative(pinned_log(x), expected, 4e-16, x);
  }
}

RC_GTEST_PROP(PinnedMath, ExpAndLogAreEachOthersInverse, ()) {
  const double x =
      *rc::gen::map(rc::gen::inRange(-7'000'000, 7'000'001), [](int i) { return i / 10'000.0; });
  // The error of x itself is carried into e^x times x.
  RC_ASSERT(std::abs(pinned_log(pinned_exp(x)) - x) <= 4e-16 * std::max(1.0, std::abs(x)));
}

RC_GTEST_PROP(PinnedMath, ExpIsNearTheLibrarysOwn, ()) {
  const double x =
      *rc::gen::map(rc::gen::inRange(-7'000'000, 7'000'001), [](int i) { return i / 10'000.0; });
  RC_ASSERT(std::abs(pinned_exp(x) - std::exp(x)) <= 1e-15 * std::exp(x));
}

TEST(NormalCdf, GivesTheKnownValues) {
  const Known known = {
      {-8, 6.220960574271784123516e-16},      {-6.5, 4.016000583859117808346e-11},
      {-6.0001, 9.859802389937650841323e-10}, {-5.9999, 9.871954156346122101741e-10},
      {-5, 2.866515718791939116738e-7},       {-3, 0.001349898031630094526652},
      {-1, 0.1586552539314570514148},         {-0.5, 0.3085375387259868963623},
      {-1e-10, 0.4999999999601057719599},     {0, 0.5},
      {0.3, 0.6179114221889526330723},        {1, 0.8413447460685429485852},
      {2, 0.9772498680518207927997},          {3, 0.9986501019683699054733},
      {5, 0.9999997133484281208061},          {6, 0.9999999990134123549623}};
  for (const auto& [x, expected] : known) {
    EXPECT_NEAR(normal_cdf(x), expected, 1e-15) << x;
  }
}

TEST(NormalCdf, TheFarTailIsGoodToItsLastDigits) {
  expect_relative(normal_cdf(-20), 2.753624118606233695076e-89, 1e-13, -20);
  expect_relative(normal_cdf(-37.5), 4.605353009581954843828e-308, 1e-12, -37.5);
  EXPECT_EQ(normal_cdf(-39), 0);
  EXPECT_EQ(normal_cdf(-1e300), 0);
  EXPECT_EQ(normal_cdf(-kInfinity), 0);
  EXPECT_EQ(normal_cdf(10), 1);
  EXPECT_EQ(normal_cdf(kInfinity), 1);
}

RC_GTEST_PROP(NormalCdf, BothSidesMakeOne, ()) {
  const double x =
      *rc::gen::map(rc::gen::inRange(-60'000, 60'001), [](int i) { return i / 10'000.0; });
  RC_ASSERT(std::abs(normal_cdf(x) + normal_cdf(-x) - 1) <= 2e-15);
  RC_ASSERT(normal_cdf(x) >= 0);
  RC_ASSERT(normal_cdf(x) <= 1);
}

TEST(NormalQuantile, GivesTheKnownValues) {
  const Known known = {{1e-300, -37.04709629936119923655},     {1e-100, -21.27345356096532429418},
                       {1e-20, -9.262340089798407579572},      {1e-10, -6.3613409024040561991},
                       {1e-05, -4.264890793922824610234},      {0.001, -3.090232306167813535358},
                       {0.01, -2.326347874040841093075},       {0.025, -1.95996398454005421178},
                       {0.05, -1.644853626951472687952},       {0.074, -1.446632067158978509863},
                       {0.076, -1.432502720825811618829},      {0.1, -1.281551565544600435335},
                       {0.25, -0.6744897501960817432022},      {0.4, -0.2533471031357997413247},
                       {0.6, 0.2533471031357997413247},        {0.75, 0.6744897501960817432022},
                       {0.9, 1.281551565544600593487},         {0.926, 1.446632067158978807006},
                       {0.975, 1.959963984540053855604},       {0.99, 2.326347874040840767637},
                       {0.999, 3.090232306167813277758},       {0.99999, 4.264890793923840769948},
                       {0.9999999999, 6.361340889697421864155}};
  for (const auto& [p, expected] : known) {
    expect_relative(normal_quantile(p), expected, 1e-15, p);
  }
  EXPECT_EQ(normal_quantile(0.5), 0);
}

RC_GTEST_PROP(NormalQuantile, InvertsTheDistribution, ()) {
  const double p = *rc::gen::map(rc::gen::inRange(1, 1'000'000), [](int i) { return i / 1e6; });
  RC_ASSERT(std::abs(normal_cdf(normal_quantile(p)) - p) <= 2e-15);
}

}  // namespace
}  // namespace outlast::base
