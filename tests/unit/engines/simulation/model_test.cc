#include "engines/simulation/model.h"

#include <gtest/gtest.h>

#include "support/make_model.h"

namespace outlast::engines::simulation {
namespace {

using tests::add_behind;
using tests::one_station;

std::string mistake_in(const Model& model) {
  const auto ok = check_model(model);
  return ok ? "" : ok.error().message;
}

TEST(Model, WhatIsThereCanBeRun) {
  Model model = one_station(1, 1, 1);
  add_behind(model, "database", 1, 1);
  EXPECT_EQ(mistake_in(model), "");
  EXPECT_EQ(callers_first(model), (std::vector{StationId(0), StationId(1)}));
}

TEST(Model, ACircleOfCallsIsRefused) {
  Model model = one_station(1, 1, 1);
  Call back;
  back.to = StationId(0);
  model.stations[StationId(0)].calls.push_back(model.calls.push_back(back));
  EXPECT_EQ(mistake_in(model), "stations call each other in a circle");
}

TEST(Model, NamesOfNothingAndNumbersWithoutMeaningAreRefused) {
  const auto broken = [](auto change) {
    Model model = one_station(1, 1, 1);
    change(model);
    return mistake_in(model);
  };
  EXPECT_NE(broken([](Model& m) { m.calls[CallId(0)].to = StationId(7); }), "");
  EXPECT_NE(broken([](Model& m) { m.sources[0].call = CallId(7); }), "");
  EXPECT_NE(broken([](Model& m) { m.sources[0].rate = {{5, 1}, {5, 2}}; }), "");
  EXPECT_NE(broken([](Model& m) { m.sources[0].rate = {{0, -1}}; }), "");
  EXPECT_NE(broken([](Model& m) { m.stations[StationId(0)].servers = 0; }), "");
  EXPECT_NE(broken([](Model& m) { m.stations[StationId(0)].service.mean_s = kForever; }), "");
  EXPECT_NE(broken([](Model& m) { m.calls[CallId(0)].timeout_s = 0; }), "");
  EXPECT_NE(broken([](Model& m) { m.calls[CallId(0)].pool = 0; }), "");
  EXPECT_NE(broken([](Model& m) {
              m.changes = {{9, Quantity::speed, 0, 1, ""}, {3, Quantity::speed, 0, 1, ""}};
            }),
            "");
  EXPECT_NE(broken([](Model& m) { m.changes = {{9, Quantity::failing, 0, 2, ""}}; }), "");
  EXPECT_NE(broken([](Model& m) { m.autoscalers = {{StationId(0), 5, 2}}; }), "");
}

TEST(Model, ARateRunsStraightBetweenItsPoints) {
  const std::vector<RatePoint> points = {{10, 100}, {20, 300}};
  EXPECT_EQ(rate_at(points, 0), 0);
  EXPECT_EQ(rate_at(points, 15), 200);
  EXPECT_EQ(rate_at(points, 99), 300);
}

}  // namespace
}  // namespace outlast::engines::simulation
