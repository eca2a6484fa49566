#include "base/units.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace outlast::base {
namespace {

std::string why_no_duration(std::string_view text) {
  const auto read = parse_duration(text);
  return read ? "" : read.error().message;
}

TEST(Duration, EveryUnitCountsItsSeconds) {
  const std::vector<std::pair<std::string, double>> units = {
      {"ms", 0.001}, {"s", 1},        {"sec", 1},      {"m", 60},
      {"min", 60},   {"h", 3600},     {"d", 86400},    {"day", 86400},
      {"w", 604800}, {"mo", 2629800}, {"y", 31557600}, {"year", 31557600}};
  for (const auto& [unit, seconds] : units) {
    const auto read = parse_duration("3" + unit);
    ASSERT_TRUE(read) << unit;
    EXPECT_DOUBLE_EQ(read->value, 3 * seconds) << unit;
  }
}

TEST(Duration, PartsAddUpAndSpacesDoNotMatter) {
  EXPECT_DOUBLE_EQ(parse_duration("1h30m")->value, 5400);
  EXPECT_DOUBLE_EQ(parse_duration(" 1 d 2 h\t30 min ")->value, 95400);
  EXPECT_DOUBLE_EQ(parse_duration("1.5h")->value, 5400);
  EXPECT_DOUBLE_EQ(parse_duration("250 ms")->value, 0.25);
}

TEST(Duration, ZeroNeedsNoUnitAndNothingElseGoesWithout) {
  EXPECT_EQ(parse_duration("0")->value, 0);
  EXPECT_EQ(parse_duration("0s")->value, 0);
  for (const char* text : {"", "  ", "5", "1h30", "h", "s5", ".", "-5s", "-0.1h", "5 5s"}) {
    EXPECT_EQ(why_no_duration(text), "expected a duration with its unit") << text;
  }
}

TEST(Duration, AWrongUnitIsNamedWithThoseThatAreKnown) {
  EXPECT_EQ(why_no_duration("5 fortnights"), "unknown unit of time \"fortnights\"");
  EXPECT_NE(why_no_duration("5M").find("\"M\""), std::string::npos) << "capitals are other units";
  EXPECT_NE(why_no_duration("1h5x").find("\"x\""), std::string::npos);
  EXPECT_NE(why_no_duration("0x10s").find("\"x\""), std::string::npos);
}

TEST(Duration, WhatIsNoNumberIsNoDuration) {
  for (const char* text : {"nan s", "nans", "inf s", "infs", "infinity", "1e999s", "--1s"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

RC_GTEST_PROP(Duration, WrittenInSecondsIsReadBackExactly, (std::uint32_t seconds)) {
  const auto read = parse_duration(std::to_string(seconds) + "s");
  RC_ASSERT(read);
  RC_ASSERT(read->value == static_cast<double>(seconds));
}

RC_GTEST_PROP(Duration, NoBytesAreReadAsANegativeOne, (const std::string& text)) {
  const auto read = parse_duration(text);
  RC_ASSERT(!read || read->value >= 0);
}

TEST(Duration, AUnitThatIsNoneLeadsToTheOneThatWasMeant) {
  const auto remedy = [](const char* text) { return parse_duration(text).error().remedy; };
  EXPECT_EQ(remedy("2 hours"), "did you mean \"h\"?");
  EXPECT_EQ(remedy("2 Hrs"), "did you mean \"h\"?");
  EXPECT_EQ(remedy("5 minuets"), "did you mean \"m\"?");
  EXPECT_EQ(remedy("3 weks"), "did you mean \"w\"?");
  EXPECT_EQ(remedy("3 fortnights"), "use ms, s, m, h, d, w, mo or y");
  EXPECT_EQ(remedy("soon"), "write it such as 90s, 5m or 24h");
}

TEST(Share, IsReadAsPercentOrFraction) {
  EXPECT_DOUBLE_EQ(parse_share("99.99%")->value, 0.9999);
  EXPECT_DOUBLE_EQ(parse_share("0.9999")->value, 0.9999);
  EXPECT_DOUBLE_EQ(parse_share(" 50 % ")->value, 0.5);
  EXPECT_EQ(parse_share("0")->value, 0);
  EXPECT_EQ(parse_share("1")->value, 1);
  EXPECT_EQ(parse_share("100%")->value, 1);
}

TEST(Share, OverTheWholeIsToldApartFromAForgottenSign) {
  EXPECT_EQ(parse_share("101%").error().message, "a share cannot be over 100%");
  EXPECT_EQ(parse_share("99.9").error().message, "a share cannot be over 1");
}

TEST(Share, WhatIsNoShareIsRefused) {
  for (const char* text : {"", "%", "-1%", "-0.5", "half", "nan", "inf", "nan%", "50 percent",
                           "50%%", "1e999%", "0x1"}) {
    EXPECT_FALSE(parse_share(text)) << text;
  }
}

RC_GTEST_PROP(Share, IsNeverOutsideOfTheWhole, (const std::string& text)) {
  const auto read = parse_share(text);
  RC_ASSERT(!read || (read->value >= 0 && read->value <= 1));
}

TEST(Amount, IsReadToTheMillionth) {
  EXPECT_EQ(parse_money("2000 USD/month", "month")->micro_usd, 2'000'000'000);
  EXPECT_EQ(parse_money("0.000001 USD/hour", "hour")->micro_usd, 1);
  EXPECT_EQ(parse_money(" 12.5USD / month ", "month")->micro_usd, 12'500'000);
  EXPECT_EQ(parse_money("9e12 USD/hour", "hour")->micro_usd, 9'000'000'000'000'000'000);
}

TEST(Amount, SaysWhatWasExpected) {
  for (const char* text : {"", "2000", "2000 USD", "2000 USD/hour", "-1 USD/month", "nan USD/month",
                           "inf USD/month", "9.1e12 USD/month", "USD/month"}) {
    const auto read = parse_money(text, "month");
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().message, "expected an amount") << text;
  }
  EXPECT_EQ(parse_money("2000 EUR/month", "month").error().message, "amounts are in USD");
}

TEST(FormatDuration, HasTwoDigitsAndTheUnitThatFits) {
  const std::vector<std::pair<double, std::string>> known = {{0, "0 s"},
                                                             {0.0004, "0 s"},
                                                             {0.25, "250 ms"},
                                                             {1, "1 s"},
                                                             {1.5, "1.5 s"},
                                                             {90, "90 s"},
                                                             {99.4, "99 s"},
                                                             {100, "1.7 min"},
                                                             {3600, "60 min"},
                                                             {4.1 * 3600, "4.1 h"},
                                                             {24 * 3600, "24 h"},
                                                             {47.4 * 3600, "47 h"},
                                                             {172800, "2 d"},
                                                             {12 * 86400.0, "12 d"},
                                                             {9.94 * 60, "9.9 min"},
                                                             {9.96 * 60, "10 min"},
                                                             {400 * 86400.0, "400 d"}};
  for (const auto& [seconds, text] : known) {
    EXPECT_EQ(format_duration({seconds}), text) << seconds;
  }
  EXPECT_EQ(format_duration({std::numeric_limits<double>::infinity()}), "unbounded");
}

TEST(FormatInterval, HasTwoDigitsAndTheUnitThatFits) {
  const std::vector<std::pair<double, std::string>> known = {{2.0 / 365.25, "2 days"},
                                                             {5.0 / 52.18, "5 weeks"},
                                                             {0.5, "0.5 y"},
                                                             {1.82, "1.8 y"},
                                                             {9.96, "10 y"},
                                                             {99.4, "99 y"},
                                                             {99.6, "100 y"},
                                                             {123, "120 y"},
                                                             {1000, "1,000 y"},
                                                             {10400, "10,000 y"},
                                                             {123456, "120,000 y"},
                                                             {1e6, "1,000,000 y"},
                                                             {3.1e11, "over 1,000,000 y"}};
  for (const auto& [years, text] : known) {
    EXPECT_EQ(format_interval(years), text) << years;
  }
  EXPECT_EQ(format_interval(std::numeric_limits<double>::infinity()), "never");
}

TEST(FormatAvailability, HasTheDecimalsThatTellItFromTheWhole) {
  EXPECT_EQ(format_availability(1), "100 %");
  EXPECT_EQ(format_availability(0), "0.00 %");
  EXPECT_EQ(format_availability(0.9), "90.00 %");
  EXPECT_EQ(format_availability(0.9994), "99.940 %");
  EXPECT_EQ(format_availability(0.99995), "99.9950 %");
  EXPECT_EQ(format_availability(0.999999), "99.99990 %");
  EXPECT_EQ(format_availability(1 - 1e-12), "99.999999999900 %");
}

TEST(FormatNumber, HasNineDigitsAndNoNegativeZero) {
  EXPECT_EQ(format_number(0), "0");
  EXPECT_EQ(format_number(-0.0), "0");
  EXPECT_EQ(format_number(1.0 / 3), "0.333333333");
  EXPECT_EQ(format_number(123456789012.0), "1.23456789e+11");
  EXPECT_EQ(format_number(2), "2");
}

RC_GTEST_PROP(FormatNumber, NeverShowsTheLastBits, (double value)) {
  RC_PRE(std::isfinite(value) && std::abs(value) < 1e300);
  RC_ASSERT(format_number(value) == format_number(value * (1 + 1e-15)) ||
            std::abs(std::stod(format_number(value)) - value) <= std::abs(value) * 6e-10);
}

}  // namespace
}  // namespace outlast::base
