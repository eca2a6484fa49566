#include "clock/conditions.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace outlast::clock {
namespace {

using findings::Condition;

/// "10 web down", one change a line.
std::string told(const std::vector<findings::ConditionChange>& changes) {
  std::string text;
  for (const auto& change : changes) {
    text += std::to_string(static_cast<int>(change.at_s)) + " " + change.component + " ";
    text += findings::name_of(change.condition);
    text += "\n";
  }
  return text;
}

TEST(Conditions, OfSeveralCausesTheGravestCounts) {
  EXPECT_EQ(told(gravest_of({{10, "web", 1, Condition::carried},
                             {20, "web", 0, Condition::down},
                             {30, "web", 2, Condition::saturated},
                             {40, "web", 0, std::nullopt},
                             {50, "web", 2, std::nullopt},
                             {60, "web", 1, std::nullopt}})),
            "10 web carried\n20 web down\n40 web saturated\n50 web carried\n60 web serving\n");
}

TEST(Conditions, WhatHappensAtOnceIsOneChange) {
  EXPECT_EQ(told(gravest_of({{10, "web", 1, Condition::carried},
                             {10, "db", 0, Condition::down},
                             {10, "web", 0, Condition::down},
                             {10, "web", 1, std::nullopt}})),
            "10 db down\n10 web down\n");
}

TEST(Conditions, WhatStaysAsItIsIsNoChange) {
  EXPECT_EQ(told(gravest_of({{10, "web", 0, Condition::down},
                             {20, "web", 1, Condition::degraded},
                             {30, "web", 1, std::nullopt}})),
            "10 web down\n");
}

TEST(Conditions, OfWhatIsDownTheCauseIsTold) {
  const auto changes = gravest_of({{10, "web", 0, Condition::down, "needs db"},
                                   {20, "web", 0, Condition::down, "a zone burns"},
                                   {30, "web", 0, std::nullopt, "what it needs is good again"}});
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].cause, "needs db");
  EXPECT_EQ(changes[1].cause, "a zone burns") << "as grave, and for another reason";
  EXPECT_EQ(changes[2].cause, "what it needs is good again");
}

TEST(Conditions, WhatIsDownForAnotherReasonThanIsToldIsToldByItself) {
  const auto steps = steps_of({{70, "web", "web", "1 of 3 replicas down", "a zone burns"}},
                              {{70, "web", Condition::down, "needs nat"}}, 0);
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_FALSE(steps[0].condition);
  EXPECT_EQ(steps[1].condition, Condition::down);
  EXPECT_EQ(steps[1].cause, "needs nat");
}

TEST(Conditions, OfCausesAsGraveTheFirstIsTold) {
  const auto changes = gravest_of({{10, "web", 3, Condition::down, "db is full"},
                                   {20, "web", 2, Condition::down, "2 servers"},
                                   {30, "web", 3, std::nullopt}});
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].cause, "db is full");
  EXPECT_EQ(changes[1].cause, "2 servers");
}

TEST(Conditions, WhatIsToldOfAComponentStandsWithItsChange) {
  const auto steps = steps_of(
      {{70, "db", "db", "is down", "a zone burns"}},
      {{70, "db", Condition::down, "a zone burns"}, {70, "web", Condition::down, "needs db"}}, 60);
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].at_s, 10);
  EXPECT_EQ(steps[0].event, "is down");
  EXPECT_EQ(steps[0].condition, Condition::down);
  EXPECT_EQ(steps[1].component, "web");
  EXPECT_EQ(steps[1].event, "");
  EXPECT_EQ(steps[1].cause, "needs db");
}

}  // namespace
}  // namespace outlast::clock
