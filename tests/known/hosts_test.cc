// What lies on one host: the machine fails once for all of it, and what nobody starts again stays
// down until people do.

#include <gtest/gtest.h>

#include "support/analysed.h"
#include "support/lab.h"

namespace outlast {
namespace {

using support::analysed;
using support::down;
using support::kQ;
using support::lab;
using support::part;
using support::row;

/// A host that fails once in 60 days for an hour, and so many containers on it, of which users need
/// each.
std::string on_a_host(int containers, const std::string& more = "") {
  std::string text =
      "  M: {kind: compute, type: compose.host, scope: zone, zones: [z], "
      "failure: {every: 60d, repair: 1h}}\n";
  std::string needs;
  for (int i = 0; i < containers; ++i) {
    const std::string name = "C" + std::to_string(i);
    text.append("  ").append(name).append(
        ": {kind: compute, type: compose.service, zones: [z], fate: {host: M}, "
        "needs: [{to: M, kind: supply}]");
    text.append(more).append("}\n");
    needs.append(i == 0 ? "" : ", ").append(name);
  }
  return lab(text + "  A: {kind: network, scope: region, needs: [" + needs + "]}\n");
}

TEST(Hosts, AMachineFailsOnceForAllThatLiesOnIt) {
  constexpr const char* kSteady = ", failure: {every: 10000y, repair: 1s}";
  const double one = down(analysed(on_a_host(1, kSteady)));
  const double five = down(analysed(on_a_host(5, kSteady)));
  EXPECT_GT(one, kQ) << "it starts again once the machine is back";
  EXPECT_LT(one, 1.25 * kQ);
  EXPECT_LT(five, 1.1 * one) << "the last of five to start is waited for, and no more";
}

TEST(Hosts, OfAContainerThereOnlyItsProgramIsLeftToFail) {
  const auto analysis = analysed(on_a_host(1));
  const bool is_told = std::any_of(
      analysis.findings.begin(), analysis.findings.end(), [](const findings::Finding& f) {
        return f.name == "single_instance" && f.components.front() == "C0" &&
               f.claim.find("(once in 1 y)") != std::string::npos &&
               f.claim.find("for 10 s") != std::string::npos;
      });
  EXPECT_TRUE(is_told);
}

TEST(Hosts, WhatNobodyStartsAgainStaysDownUntilPeopleDo) {
  const auto by_hand = analysed(on_a_host(1, ", failure: {by_hand: true}"));
  const auto by_itself = analysed(on_a_host(1));
  EXPECT_GT(*row(by_hand, "server").down_s, *row(by_itself, "server").down_s + 20 * 60);
  EXPECT_GT(down(by_hand), down(by_itself) + 6 * 30 * 60 / base::kSecondsPerYear);
}

TEST(Hosts, TheMachineIsTheReasonAndNotWhatLiesOnIt) {
  const auto analysis = analysed(on_a_host(3));
  EXPECT_EQ(row(analysis, "server").scope, "M");
  EXPECT_EQ(row(analysis, "server").because, (std::vector<std::string>{"M is one instance"}));
}

TEST(Hosts, ASecondMachineTakesAwayTheOneCause) {
  std::string two = on_a_host(2);
  two.insert(two.find("type: compose.host") + 18, ", replicas: 2, at_least: 1");
  EXPECT_LT(down(analysed(two)), 0.5 * down(analysed(on_a_host(2))));
}

TEST(Hosts, ABufferThatIsSeldomFullAgainCannotBeCountedOn) {
  // The queue holds for a day and fills up again within an hour, or only within ten days; what it
  // stands in for is lost every 60 days.
  const auto with = [](const std::string& refill) {
    return analysed(lab(part("A", "needs: [{to: B, strength: async, buffer: 1d" + refill + "}]") +
                        part("B", "")))
        .availability->low;
  };
  EXPECT_NEAR(1 - with(", refill: 1h"), 1 - with(""), 1e-9);
  EXPECT_NEAR(1 - with(", refill: 10d"), 1 - (1 - kQ) * (1 - kQ), 1e-6) << "at worst it is empty";
}

}  // namespace
}  // namespace outlast
