#include "engines/simulation/age_queue.h"

#include <gtest/gtest.h>

namespace outlast::engines::simulation {
namespace {

Part part(double mass) {
  return {0, mass, 0, 0, 0, false};
}

/// Sums of three masses round otherwise than what is taken of them one by one.
TEST(AgeQueue, WhatRoundingLeavesIsNobodyWhoWaits) {
  AgeQueue queue;
  for (const double mass : {0.3, 0.2, 0.1}) {
    queue.push(part(mass));
  }
  double left = 0;
  queue.take(queue.mass(), [&](const Part&, double mass) { left += mass; });
  EXPECT_DOUBLE_EQ(left, 0.6);
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.mass(), 0);
  EXPECT_DOUBLE_EQ(queue.gone(), 0.6);
}

}  // namespace
}  // namespace outlast::engines::simulation
