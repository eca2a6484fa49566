// How releases reach a component, as each kind of input tells it.

#include <gtest/gtest.h>

#include "unit/catalog/meaning_of.h"
#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

using blueprint::Rollout;

std::string pods(const std::string& kind, const std::string& spec,
                 const std::string& container = "", const std::string& group = "apps/v1") {
  return "apiVersion: " + group + "\nkind: " + kind +
         "\nmetadata: {name: web}\nspec: {replicas: 8, " + spec +
         "template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: "
         "\"shop/web:1\"" +
         container + "}]}}}\n---\n";
}

Rollout rollout_of(const std::string& manifests, const std::string& kind) {
  return MeaningOf(manifests).component("default/" + kind + "/web").rollout;
}

/// A resource of a plan, by its address and the members of its attributes.
std::string made(const std::string& address, const std::string& members) {
  return created(address, address.substr(0, address.find('.')), "{" + members + "}");
}

std::vector<double> steps_of(const Rollout& rollout) {
  std::vector<double> steps;
  for (const auto step : rollout.steps) {
    steps.push_back(step.value);
  }
  return steps;
}

TEST(Rollouts, OfADeploymentAreBatchesOfAQuarterMoreAndAQuarterLess) {
  const Rollout rollout = rollout_of(pods("Deployment", ""), "Deployment");
  EXPECT_EQ(*rollout.strategy, "rolling");
  EXPECT_EQ(steps_of(rollout), (std::vector{0.5}));
  EXPECT_FALSE(*rollout.watched);
  EXPECT_FALSE(*rollout.starts_checked);
  const Rollout small =
      rollout_of(pods("Deployment", "strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 1}}, ",
                      ", readinessProbe: {httpGet: {path: /}}"),
                 "Deployment");
  EXPECT_EQ(steps_of(small), (std::vector{0.25, 0.5, 0.75}));
  EXPECT_TRUE(*small.starts_checked);
  const Rollout all = rollout_of(pods("Deployment", "strategy: {type: Recreate}, "), "Deployment");
  EXPECT_EQ(*all.strategy, "all_at_once");
  EXPECT_TRUE(all.steps.empty());
}

TEST(Rollouts, OfAStatefulSetGoPodByPodOrAreNotKnown) {
  const Rollout one = rollout_of(pods("StatefulSet", ""), "StatefulSet");
  EXPECT_EQ(steps_of(one).size(), 7U);
  const Rollout by_hand =
      rollout_of(pods("StatefulSet", "updateStrategy: {type: OnDelete}, "), "StatefulSet");
  EXPECT_TRUE(by_hand.strategy.is_unknown());
}

TEST(Rollouts, OfArgoAreItsStepsPausesAndAnalysis) {
  const Rollout canary = rollout_of(
      pods("Rollout",
           "strategy: {canary: {analysis: {templates: []}, steps: [{setWeight: 5}, {pause: "
           "{duration: 10m}}, {setWeight: 40}, {pause: {duration: 10m}}]}}, ",
           "", "argoproj.io/v1alpha1"),
      "Rollout");
  EXPECT_EQ(*canary.strategy, "canary");
  EXPECT_EQ(steps_of(canary), (std::vector{0.05, 0.4}));
  EXPECT_DOUBLE_EQ(canary.bake->value, 600);
  EXPECT_TRUE(*canary.watched);
}

TEST(Rollouts, OfFlaggerGoBeforeThoseOfTheDeployment) {
  const Rollout canary = rollout_of(
      pods("Deployment", "") +
          "apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {name: web}\nspec: {targetRef: "
          "{apiVersion: apps/v1, kind: Deployment, name: web}, analysis: {interval: 1m, threshold: "
          "5, maxWeight: 50, stepWeight: 10, metrics: [{name: request-success-rate, "
          "thresholdRange: {min: 99}, interval: 1m}]}}\n",
      "Deployment");
  EXPECT_EQ(*canary.strategy, "canary");
  EXPECT_EQ(steps_of(canary).size(), 5U);
  EXPECT_NEAR(canary.gate->value, 0.01, 1e-9);
  EXPECT_DOUBLE_EQ(canary.bake->value, 300);  // five checks must fail
  EXPECT_TRUE(*canary.watched);
}

