#include "base/date.h"

#include <gtest/gtest.h>

namespace outlast::base {
namespace {

TEST(Dates, AreDaysThatThereAre) {
  EXPECT_EQ(parse_date("2028-02-29"), (Date{2028, 2, 29}));
  for (const char* text : {"2027-02-29", "2027-13-01", "2027-00-10", "2027-1-1", "tomorrow", "",
                           "2027-01-32", "2027/01/01", "+027-01-01"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
  EXPECT_LT((Date{2026, 12, 31}), (Date{2027, 1, 1}));
}

TEST(Dates, AreWrittenAsTheyAreRead) {
  for (const char* text : {"0001-01-01", "2026-11-26", "9999-12-31"}) {
    EXPECT_EQ(format_date(*parse_date(text)), text);
  }
}

TEST(Dates, AYearAfterTheLastOfFebruaryIsBeforeMarch) {
  EXPECT_GT(a_year_after({2028, 2, 29}), (Date{2029, 2, 28}));
  EXPECT_LT(a_year_after({2028, 2, 29}), (Date{2029, 3, 1}));
}

}  // namespace
}  // namespace outlast::base
