#include "unit/catalog/understanding.h"

namespace outlast::catalog {
namespace {

/// A plan and manifests, read together.
Understanding together(const std::vector<std::string>& changes, const std::string& manifests) {
  return Understanding::of({{"plan.json", import::plan_text(changes)}, {"a.yaml", manifests}});
}

/// What a component needs for itself, in its own zone.
Lines nodes_of(const Understanding& u, const std::string& id) {
  Lines ends;
  for (const auto& need : u.at(id).needs) {
    if (need.is_local) {
      ends.insert(ends.end(), need.any_of.begin(), need.any_of.end());
    }
  }
  return ends;
}

std::string cluster(const std::string& name) {
  return created("aws_eks_cluster." + name, "aws_eks_cluster", R"({"name": ")" + name + "\"}");
}

std::string nodes(const std::string& name, const std::string& of, const std::string& subnet,
                  const std::string& more = "") {
  return created(
      "aws_eks_node_group." + name, "aws_eks_node_group",
      R"({"node_group_name": ")" + name + R"(", "cluster_name": ")" + of +
          R"(", "subnet_ids": ["subnet-000)" + subnet +
          R"("], "scaling_config": [{"desired_size": 2, "min_size": 1, "max_size": 9}])" + more +
          "}");
}

std::string deployment(const std::string& pod = "") {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2, "
         "template: "
         "{metadata: {labels: {app: web}}, spec: {" +
         pod + "containers: [{name: a, image: a}]}}}\n";
}

constexpr const char* kWeb = "default/Deployment/web";

TEST(Clusters, PodsLieWhereTheNodesOfTheOnlyClusterAre) {
  const auto t = together({subnet("a", "eu-west-1a"), subnet("b", "eu-west-1b"), cluster("shop"),
                           nodes("one", "shop", "a"), nodes("two", "shop", "b")},
                          deployment());
  EXPECT_EQ(t.places(kWeb), (Lines{"eu-west-1a", "eu-west-1b"}));
  EXPECT_TRUE(t.at(kWeb).may_share_places) << "nothing keeps them apart";
  EXPECT_EQ(t.at(kWeb).provider.value_or(""), "aws");
  EXPECT_EQ(t.at(kWeb).region.value_or(""), "eu-west-1");
  EXPECT_EQ(nodes_of(t, kWeb), Lines{"aws_eks_node_group.one"}) << "the groups are one pool";
  const auto& told = t.reading.draft().assumptions;
  EXPECT_TRUE(std::any_of(told.begin(), told.end(), [](const auto& a) {
    return a.name == "cluster of the manifests" && a.value == "aws_eks_cluster.shop";
  }));
}

TEST(Clusters, SelectorsAndTaintsChooseAmongGroups) {
  const std::vector<std::string> plan = {
      subnet("a", "eu-west-1a"), subnet("b", "eu-west-1b"), cluster("shop"),
      nodes("plain", "shop", "a"),
      nodes("gpu", "shop", "b", R"(, "taint": [{"key": "gpu", "value": "yes"}])")};
  EXPECT_EQ(together(plan, deployment()).places(kWeb), Lines{"eu-west-1a"});
  const auto chosen = together(plan, deployment("nodeSelector: {eks.amazonaws.com/nodegroup: gpu}, "
                                                "tolerations: [{operator: Exists}], "));
  EXPECT_EQ(chosen.places(kWeb), Lines{"eu-west-1b"});
  EXPECT_EQ(nodes_of(chosen, kWeb), Lines{"aws_eks_node_group.gpu"});
}

TEST(Clusters, WhatToleratesNoGroupLiesElsewhere) {
  const std::vector<std::string> plan = {
      subnet("a", "eu-west-1a"), cluster("shop"),
      nodes("gpu", "shop", "a",
            R"(, "taint": [{"key": "gpu", "value": "yes", "effect": "NO_SCHEDULE"}])")};
  EXPECT_EQ(together(plan, deployment()).places(kWeb), Lines{}) << "on nodes of no input";
  EXPECT_EQ(
      together(plan, deployment("tolerations: [{key: disk, operator: Exists}], ")).places(kWeb),
      Lines{});
  EXPECT_EQ(together(plan, deployment("tolerations: [{key: gpu, value: \"yes\", effect: "
                                      "NoSchedule}], "))
                .places(kWeb),
            Lines{"eu-west-1a"});
}

