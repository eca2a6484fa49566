#include "base/numbers.h"

#include <gtest/gtest.h>

namespace outlast::base {
namespace {

TEST(Numbers, WholeOnesAreDigitsAlone) {
  EXPECT_EQ(*parse_whole_number("010"), 10U) << "no octal";
  EXPECT_EQ(*parse_whole_number("18446744073709551615"), 18446744073709551615ULL);
  for (const char* text :
       {"", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x10", "184467440737095516150"}) {
    const auto number = parse_whole_number(text);
    ASSERT_FALSE(number) << text;
    EXPECT_EQ(number.error().message, "\"" + std::string(text) + "\" is no whole number from 0 on");
  }
  EXPECT_EQ(parse_whole_number("0", 1, 5).error().message, "\"0\" is no whole number from 1 to 5");
  EXPECT_FALSE(parse_whole_number("6", 1, 5));
}

TEST(Numbers, AreFinite) {
  EXPECT_EQ(*parse_number("-1e3"), -1000);
  EXPECT_EQ(*parse_number("0.5", 0), 0.5);
  for (const char* text : {"", "nan", "inf", "1e999", "-0.1", "1x"}) {
    ASSERT_FALSE(parse_number(text, 0)) << text;
  }
  EXPECT_EQ(parse_number("nan", 0).error().message, "\"nan\" is no number from 0 on");
}

}  // namespace
}  // namespace outlast::base
