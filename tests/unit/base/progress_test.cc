#include "base/progress.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/parallel.h"

namespace outlast::base {
namespace {

TEST(Progress, HundredthsOnlyRiseUpToAHundred) {
  std::vector<int> told;
  Progress progress([&](int hundredths) { told.push_back(hundredths); });
  progress.plan(2);
  parallel_for(2000, 4, [&](std::size_t) { progress.did(0.001); });
  ASSERT_FALSE(told.empty());
  for (std::size_t i = 1; i < told.size(); ++i) {
    EXPECT_GT(told[i], told[i - 1]);
  }
  EXPECT_EQ(told.back(), 100);
}

TEST(Progress, EachHundredthOfEvenWorkIsTold) {
  std::vector<int> told;
  Progress progress([&](int hundredths) { told.push_back(hundredths); });
  progress.plan(2);
  for (int i = 0; i < 2000; ++i) {
    progress.did(0.001);
  }
  EXPECT_EQ(told.size(), 100U);
}

TEST(Progress, WhatIsPlannedLaterTakesNothingBack) {
  std::vector<int> told;
  Progress progress([&](int hundredths) { told.push_back(hundredths); });
  progress.plan(1);
  progress.did(0.5);
  progress.plan(3);  // an eighth is done
  progress.did(0.5);
  progress.did(2);
  EXPECT_EQ(told, (std::vector<int>{50, 75}));
}

}  // namespace
}  // namespace outlast::base
