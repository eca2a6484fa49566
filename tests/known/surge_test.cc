// Surges on small architectures whose answer follows from arithmetic.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "clock/load_model.h"
#include "clock/machine_size.h"
#include "clock/surge.h"
#include "support/analysed.h"

namespace outlast {
namespace {

using findings::Surge;
using findings::SurgeQuestion;
using findings::Verdict;
using support::make_blueprint;

Surge surge(const std::string& yaml, const SurgeQuestion& question) {
  const auto result = clock::surge_of(make_blueprint(yaml), catalog::Catalog::built_in(), question);
  EXPECT_TRUE(result) << (result ? "" : result.error().message);
  return result ? *result : Surge{};
}

/// A balancer, machines of two processors, a database of two; 60 requests a user and minute.
std::string shop(const std::string& web,
                 const std::string& users = "now: 1, peak: 1000, within: 10m") {
  return "outlast: 1\nname: shop\nobjectives:\n  users: {" + users +
         ", requests_per_minute: 60}\njourneys:\n  visit: {enters: lb}\ncomponents:\n"
         "  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web]}\n"
         "  web: {type: aws.ec2, size: m6i.large, zones: [a, b], " +
         web +
         ", needs: [db]}\n"
         "  db: {type: aws.rds.mysql, size: db.m5.24xlarge, region: us-east-1, zones: [a]}\n";
}

// One web processor does 100 requests of 10 ms a second, and a user asks once a second; 96
// processors of the database do 19,200 of 5 ms.
constexpr double kFull = 0.98;

TEST(Surge, TheTightestPartSustainsItsServersOverTheWorkOfAUser) {
  const Surge found = surge(shop("replicas: 3"), {1, 100'000, 600});
  EXPECT_NEAR(found.max_sustainable_users.value, kFull * 600, 1e-6);
  EXPECT_EQ(found.sustained_by, "web");
  ASSERT_TRUE(found.saturates_first);
  EXPECT_EQ(found.saturates_first->id, "web");
  EXPECT_NEAR(found.at_users.value, kFull * 600, 15);
  EXPECT_NEAR(*found.at_s, 600 * kFull * 600 / 100'000, 0.2);
  EXPECT_FALSE(found.recovers);
  EXPECT_TRUE(std::isinf(found.down_s));
  EXPECT_EQ(found.survives, Verdict::no);
  // Offered in all: 50,000 · 600 s of the ramp and 100,000 · 3,600 s after it; what is refused at
  // once is lost, what was taken in is served but for those who lose patience.
  EXPECT_NEAR(found.lost_requests, 390e6 - 600 * 4200.0, 3e6);
}

TEST(Surge, WhatIsLargeEnoughLosesNothing) {
  const Surge found = surge(shop("replicas: 3"), {1, 100, 600});
  EXPECT_FALSE(found.saturates_first);
  EXPECT_TRUE(found.recovers);
  EXPECT_EQ(found.down_s, 0);
  EXPECT_EQ(found.survives, Verdict::yes);
  EXPECT_NEAR(found.served.back(), 100, 0.5);
}

TEST(Surge, AGroupThatGrowsTooLateIsFullForAWhileAndRecovers) {
  const Surge found =
      surge(shop("replicas: 2, scale: {min: 2, max: 40, target: cpu 60%, warm_up: 90s}"),
            {50, 3000, 600});
  ASSERT_TRUE(found.saturates_first);
  EXPECT_EQ(found.saturates_first->id, "web");
  EXPECT_TRUE(found.recovers);
  EXPECT_GT(*found.recovered_s, 300);
  EXPECT_GT(found.lost_requests, 1000);
  EXPECT_NEAR(found.served.back(), 3000, 30);
  EXPECT_NEAR(found.max_sustainable_users.value, kFull * 40 * 2 * 100, 1e-6);
  EXPECT_TRUE(std::any_of(found.story.begin(), found.story.end(), [](const auto& step) {
    return step.component == "web" && step.event.starts_with("autoscaler asks for");
  }));
  EXPECT_EQ(found.story.front().condition, findings::Condition::saturated);
}

TEST(Surge, TheNumberOfUsersCostsNothing) {
  const Surge small = surge(shop("replicas: 3"), {1, 1e4, 600});
  const Surge large = surge(shop("replicas: 3"), {1, 1e9, 600});
  EXPECT_EQ(small.users.size(), large.users.size());
  EXPECT_NEAR(large.served.back(), 600, 10);
}

TEST(Surge, AFunctionWithACeilingOfOneIsNamedWithIt) {
  const Surge found = surge(
      "outlast: 1\nname: x\njourneys:\n  visit: {enters: app}\ncomponents:\n"
      "  app: {type: gcp.cloud_run, size: \"1\", region: europe-west2, scale: {min: 0, max: 1}}\n",
      {100, 1'000'000, 600});
  ASSERT_TRUE(found.saturates_first);
  EXPECT_EQ(found.saturates_first->limit,
            "1 replica × 1 server, which is its maximum, may have to start from none");
  EXPECT_EQ(found.survives, Verdict::no);
}

TEST(Surge, WhatNobodyStatedWidensTheAnswerAndCanDecideIt) {
  // Between 118 and 2,940 users by the work of a request: 500 depend on it.
  const Surge found = surge(shop("replicas: 3"), {1, 700, 600});
  EXPECT_LT(found.max_sustainable_users.low, 130);
  EXPECT_GT(found.max_sustainable_users.high, 2900);
  EXPECT_EQ(found.survives, Verdict::unknown);
  EXPECT_FALSE(found.assumptions.empty());
}

TEST(Surge, IsARowWhereUsersAreExpectedAndNoneElse) {
  const auto asked = support::analysed(shop("replicas: 3", "now: 1, peak: 100000, within: 10m"));
  const auto& row = support::row(asked, "surge");
  EXPECT_EQ(row.survives, Verdict::no);
  EXPECT_EQ(row.scope, "1 → 100,000 in 10 min");
  EXPECT_EQ(row.cut, std::vector<std::string>{"web"});
  const auto silent = support::analysed(
      "outlast: 1\nname: x\njourneys:\n  visit: {enters: web}\ncomponents:\n"
      "  web: {type: aws.ec2, region: us-east-1, zones: [a]}\n");
  EXPECT_TRUE(std::none_of(silent.survival.begin(), silent.survival.end(),
                           [](const auto& r) { return r.worst_case == "surge"; }));
}

// The database answers in 5 ms, exponentially; e^(-4/5) of the answers take more than 4 ms.
TEST(Surge, CallersThatGiveUpTooSoonAreTheReasonAndNotAFullPart) {
  const Surge found = surge(shop("replicas: 3, calls: {timeout: 4ms}"), {1, 500, 600});
  EXPECT_LT(found.max_sustainable_users.value, 1);
  EXPECT_EQ(found.sustained_by, "");
  EXPECT_EQ(
      found.because,
      "web waits 4 ms for db: too short for 45 % of its answers, however few users there are");
  EXPECT_EQ(found.survives, Verdict::no);
  ASSERT_FALSE(found.story.empty());
}

TEST(Surge, NumbersWithoutMeaningAreErrors) {
  const auto bp = make_blueprint(shop("replicas: 3"));
  const auto& catalog = catalog::Catalog::built_in();
  for (const SurgeQuestion& question :
       {SurgeQuestion{1, 1e13, 600}, SurgeQuestion{-1, 10, 600}, SurgeQuestion{1, 0, 600},
        SurgeQuestion{1, 10, 0}, SurgeQuestion{1, 10, 1e9}, SurgeQuestion{1, NAN, 600}}) {
    EXPECT_FALSE(clock::surge_of(bp, catalog, question));
  }
}

/// A balancer that gives up soon and asks thrice more; a user asks six times a minute.
Surge of_retries(const std::string& calls, double users) {
  return surge(
      "outlast: 1\nname: x\nobjectives: {users: {now: 1, requests_per_minute: 6}}\n"
      "journeys: {visit: {enters: lb}}\ncomponents:\n"
      "  lb: {type: aws.alb, region: us-east-1, zones: [a, b], needs: [web], calls: {" +
          calls + "}}\n  web: {type: aws.ec2, size: m6i.large, region: us-east-1, zones: [a]}\n",
      {users, users, 600});
}

TEST(Surge, WhatChanceAloneTipsOverIsNotSurvived) {
  // Half of what two processors do at 10 ms, a fortieth at the good end.
  const Surge tipped = of_retries("timeout: 60ms, retries: 3", 1000);
  EXPECT_EQ(tipped.survives, Verdict::unknown);
  EXPECT_FALSE(tipped.recovers);
  EXPECT_TRUE(std::isinf(tipped.down_s));
  EXPECT_LT(tipped.max_sustainable_users.value, 1000);
  EXPECT_TRUE(tipped.because.starts_with("chance alone fills web")) << tipped.because;
  const Surge without = of_retries("timeout: 60ms", 1000);
  EXPECT_EQ(without.down_s, 0);
  EXPECT_GT(without.max_sustainable_users.value, 1000);
  const Surge patient = of_retries("timeout: 1s, retries: 3", 1000);
  EXPECT_EQ(patient.down_s, 0);
  EXPECT_TRUE(patient.recovers);
  EXPECT_EQ(of_retries("timeout: 1s, retries: 3", 100).survives, Verdict::yes);
}

TEST(Surge, SizesTellTheirProcessors) {
  const std::pair<const char*, std::optional<double>> known[] = {
      {"m6i.large", 2},   {"db.r6g.2xlarge", 8},
      {"t3.micro", 2},    {"n2-standard-4", 4},
      {"e2-medium", 1},   {"db-custom-2-7680", 2},
      {"db-f1-micro", 1}, {"Standard_D4s_v5", 4},
      {"GP_Gen5_8", 8},   {"2", 2},
      {"1000m", 1},       {"1024", std::nullopt},
      {"", std::nullopt}, {"whatever", std::nullopt}};
  for (const auto& [size, processors] : known) {
    EXPECT_EQ(clock::processors_of_size(size), processors) << size;
  }
}

}  // namespace
}  // namespace outlast
