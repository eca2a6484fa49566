// Unknown zones against every way of saying where they are.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

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

findings::Verdict zone_row(const std::string& needs, const std::string& region,
                           const std::vector<std::string>& zones) {
  std::string components =
      "  A: {type: aws.lambda, region: " + region + ", needs: [" + needs + "]}\n";
  constexpr const char* kNames[] = {"B", "C", "D"};
  for (std::size_t i = 0; i < zones.size(); ++i) {
    components += "  " + std::string(kNames[i]) + ": {type: aws.ec2, region: " + region +
                  (zones[i].empty() ? "" : ", zones: [" + zones[i] + "]") + "}\n";
  }
  return support::row(analysed(lab(components)), "zone", "outage").survives;
}

/// One verdict for all placements is the verdict; several are unknown.
void expect_verdict_of_all_placements(const std::string& needs, const std::string& region,
                                      const std::vector<std::string>& zones, std::size_t servers) {
  std::set<bool> fails;
  std::vector<std::size_t> at(servers, 0);
  bool is_more = true;
  while (is_more) {
    std::vector<std::string> lies;
    for (const std::size_t zone : at) {
      lies.push_back(zones[zone]);
    }
    fails.insert(zone_row(needs, region, lies) == findings::Verdict::no);
    std::size_t i = 0;
    while (i < servers && ++at[i] == zones.size()) {
      at[i++] = 0;
    }
    is_more = i < servers;
  }
  const auto unknown = zone_row(needs, region, std::vector<std::string>(servers));
  EXPECT_EQ(unknown == findings::Verdict::unknown, fails.size() == 2) << needs << " " << region;
  EXPECT_EQ(unknown == findings::Verdict::no, fails == std::set{true}) << needs << " " << region;
}

TEST(UnknownZones, GiveTheVerdictThatAllTheirPlacementsGive) {
  for (const char* needs : {"{any_of: [B, C]}", "B, C", "B, {any_of: [C, B]}"}) {
    expect_verdict_of_all_placements(needs, "eu-west-1", {"a", "b", "c"}, 2);
  }
}

TEST(UnknownZones, ThreeInTwoZonesCannotAllLieApart) {
  // Two of three are needed, and of three in two zones two lie in one: some zone stops users.
  const std::string two_of_three = "{any_of: [B, C, D], at_least: 2}";
  expect_verdict_of_all_placements(two_of_three, "us-west-1", {"a", "b"}, 3);
  EXPECT_EQ(zone_row(two_of_three, "us-west-1", {"", "", ""}), findings::Verdict::no);
  EXPECT_EQ(zone_row(two_of_three, "eu-west-1", {"", "", ""}), findings::Verdict::unknown);
}

TEST(UnknownZones, TooManyToTryAreBounded) {
  std::string components = server("A", "a", "B, C, D, E, F");
  for (const std::string name : {"B", "C", "D", "E", "F"}) {
    components += server(name, "", "");
  }
  EXPECT_EQ(analysed(lab(components)).availability->range_exactness, findings::Exactness::bounded);
  EXPECT_EQ(three("B, C", "b", "c").range_exactness, findings::Exactness::exact);
}

/// Stating how often something fails says nothing of where it lies.
TEST(Zones, TakeWhatStatesItsOwnFailuresToo) {
  const auto zone_of = [](const std::string& replicas, const std::string& failure) {
    return support::row(analysed(lab("  A: {kind: compute, provider: own, region: r, replicas: " +
                                     replicas + failure + "}\n")),
                        "zone", "outage")
        .survives;
  };
  constexpr const char* kFailure = ", failure: {every: 657d, repair: 27m}";
  for (const char* replicas : {"1", "2"}) {
    EXPECT_EQ(zone_of(replicas, kFailure), zone_of(replicas, "")) << replicas;
    EXPECT_NE(zone_of(replicas, kFailure), findings::Verdict::not_exposed) << replicas;
  }
  EXPECT_EQ(
      support::row(analysed(lab("  A: {kind: compute, failure: {every: 657d, repair: 27m}}\n")),
                   "zone", "outage")
          .survives,
      findings::Verdict::not_exposed)
      << "a part of a fault tree lies nowhere";
}

TEST(Relocation, WithoutAnyZoneTellsNeitherYesNorNo) {
  // It is back in minutes if there is another zone with room, in hours if there is none.
  const auto pod = [](const std::string& where, const std::string& relocates) {
    return analysed(lab("  A: {type: aws.ecs.service, region: eu-west-1, relocates: " + relocates +
                        where + "}\n"));
  };
  const auto zone = [](const findings::Analysis& analysis) {
    return support::row(analysis, "zone", "outage");
  };
  const auto anywhere = pod("", "true");
  EXPECT_EQ(zone(anywhere).survives, findings::Verdict::unknown);
  EXPECT_EQ(zone(anywhere).because,
            std::vector<std::string>{"it is not known whether A can be started in another zone"});
  EXPECT_EQ(zone(pod("", "false")).survives, findings::Verdict::no);
  EXPECT_EQ(zone(pod(", zones: [a]", "true")).survives, findings::Verdict::no);
  EXPECT_EQ(anywhere.availability->low, anywhere.availability->value);
  const double hours =
      (anywhere.availability->high - anywhere.availability->low) * base::kSecondsPerYear / 3600;
  EXPECT_NEAR(hours, 6.0 / 100, 0.01) << "its zone is out for about six hours once in 100 years";
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

/// How long users wait where a pod's machine dies.
double dead_machine_s(const std::string& type, const std::string& more = "") {
  return *support::row(analysed(lab("  A: {type: " + type + more + "}\n")), "server").down_s;
}

TEST(DeadMachines, AreWaitedForBeforeTheirPodsAreStartedElsewhere) {
  // 40 s until it is noticed, 300 s until pods are taken away, about 90 s to start one; half of the
  // machines are back within 10 min, so some are before.
  const double minutes = dead_machine_s("kubernetes.deployment") / 60;
  EXPECT_GT(minutes, (40.0 + 300) / 60);
  EXPECT_LT(minutes, (40.0 + 300 + 90) / 60 + 0.01);
  EXPECT_NEAR(dead_machine_s("kubernetes.deployment", ", failure: {waits: 30s}") / 60, 1.8, 0.1)
      << "30 s and about 90 s, or its machine's return";
  EXPECT_NEAR(dead_machine_s("kubernetes.statefulset") / 60, 10, 0.2)
      << "only its machine's return";
  EXPECT_NEAR(dead_machine_s("aws.ecs.service") / 60, 1.5, 0.1) << "nobody waits for that machine";
}

TEST(UnknownZones, OfManyStoresWhoseReplicasLieApartAreBoundedAtOnce) {
  std::string text;
  std::string needs;
  for (int i = 0; i < 16; ++i) {
    const std::string name = "db" + std::to_string(i);
    needs += (needs.empty() ? "" : ", ") + name;
    text += "  " + name + ": {type: aws.rds.mysql, region: eu-west-1, replicas: 2}\n";
  }
  const auto many = *analysed(lab(server("A", "a", needs) + text)).availability;
  EXPECT_LT(many.low, many.high);
}

}  // namespace
}  // namespace outlast
