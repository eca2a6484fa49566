#include "blueprint/scale_pace.h"

#include <gtest/gtest.h>

namespace outlast::blueprint {
namespace {

TEST(ScalePace, IsSoManyOrAShareOfThemWithinATime) {
  const auto pace = pace_in("4 in 15s or 100% in 1m");
  ASSERT_TRUE(pace.has_value());
  ASSERT_EQ(pace->limits.size(), 2U);
  EXPECT_FALSE(pace->takes_least);
  EXPECT_DOUBLE_EQ(pace->limits[0].replicas, 4);
  EXPECT_DOUBLE_EQ(pace->limits[0].within.value, 15);
  EXPECT_DOUBLE_EQ(pace->limits[1].share, 1);
  EXPECT_DOUBLE_EQ(pace->limits[1].within.value, 60);
}

TEST(ScalePace, OfSeveralTheLeastMayCount) {
  const auto pace = pace_in("2 in 1m and 10% in 1m");
  ASSERT_TRUE(pace.has_value());
  EXPECT_TRUE(pace->takes_least);
}

TEST(ScalePace, MayBeNever) {
  const auto pace = pace_in("never");
  ASSERT_TRUE(pace.has_value());
  EXPECT_TRUE(pace->limits.empty());
}

TEST(ScalePace, IsNotReadWhereItIsNone) {
  for (const char* text : {"", "4", "4 in", "in 15s", "many in 15s", "4 in 0s", "-1 in 15s",
                           "4 in 15s or", "4 in 15s or 5 in 5s and 1 in 1s", "4x in 15s"}) {
    EXPECT_FALSE(pace_in(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace outlast::blueprint