TEST(Clusters, AProfileTakesThePodsThatItSelectsAndNoOthers) {
  const auto profile = [](const std::string& space) {
    return created("aws_eks_fargate_profile.f", "aws_eks_fargate_profile",
                   R"({"fargate_profile_name": "f", "cluster_name": "shop", "subnet_ids":
                      ["subnet-000b"], "selector": [{"namespace": ")" +
                       space + "\"}]}");
  };
  const std::vector<std::string> plan = {subnet("a", "eu-west-1a"), subnet("b", "eu-west-1b"),
                                         cluster("shop"), nodes("one", "shop", "a")};
  const auto with = [&](const std::string& space) {
    auto all = plan;
    all.push_back(profile(space));
    return together(all, deployment());
  };
  EXPECT_EQ(with("default").places(kWeb), Lines{"eu-west-1b"});
  EXPECT_EQ(with("def*").places(kWeb), Lines{"eu-west-1b"});
  EXPECT_EQ(with("jobs").places(kWeb), Lines{"eu-west-1a"});
}

TEST(Clusters, OfSeveralItIsTheOneThatPodsName) {
  const std::vector<std::string> plan = {subnet("a", "eu-west-1a"), subnet("b", "eu-west-1b"),
                                         cluster("shop"),           cluster("stock"),
                                         nodes("one", "shop", "a"), nodes("two", "stock", "b")};
  const auto open = together(plan, deployment());
  EXPECT_EQ(open.places(kWeb), Lines{});
  const auto& unknown = open.reading.draft().coverage.unknown_attributes;
  EXPECT_TRUE(std::any_of(unknown.begin(), unknown.end(), [](const std::string& text) {
    return text.starts_with("on which cluster the manifests run");
  }));
  const std::string scaler =
      "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: scaler, namespace: "
      "kube-system}\n"
      "spec: {template: {metadata: {labels: {app: s}}, spec: {containers: [{name: a, image: a, "
      "args: "
      "[--cluster-name=stock]}]}}}\n";
  EXPECT_EQ(together(plan, deployment() + scaler).places(kWeb), Lines{"eu-west-1b"});
}

TEST(Clusters, NodesOfTheManifestsThatLieElsewhereAreToldWithBothSources) {
  const std::string node =
      "---\napiVersion: v1\nkind: Node\nmetadata: {name: n, labels: {topology.kubernetes.io/zone: "
      "eu-west-1c}}\n";
  const auto t = together({subnet("a", "eu-west-1a"), cluster("shop"), nodes("one", "shop", "a")},
                          deployment() + node);
  EXPECT_EQ(t.places(kWeb), Lines{"eu-west-1c"}) << "the node itself says where it is";
  const auto told = t.reading.told();
  EXPECT_EQ(std::count_if(told.begin(), told.end(),
                          [](const std::string& line) { return line.starts_with("OUT-E1406"); }),
            2)
      << t.reading.text();
}

TEST(Clusters, WithoutOneNothingIsJoined) {
  const auto t = together({subnet("a", "eu-west-1a")}, deployment());
  EXPECT_EQ(t.places(kWeb), Lines{});
  EXPECT_EQ(nodes_of(t, kWeb), Lines{});
}

TEST(Clusters, AGroupOfMachinesThatWearsItsTagIsOneOfItsGroups) {
  const auto machines = [](const std::string& name, const std::string& tag) {
    return created("aws_autoscaling_group." + name, "aws_autoscaling_group",
                   R"({"name": ")" + name + R"(", "desired_capacity": 2, "availability_zones":
                   ["eu-west-1b"], "tag": [{"key": ")" +
                       tag + R"(", "value": "owned"}]})");
  };
  const auto u = together(
      {cluster("shop"), machines("nodes", "kubernetes.io/cluster/shop"), machines("other", "team")},
      deployment());
  EXPECT_EQ(u.places(kWeb), Lines{"eu-west-1b"});
  EXPECT_EQ(nodes_of(u, kWeb), Lines{"aws_autoscaling_group.nodes"});
}

TEST(Clusters, PodsLieWherePoolsOfKarpenterMayStartNodes) {
  const std::string pool =
      "apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: NAME}\n"
      "spec: {template: {spec: {TAINTS requirements: [\n"
      "  {key: topology.kubernetes.io/zone, operator: In, values: [ZONES]},\n"
      "  {key: karpenter.sh/capacity-type, operator: In, values: [spot, on-demand]}]}}}\n---\n";
  const auto with = [&](std::string name, std::string zones, std::string taints) {
    std::string text = pool;
    for (const auto& [word, value] :
         {std::pair{"NAME", name}, std::pair{"ZONES", zones}, std::pair{"TAINTS", taints}}) {
      text.replace(text.find(word), std::string(word).size(), value);
    }
    return text;
  };
  const std::string pools = with("all", "eu-west-1a, eu-west-1b", "") +
                            with("gpu", "eu-west-1c", "taints: [{key: gpu, effect: NoSchedule}],");
  const auto u = together({cluster("shop")}, pools + deployment());
  EXPECT_EQ(u.places(kWeb), (Lines{"eu-west-1a", "eu-west-1b"}));
  EXPECT_EQ(u.at(kWeb).provider.value_or(""), "aws");
  const auto chosen = together(
      {cluster("shop")}, pools + deployment("nodeSelector: {karpenter.sh/capacity-type: spot, "
                                            "topology.kubernetes.io/zone: eu-west-1b}, "));
  EXPECT_EQ(chosen.places(kWeb), Lines{"eu-west-1b"});
}

TEST(Clusters, WhatTerraformRunsOnItNeedsWhatItsSettingsNameByASecretToo) {
  const std::string pods = R"("metadata": [{"labels": {"app": "web"}}], "spec": [{"container": [
      {"name": "a", "image": "a", "env": [{"name": "CACHE", "value_from": []}],
       "env_from": [{"secret_ref": [{"name": "orders"}]}]}]}])";
  const auto expressions = [](const std::string& path, const std::string& of) {
    return path + R"({"references": [")" + of + R"(.address", ")" + of + R"("]})";
  };
  const std::string plan = import::plan_text(
      {subnet("a", "eu-west-1a"), cluster("shop"), nodes("one", "shop", "a"),
       created("aws_db_instance.orders", "aws_db_instance", R"({"engine": "postgres"})"),
       created("aws_elasticache_cluster.cart", "aws_elasticache_cluster", R"({"engine": "redis"})"),
       created("kubernetes_secret.orders", "kubernetes_secret",
               R"({"metadata": [{"name": "orders"}]})", R"({"data": true})"),
       created(
           "kubernetes_deployment_v1.web", "kubernetes_deployment_v1",
           R"({"metadata": [{"name": "web"}], "spec": [{"replicas": "2", "template": [{)" + pods +
               "}]}]}",
           R"({"spec": [{"template": [{"spec": [{"container": [{"env": [{"value": true}]}]}]}]}]})")},
      R"({"resources": [)" +
          import::configured("kubernetes_secret", "orders",
                             expressions(R"({"data": )", "aws_db_instance.orders") + "}") +
          ", " +
          import::configured(
              "kubernetes_deployment_v1", "web",
              expressions(R"({"spec": [{"template": [{"spec": [{"container": [{"env": [{"value": )",
                          "aws_elasticache_cluster.cart") +
                  "}]}]}]}]}]}") +
          "]}");
  const auto u = Understanding::of({{"plan.json", plan}});
  EXPECT_EQ(u.places(kWeb), Lines{"eu-west-1a"});
  EXPECT_EQ(u.at(kWeb).replicas.value_or(0), 2);
  const Lines needs = u.needs(kWeb);
  for (const char* store : {"aws_db_instance.orders", "aws_elasticache_cluster.cart"}) {
    EXPECT_TRUE(std::any_of(needs.begin(), needs.end(), [&](const std::string& need) {
      return need.starts_with(store);
    })) << store;
  }
}

}  // namespace
}  // namespace outlast::catalog
