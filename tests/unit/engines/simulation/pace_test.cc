#include <gtest/gtest.h>

#include "engines/simulation/controllers.h"

namespace outlast::engines::simulation {
namespace {

/// Of a hundred at most, at a tenth of their use.
Autoscaler quick(Pace grows, Pace shrinks = {}) {
  Autoscaler scaler;
  scaler.most = 100;
  scaler.target = 0.1;
  scaler.looks_in = 1;
  scaler.grows = std::move(grows);
  scaler.shrinks = std::move(shrinks);
  return scaler;
}

Pace pace(std::vector<Pace::Limit> limits, bool takes_least = false) {
  return {std::move(limits), false, takes_least};
}

constexpr double kFull = 1;
constexpr double kIdle = 0;

TEST(Paces, OfSeveralTheMostCountsWithinItsTime) {
  const Autoscaler scaler = quick(pace({{4, 0, 15}, {0, 1, 15}}));
  AutoscalerState state(scaler);
  EXPECT_EQ(state.look(0, kFull, 1), 5U) << "four more, though twice as many were two";
  state.arrived(5);
  EXPECT_EQ(state.look(10, kFull, 5), std::nullopt) << "four have come within 15 s";
  EXPECT_EQ(state.look(15, kFull, 5), 10U) << "twice as many";
}

TEST(Paces, OfSeveralTheLeastCountsWhereItIsToldSo) {
  const Autoscaler scaler = quick(pace({{10, 0, 60}, {0, 0.1, 60}}, true));
  AutoscalerState state(scaler);
  EXPECT_EQ(state.look(0, kFull, 20), 22U);
}

TEST(Paces, WhatNeverGrowsDoesNot) {
  const Autoscaler scaler = quick(pace({}));
  AutoscalerState state(scaler);
  EXPECT_EQ(state.look(0, kFull, 20), std::nullopt);
}

TEST(Paces, AreThoseOfShrinkingToo) {
  const Autoscaler scaler = quick({}, pace({{0, 0.1, 60}}));
  AutoscalerState state(scaler);
  EXPECT_EQ(state.look(0, kIdle, 50), 45U);
  EXPECT_EQ(state.look(30, kIdle, 45), std::nullopt);
  EXPECT_EQ(state.look(60, kIdle, 45), 40U) << "a share is rounded to the greater change";
}

// Kubernetes, Horizontal Pod Autoscaling, "Algorithm details": pods that are not ready count with
// nothing in use, so ten of them at 80 % of a target of 50 % ask for 10 · 0.8 / 0.5 = 16, and while
// the six start only more use than that asks for more.
TEST(Autoscaler, CountsThoseThatStartAsIdle) {
  Autoscaler scaler = quick({});
  scaler.target = 0.5;
  AutoscalerState state(scaler);
  EXPECT_EQ(state.look(0, 0.8, 10), 16U);
  EXPECT_EQ(state.look(15, 0.8, 10, 6), std::nullopt) << "8 of 16 is the target";
  EXPECT_EQ(state.look(30, 1, 10, 6), 20U);
  EXPECT_EQ(state.look(45, 1, 10, 10), std::nullopt);
  EXPECT_EQ(state.look(60, kIdle, 10, 10), std::nullopt) << "nothing is stopped while some start";
}

TEST(Autoscaler, WithACooldownWaitsForThoseThatStart) {
  Autoscaler scaler = quick({});
  scaler.target = 0.5;
  scaler.rests_out_s = 60;
  AutoscalerState state(scaler);
  EXPECT_EQ(state.look(0, 0.8, 10), 16U);
  EXPECT_EQ(state.look(30, 1, 10, 6), std::nullopt);
  state.arrived(40);
  EXPECT_EQ(state.look(99, 1, 16), std::nullopt);
  EXPECT_EQ(state.look(100, 1, 16), 32U);
}

TEST(Paces, WithoutAnyAllComeAtOnce) {
  const Autoscaler scaler = quick({});
  AutoscalerState state(scaler);
  EXPECT_EQ(state.look(0, kFull, 5), 50U);
}

}  // namespace
}  // namespace outlast::engines::simulation
