// Unknown zones against every way of saying where they are.

#include <gtest/gtest.h>

#include <algorithm>

#include "support/analysed.h"
#include "support/lab.h"

namespace outlast {
namespace {

using support::analysed;
using support::lab;

std::string server(const std::string& name, const std::string& zone, const std::string& needs) {
  return "  " + name + ": {type: aws.ec2, region: eu-west-1, replicas: 1" +
         (zone.empty() ? "" : ", zones: [" + zone + "]") + ", needs: [" + needs + "]}\n";
}

/// A in zone a; B and C wherever `b` and `c` say, nowhere known where they are empty.
findings::Availability three(const std::string& needs, const std::string& b, const std::string& c) {
  return *analysed(lab(server("A", "a", needs) + server("B", b, "") + server("C", c, "")))
              .availability;
}

void expect_ends_of_all_placements(const std::string& needs) {
  double low = 1;
  double high = 0;
  for (const std::string b : {"a", "b", "c"}) {
    for (const std::string c : {"a", "b", "c"}) {
      const auto known = three(needs, b, c);
      low = std::min(low, known.low);
      high = std::max(high, known.high);
    }
  }
  const auto unknown = three(needs, "", "");
  EXPECT_LT(low, high);
  EXPECT_NEAR(unknown.low, low, 1e-12);
  EXPECT_NEAR(unknown.high, high, 1e-12);
  EXPECT_EQ(unknown.range_exactness, findings::Exactness::exact);
}

TEST(UnknownZones, OfAlternativesHaveTheEndsOfAllTheirPlacements) {
  expect_ends_of_all_placements("{any_of: [B, C]}");
}

TEST(UnknownZones, OfASeriesHaveTheEndsOfAllTheirPlacements) {
  expect_ends_of_all_placements("B, C");
}

TEST(UnknownZones, OfBothAtOnceHaveTheEndsOfAllTheirPlacements) {
  // Sharing helps a series and hurts alternatives: neither end is all apart or all together.
  expect_ends_of_all_placements("B, {any_of: [C, B]}");
}

TEST(UnknownZones, TooManyToTryAreBounded) {
  std::string components = server("A", "a", "B, C, D, E, F");
  for (const std::string name : {"B", "C", "D", "E", "F"}) {
    components += server(name, "", "");
  }
  EXPECT_EQ(analysed(lab(components)).availability->range_exactness, findings::Exactness::bounded);
  EXPECT_EQ(three("B, C", "b", "c").range_exactness, findings::Exactness::exact);
}

TEST(Relocation, LeavesWhatWasNeededInTheOldZoneBehind) {
  // Of two servers, each with the way out of its zone, both carry the load. When a zone falls, the
  // server is started in the other one and uses the way out there: minutes, not the zone's hours.
  const auto shop = [](const std::string& relocates) {
    return analysed(
        lab("  A: {type: aws.ec2, region: eu-west-1, zones: [a, b], replicas: 2, at_least: 2, "
            "relocates: " +
            relocates +
            ", needs: [{to: N, local: true, kind: supply}]}\n"
            "  N: {type: aws.nat_gateway, region: eu-west-1, zones: [a, b], replicas: 2, "
            "at_least: 1}\n"));
  };
  const auto moves = shop("true");
  const auto stays = shop("false");
  EXPECT_LT(*support::row(moves, "zone", "outage").down_s, 3600);
  EXPECT_GT(*support::row(stays, "zone", "outage").down_s, 2 * 3600);
  // Two zones, once in 100 years each, for about six hours.
  const double hours_of_zones = 2 * 6.0 / 100;
  const double saved =
      (moves.availability->value - stays.availability->value) * base::kSecondsPerYear / 3600;
  EXPECT_GT(saved, hours_of_zones / 2);
}

}  // namespace
}  // namespace outlast
