#include "base/as_printed.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "base/units.h"

namespace outlast::base {
namespace {

TEST(AsPrinted, TheEndsOfWhatIsProvenAreRoundedOutwards) {
  EXPECT_EQ(format_number(printed_at_most(0.1234567896)), "0.123456789");
  EXPECT_EQ(format_number(printed_at_least(0.1234567891)), "0.12345679");
  EXPECT_EQ(format_number(printed_at_most(9.999999999e-7)), "9.99999999e-07");
  EXPECT_EQ(format_number(printed_at_least(9.999999991e-7)), "1e-06");
  EXPECT_EQ(format_number(printed_at_most(0.99999999999)), "0.999999999");
  EXPECT_EQ(format_number(printed_at_least(2.2250738585072014e-308)), "2.22507386e-308");
  EXPECT_EQ(format_number(printed_at_most(1 - 1e-16)), "0.999999999");
}

TEST(AsPrinted, WhatIsPrintedAsItIsStays) {
  for (const double value : {0.0, 1.0, 0.1, 0.001, 1e-300, 123456789.0, -0.25}) {
    EXPECT_EQ(printed_at_most(value), value);
    EXPECT_EQ(printed_at_least(value), value);
  }
}

TEST(AsPrinted, TheEndsOfDurationsAndAvailabilitiesAreRoundedOutwards) {
  EXPECT_EQ(format_duration_at_most({57.6 * 60}), "57 min");
  EXPECT_EQ(format_duration_at_least({57.4 * 60}), "58 min");
  EXPECT_EQ(format_duration_at_most({3.04 * 3600}), "3 h");
  EXPECT_EQ(format_duration_at_least({3.04 * 3600}), "3.1 h");
  EXPECT_EQ(format_duration_at_most({2.98 * 3600}), "2.9 h");
  EXPECT_EQ(format_duration_at_least({1e-9}), "1 ms");
  EXPECT_EQ(format_duration_at_most({1e-9}), "0 s");
  EXPECT_EQ(format_yearly_at_least(1), "365 d");
  EXPECT_EQ(format_yearly_at_least(0.5), "183 d");
  EXPECT_EQ(format_availability_at_most(0.99966), "99.966 %");
  EXPECT_EQ(format_availability_at_most(0.9996599), "99.965 %");
  EXPECT_EQ(format_availability_at_least(0.9996599), "99.966 %");
  EXPECT_EQ(format_availability_at_least(0.9996601), "99.967 %");
  for (const double minutes : {1.0, 3.0, 12.0, 57.0}) {
    EXPECT_EQ(format_duration_at_most({minutes * 60}), format_duration({minutes * 60}));
    EXPECT_EQ(format_duration_at_least({minutes * 60}), format_duration({minutes * 60}));
  }
  for (const double share : {0.0, 0.5, 0.999, 0.99999, 1.0}) {
    EXPECT_EQ(format_availability_at_most(share), format_availability(share));
    EXPECT_EQ(format_availability_at_least(share), format_availability(share));
  }
}

TEST(AsPrinted, FewerDigitsAreRoundedOutwardsToo) {
  EXPECT_EQ(printed_at_most(0.1234567, 6), 0.123456);
  EXPECT_EQ(printed_at_least(0.1234561, 6), 0.123457);
  EXPECT_EQ(printed_at_most(0.9999999, 6), 0.999999);
}

RC_GTEST_PROP(AsPrinted, TheEndsHoldTheValueAndAreNear, ()) {
  const double value = *rc::gen::arbitrary<double>();
  const double low = printed_at_most(value), high = printed_at_least(value);
  RC_ASSERT(low <= value);
  RC_ASSERT(value <= high);
  RC_ASSERT(as_printed(low) == low);
  RC_ASSERT(as_printed(high) == high);
  RC_ASSERT(high - low <= 1.01e-8 * std::fabs(value));
}

}  // namespace
}  // namespace outlast::base