TEST(Rollouts, OfAnInstanceRefreshFollowItsCheckpoints) {
  const Understanding group({made("aws_autoscaling_group.web",
                                  R"("min_size": 10, "max_size": 20, "health_check_type": "ELB",
      "instance_refresh": [{"strategy": "Rolling", "preferences": [{"checkpoint_percentages": [10, 50],
      "checkpoint_delay": "1800"}]}])")});
  const Rollout& rollout = group.at("aws_autoscaling_group.web").rollout;
  EXPECT_EQ(*rollout.strategy, "rolling");
  EXPECT_EQ(steps_of(rollout), (std::vector{0.1, 0.5}));
  EXPECT_DOUBLE_EQ(rollout.bake->value, 1800);
  EXPECT_TRUE(*rollout.starts_checked);
  const Understanding bare(
      {made("aws_autoscaling_group.web", R"("min_size": 10, "max_size": 20)")});
  EXPECT_TRUE(bare.at("aws_autoscaling_group.web").rollout.strategy.is_unset());
}

TEST(Rollouts, OfAFunctionReachEveryCallUnlessAnAliasMayShiftThem) {
  const Understanding alone({made("aws_lambda_function.f", R"("function_name": "f")")});
  EXPECT_EQ(*alone.at("aws_lambda_function.f").rollout.strategy, "all_at_once");
  const Understanding shifted(
      {made("aws_lambda_function.f", R"("function_name": "f")"),
       made("aws_lambda_alias.live", R"("name": "live", "function_name": "f")")});
  EXPECT_TRUE(shifted.at("aws_lambda_function.f").rollout.strategy.is_unknown());
}

TEST(Rollouts, OfAServiceAreThoseOfItsDeploymentGroup) {
  const Understanding service(
      {made(
           "aws_ecs_service.web",
           R"("name": "web", "desired_count": 4, "deployment_controller": [{"type": "CODE_DEPLOY"}])"),
       made("aws_codedeploy_deployment_group.web",
            R"("deployment_config_name": "CodeDeployDefault.ECSCanary10Percent5Minutes",
       "auto_rollback_configuration": [{"enabled": true}],
       "alarm_configuration": [{"alarms": ["errors"], "enabled": true}],
       "ecs_service": [{"cluster_name": "c", "service_name": "web"}])")});
  const Rollout& rollout = service.at("aws_ecs_service.web").rollout;
  EXPECT_EQ(*rollout.strategy, "canary");
  EXPECT_EQ(steps_of(rollout), (std::vector{0.1}));
  EXPECT_DOUBLE_EQ(rollout.bake->value, 300);
  EXPECT_TRUE(*rollout.watched);
}

/// A service of four tasks that a group shifts by its configuration, which may be of its own.
Rollout by_group(const std::string& configuration, const std::vector<std::string>& more = {}) {
  std::vector<std::string> resources = {
      made(
          "aws_ecs_service.web",
          R"("name": "web", "desired_count": 4, "deployment_controller": [{"type": "CODE_DEPLOY"}])"),
      made("aws_codedeploy_deployment_group.web",
           R"("deployment_config_name": ")" + configuration +
               R"(", "auto_rollback_configuration": [{"enabled": true}],
       "alarm_configuration": [{"alarms": ["errors"], "enabled": true}],
       "ecs_service": [{"cluster_name": "c", "service_name": "web"}])")};
  resources.insert(resources.end(), more.begin(), more.end());
  return Understanding(resources).at("aws_ecs_service.web").rollout;
}

TEST(Rollouts, OfAConfigurationOfOnesOwnAreItsSteps) {
  const std::string own = "aws_codedeploy_deployment_config.own";
  EXPECT_TRUE(by_group("slow").strategy.is_unknown());
  const Rollout canary =
      by_group("slow", {made(own, R"("deployment_config_name": "slow", "compute_platform": "ECS",
      "traffic_routing_config": [{"type": "TimeBasedCanary",
        "time_based_canary": [{"percentage": 5, "interval": 20}]}])")});
  EXPECT_EQ(*canary.strategy, "canary");
  EXPECT_EQ(steps_of(canary), (std::vector{0.05}));
  EXPECT_DOUBLE_EQ(canary.bake->value, 1200);
  EXPECT_TRUE(*canary.watched);
  const Rollout linear =
      by_group("slow", {made(own, R"("deployment_config_name": "slow", "compute_platform": "ECS",
      "traffic_routing_config": [{"type": "TimeBasedLinear",
        "time_based_linear": [{"percentage": 25, "interval": 2}]}])")});
  EXPECT_EQ(steps_of(linear), (std::vector{0.25, 0.5, 0.75}));
  EXPECT_DOUBLE_EQ(linear.bake->value, 120);
}

TEST(Rollouts, AreStoppedByWhatTheirGroupSaysWhicheverIsWrittenFirst) {
  const Rollout canary =
      Understanding({made("aws_codedeploy_deployment_config.own",
                          R"("deployment_config_name": "slow", "compute_platform": "ECS",
      "traffic_routing_config": [{"type": "TimeBasedCanary",
        "time_based_canary": [{"percentage": 5, "interval": 20}]}])"),
                     made("aws_ecs_service.web",
                          R"("name": "web", "desired_count": 4,
      "deployment_controller": [{"type": "CODE_DEPLOY"}])"),
                     made("aws_codedeploy_deployment_group.web",
                          R"("deployment_config_name": "slow",
      "auto_rollback_configuration": [{"enabled": true}],
      "alarm_configuration": [{"alarms": ["errors"], "enabled": true}],
      "ecs_service": [{"cluster_name": "c", "service_name": "web"}])")})
          .at("aws_ecs_service.web")
          .rollout;
  EXPECT_EQ(steps_of(canary), (std::vector{0.05}));
  ASSERT_TRUE(canary.watched.is_known());
  EXPECT_TRUE(*canary.watched);
}

TEST(Rollouts, OfServersBesideTheOldOnesAreBlueGreen) {
  const auto group = [](const std::string& style) {
    return Understanding(
               {made("aws_autoscaling_group.web", R"("name": "web", "min_size": 4, "max_size": 8)"),
                made("aws_codedeploy_deployment_group.web",
                     R"("deployment_config_name": "CodeDeployDefault.AllAtOnce",
       "deployment_style": [{"deployment_type": ")" +
                         style + R"("}], "autoscaling_groups": ["web"])")})
        .at("aws_autoscaling_group.web")
        .rollout;
  };
  EXPECT_EQ(*group("BLUE_GREEN").strategy, "blue_green");
  EXPECT_EQ(*group("IN_PLACE").strategy, "all_at_once");
}

TEST(Rollouts, OfAServiceAreAsManyTasksAsMayStandBesideTheOthers) {
  const auto steps = [](const std::string& how) {
    return steps_of(Understanding({made("aws_ecs_service.web",
                                        R"("name": "web", "desired_count": 10, )" + how)})
                        .at("aws_ecs_service.web")
                        .rollout);
  };
  EXPECT_EQ(steps(R"("launch_type": "FARGATE")"), (std::vector{1.0}));
  EXPECT_EQ(steps(R"("deployment_maximum_percent": 200)"), (std::vector{1.0}));
  EXPECT_EQ(steps(R"("deployment_maximum_percent": 140)"), (std::vector{0.4, 0.8}));
  EXPECT_EQ(steps(R"("deployment_maximum_percent": 100, "deployment_minimum_healthy_percent": 60)"),
            (std::vector{0.4, 0.8}));
  EXPECT_EQ(steps(R"("deployment_configuration": [{"strategy": "LINEAR",
      "linear_configuration": [{"step_percent": 25, "step_bake_time_in_minutes": 5}]}])"),
            (std::vector{0.25, 0.5, 0.75}));
}

TEST(Rollouts, OfArgoThatWaitForPeopleWatchForAsLongAsThoseTake) {
  const Rollout by_hand =
      rollout_of(pods("Rollout", "strategy: {canary: {steps: [{setWeight: 20}, {pause: {}}]}}, ",
                      "", "argoproj.io/v1alpha1"),
                 "Rollout");
  EXPECT_TRUE(by_hand.bake.is_unknown());
  const Rollout then_by_time = rollout_of(
      pods("Rollout",
           "strategy: {canary: {steps: [{setWeight: 20}, {pause: {}}, {setWeight: 50}, {pause: "
           "{duration: 10m}}]}}, ",
           "", "argoproj.io/v1alpha1"),
      "Rollout");
  EXPECT_TRUE(then_by_time.bake.is_unknown()) << "the first is as long as people take";
}

TEST(Rollouts, OfAConfigurationReachAWholeEdgeAtOnce) {
  const Understanding edge({made("aws_cloudfront_distribution.e", R"("enabled": true)")});
  EXPECT_EQ(*edge.at("aws_cloudfront_distribution.e").configuration.strategy, "all_at_once");
}

}  // namespace
}  // namespace outlast::catalog
