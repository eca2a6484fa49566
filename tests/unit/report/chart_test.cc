#include "report/chart.h"

#include <gtest/gtest.h>

namespace outlast::report {
namespace {

TEST(Sparkline, IsAsHighAsTheMeanOfEachPart) {
  EXPECT_EQ(sparkline({0, 0, 4, 4, 8, 8}, 8, 3, false), " ▄█");
}

TEST(Sparkline, IsPlainWhereTheTerminalShowsNoBlocks) {
  EXPECT_EQ(sparkline({0, 4, 8}, 8, 10, true), " =@");
}

TEST(Sparkline, IsNoWiderThanAskedAndEmptyWithoutATrack) {
  EXPECT_EQ(sparkline(std::vector<double>(500, 1), 1, 40, true).size(), 40U);
  EXPECT_EQ(sparkline({}, 1, 40, true), "");
}

TEST(Sparkline, ShowsTheLeastThatIsThere) {
  EXPECT_EQ(sparkline({1e-6, 0}, 1, 2, true), ". ");
}

}  // namespace
}  // namespace outlast::report
