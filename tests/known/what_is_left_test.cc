/// A failover is none where the second site cannot carry the users: what `surge` knows, rows know.
#include <gtest/gtest.h>

#include "support/analysed.h"

namespace outlast {
namespace {

using findings::Verdict;

/// 3,000 requests a second; one processor does a hundred of 10 ms (20 to 500 at the ends).
std::string two_sites(const std::string& users, const std::string& second) {
  return "outlast: 1\nname: x\n" + users +
         "journeys: {visit: {enters: front}}\ncomponents:\n"
         "  front: {type: external.payment, needs: [{any_of: [web1, web2], via: sw, detect: 30s, "
         "takes: 30s}]}\n"
         "  sw: {type: external.identity}\n"
         "  web1: {type: aws.ec2, size: m6i.24xlarge, replicas: 2, region: us-east-1, zones: [a]}\n"
         "  web2: {type: aws.ec2, region: us-east-1, zones: [b], " +
         second + "}\n";
}

const std::string kUsers = "objectives: {users: {now: 3000, requests_per_minute: 60}}\n";

TEST(WhatIsLeft, ASiteThatIsTooSmallIsNoFailover) {
  const auto row = [](const std::string& users, const std::string& second) {
    return support::row(support::analysed(two_sites(users, second)), "zone", "outage");
  };
  const auto large = row(kUsers, "size: m6i.24xlarge, replicas: 2");
  const auto small = row(kUsers, "size: m6i.large");
  const auto between = row(kUsers, "size: m6i.8xlarge");
  EXPECT_NE(large.survives, Verdict::no);
  EXPECT_NE(large.survives, Verdict::unknown);
  EXPECT_EQ(small.survives, Verdict::no);
  EXPECT_EQ(small.because.front(), "what is left does not carry the load");
  EXPECT_GT(small.down_s.value_or(0), 600);
  // By what nobody stated it does, or does not.
  EXPECT_EQ(between.survives, Verdict::unknown);
  // Nobody says how many users there are: as the structure has it.
  EXPECT_EQ(row("", "size: m6i.large").survives, row("", "size: m6i.8xlarge").survives);
}

TEST(WhatIsLeft, SoAreReplicasInTheOtherZoneThatAreTooFew) {
  const auto row = [](const std::string& users) {
    return support::row(
        support::analysed("outlast: 1\nname: x\nobjectives: {users: {now: " + users +
                          ", requests_per_minute: 60}}\njourneys: {visit: {enters: web}}\n"
                          "components:\n  web: {type: aws.ec2, size: m6i.large, replicas: 4, "
                          "at_least: 1, region: us-east-1, zones: [a, b]}\n"),
        "zone", "outage");
  };
  EXPECT_NE(row("50").survives, Verdict::unknown);
  EXPECT_EQ(row("120").survives, Verdict::unknown);
  EXPECT_NE(row("50").survives, Verdict::no);
}

}  // namespace
}  // namespace outlast
