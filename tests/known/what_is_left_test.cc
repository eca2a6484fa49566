/// A failover is none where the second site cannot carry the users: what `surge` knows, rows know.
#include <gtest/gtest.h>

#include <algorithm>

#include "clock/what_is_left.h"
#include "incidents/archive.h"
#include "replay/replay.h"
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
  EXPECT_EQ(small.because.back(), "web2 is full");
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

/// Two regions with data of their own; the second one has `second`, the first one room for all.
std::string two_regions(const std::string& users, const std::string& second) {
  return "outlast: 1\nname: x\n" + users +
         "journeys: {visit: {enters: front}}\ncomponents:\n"
         "  front: {type: external.payment, needs: [{any_of: [east, west], via: sw, detect: 30s, "
         "takes: 30s}]}\n"
         "  sw: {type: external.identity}\n"
         "  east: {type: aws.ec2, size: m6i.24xlarge, replicas: 2, region: us-east-1, zones: [a], "
         "needs: [carts]}\n"
         "  carts: {type: aws.dynamodb, region: us-east-1}\n"
         "  west: {type: aws.ec2, region: us-west-2, zones: [a], " +
         second +
         ", needs: [copy]}\n"
         "  copy: {type: aws.dynamodb, region: us-west-2}\n";
}

constexpr const char* kAws = "aws-2025-10-20";

TEST(WhatIsLeft, OfAnIncidentIsWeighedToo) {
  const auto row = [](const std::string& users, const std::string& second) {
    return support::row(support::analysed(two_regions(users, second)), "incident", kAws);
  };
  const auto large = row(kUsers, "size: m6i.24xlarge, replicas: 2");
  const auto tenth = row(kUsers, "size: m6i.large");
  const auto between = row(kUsers, "size: m6i.8xlarge");
  EXPECT_EQ(large.survives, Verdict::yes);
  EXPECT_EQ(tenth.survives, Verdict::no);
  ASSERT_GE(tenth.because.size(), 2U);
  EXPECT_EQ(tenth.because[0], "what is left does not carry the load");
  EXPECT_EQ(tenth.because[1], "west is full");
  EXPECT_GT(tenth.down_s.value_or(0), 2 * 3600);
  EXPECT_EQ(between.survives, Verdict::unknown);
  EXPECT_FALSE(between.down_s.has_value());
  EXPECT_EQ(row("", "size: m6i.large").survives, Verdict::yes);
}

findings::Replay replayed(const std::string& blueprint) {
  const auto bp = support::make_blueprint(blueprint);
  return replay::replay_of(bp, catalog::Catalog::built_in(), failure::Dependence(bp),
                           *incidents::find_incident(kAws), incidents::roles(),
                           {.weigher = clock::weigher_of(bp, catalog::Catalog::built_in())});
}

/// Where load decides, times, journeys, story and series are those of the day that was weighed.
TEST(WhatIsLeft, OneDayIsTold) {
  const auto small = replayed(two_regions(kUsers, "size: m6i.large"));
  ASSERT_EQ(small.outcome.survives, Verdict::no);
  EXPECT_GT(small.outcome.downtime_s, 2 * 3600);
  EXPECT_EQ(small.journeys.front().downtime_s, small.outcome.downtime_s);
  EXPECT_EQ(small.outcome.over_s, small.outcome.downtime_s);
  double lossy_s = 0;
  for (const double lost : small.series.lost) {
    lossy_s += lost >= 0.5 ? small.series.step_s : 0;
  }
  EXPECT_NEAR(lossy_s, small.outcome.downtime_s, 2 * small.series.step_s);
  const auto told = [&](const std::string& component, const std::string& cause) {
    return std::any_of(small.story.begin(), small.story.end(), [&](const auto& step) {
      return step.component == component && step.cause == cause;
    });
  };
  EXPECT_TRUE(told("front", "what is left does not carry the load: west is full"));
  EXPECT_TRUE(told("west", "what is left does not carry the load: it is full"));
}

