// How groups grow and shrink: by what they state, and else as their provider's autoscalers do.

#include <gtest/gtest.h>

#include "clock/load_model.h"
#include "support/make_blueprint.h"

namespace outlast::clock {
namespace {

engines::simulation::Autoscaler scaler_of(const std::string& type, const std::string& scale) {
  const auto load = load_model_of(
      support::make_blueprint("outlast: 1\nname: shop\njourneys: {visit: {enters: web}}\n"
                              "components:\n  web: {type: " +
                              type + ", replicas: 2, scale: {min: 2, max: 9, " + scale + "}}\n"),
      catalog::Catalog::built_in(), Strain::likely);
  EXPECT_EQ(load.model.autoscalers.size(), 1U);
  return load.model.autoscalers.front();
}

TEST(Growth, GroupsOfMachinesTakeThreeMinutesAndFifteen) {
  const auto scaler = scaler_of("aws.autoscaling", "target: cpu 70%, cooldown_in: 5m");
  EXPECT_EQ(scaler.target, 0.7);
  EXPECT_EQ(scaler.period_s * static_cast<double>(scaler.looks_out), 180);
  EXPECT_EQ(scaler.period_s * static_cast<double>(scaler.looks_in), 900);
  EXPECT_EQ(scaler.rests_in_s, 300);
}

TEST(Growth, PodsGrowAtOnceAndShrinkAfterTheirWindow) {
  const auto usual = scaler_of("kubernetes.deployment", "target: cpu 45%");
  EXPECT_EQ(usual.period_s * static_cast<double>(usual.looks_out), 15);
  EXPECT_EQ(usual.looks_in, 1U);
  EXPECT_EQ(usual.rests_in_s, 300);
  EXPECT_EQ(scaler_of("kubernetes.deployment", "cooldown_in: 30s").rests_in_s, 30);
}

TEST(Growth, ALevelThatIsNoShareIsNotTaken) {
  for (const char* target : {"cpu 150%", "1000 requests"}) {
    EXPECT_EQ(scaler_of("aws.autoscaling", std::string("target: ") + target).target, 0.6) << target;
  }
}

}  // namespace
}  // namespace outlast::clock
