#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

TEST(InferJourneys, WhatUsersDeclareIsNotAddedTo) {
  const Understanding u({instance("web"), instance("api")},
                        "outlast: 1\njourneys: {visit: {enters: web}}\n");
  EXPECT_EQ(u.journeys(), Lines{"visit: aws_instance.web"});
  EXPECT_FALSE(u.draft().journeys[0].is_inferred);
}

TEST(InferJourneys, WithoutAWayInEveryTopIsOne) {
  const Understanding u({instance("web"), instance("api"), instance("other")},
                        "outlast: 1\ncomponents: {web: {needs: [api]}}\n");
  EXPECT_EQ(u.journeys(), (Lines{"aws_instance.web: aws_instance.web",
                                 "aws_instance.other: aws_instance.other"}));
  EXPECT_TRUE(u.draft().journeys[0].is_inferred);
}

TEST(InferJourneys, OfACircleOneIsTheWayIn) {
  const Understanding u({},
                        "outlast: 1\ncomponents:\n"
                        "  a: {type: aws.ec2, internet: true, needs: [b]}\n"
                        "  b: {type: aws.ec2, internet: true, needs: [a]}\n");
  EXPECT_EQ(u.journeys(), Lines{"a: a"});
}

TEST(InferJourneys, OfACircleAtTheTopOneIsTheWayInBesideOthers) {
  const Understanding u({},
                        "outlast: 1\ncomponents:\n"
                        "  alone: {type: aws.ec2, needs: [below]}\n"
                        "  a: {type: aws.ec2, needs: [b, below]}\n"
                        "  b: {type: aws.ec2, needs: [a]}\n"
                        "  below: {type: aws.ec2, needs: [under]}\n"
                        "  under: {type: aws.ec2, needs: [below]}\n");
  EXPECT_EQ(u.journeys(), (Lines{"alone: alone", "a: a"})) << "a circle below is no way in";
}

TEST(InferJourneys, WhatRunsNothingIsNoneWhileAnythingElseIsOne) {
  const std::string worker = created("aws_ecs_service.worker", "aws_ecs_service",
                                     R"({"name": "worker", "desired_count": 0})");
  const Understanding beside({worker, instance("web")});
  EXPECT_EQ(beside.journeys(), Lines{"aws_instance.web: aws_instance.web"});
  const Understanding alone({worker});
  EXPECT_EQ(alone.journeys(), Lines{"aws_ecs_service.worker: aws_ecs_service.worker"});
}

TEST(InferJourneys, WhoCallsAWayInAndIsCalledByNobodyIsAClient) {
  const Understanding u({},
                        "outlast: 1\ncomponents:\n"
                        "  front: {type: aws.ec2, internet: true}\n"
                        "  tester: {type: aws.ec2, internet: false, needs: [front]}\n");
  EXPECT_EQ(u.journeys(), Lines{"front: front"});
  EXPECT_FALSE(*u.at("tester").is_workload);
}

TEST(InferJourneys, WhatAClockHasWorkIsOneOnlyWhereThereIsNothingElse) {
  const std::string name = R"("arn": "arn:aws:lambda:eu-west-1:123456789012:function:nightly")";
  const std::string nightly =
      created("aws_lambda_function.nightly", "aws_lambda_function", "{" + name + "}");
  const std::string schedule = created("aws_scheduler_schedule.night", "aws_scheduler_schedule",
                                       R"({"target": [{)" + name + "}]}");
  const Understanding beside({nightly, schedule, instance("web")});
  EXPECT_EQ(beside.journeys(), Lines{"aws_instance.web: aws_instance.web"});
  const Understanding alone({nightly, schedule});
  EXPECT_EQ(alone.journeys(), Lines{"aws_lambda_function.nightly: aws_lambda_function.nightly"});
}

TEST(InferJourneys, InstancesOfOneDeclarationShareTheUsers) {
  const Understanding u({created("aws_instance.web[0]", "aws_instance"),
                         created("aws_instance.web[1]", "aws_instance")});
  EXPECT_EQ(u.journeys(), Lines{"aws_instance.web: aws_instance.web[0] aws_instance.web[1]"});
}

TEST(InferJourneys, EveryOneIsAnAssumption) {
  const Understanding u({instance("web")});
  const auto& all = u.draft().assumptions;
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const auto& assumption) {
    return assumption.name == "journey aws_instance.web";
  }));
}

TEST(InferJourneys, WhatOnlyStoresIsNone) {
  const Understanding u({created("aws_db_instance.db", "aws_db_instance")});
  EXPECT_EQ(u.journeys(), Lines{});
}

}  // namespace
}  // namespace outlast::catalog