/// As many as it takes and not twice as many, tried.
TEST(WhatIsLeft, MoreReplicasInWhatIsLeftAreOffered) {
  const auto small = replayed(two_regions(kUsers, "size: m6i.large"));
  const auto more = std::find_if(
      small.prevented_by.begin(), small.prevented_by.end(), [](const auto& prevention) {
        return prevention.what.find(" replicas more of west") != std::string::npos;
      });
  ASSERT_NE(more, small.prevented_by.end());
  EXPECT_EQ(more->components, std::vector<std::string>{"west"});
  EXPECT_TRUE(more->outcome.survives == Verdict::yes ||
              more->outcome.survives == Verdict::degraded);
  const auto added = static_cast<std::size_t>(more->adds.at("west"));
  const auto with = [](std::size_t replicas) {
    return replayed(two_regions(kUsers, "size: m6i.large, replicas: " + std::to_string(replicas)))
        .outcome.survives;
  };
  EXPECT_NE(with(1 + added), Verdict::no);
  EXPECT_NE(with(1 + added), Verdict::unknown);
  EXPECT_TRUE(with(1 + added / 2) == Verdict::no || with(1 + added / 2) == Verdict::unknown);
}

/// Such a day, with a hundred users at its beginning and 3,000 in the busy hours.
TEST(WhatIsLeft, OfAnIncidentIsWeighedWithTheUsersOfThatHour) {
  const auto replayed_from = [](const std::string& busy_from) {
    return replayed(two_regions(
        "objectives: {users: {now: 30, requests_per_minute: 60, day: {\"00:00\": 30, \"" +
            busy_from + "\": 3000}}}\n",
        "size: m6i.large"));
  };
  const auto at_night = replayed_from("20:00");
  EXPECT_EQ(at_night.outcome.survives, Verdict::yes);
  EXPECT_EQ(at_night.at_worst_time.survives, Verdict::no);
  EXPECT_GT(at_night.at_worst_time.downtime_s, 3600);
  const auto by_day = replayed_from("07:00");
  EXPECT_EQ(by_day.outcome.survives, Verdict::no);
  ASSERT_FALSE(by_day.prevented_by.empty());
  for (const auto& prevention : by_day.prevented_by) {
    EXPECT_NE(prevention.outcome.survives, Verdict::no) << prevention.what;
  }
}

/// By structure both are lost alike for a moment; only the smaller group has nothing to spare.
TEST(WhatIsLeft, TheWorstInstanceIsTheOneThatIsTooSmall) {
  const auto analysis = support::analysed(
      "outlast: 1\nname: x\nobjectives: {users: {now: 250, requests_per_minute: 60}}\n"
      "journeys: {visit: {enters: front}}\ncomponents:\n"
      "  front: {type: aws.ec2, size: m6i.4xlarge, replicas: 20, at_least: 1, region: us-east-1, "
      "zones: [a, b], needs: [back, aside]}\n"
      "  aside: {type: aws.ec2, size: m6i.4xlarge, replicas: 2, at_least: 1, region: us-east-1, "
      "zones: [a, b]}\n"
      "  back: {type: aws.ec2, size: m6i.large, replicas: 2, at_least: 1, region: us-east-1, "
      "zones: [a, b]}\n");
  const auto& server = support::row(analysis, "server");
  EXPECT_EQ(server.cut, std::vector<std::string>{"back"});
  EXPECT_TRUE(server.survives == Verdict::unknown || server.survives == Verdict::no);
  for (const auto& instance : analysis.instances) {
    const bool is_small = instance.worst_case == "server" && instance.key == "back";
    if (instance.worst_case == "server") {
      EXPECT_EQ(instance.survives, is_small ? server.survives : Verdict::yes) << instance.key;
    }
  }
}

}  // namespace
}  // namespace outlast
