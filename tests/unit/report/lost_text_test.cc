#include "report/lost_text.h"

#include <gtest/gtest.h>

namespace outlast::report {
namespace {

TEST(LostText, TellsHowManyOfHowManyAndTheWorstMoment) {
  EXPECT_EQ(lost_text(1915.2, 20212, 0.345), "1,915 of 20,212 requests, at worst 34.5 % of them");
  EXPECT_EQ(lost_text(1915.2, {}, 0.345), "1,915 requests, at worst 34.5 % of them");
}

TEST(LostText, NextToNothingIsNotSpelledOut) {
  EXPECT_EQ(lost_text(3e-115, 20212, 2.55e-122),
            "fewer than one of 20,212 requests, at worst under 0.1 % of them");
  EXPECT_EQ(lost_text(0.2, {}, 0.02), "fewer than one request, at worst 2 % of them");
  EXPECT_EQ(lost_text(0, 20212, 0), "none of 20,212 requests");
  EXPECT_EQ(lost_text(0, {}, 0), "no requests");
}

}  // namespace
}  // namespace outlast::report
