// What the catalog makes of manifests.

#include <gtest/gtest.h>

#include "catalog/programs.h"
#include "unit/catalog/meaning_of.h"

namespace outlast::catalog {
namespace {

using blueprint::Kind;
using blueprint::Strength;
using Texts = std::vector<std::string>;

/// A workload with further lines of its spec and of its one container, in flow style.
std::string workload(const std::string& kind, const std::string& name, const std::string& image,
                     const std::string& spec = "", const std::string& container = "",
                     const std::string& pod = "") {
  return "apiVersion: apps/v1\nkind: " + kind + "\nmetadata: {name: " + name + "}\nspec: {" + spec +
         "template: {metadata: {labels: {app: " + name + ", tier: all}}, spec: {" + pod +
         "containers: [{name: a, image: \"" + image + "\"" + container + "}]}}}\n---\n";
}

std::string service(const std::string& name, const std::string& selector,
                    const std::string& type = "ClusterIP") {
  return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\nspec: {type: " + type +
         ", selector: {" + selector + "}}\n---\n";
}

std::string budget(const std::string& name, const std::string& rule) {
  return "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: " + name +
         "}\nspec: {" + rule + ", selector: {matchLabels: {app: " + name + "}}}\n---\n";
}

const std::string kWeb = "default/Deployment/web";

TEST(Images, ComeFromTheRegistryTheyName) {
  EXPECT_EQ(registry_of("ghcr.io/team/app:1"), "ghcr.io");
  EXPECT_EQ(registry_of("localhost:5000/app"), "localhost");
  EXPECT_EQ(registry_of("1.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:0"),
            "1.dkr.ecr.eu-west-1.amazonaws.com");
  EXPECT_EQ(registry_of("redis:7"), "docker.io");
  EXPECT_EQ(registry_of("bitnami/postgresql"), "docker.io");
  const auto* hub = third_party_at(Catalog::built_in(), "docker.io");
  ASSERT_NE(hub, nullptr);
  EXPECT_EQ(hub->title, "Docker Hub");
}

TEST(Programs, AreToldByTheImagesNameWithoutRegistryTagAndDigest) {
  EXPECT_EQ(plain_image("docker.io/bitnami/postgresql:16@sha256:0a"), "postgresql");
  EXPECT_EQ(plain_image("registry.example:5000/team/redis"), "redis");
  EXPECT_EQ(plain_image("mongo"), "mongo");
}

TEST(KubernetesMeaning, StoresAreToldByImageSettingOrPort) {
  const MeaningOf meaning(
      workload("Deployment", "a", "registry.example/mongo:7") +
      workload("Deployment", "b", "shop/data:1", "",
               ", env: [{name: MYSQL_ROOT_PASSWORD, value: x}]") +
      workload("Deployment", "c", "shop/data:1", "", ", ports: [{containerPort: 6379}]") +
      workload("Deployment", "d", "shop/code:1"));
  EXPECT_EQ(*meaning.component("default/Deployment/a").type, "kubernetes.deployment.mongodb");
  EXPECT_EQ(*meaning.component("default/Deployment/b").type, "kubernetes.deployment.mysql");
  EXPECT_EQ(*meaning.component("default/Deployment/c").type, "kubernetes.deployment.redis");
  EXPECT_EQ(*meaning.component("default/Deployment/a").kind, Kind::database);
  EXPECT_EQ(*meaning.component("default/Deployment/d").kind, Kind::compute);
}

TEST(KubernetesMeaning, AStoreInAPodIsToldAndOneOnAVolumeIsNot) {
  const MeaningOf meaning(
      workload("Deployment", "a", "redis", "", "", "volumes: [{name: d, emptyDir: {}}], ") +
      workload("Deployment", "b", "redis", "", "",
               "volumes: [{name: d, persistentVolumeClaim: {claimName: d}}], ") +
      workload("StatefulSet", "c", "postgres", "volumeClaimTemplates: [{metadata: {name: d}}], ") +
      workload("Deployment", "d", "shop/code:1", "", "", "volumes: [{name: d, emptyDir: {}}], "));
  EXPECT_TRUE(meaning.is_marked("default/Deployment/a", "ephemeral_data"));
  EXPECT_FALSE(meaning.is_marked("default/Deployment/b", "ephemeral_data"));
  EXPECT_FALSE(meaning.is_marked("default/StatefulSet/c", "ephemeral_data"));
  EXPECT_FALSE(meaning.is_marked("default/Deployment/d", "ephemeral_data"));
}

TEST(KubernetesMeaning, ABudgetSaysHowManyCarryTheLoad) {
  for (const auto& [rule, expected] :
       std::vector<std::pair<std::string, int>>{{"minAvailable: 2", 2},
                                                {"minAvailable: \"50%\"", 2},
                                                {"maxUnavailable: 1", 2},
                                                {"maxUnavailable: \"30%\"", 2}}) {
    const MeaningOf meaning(workload("Deployment", "web", "a", "replicas: 3, ") +
                            budget("web", rule));
    EXPECT_EQ(meaning.component(kWeb).at_least.value_or(0), expected) << rule;
  }
}

TEST(KubernetesMeaning, ABudgetThatLetsNoPodGoIsToldAndSaysNothingOfTheLoad) {
  for (const char* rule : {"minAvailable: 3", "minAvailable: \"100%\"", "maxUnavailable: 0"}) {
    const MeaningOf meaning(workload("Deployment", "web", "a", "replicas: 3, ") +
                            budget("web", rule));
    EXPECT_TRUE(meaning.is_marked(kWeb, "blocked_drain")) << rule;
    EXPECT_EQ(meaning.component(kWeb).at_least.value_or(1), 1) << rule;
  }
}

TEST(KubernetesMeaning, AnAutoscalerKeepsItsMinimum) {
  const MeaningOf meaning(workload("Deployment", "web", "a") +
                          "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n"
                          "metadata: {name: web}\nspec: {minReplicas: 3, maxReplicas: 9, "
                          "scaleTargetRef: {kind: Deployment, name: web}}\n");
  EXPECT_EQ(*meaning.component(kWeb).replicas, 3);
  EXPECT_EQ(*meaning.component(kWeb).scale.max, 9);
}

TEST(KubernetesMeaning, AnAutoscalerTakesOverTheNumberThatIsStartedWith) {
  const auto replicas = [](const std::string& kind, const std::string& bounds) {
    const MeaningOf meaning(workload("Deployment", "web", "a", "replicas: 4, ") +
                            "apiVersion: " + kind + "\nmetadata: {name: web}\nspec: {" + bounds +
                            ", scaleTargetRef: {kind: Deployment, name: web}}\n");
    return *meaning.component(kWeb).replicas;
  };
  const std::string of_pods = "autoscaling/v2\nkind: HorizontalPodAutoscaler";
  const std::string keda = "keda.sh/v1alpha1\nkind: ScaledObject";
  EXPECT_EQ(replicas(of_pods, "minReplicas: 2, maxReplicas: 9"), 2);
  EXPECT_EQ(replicas(of_pods, "maxReplicas: 9"), 1) << "one at least, where it does not say";
  EXPECT_EQ(replicas(of_pods, "minReplicas: 6, maxReplicas: 9"), 6);
  EXPECT_EQ(replicas(keda, "triggers: [{type: cron}]"), 1) << "none, until it is asked";
  EXPECT_EQ(replicas(of_pods, "minReplicas: 3, maxReplicas: 2"), 4) << "no cluster takes it";
}

TEST(KubernetesMeaning, ReplicasOfAStoreOnOneVolumeCountAsOne) {
  const auto replicas = [](const std::string& image, const std::string& volumes) {
    return MeaningOf(workload("Deployment", "web", image, "replicas: 3, ", "", volumes))
        .component(kWeb)
        .replicas.value_or(0);
  };
  const std::string one = "volumes: [{name: d, persistentVolumeClaim: {claimName: d}}], ";
  EXPECT_EQ(replicas("postgres:16", one), 1) << "one opens its files";
  EXPECT_EQ(replicas("postgres:16", ""), 3);
  EXPECT_EQ(replicas("nginx:1", one), 3) << "which only reads what lies there";
}

TEST(KubernetesMeaning, SettingsNameThingsOfOtherInputs) {
  const std::string url = "https://sqs.eu-west-1.amazonaws.com/1/jobs";
  import::Reading reading(import::Reading::Files{
      {"a.yaml",
       workload("Deployment", "web", "a", "", ", env: [{name: Q, value: \"" + url + "\"}]")},
      {"plan.json", import::plan_text({import::created(
                        "aws_sqs_queue.q", "aws_sqs_queue",
                        R"({"name": "jobs", "url": ")" + url + R"("})", "{}", R"(["no-op"])")})}});
  read_meaning(reading.imported.draft, Catalog::built_in(), reading.diagnostics);
  for (const auto& c : reading.draft().components) {
    if (c.id == kWeb) {
      ASSERT_EQ(c.needs.size(), 1U);
      EXPECT_EQ(c.needs[0].any_of, Texts{"aws_sqs_queue.q"});
    }
  }
}

TEST(KubernetesMeaning, PodsThatGiveWayToJobsAreMarked) {
  const MeaningOf meaning(
      workload("Deployment", "web", "a") + service("web", "app: web") +
      "apiVersion: batch/v1\nkind: Job\nmetadata: {name: sums}\nspec: {template: {spec: {priority: "
      "10, containers: [{name: a, image: b}]}}}\n");
  const auto& marks = meaning.component(kWeb).marks;
  const auto mark = std::find_if(marks.begin(), marks.end(),
                                 [](const auto& one) { return one.finding == "gives_way"; });
  ASSERT_NE(mark, marks.end());
  EXPECT_EQ(mark->about, "sums");
}

TEST(KubernetesMeaning, AnAutoscalerLeavesAloneWhatIsToRunNone) {
  const auto replicas = [](const std::string& kind, const std::string& bounds) {
    const MeaningOf meaning(workload("Deployment", "web", "a", "replicas: 0, ") +
                            "apiVersion: " + kind + "\nmetadata: {name: web}\nspec: {" + bounds +
                            ", scaleTargetRef: {kind: Deployment, name: web}}\n");
    EXPECT_TRUE(meaning.reading.told().empty()) << meaning.reading.text();
    return meaning.component(kWeb).replicas.value_or(-1);
  };
  const std::string of_pods = "autoscaling/v2\nkind: HorizontalPodAutoscaler";
  const std::string keda = "keda.sh/v1alpha1\nkind: ScaledObject";
  EXPECT_EQ(replicas(of_pods, "minReplicas: 3, maxReplicas: 9"), 0) << "it is switched off";
  EXPECT_EQ(replicas(of_pods, "maxReplicas: 9"), 0);
  EXPECT_EQ(replicas(keda, "minReplicaCount: 2, triggers: [{type: cron}]"), 2);
}

TEST(KubernetesMeaning, OnlyWhatSelectsItsOwnPodsKeepsThemApart) {
  const auto is_loose = [](const std::string& pod) {
    return MeaningOf(workload("Deployment", "web", "a", "replicas: 3, ", "", pod))
        .is_marked(kWeb, "not_kept_apart");
  };
  const auto spread = [](const std::string& app) {
    return "topologySpreadConstraints: [{topologyKey: kubernetes.io/hostname, maxSkew: 1, "
           "whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: " +
           app + "}}}], ";
  };
  const auto averse = [](const std::string& app) {
    return "affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: "
           "[{weight: 1, "
           "podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: "
           "{app: " +
           app + "}}}}]}}, ";
  };
  EXPECT_TRUE(is_loose(""));
  EXPECT_FALSE(is_loose(spread("web")));
  EXPECT_TRUE(is_loose(spread("wbe")));
  EXPECT_FALSE(is_loose(averse("web")));
  EXPECT_TRUE(is_loose(averse("db")));
}

TEST(KubernetesMeaning, WhatHasClaimsOfItsOwnKeepsData) {
  const MeaningOf meaning(workload("StatefulSet", "a", "shop/code:1",
                                   "volumeClaimTemplates: [{metadata: {name: d}}], ") +
                          workload("StatefulSet", "b", "shop/code:1"));
  EXPECT_TRUE(meaning.component("default/StatefulSet/a").is_store.value_or(false));
  EXPECT_FALSE(meaning.component("default/StatefulSet/b").is_store.value_or(false));
}

TEST(KubernetesMeaning, AnAutoscalerWaitsUntilItsWindowIsOver) {
  const MeaningOf meaning(workload("Deployment", "web", "a") +
                          "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n"
                          "metadata: {name: web}\nspec: {minReplicas: 3, maxReplicas: 9, "
                          "scaleTargetRef: {kind: Deployment, name: web}, "
                          "behavior: {scaleUp: {stabilizationWindowSeconds: 30}, "
                          "scaleDown: {stabilizationWindowSeconds: 600}}}\n");
  EXPECT_EQ(meaning.component(kWeb).scale.cooldown_out->value, 30);
  EXPECT_EQ(meaning.component(kWeb).scale.cooldown_in->value, 600);
}

std::string scaled_by(const std::string& version, const std::string& metrics) {
  return workload("Deployment", "web", "a") + "apiVersion: autoscaling/" + version +
         "\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\n"
         "spec: {maxReplicas: 9, scaleTargetRef: {kind: Deployment, name: web}, " +
         metrics + "}\n";
}

TEST(KubernetesMeaning, AnAutoscalerKeepsTheLevelOfTheProcessorsThatItStates) {
  const auto level = [](const std::string& manifests) {
    return MeaningOf(manifests).component(kWeb).scale.target.value_or("");
  };
  EXPECT_EQ(level(scaled_by("v1", "targetCPUUtilizationPercentage: 75")), "cpu 75%");
  const std::string memory =
      "{type: Resource, resource: {name: memory, target: {averageUtilization: 90}}}";
  const std::string processors =
      "{type: Resource, resource: {name: cpu, target: {averageUtilization: 45}}}";
  EXPECT_EQ(level(scaled_by("v2", "metrics: [" + memory + ", " + processors + "]")), "cpu 45%");
  EXPECT_EQ(level(scaled_by("v2", "metrics: [" + memory + "]")), "") << "no level of processors";
}

TEST(KubernetesMeaning, AnAutoscalerKeepsToThePaceOfItsPolicies) {
  const auto scale = [](const std::string& behavior) {
    return MeaningOf(scaled_by("v2", "behavior: {" + behavior + "}")).component(kWeb).scale;
  };
  const auto told = scale(
      "scaleUp: {policies: [{type: Pods, value: 2, periodSeconds: 60}, "
      "{type: Percent, value: 10, periodSeconds: 30}]}, scaleDown: {selectPolicy: Disabled}");
  EXPECT_EQ(told.grows.value_or(""), "2 in 60s or 10% in 30s");
  EXPECT_EQ(told.shrinks.value_or(""), "never");
  EXPECT_EQ(scale("scaleUp: {selectPolicy: Min, policies: [{type: Pods, value: 2, periodSeconds: "
                  "60}, {type: Percent, value: 10, periodSeconds: 30}]}")
                .grows.value_or(""),
            "2 in 60s and 10% in 30s");
  EXPECT_EQ(scale("scaleUp: {}").grows.value_or(""), "4 in 15s or 100% in 15s")
      << "the controller's own";
}

TEST(KubernetesMeaning, ThreeThatAgreeByMajorityNeedTwo) {
  const MeaningOf meaning(workload("StatefulSet", "zk", "zookeeper:3.9", "replicas: 3, "));
  EXPECT_EQ(*meaning.component("default/StatefulSet/zk").at_least, 2);
}

TEST(KubernetesMeaning, WorkloadsBehindOneServiceStandInForEachOther) {
  const MeaningOf meaning(workload("Deployment", "v1", "a") + workload("Deployment", "v2", "a") +
                          service("all", "tier: all"));
  EXPECT_EQ(meaning.needs("default/Service/all"),
            Texts{"default/Deployment/v1 default/Deployment/v2"});
}

TEST(KubernetesMeaning, ABalancerLetsInTheRangesThatItNames) {
  const auto with = [](const std::string& more) {
    return MeaningOf(workload("Deployment", "web", "shop/web:1") +
                     "apiVersion: v1\nkind: Service\nmetadata: {name: front" + more +
                     ", selector: {app: web}}\n---\n");
  };
  const std::string id = "default/Service/front";
  const MeaningOf open = with("}\nspec: {type: LoadBalancer");
  EXPECT_TRUE(open.component(id).internet.value_or(false));
  EXPECT_TRUE(open.reading.draft().network_rules.empty());
  const std::string noted =
      ", annotations: {service.beta.kubernetes.io/load-balancer-source-ranges: "
      "\"10.0.0.0/8, 203.0.113.0/24\"}}\nspec: {type: LoadBalancer";
  const std::string own =
      "}\nspec: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, 203.0.113.0/24]";
  for (const std::string& more : {own, noted}) {
    const MeaningOf narrow = with(more);
    EXPECT_TRUE(narrow.component(id).internet.value_or(false)) << more << ": by its public name";
    ASSERT_EQ(narrow.reading.draft().network_rules.size(), 1U) << more;
    const auto& rule = narrow.reading.draft().network_rules[0];
    EXPECT_EQ(rule.subjects, Texts{id});
    EXPECT_EQ(rule.peer_ranges, (Texts{"10.0.0.0/8", "203.0.113.0/24"}));
  }
  const MeaningOf ingress(
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: in, annotations: "
      "{nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8}}\n"
      "spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}\n");
  EXPECT_FALSE(ingress.component("default/Ingress/in").internet.value_or(true));
  const MeaningOf all = with("}\nspec: {type: LoadBalancer, loadBalancerSourceRanges: [0.0.0.0/0]");
  EXPECT_TRUE(all.component(id).internet.value_or(false));
}

TEST(KubernetesMeaning, NeedsPassThroughServices) {
  const MeaningOf meaning(
      workload("Deployment", "mq", "rabbitmq") + service("mq", "app: mq") +
      workload("Deployment", "web", "a", "",
               ", env: [{name: MQ_HOST, value: mq}, {name: DB_HOST, value: db}]"));
  ASSERT_EQ(meaning.needs(kWeb), Texts{"default/Deployment/mq"});
  EXPECT_EQ(*meaning.component(kWeb).needs.front().strength, Strength::async) << "a broker";
  EXPECT_TRUE(meaning.is_marked(kWeb, "dangling_reference")) << "db";
}

TEST(KubernetesMeaning, ABareHostOfAWebAddressIsDanglingWhateverTheSettingIsCalled) {
  const auto web = [](const std::string& value) {
    return MeaningOf(workload("Deployment", "web", "a", "",
                              ", env: [{name: LEDGER_BASE, value: \"" + value + "\"}]"));
  };
  EXPECT_TRUE(web("http://ledger:8080/v1").is_marked(kWeb, "dangling_reference"));
  EXPECT_FALSE(web("s3://ledger/v1").is_marked(kWeb, "dangling_reference")) << "a bucket";
  EXPECT_FALSE(web("ledger").is_marked(kWeb, "dangling_reference")) << "may be any word";
}

TEST(KubernetesMeaning, AClientTakesPartInNoJourney) {
  const MeaningOf meaning(
      workload("Deployment", "web", "a") + service("web", "app: web", "LoadBalancer") +
      workload("Deployment", "load", "b", "", ", env: [{name: WEB_URL, value: \"http://web\"}]"));
  EXPECT_FALSE(*meaning.component("default/Deployment/load").is_workload);
  ASSERT_EQ(meaning.reading.draft().journeys.size(), 1U);
  EXPECT_EQ(meaning.reading.draft().journeys.front().name, "default/Service/web");
}

TEST(KubernetesMeaning, WithoutAnEntryAClientIsNone) {
  const MeaningOf meaning(
      workload("Deployment", "web", "a") + service("web", "app: web") +
      workload("Deployment", "load", "b", "", ", env: [{name: WEB_URL, value: \"http://web\"}]"));
  ASSERT_EQ(meaning.reading.draft().journeys.size(), 1U);
  EXPECT_EQ(meaning.reading.draft().journeys.front().name, kWeb);
}

TEST(KubernetesMeaning, HowManyPodsADaemonSetHasIsNotKnown) {
  const MeaningOf meaning(workload("DaemonSet", "agent", "a"));
  EXPECT_TRUE(meaning.component("default/DaemonSet/agent").replicas.is_unknown());
}

/// A pod of a live cluster.
std::string live_pod(const std::string& name, const std::string& owner, const std::string& labels,
                     const std::string& phase = "Running") {
  return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name + ", labels: {" + labels +
         "}, ownerReferences: [{controller: true, " + owner +
         "}]}\nspec: {containers: [{name: a, image: quay.io/strimzi/kafka:0.40}]}\n"
         "status: {phase: " +
         phase + "}\n---\n";
}

TEST(KubernetesMeaning, WhoCallsADaemonSetNeedsItUnlessItOnlyWatches) {
  const auto strength = [](const std::string& image) {
    const MeaningOf meaning(
        workload("DaemonSet", "edge", image) + service("edge", "app: edge") +
        workload("Deployment", "web", "a", "", ", env: [{name: EDGE_ADDR, value: \"edge:80\"}]"));
    return *meaning.component(kWeb).needs.at(0).strength;
  };
  EXPECT_EQ(strength("shop/proxy:1"), Strength::hard);
  EXPECT_EQ(strength("fluent/fluent-bit:3"), Strength::observe);
}

TEST(KubernetesMeaning, PodsOfAControllerThatNoInputHoldsAreOneWorkload) {
  const std::string owner = "apiVersion: core.strimzi.io/v1beta2, kind: StrimziPodSet, name: log";
  const MeaningOf meaning(live_pod("log-0", owner, "app: log, n: a") +
                          live_pod("log-1", owner, "app: log, n: b") +
                          live_pod("log-2", owner, "app: log, n: c") +
                          live_pod("log-9", owner, "app: log, n: d", "Failed"));
  EXPECT_EQ(meaning.ids(), Texts{"default/StrimziPodSet/log"});
  EXPECT_EQ(*meaning.component("default/StrimziPodSet/log").replicas, 3) << "one of four is over";
}

TEST(KubernetesMeaning, PodsJoinTheDeploymentWhoseReplicaSetIsNotThere) {
  const std::string owner = "apiVersion: apps/v1, kind: ReplicaSet, name: a-5d9c";
  const std::string pods = live_pod("a-5d9c-x", owner, "app: a, pod-template-hash: 5d9c") +
                           live_pod("a-5d9c-y", owner, "app: a, pod-template-hash: 5d9c");
  EXPECT_EQ(MeaningOf(workload("Deployment", "a", "a") + pods).ids(),
            Texts{"default/Deployment/a"});
  const MeaningOf alone(pods);
  EXPECT_EQ(alone.ids(), Texts{"default/Deployment/a"});
  EXPECT_EQ(*alone.component("default/Deployment/a").replicas, 2);
}

TEST(KubernetesMeaning, WhatNodesRunByThemselvesIsOneOfEachName) {
  const auto on = [](const std::string& name, const std::string& node) {
    return live_pod(name + "-" + node, "apiVersion: v1, kind: Node, name: " + node, "tier: cp");
  };
  const MeaningOf meaning(on("etcd", "n1") + on("etcd", "n2") + on("etcd", "n3") +
                          on("scheduler", "n1") + on("scheduler", "n2"));
  EXPECT_EQ(meaning.ids(), (Texts{"default/Pods/etcd", "default/Pods/scheduler"}));
  EXPECT_EQ(*meaning.component("default/Pods/etcd").replicas, 3);
}

TEST(KubernetesMeaning, NodesOfSeveralKindsAddUp) {
  const MeaningOf meaning(
      "apiVersion: elasticsearch.k8s.elastic.co/v1\nkind: Elasticsearch\nmetadata: {name: es}\n"
      "spec: {nodeSets: [{name: masters, count: 3}, {name: data, count: 4}]}\n---\n"
      "apiVersion: scylla.scylladb.com/v1\nkind: ScyllaCluster\nmetadata: {name: rows}\n"
      "spec: {datacenter: {racks: [{members: 1}, {members: 1}, {members: 1}]}}\n");
  EXPECT_EQ(meaning.component("default/Elasticsearch/es").replicas.value_or(0), 7);
  EXPECT_EQ(meaning.component("default/ScyllaCluster/rows").replicas.value_or(0), 3);
  EXPECT_EQ(meaning.component("default/ScyllaCluster/rows").at_least.value_or(0), 2);
}

TEST(KubernetesMeaning, WhatAnOperatorRunsForAResourceIsPartOfIt) {
  const std::string set = workload("StatefulSet", "orders", "a");
  const std::string owned =
      "metadata: {ownerReferences: [{apiVersion: rabbitmq.com/v1beta1, "
      "kind: RabbitmqCluster, name: bus}], ";
  std::string of_operator = set;
  of_operator.replace(set.find("metadata: {"), std::string("metadata: {").size(), owned);
  EXPECT_EQ(MeaningOf("apiVersion: rabbitmq.com/v1beta1\nkind: RabbitmqCluster\n"
                      "metadata: {name: bus}\nspec: {replicas: 3}\n---\n" +
                      of_operator)
                .ids(),
            Texts{"default/RabbitmqCluster/bus"});
}

TEST(KubernetesMeaning, AServiceThatAnOperatorMadeLeadsToWhatItIsFor) {
  const MeaningOf meaning(
      "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: pg}\n"
      "spec: {instances: 3}\n---\n"
      "apiVersion: v1\nkind: Service\nmetadata: {name: main, ownerReferences: [{apiVersion: "
      "postgresql.cnpg.io/v1, kind: Cluster, name: pg}]}\n"
      "spec: {selector: {role: primary}}\n---\n" +
      workload("Deployment", "web", "a", "", ", env: [{name: DB_URL, value: \"pg://main:5432\"}]"));
  EXPECT_EQ(meaning.needs(kWeb), Texts{"default/Cluster/pg"});
}

TEST(KubernetesMeaning, AnAutoscalerMeansADeploymentWhereItSaysNoKind) {
  const MeaningOf meaning(workload("Deployment", "web", "a") +
                          "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\n"
                          "metadata: {name: more}\n"
                          "spec: {scaleTargetRef: {name: web}, maxReplicaCount: 9}\n");
  EXPECT_EQ(*meaning.component(kWeb).scale.max, 9);
}

TEST(KubernetesMeaning, ThePoolOfItsBrokersSaysHowManyAKafkaHas) {
  const auto pool = [](const std::string& name, const std::string& role) {
    return "apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaNodePool\nmetadata: {name: " + name +
           ", labels: {strimzi.io/cluster: log}}\nspec: {replicas: 5, roles: [" + role +
           "]}\n---\n";
  };
  const std::string cluster =
      "apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata: {name: log}\n"
      "spec: {kafka: {version: 4.0.0}}\n---\n";
  const MeaningOf one(cluster + pool("a", "broker") + pool("b", "controller"));
  EXPECT_EQ(one.component("default/Kafka/log").replicas.value_or(0), 5);
  const MeaningOf two(cluster + pool("a", "broker") + pool("b", "broker"));
  EXPECT_TRUE(two.component("default/Kafka/log").replicas.is_unknown());
}

TEST(KubernetesMeaning, ARolloutRunsTheDeploymentThatItRefersTo) {
  const MeaningOf meaning(
      "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n"
      "metadata: {name: front}\n"
      "spec: {replicas: 4, workloadRef: {kind: Deployment, name: a}}\n---\n" +
      workload("Deployment", "a", "a"));
  EXPECT_EQ(meaning.ids(), Texts{"default/Rollout/front"});
  EXPECT_EQ(*meaning.component("default/Rollout/front").replicas, 4);
}

TEST(KubernetesMeaning, PodsLieInTheZonesOfTheirNodes) {
  const auto node = [](const std::string& name, const std::string& zone) {
    return "apiVersion: v1\nkind: Node\nmetadata: {name: " + name +
           ", labels: {topology.kubernetes.io/zone: " + zone + "}}\n---\n";
  };
  const auto pod = [](const std::string& name, const std::string& on) {
    return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name +
           ", ownerReferences: [{kind: Deployment, name: web}]}\nspec: {nodeName: " + on +
           ", containers: [{name: a, image: a}]}\n---\n";
  };
  const MeaningOf meaning(node("n1", "eu-1a") + node("n2", "eu-1b") +
                          workload("Deployment", "web", "a", "replicas: 2, ") + pod("p1", "n1") +
                          pod("p2", "n2"));
  EXPECT_EQ(meaning.zones(kWeb), (Texts{"eu-1a", "eu-1b"}));
  EXPECT_EQ(meaning.reading.draft().components.size(), 1U) << "pods are part of their deployment";
}

TEST(KubernetesMeaning, PodsLieInTheZoneThatTheyAskForWithoutAnyNode) {
  const auto zones = [](const std::string& pod) {
    return MeaningOf(workload("Deployment", "web", "a", "replicas: 3, ", "", pod)).zones(kWeb);
  };
  const auto terms = [](const std::string& all) {
    return "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
           "{nodeSelectorTerms: [" +
           all + "]}}}, ";
  };
  const std::string zone = "key: topology.kubernetes.io/zone, operator: ";
  const std::string disk = "{key: disk, operator: In, values: [ssd]}";
  EXPECT_EQ(zones("nodeSelector: {topology.kubernetes.io/zone: eu-1a}, "), Texts{"eu-1a"});
  EXPECT_EQ(zones(terms("{matchExpressions: [{" + zone + "In, values: [a, b]}, " + disk + "]}")),
            (Texts{"a", "b"}));
  EXPECT_EQ(zones(terms("{matchExpressions: [{" + zone +
                        "In, values: [a]}]}, "
                        "{matchExpressions: [" +
                        disk + "]}")),
            Texts{})
      << "the other term leaves all zones";
  EXPECT_EQ(zones(terms("{matchExpressions: [{" + zone + "NotIn, values: [a]}]}")), Texts{});
}

TEST(KubernetesMeaning, OperatorsMakeServicesOfNamesThatAreKnown) {
  const MeaningOf meaning(
      "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: orders}\n"
      "spec: {instances: 3}\n---\n" +
      workload("Deployment", "web", "a", "", ", env: [{name: DB_HOST, value: orders-rw}]"));
  EXPECT_EQ(meaning.needs(kWeb), Texts{"default/Cluster/orders"});
  EXPECT_EQ(*meaning.component("default/Cluster/orders").replicas, 3);
  EXPECT_FALSE(meaning.is_marked(kWeb, "dangling_reference"));
}

TEST(KubernetesMeaning, WhatSaysHowManyItRunsIsAWorkloadAndTheRestIsNotUnderstood) {
  const MeaningOf meaning(
      "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec: {replicas: 4}\n---\n"
      "apiVersion: example.com/v1\nkind: Rule\nmetadata: {name: b}\nspec: {size: 10Gi}\n");
  EXPECT_EQ(*meaning.component("default/Thing/a").replicas, 4);
  EXPECT_EQ(meaning.reading.draft().coverage.understood, 1U);
  EXPECT_EQ(meaning.reading.draft().coverage.unknown_types, Texts{"example.com/Rule"});
}

TEST(KubernetesMeaning, AHostMayBeAThingOfAnotherInput) {
  const std::string web =
      workload("Deployment", "web", "a", "",
               ", env: [{name: DB_HOST, value: shop.abc.eu-west-1.rds.amazonaws.com}]");
  const MeaningOf meaning(web);
  import::Reading both(import::Reading::Files{
      {"a.yaml", web},
      {"b.tfstate", R"({"version": 4, "serial": 1, "resources": [{"mode": "managed",
        "type": "aws_db_instance", "name": "shop", "instances": [{"attributes":
        {"id": "shop", "address": "shop.abc.eu-west-1.rds.amazonaws.com"}}]}]})"}});
  read_meaning(both.imported.draft, Catalog::built_in(), both.diagnostics);
  for (const auto& c : both.draft().components) {
    if (c.id == kWeb) {
      ASSERT_EQ(c.needs.size(), 1U);
      EXPECT_EQ(c.needs.front().any_of, Texts{"aws_db_instance.shop"});
    }
  }
  EXPECT_TRUE(meaning.needs(kWeb).empty()) << "alone it leads outside";
}

}  // namespace
}  // namespace outlast::catalog
