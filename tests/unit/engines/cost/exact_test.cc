#include "engines/cost/exact.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace outlast::engines::cost {
namespace {

std::int64_t cents(std::string_view usd) {
  const auto number = parse_exact(usd);
  return number ? to_cents(*number).micro_usd / 10'000 : -1;
}

TEST(Exact, HalfACentIsRoundedUpAndNothingElse) {
  EXPECT_EQ(cents("16.425"), 1643);
  EXPECT_EQ(cents("16.4249999999999999"), 1642);
  EXPECT_EQ(cents("0.005"), 1);
  EXPECT_EQ(cents("0.0049"), 0);
}

TEST(Exact, WhatIsNoPlainNumberIsRefused) {
  for (const char* text : {"", ".", "1.", ".5", "1e3", "-1", "+1", "1,000", "0x1", "1.2.3", " 1",
                           "1234567890123456789012345678901"}) {
    EXPECT_FALSE(parse_exact(text)) << text;
  }
}

TEST(Exact, AmountsBeyondAllReasonStayAmounts) {
  EXPECT_GT(cents("99999999999999999999999"), 0);
}

RC_GTEST_PROP(Exact, TheTextOfANumberReadsBackToIt, ()) {
  const auto micro = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000);
  const Exact number = dollars_of({micro});
  const auto again = parse_exact(decimal_text(number));
  RC_ASSERT(again);
  RC_ASSERT(*again == number);
}

RC_GTEST_PROP(Exact, CentsAreTheNearestByWholeNumbers, ()) {
  const auto price = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000);  // in millionths
  const auto hours = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
  const Exact amount = dollars_of({price}) * Exact(hours);
  RC_ASSERT(to_cents(amount).micro_usd == (price * hours + 5'000) / 10'000 * 10'000);
}

}  // namespace
}  // namespace outlast::engines::cost
