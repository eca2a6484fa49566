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
