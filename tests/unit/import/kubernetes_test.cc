#include "import/kubernetes.h"

#include <gtest/gtest.h>

#include "unit/import/reading.h"

namespace outlast::import {
namespace {

using blueprint::Confidence;
using blueprint::Strength;

/// A deployment with one container and further lines of it, indented by ten.
std::string deployment(const std::string& name, const std::string& more = "",
                       const std::string& space = "shop") {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name +
         ", namespace: " + space + "}\nspec:\n  template:\n    metadata: {labels: {app: " + name +
         "}}\n    spec:\n      containers:\n        - name: main\n          image: shop/" + name +
         "\n" + more + "---\n";
}

std::string service(const std::string& name, const std::string& app, const std::string& more = "",
                    const std::string& space = "shop") {
  return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + ", namespace: " + space +
         "}\nspec:\n  selector: {app: " + app + "}\n" + more + "---\n";
}

std::string setting(const std::string& name, const std::string& value) {
  return "          env: [{name: " + name + ", value: \"" + value + "\"}]\n";
}

/// Addresses that a resource calls, and hosts that are none: "shop/Service/db", "?mail".
Lines calls(const Reading& reading, const std::string& address) {
  Lines all;
  for (const auto& call : reading.resource(address).calls) {
    for (const auto id : call.targets) {
      all.push_back(reading.draft().resources[id].address);
    }
    if (call.targets.empty()) {
      all.push_back((call.is_local ? "?" : "!") + call.host);
    }
  }
  return all;
}

TEST(Kubernetes, ObjectsAreCalledByNamespaceKindAndName) {
  const Reading reading(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\n"
      "apiVersion: v1\nkind: Node\nmetadata: {name: n}\n---\n" +
      deployment("web"));
  EXPECT_TRUE(reading.has("default/Pod/a"));
  EXPECT_TRUE(reading.has("Node/n")) << "nodes lie in no namespace";
  EXPECT_EQ(reading.resource("shop/Deployment/web").type, "apps/Deployment");
  EXPECT_EQ(reading.resource("shop/Deployment/web").name, "web");
}

TEST(Kubernetes, ListsOfKubectlAreRead) {
  const Reading reading(
      Reading::Files{{"all.json", R"({"apiVersion": "v1", "kind": "List", "items": [
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"}},
        {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s", "namespace": "shop"}}]})"}});
  EXPECT_TRUE(reading.has("shop/Service/web"));
  EXPECT_TRUE(reading.has("shop/Secret/s"));
  EXPECT_EQ(reading.imported.inputs.size(), 1U);
}

TEST(Kubernetes, AListMayHoldNothing) {
  const Reading reading(
      Reading::Files{{"pods.json", R"({"apiVersion": "v1", "kind": "PodList", "items": null})"},
                     {"web.yaml", deployment("web")}});
  EXPECT_EQ(reading.imported.inputs.size(), 2U);
  EXPECT_TRUE(reading.diagnostics.items().empty());
}

TEST(Kubernetes, WhomASettingOfAnAbsentMapNamesIsNotKnown) {
  const auto from = [](const std::string& name) {
    return "            - {name: " + name + ", valueFrom: {configMapKeyRef: {name: m, key: k}}}\n";
  };
  const Reading reading(
      deployment("web", "          env:\n" + from("DB_HOST") + from("LOG_LEVEL")));
  EXPECT_EQ(reading.draft().coverage.unknown_attributes,
            Lines{"shop/Deployment/web: what answers at DB_HOST"});
}

TEST(Kubernetes, ServicesLeadToWhatWearsAllOfTheirLabelsInTheirNamespace) {
  const Reading reading(deployment("web") + deployment("web", "", "other") + deployment("db") +
                        service("front", "web"));
  EXPECT_EQ(reading.targets("shop/Service/front", "pods"), Lines{"shop/Deployment/web"});
  EXPECT_FALSE(reading.resource("shop/Deployment/web").has_no_address);
  EXPECT_TRUE(reading.resource("shop/Deployment/db").has_no_address);
}

TEST(Kubernetes, AServiceThatSelectsNobodyIsNamedInVain) {
  const std::string ingress =
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: in, namespace: shop}\n"
      "spec: {defaultBackend: {service: {name: db, port: {number: 80}}}}\n---\n";
  const std::string door = service("front", "wbe", "  type: LoadBalancer\n");
  const Reading reading(deployment("web", setting("DB_ADDR", "db:5432")) + deployment("db") +
                        service("db", "bd") + ingress + door);
  EXPECT_EQ(calls(reading, "shop/Deployment/web"), Lines{"?db"});
  EXPECT_EQ(calls(reading, "shop/Ingress/in"), Lines{"?db"});
  EXPECT_EQ(calls(reading, "shop/Service/front"), Lines{"?app=wbe"});
  const Reading none(deployment("web", setting("DB_ADDR", "db:5432")) +
                     "apiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: shop}\n");
  EXPECT_EQ(calls(none, "shop/Deployment/web"), Lines{"shop/Service/db"})
      << "without a selector somebody else says what stands behind it";
}

TEST(Kubernetes, APortThatAServiceDoesNotOpenIsCalledInVain) {
  const auto called = [](const std::string& url, const std::string& service_says) {
    const Reading reading(deployment("web", setting("DB_URL", url)) + deployment("db") +
                          service("db", "db", service_says));
    return calls(reading, "shop/Deployment/web");
  };
  const std::string open = "  ports: [{port: 80}, {port: 5432}]\n";
  EXPECT_EQ(called("pg://db:5432", open), Lines{"shop/Service/db"});
  EXPECT_EQ(called("pg://db", open), Lines{"shop/Service/db"});
  EXPECT_EQ(called("pg://db:5433", open), (Lines{"?db:5433", "shop/Service/db"}));
  EXPECT_EQ(called("pg://db-0.db:5433", open), Lines{"shop/Service/db"}) << "a pod by its name";
  EXPECT_EQ(called("pg://db:5433", open + "  clusterIP: None\n"), Lines{"shop/Service/db"})
      << "whose pods are called themselves";
}

TEST(Kubernetes, OfATemplateThatNobodyFilledInOnlyThatIsTold) {
  const Reading reading(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Values.name }}\n"
      "spec:\n  replicas: {{ .Values.n }}\n");
  ASSERT_EQ(reading.diagnostics.items().size(), 2U) << reading.text();
  for (const base::Diagnostic& one : reading.diagnostics.items()) {
    EXPECT_EQ(one.code, "OUT-E1106");
  }
}

std::string scaler(const std::string& target, const std::string& bounds) {
  return "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: s, "
         "namespace: shop}\nspec: {" +
         bounds + ", scaleTargetRef: {kind: Deployment, name: " + target + "}}\n---\n";
}

TEST(Kubernetes, AScalerOfNothingIsTold) {
  const std::string bounds = "minReplicas: 2, maxReplicas: 5";
  EXPECT_TRUE(Reading(scaler("web", bounds) + deployment("web")).told().empty());
  EXPECT_TRUE(Reading(scaler("web", bounds) + deployment("web", "", "other")).told().empty())
      << "nothing of its namespace is given";
  const Reading reading(scaler("wbe", bounds) + deployment("web"));
  EXPECT_EQ(
      reading.told(),
      Lines{"OUT-E1408 4:56 shop/HorizontalPodAutoscaler/s scales shop/Deployment/wbe, which is "
            "in no input | it scales nothing: mend the reference, or give the input that holds "
            "it"});
}

TEST(Kubernetes, AScalerWhoseBoundsCrossIsToldAndScalesNothing) {
  const Reading reading(scaler("web", "minReplicas: 5, maxReplicas: 2") + deployment("web"));
  EXPECT_EQ(
      reading.told(),
      Lines{"OUT-E1407 4:21 shop/HorizontalPodAutoscaler/s asks for 5 replicas at least and 2 at "
            "most | no cluster takes it: it is taken as if it were not written"});
  EXPECT_EQ(reading.targets("shop/HorizontalPodAutoscaler/s", "target"), Lines{});
}

TEST(Kubernetes, ClaimsThatNoInputHoldsAreNotKnownAndKeepDataAllTheSame) {
  const std::string claim =
      "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: d, namespace: shop}\n---\n";
  const std::string set =
      "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db, namespace: shop}\nspec: "
      "{template: {spec: {containers: [{name: a}]}}, volumeClaimTemplates: [{metadata: {name: "
      "data}}]}\n---\n";
  const std::string files =
      deployment("web", "      volumes: [{name: v, persistentVolumeClaim: {claimName: d}}]\n") +
      set;
  const Reading without(files);
  EXPECT_EQ(without.draft().coverage.unknown_attributes,
            Lines{"shop/Deployment/web: where its claim d keeps data"});
  EXPECT_EQ(without.targets("shop/Deployment/web", "claim"), Lines{"shop/PersistentVolumeClaim/d"});
  EXPECT_EQ(without.targets("shop/StatefulSet/db", "claim"),
            Lines{"shop/PersistentVolumeClaim/data-db"});
  EXPECT_EQ(Reading(files + claim).draft().coverage.unknown_attributes, Lines{});
}

TEST(Kubernetes, VariablesStandForWhatTheyAreTold) {
  const auto called = [](const std::string& env) {
    const Reading reading(deployment("web", "          env: [" + env + "]\n") +
                          deployment("cart-db") +
                          service("cart-db", "cart-db", "  ports: [{port: 5432, name: pg}]\n"));
    Lines all = calls(reading, "shop/Deployment/web");
    for (const std::string& unknown : reading.draft().coverage.unknown_attributes) {
      all.push_back(unknown);
    }
    return all;
  };
  const auto setting_of = [](const std::string& value) {
    return "{name: DB_ADDR, value: \"" + value + "\"}";
  };
  const Lines cart{"shop/Service/cart-db"};
  EXPECT_EQ(called(setting_of("$(CART_DB_SERVICE_HOST):$(CART_DB_SERVICE_PORT_PG)")), cart);
  EXPECT_EQ(called(setting_of("$(CART_DB_PORT)")), cart);
  EXPECT_EQ(called("{name: WHERE, value: cart-db}, " + setting_of("$(WHERE):5432")), cart);
  EXPECT_EQ(called("{name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}, " +
                   setting_of("$(IP):5432")),
            Lines{});
  EXPECT_EQ(called(setting_of("$(CART_SERVICE_HOST):1")),
            Lines{"shop/Deployment/web: what answers at DB_ADDR"});
}

std::string node(const std::string& name, const std::string& labels, const std::string& spec = "") {
  return "apiVersion: v1\nkind: Node\nmetadata: {name: " + name + ", labels: {" + labels +
         "}}\nspec: {" + spec + "}\n---\n";
}

std::string placed(const std::string& name, const std::string& pod) {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name +
         ", namespace: shop}\nspec:\n  template:\n    spec: {" + pod +
         "containers: [{name: a, image: a}]}\n---\n";
}

TEST(Kubernetes, PodsMayLieWhereTheSchedulerMayPutThem) {
  const std::string nodes = node("a", "disk: ssd, topology.kubernetes.io/zone: z1") +
                            node("b", "topology.kubernetes.io/zone: z2") +
                            node("c", "disk: ssd", "taints: [{key: gpu, effect: NoSchedule}]");
  const Reading reading(
      nodes + placed("any", "") + placed("fast", "nodeSelector: {disk: ssd}, ") +
      placed("gpu", "tolerations: [{key: gpu, operator: Exists}], nodeSelector: {disk: ssd}, ") +
      placed("zone",
             "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
             "{nodeSelectorTerms: [{matchExpressions: [{key: topology.kubernetes.io/zone, "
             "operator: NotIn, values: [z1]}]}]}}}, ") +
      placed("wish",
             "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: "
             "[{weight: 1, preference: {matchExpressions: [{key: disk, operator: Exists}]}}]}}, "));
  const auto may_lie_on = [&](const std::string& name) {
    return reading.targets("shop/Deployment/" + name, "nodes");
  };
  EXPECT_EQ(may_lie_on("any"), (Lines{"Node/a", "Node/b"})) << "nothing tolerates the taint of c";
  EXPECT_EQ(may_lie_on("fast"), Lines{"Node/a"});
  EXPECT_EQ(may_lie_on("gpu"), (Lines{"Node/a", "Node/c"}));
  EXPECT_EQ(may_lie_on("zone"), Lines{"Node/b"});
  EXPECT_EQ(may_lie_on("wish"), (Lines{"Node/a", "Node/b"})) << "what is preferred is no fact";
}

TEST(Kubernetes, PodsThatNoGivenNodeMayHoldAreTold) {
  const std::string nodes =
      node("a", "disk: hdd") + node("b", "", "taints: [{key: k, effect: NoSchedule}]");
  EXPECT_TRUE(Reading(nodes + placed("web", "nodeSelector: {disk: hdd}, ")).told().empty());
  EXPECT_TRUE(
      Reading(nodes + placed("web", "nodeSelector: {kubernetes.io/os: linux}, ")).told().empty());
  const Reading reading(nodes + placed("web", "nodeSelector: {disk: ssd}, "));
  ASSERT_EQ(reading.told().size(), 1U);
  EXPECT_EQ(reading.told().front().substr(0, 9), "OUT-E1409");
  EXPECT_NE(reading.text().find("may hold pods of shop/Deployment/web"), std::string::npos);
}

TEST(Kubernetes, OnlyWhatMustKeepReplicasApartDoes) {
  const std::string kZones = "topology.kubernetes.io/zone";
  const auto spread = [&](const std::string& how, const std::string& counted) {
    return "topologySpreadConstraints: [{topologyKey: " + kZones +
           ", maxSkew: 1, whenUnsatisfiable: " + how + counted + "}], ";
  };
  const auto shun = [](const std::string& where) {
    return "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
           "[{labelSelector: {matchExpressions: [{key: other, operator: DoesNotExist}]}, "
           "topologyKey: " +
           where + "}]}}, ";
  };
  const std::string itself = ", labelSelector: {}";
  const std::string others = ", labelSelector: {matchLabels: {app: other}}";
  const Reading reading(node("a", "") + placed("hard", spread("DoNotSchedule", itself)) +
                        placed("soft", spread("ScheduleAnyway", itself)) +
                        placed("for_others", spread("DoNotSchedule", others)) +
                        placed("for_none", spread("DoNotSchedule", "")) +
                        placed("averse", shun(kZones)) +
                        placed("by_host", shun("kubernetes.io/hostname")));
  const auto may_share = [&](const std::string& name) {
    return reading.resource("shop/Deployment/" + name).may_share_places;
  };
  EXPECT_FALSE(may_share("hard"));
  EXPECT_FALSE(may_share("averse"));
  EXPECT_TRUE(may_share("soft"));
  EXPECT_TRUE(may_share("for_others")) << "pods that wear other labels are counted";
  EXPECT_TRUE(may_share("for_none")) << "without a selector none is";
  EXPECT_TRUE(may_share("by_host")) << "two machines may stand in one zone";
}

TEST(Kubernetes, PodsThatMountOneVolumeOfOneMachineLieOnThatOne) {
  const auto machine = [](const std::string& kind, const std::string& how) {
    const Reading reading(
        "apiVersion: apps/v1\nkind: " + kind +
        "\nmetadata: {name: db, namespace: shop}\nspec: {replicas: 2, template: {spec: "
        "{containers: "
        "[{name: a}], volumes: [{name: v, persistentVolumeClaim: {claimName: d}}]}}}\n---\n"
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: d, namespace: shop}\n"
        "spec: {accessModes: [" +
        how + "]}\n");
    return reading.resource("shop/" + kind + "/db").only_machine;
  };
  EXPECT_EQ(machine("Deployment", "ReadWriteOnce"), "the node of db");
  EXPECT_EQ(machine("StatefulSet", "ReadWriteOnce"), "the node of db") << "no template of its own";
  EXPECT_EQ(machine("Deployment", "ReadWriteMany"), "");
}

TEST(Kubernetes, NoProbeFailsOnADeadNode) {
  const std::string probe =
      "          readinessProbe: {tcpSocket: {port: 1}, periodSeconds: 5, failureThreshold: 1}\n";
  const Reading reading(deployment("web", probe));
  EXPECT_TRUE(reading.resource("shop/Deployment/web").noticed_after.is_unset());
}

TEST(Kubernetes, APodStaysOnADeadNodeForAsLongAsItTolerates) {
  const auto tolerating = [](const std::string& tolerations) {
    return Reading(deployment("web", "      tolerations: [" + tolerations + "]\n"))
        .resource("shop/Deployment/web");
  };
  const std::string unreachable = "key: node.kubernetes.io/unreachable, operator: Exists";
  const auto briefly =
      tolerating("{" + unreachable + ", effect: NoExecute, tolerationSeconds: 30}");
  EXPECT_DOUBLE_EQ(briefly.tolerates->value, 30);
  EXPECT_FALSE(briefly.is_bound);
  EXPECT_TRUE(tolerating("{" + unreachable + "}").is_bound) << "it is never told to go";
  EXPECT_TRUE(tolerating("{operator: Exists}").is_bound);
  const auto of_others = tolerating("{key: gpu, operator: Exists}");
  EXPECT_TRUE(of_others.tolerates.is_unset());
  EXPECT_FALSE(of_others.is_bound);
}

std::string policy(const std::string& name, const std::string& spec) {
  return "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: " + name +
         ", namespace: shop}\nspec: {" + spec + "}\n---\n";
}

/// "inbound tcp 80-80 from 10.0.0.0/8 ? shop/Deployment/web" for each row of a policy.
Lines rows(const Reading& reading, const std::string& address) {
  Lines all;
  const auto& resource = reading.resource(address);
  const base::Node rows = resource.attributes["rows"];
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const base::Node row = rows.at(i);
    std::string line(row["direction"].text());
    line += " " + std::string(row["protocol"].text()) + " " + std::string(row["from_port"].text()) +
            "-" + std::string(row["to_port"].text());
    for (std::size_t k = 0; k < row["ranges"].size(); ++k) {
      const base::Node range = row["ranges"].at(k);
      line += " " + (range.is(base::NodeKind::unknown) ? "?" : std::string(range.text()));
    }
    for (const auto& reference : resource.references) {
      if (reference.path == "rows[" + std::to_string(i) + "].workloads") {
        for (const auto id : reference.targets) {
          line += " " + reading.draft().resources[id].address;
        }
      }
    }
    all.push_back(line);
  }
  return all;
}

TEST(NetworkPolicies, BecomeRowsOfAFirewall) {
  const Reading reading(
      deployment("web") +
      deployment("db", "          ports: [{name: sql, containerPort: 5432}]\n") +
      deployment("spy", "", "other") +
      policy("db",
             "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: "
             "{app: web}}}, {ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: sql}, {protocol: UDP, "
             "port: 7000, endPort: 7010}]}, {from: [{namespaceSelector: {matchLabels: "
             "{kubernetes.io/metadata.name: other}}}]}, {from: [{ipBlock: {cidr: 0.0.0.0/0, "
             "except: [10.1.0.0/16]}}], ports: [{port: 9}]}]"));
  EXPECT_EQ(rows(reading, "shop/NetworkPolicy/db rules"),
            (Lines{"inbound tcp 5432-5432 10.0.0.0/8 shop/Deployment/web",
                   "inbound UDP 7000-7010 10.0.0.0/8 shop/Deployment/web",
                   "inbound all - strangers other/Deployment/spy", "inbound tcp 9-9 ?"}));
  EXPECT_EQ(reading.targets("shop/Deployment/db", "policy"), Lines{"shop/NetworkPolicy/db rules"});
  EXPECT_EQ(reading.targets("shop/Deployment/web", "policy"), Lines{});
}

TEST(NetworkPolicies, NamespacesWhoseLabelsNobodyTellsAreNotKnown) {
  const auto unknown = [](const std::string& labels, const std::string& more) {
    return Reading(policy("p",
                          "podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {" +
                              labels + "}}}]}]") +
                   deployment("web") + more)
        .draft()
        .coverage.unknown_attributes;
  };
  const std::string space = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\n";
  EXPECT_EQ(unknown("team: a", ""), Lines{"shop/NetworkPolicy/p: which namespaces it means"});
  EXPECT_EQ(unknown("team: a", space), Lines{}) << "its labels are told: none";
  EXPECT_EQ(unknown("kubernetes.io/metadata.name: shop", ""), Lines{}) << "each wears its name";
}

TEST(NetworkPolicies, WithoutARuleLetNobodyInAndOnesForTheWayOutLeaveCallersAlone) {
  const Reading reading(deployment("a") + deployment("b") +
                        policy("closed", "podSelector: {matchLabels: {app: a}}") +
                        policy("out", "podSelector: {}, policyTypes: [Egress]"));
  EXPECT_EQ(rows(reading, "shop/NetworkPolicy/closed rules"), Lines{});
  EXPECT_EQ(reading.targets("shop/Deployment/a", "policy"),
            (Lines{"shop/NetworkPolicy/closed rules", "shop/NetworkPolicy/out rules"}));
  EXPECT_EQ(rows(reading, "shop/NetworkPolicy/out rules"), Lines{"outbound tcp 0-0"});
  EXPECT_EQ(rows(reading, "shop/NetworkPolicy/out rules to callers"),
            (Lines{"outbound tcp 0-0", "inbound all - *"}))
      << "nothing closes b to its callers";
}

std::string authorization(const std::string& name, const std::string& spec,
                          const std::string& space = "shop") {
  return "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: " + name +
         ", namespace: " + space + "}\nspec: {" + spec + "}\n---\n";
}

std::string with_account(const std::string& name, const std::string& account) {
  return deployment(name, "      serviceAccountName: " + account + "\n");
}

TEST(AuthorizationPolicies, AllowByServiceAccountAndPort) {
  const Reading reading(
      with_account("web", "front") + deployment("db") + deployment("spy") +
      authorization("db",
                    "selector: {matchLabels: {app: db}}, rules: [{from: [{source: {principals: "
                    "[cluster.local/ns/shop/sa/front]}}], to: [{operation: {ports: [\"5432\"], "
                    "methods: [GET]}}]}, {from: [{source: {principals: "
                    "[cluster.local/ns/istio-system/sa/edge]}}]}]"));
  EXPECT_EQ(rows(reading, "shop/AuthorizationPolicy/db rules"),
            (Lines{"inbound tcp 0-0", "inbound tcp 5432-5432 shop/Deployment/web",
                   "inbound all - strangers"}))
      << "who is in no input may be anybody";
  EXPECT_EQ(reading.targets("shop/Deployment/db", "policy"),
            Lines{"shop/AuthorizationPolicy/db rules"});
  EXPECT_EQ(reading.targets("shop/Deployment/spy", "policy"), Lines{});
}

TEST(AuthorizationPolicies, WithoutARuleNobodyComesInAndOnesThatDenyLeaveOthersAlone) {
  const Reading closed(deployment("a") + deployment("b") + authorization("none", "") +
                       deployment("c", "", "other"));
  EXPECT_EQ(rows(closed, "shop/AuthorizationPolicy/none rules"), Lines{"inbound tcp 0-0"});
  EXPECT_EQ(closed.targets("other/Deployment/c", "policy"), Lines{});
  const Reading denied(
      deployment("a") + with_account("spy", "spy") +
      authorization("no-spies",
                    "action: DENY, selector: {matchLabels: {app: a}}, rules: [{from: "
                    "[{source: {principals: [\"*/sa/spy\"]}}]}, {to: [{operation: "
                    "{paths: [/admin]}}]}]"));
  const auto& rules = denied.resource("shop/AuthorizationPolicy/no-spies rules to others");
  ASSERT_EQ(rules.attributes["rows"].size(), 3U) << "who asks for a path is not always refused";
  EXPECT_EQ(rules.attributes["rows"].at(1)["action"].text(), "deny");
  EXPECT_EQ(rules.attributes["rows"].at(2)["action"].text(), "allow");
}

TEST(AuthorizationPolicies, OnesOfTheRootAreForTheWholeMeshAndNotWhereItIsOff) {
  const Reading reading(
      deployment("a") + deployment("b", "", "plain") +
      "apiVersion: v1\nkind: Namespace\nmetadata: {name: plain, labels: {istio-injection: "
      "disabled}}\n---\n" +
      authorization("all", "", "istio-system"));
  EXPECT_EQ(reading.targets("shop/Deployment/a", "policy"),
            Lines{"istio-system/AuthorizationPolicy/all rules"});
  EXPECT_EQ(reading.targets("plain/Deployment/b", "policy"), Lines{});
}

std::string istio(const std::string& kind, const std::string& name, const std::string& spec) {
  return "apiVersion: networking.istio.io/v1\nkind: " + kind + "\nmetadata: {name: " + name +
         ", namespace: shop}\nspec: {" + spec + "}\n---\n";
}

TEST(Mesh, RoutesTellTimeoutsAndRetriesOfCallsToTheirServices) {
  const std::string shop =
      deployment("web", setting("DB_URL", "http://db:80")) + deployment("db") + service("db", "db");
  const Reading reading(
      shop +
      istio("VirtualService", "db",
            "hosts: [db], http: [{timeout: 2s, retries: {attempts: 3, perTryTimeout: 500ms}, "
            "route: [{destination: {host: db.shop.svc.cluster.local}}]}]"));
  const auto& call = reading.resource("shop/Deployment/web").calls.front();
  EXPECT_DOUBLE_EQ(call.policy.timeout->value, 0.5);
  EXPECT_EQ(*call.policy.retries, 3);
  const Reading differing(
      shop + istio("VirtualService", "db",
                   "hosts: [db], http: [{timeout: 2s, route: [{destination: {host: db}}]}, "
                   "{timeout: 9s, route: [{destination: {host: db}}]}]"));
  EXPECT_FALSE(differing.resource("shop/Deployment/web").calls.front().policy.timeout.is_known());
}

/// Two workloads behind one service, whose subsets are called after them, and routes to it.
Reading divided(const std::string& routes, const std::string& gateways = "") {
  const auto version = [](const std::string& name) {
    std::string text = deployment(name);
    const std::string own = "{app: " + name + "}";
    text.replace(text.find(own), own.size(), "{app: db, version: " + name + "}");
    return text;
  };
  return Reading(deployment("web", setting("DB_URL", "http://db:80")) + version("v1") +
                 version("v2") + service("db", "db") +
                 istio("DestinationRule", "db",
                       "host: db, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: "
                       "{version: v2}}]") +
                 istio("VirtualService", "db", gateways + "hosts: [db], http: [" + routes + "]"));
}

TEST(Mesh, RoutesToOneSubsetLeaveTheOtherPodsOut) {
  const std::string v1 = "{route: [{destination: {host: db, subset: v1}}]}";
  const std::string v2 = "{route: [{destination: {host: db, subset: v2}}]}";
  const auto called = [](const Reading& reading) { return calls(reading, "shop/Deployment/web"); };
  EXPECT_EQ(called(divided(v1)), Lines{"shop/Deployment/v1"});
  EXPECT_EQ(called(divided(v1 + ", " + v2)), Lines{"shop/Service/db"});
  EXPECT_EQ(called(divided("{route: [{destination: {host: db}}]}")), Lines{"shop/Service/db"});
  EXPECT_EQ(called(divided("{route: [{destination: {host: db, subset: v1}}, {weight: 0, "
                           "destination: {host: db, subset: v2}}]}")),
            Lines{"shop/Deployment/v1"});
  EXPECT_EQ(called(divided(v1, "gateways: [door], ")), Lines{"shop/Service/db"})
      << "which is for those that come in there";
  EXPECT_EQ(
      divided("{route: [{destination: {host: db, subset: v3}}]}").told(),
      Lines{"OUT-E1412 49:70 shop/VirtualService/db leads to the subset v3 of shop/Service/db, "
            "which no DestinationRule defines | requests to it fail: define it, or give the "
            "input that holds it"});
}

TEST(Mesh, RoutesOfAGatewayTellTimeoutsAndRetriesToo) {
  const Reading reading(
      "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: "
      "shop}\nspec: {rules: [{timeouts: {request: 3s, backendRequest: 1s}, retry: {attempts: 2, "
      "backoff: 100ms}, backendRefs: [{name: web, port: 80}, {name: old, port: 80, weight: 0}]}]}\n"
      "---\n" +
      deployment("web") + service("web", "web") + deployment("old") + service("old", "old"));
  const auto& all = reading.resource("shop/HTTPRoute/r").calls;
  ASSERT_EQ(all.size(), 1U) << "none of the requests go to what has no weight";
  EXPECT_DOUBLE_EQ(all[0].policy.timeout->value, 1);
  EXPECT_EQ(*all[0].policy.retries, 2);
  EXPECT_DOUBLE_EQ(all[0].policy.backoff_min->value, 0.1);
}

TEST(Kubernetes, AVolumeTellsInWhichZoneItsPodsLie) {
  const auto zone = [](const std::string& values) {
    const Reading reading(
        "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: db}\nspec: {template: {spec: "
        "{containers: [{name: a, image: postgres}]}}, volumeClaimTemplates: [{metadata: {name: d}, "
        "spec: {storageClassName: fast}}]}\n---\n"
        "apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\n"
        "allowedTopologies: [{matchLabelExpressions: [{key: topology.kubernetes.io/zone, values: " +
        values + "}]}]\n");
    return reading.resource("default/StatefulSet/db").zone.value_or("");
  };
  EXPECT_EQ(zone("[eu-west-1a]"), "eu-west-1a");
  EXPECT_EQ(zone("[eu-west-1a, eu-west-1b]"), "") << "one of the two";
}

TEST(Kubernetes, PodsThatAreCalledAreRankedAgainstJobs) {
  const auto outranked = [](const std::string& of_class, const std::string& others = "") {
    const Reading reading(
        deployment("web") + service("web", "web") + deployment("worker") +
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: night, namespace: shop}\nspec: "
        "{jobTemplate: {spec: {template: {spec: {priorityClassName: high, containers: [{name: a, "
        "image: b}]}}}}}\n---\napiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: "
        "{name: high}\n" +
        of_class + "\n---\n" + others);
    EXPECT_EQ(reading.targets("shop/Deployment/worker", "outranked_by"), Lines{});
    return reading.targets("shop/Deployment/web", "outranked_by");
  };
  EXPECT_EQ(outranked("value: 1000"), Lines{"shop/CronJob/night"});
  EXPECT_EQ(outranked("value: 0"), Lines{});
  EXPECT_EQ(outranked("value: 1000\npreemptionPolicy: Never"), Lines{});
  EXPECT_EQ(outranked("value: 1000",
                      "apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: "
                      "usual}\nvalue: 2000\nglobalDefault: true\n"),
            Lines{});
}

TEST(Mesh, OutliersAreNoticedSoonerThanByProbes) {
  const Reading reading(deployment("db") + service("db", "db") +
                        istio("DestinationRule", "db",
                              "host: db, trafficPolicy: {outlierDetection: {interval: 5s}}"));
  EXPECT_DOUBLE_EQ(reading.resource("shop/Deployment/db").noticed_after->value, 5);
}

TEST(Mesh, ConnectionPoolsLimitTheCallsToTheirService) {
  const std::string shop = deployment("web", setting("DB_URL", "http://db:80")) + deployment("db");
  const std::string rule = istio("DestinationRule", "db",
                                 "host: db, trafficPolicy: {connectionPool: {tcp: {maxConnections: "
                                 "10}, http: {http1MaxPendingRequests: 5, http2MaxRequests: 40}}}");
  const auto policy_of = [&](const std::string& ports) {
    const Reading reading(shop + service("db", "db", ports) + rule);
    return reading.resource("shop/Deployment/web").calls.front().policy;
  };
  const auto plain = policy_of("  ports: [{name: http, port: 80}]\n");
  EXPECT_EQ(plain.connections.value_or(0), 10) << "a request takes a connection";
  EXPECT_EQ(plain.waiting.value_or(0), 5);
  const auto grpc = policy_of("  ports: [{name: grpc, port: 80}]\n");
  EXPECT_EQ(grpc.connections.value_or(0), 40) << "many requests share one";
}

TEST(Kubernetes, ACallGoesToThePortBehindThatOfTheService) {
  const auto port = [](const std::string& ports, const std::string& url) {
    const Reading reading(
        deployment("db", "          ports: [{name: sql, containerPort: 5433}]\n") +
        service("db", "db", ports) + deployment("web", setting("DB_URL", url)));
    return reading.resource("shop/Deployment/web").calls.front().port.value_or(0);
  };
  EXPECT_EQ(port("  ports: [{port: 80, targetPort: 8080}]\n", "http://db:80"), 8080);
  EXPECT_EQ(port("  ports: [{port: 80, targetPort: 8080}]\n", "http://db"), 8080);
  EXPECT_EQ(port("  ports: [{port: 5432, targetPort: sql}]\n", "pg://db:5432"), 5433);
  EXPECT_EQ(port("  ports: [{port: 80}, {port: 81}]\n", "http://db:81"), 81);
  EXPECT_EQ(port("  ports: [{port: 80}, {port: 81}]\n", "http://db"), 0) << "not told which";
  EXPECT_EQ(port("  ports: [{port: 80}]\n", "http://db:9"), 0) << "it has no such port";
}

TEST(Kubernetes, AWholeNameOfAKnownNamespaceThatNothingAnswersToIsDangling) {
  const Reading reading(
      deployment("web", setting("SOURCE", "pg://db.shop.svc.cluster.local:5432/x")) +
      deployment("log", setting("SINK", "http://sink.elsewhere.svc.cluster.local/x")));
  EXPECT_EQ(calls(reading, "shop/Deployment/web"), Lines{"?db.shop.svc.cluster.local"});
  EXPECT_EQ(calls(reading, "shop/Deployment/log"), Lines{}) << "that namespace is in no input";
}

TEST(Kubernetes, APodOfASetThatIsNotThereIsDanglingAndNobodyOutside) {
  const Reading reading(deployment("web", setting("SENTINELS", "redis-0.redis:26379")));
  EXPECT_EQ(calls(reading, "shop/Deployment/web"), Lines{"?redis-0.redis"});
  const Reading outside(deployment("web", setting("API_HOST", "api-1.apis.example.com:443")));
  EXPECT_EQ(calls(outside, "shop/Deployment/web"), Lines{"!api-1.apis.example.com"});
}

TEST(Kubernetes, ServicesTellHowTheyAreReached) {
  const Reading reading(deployment("web") + service("out", "web", "  type: LoadBalancer\n") +
                        service("in", "web"));
  EXPECT_EQ(reading.resource("shop/Service/out").type, "Service LoadBalancer");
  EXPECT_EQ(reading.resource("shop/Service/in").type, "Service");
}

TEST(Kubernetes, SettingsThatNameServicesAreCalls) {
  const Reading reading(deployment("db") + service("db", "db") +
                        deployment("web", setting("DB_ADDR", "db:5432")));
  EXPECT_EQ(calls(reading, "shop/Deployment/web"), Lines{"shop/Service/db"});
  const auto& call = reading.resource("shop/Deployment/web").calls.front();
  EXPECT_EQ(call.confidence, Confidence::referenced);
  EXPECT_EQ(reading.written(call.evidence.span), "\"db:5432\"");
}

TEST(Kubernetes, OptionsThatAreHandedOnNameServicesToo) {
  const Reading reading(
      deployment("db") + service("db", "db") +
      deployment("web", setting("JAVA_OPTS", "-Xmx1g -Ddb.host=db -Dmail.host=elsewhere")) +
      deployment("job", "          command: [sh, -c, \"java -Ddb.host=db -jar job.jar\"]\n"));
  EXPECT_EQ(calls(reading, "shop/Deployment/web"), Lines{"shop/Service/db"});
  EXPECT_EQ(calls(reading, "shop/Deployment/job"), Lines{"shop/Service/db"});
}

TEST(Kubernetes, NamesInsideTheClusterFollowItsRules) {
  for (const char* host :
       {"db.shop", "db.shop.svc", "db.shop.svc.cluster.local", "db-0.db.shop.svc"}) {
    const Reading reading(deployment("db") + service("db", "db") +
                          deployment("web", setting("DB_HOST", host), "other"));
    EXPECT_EQ(calls(reading, "other/Deployment/web"), Lines{"shop/Service/db"}) << host;
  }
}

TEST(Kubernetes, ABareNameMeansTheOwnNamespace) {
  const Reading reading(deployment("db") + service("db", "db") +
                        deployment("web", setting("DB_HOST", "db"), "other"));
  EXPECT_EQ(calls(reading, "other/Deployment/web"), Lines{"?db"});
}

TEST(Kubernetes, WordsThatOnlyLookLikeNamesAreNoCalls) {
  const Reading reading(deployment("orders") + service("orders", "orders") +
                        deployment("web", setting("SERVICE_NAME", "orders")) +
                        deployment("worker", setting("MODE", "orders")));
  EXPECT_EQ(calls(reading, "shop/Deployment/web"), Lines{});
  EXPECT_EQ(calls(reading, "shop/Deployment/worker"), Lines{});
}

TEST(Kubernetes, NamesThatNothingAnswersToAreKeptAsTheyStand) {
  const Reading reading(deployment("web", setting("MAIL_ADDR", "mail:25")) +
                        deployment("pay", setting("PAY_URL", "https://api.example.com/v1")));
  EXPECT_EQ(calls(reading, "shop/Deployment/web"), Lines{"?mail"});
  EXPECT_EQ(calls(reading, "shop/Deployment/pay"), Lines{"!api.example.com"});
}

TEST(Kubernetes, ArgumentsConfigMapsAndSecretsNameHostsToo) {
  const std::string map =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: shop}\n"
      "data: {CACHE_HOST: cache}\n---\n";
  const std::string secret =
      "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\n"
      "data: {url: cG9zdGdyZXM6Ly91OnBAZGI6NTQzMi94}\n---\n";  // postgres://u:p@db:5432/x
  const Reading reading(
      map + secret + deployment("db") + service("db", "db") + deployment("cache") +
      service("cache", "cache") + deployment("search") + service("search", "search") +
      deployment("web",
                 "          args: [\"--search-host=search\"]\n"
                 "          envFrom: [{configMapRef: {name: c}}]\n"
                 "          env: [{name: DATABASE_URL, valueFrom: {secretKeyRef: {name: s, key: "
                 "url}}}]\n"));
  EXPECT_EQ(calls(reading, "shop/Deployment/web"),
            (Lines{"shop/Service/db", "shop/Service/cache", "shop/Service/search"}));
}

TEST(Kubernetes, LinesOfAFileNameHostsThatAnswer) {
  const Reading reading(
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: shop}\n"
      "data:\n  app.yaml: |\n    redis:\n      host: cache\n    title: db\n    other_host: nobody\n"
      "    db.host=db\n---\n" +
      deployment("web").replace(deployment("web").find("      containers:"), 0,
                                "      volumes: [{name: c, projected: {sources: [{configMap: "
                                "{name: c}}]}}]\n") +
      deployment("cache") + deployment("db") + service("cache", "cache") + service("db", "db"));
  EXPECT_EQ(calls(reading, "shop/Deployment/web"),
            (Lines{"shop/Service/cache", "shop/Service/db"}));
}

TEST(Kubernetes, WhatIsOnlyWaitedForIsNeededToStart) {
  const Reading reading(
      deployment("db") + service("db", "db") +
      deployment("web",
                 "      initContainers:\n        - name: wait\n"
                 "          command: [sh, -c, \"until nc -z db 5432; do :; done\"]\n"));
  const auto& all = reading.resource("shop/Deployment/web").calls;
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(*all.front().strength, Strength::startup);
}

TEST(Kubernetes, WhomAPolicyLetsInMayCall) {
  const Reading reading(
      deployment("db") + deployment("web") +
      "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
      "metadata: {name: p, namespace: shop}\nspec:\n  podSelector: {matchLabels: {app: db}}\n"
      "  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]\n");
  ASSERT_EQ(calls(reading, "shop/Deployment/web"), Lines{"shop/Deployment/db"});
  EXPECT_EQ(reading.resource("shop/Deployment/web").calls.front().confidence, Confidence::inferred);
}

TEST(Kubernetes, EachPathOfAnIngressIsARoute) {
  const Reading reading(
      deployment("a") + service("a", "a") + deployment("b") + service("b", "b") +
      "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: in, namespace: shop}\n"
      "spec:\n  rules:\n  - http:\n      paths:\n"
      "      - {path: /a, backend: {service: {name: a, port: {number: 80}}}}\n"
      "      - {path: /b, backend: {service: {name: b, port: {number: 80}}}}\n");
  EXPECT_EQ(calls(reading, "shop/Ingress/in"), (Lines{"shop/Service/a", "shop/Service/b"}));
  EXPECT_EQ(reading.resource("shop/Ingress/in").calls.back().route, "/b");
}

TEST(Kubernetes, ARouteToAPortThatAServiceDoesNotOpenLeadsNowhere) {
  const auto led = [](const std::string& port) {
    const Reading reading(
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: in, namespace: shop}\n"
        "spec: {defaultBackend: {service: {name: web, port: {" +
        port + "}}}}\n---\n" + deployment("web") +
        service("web", "web", "  ports: [{port: 80, name: http}]\n"));
    return calls(reading, "shop/Ingress/in");
  };
  EXPECT_EQ(led("number: 80"), Lines{"shop/Service/web"});
  EXPECT_EQ(led("name: http"), Lines{"shop/Service/web"});
  EXPECT_EQ(led("number: 8080"), (Lines{"?web:8080", "shop/Service/web"}));
  EXPECT_EQ(led("name: htpp"), (Lines{"?web:htpp", "shop/Service/web"}));
  EXPECT_EQ(led("name: use-annotation"), Lines{}) << "an action of AWS' controller";
  const Reading route(
      "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: "
      "shop}\nspec: {rules: [{backendRefs: [{name: web, port: 81}]}]}\n---\n" +
      deployment("web") + service("web", "web", "  ports: [{port: 80}]\n"));
  EXPECT_EQ(calls(route, "shop/HTTPRoute/r"), (Lines{"?web:81", "shop/Service/web"}));
}

TEST(Kubernetes, RoutesOfControllersOfTheirOwnLeadToServicesToo) {
  const Reading reading(
      "apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: {name: t, namespace: shop}\n"
      "spec: {routes: [{match: Path(`/`), services: [{name: web, port: 80}]}]}\n---\n"
      "apiVersion: projectcontour.io/v1\nkind: HTTPProxy\nmetadata: {name: c, namespace: shop}\n"
      "spec: {routes: [{conditions: [{prefix: /a}], services: [{name: web, port: 80}]}]}\n---\n"
      "apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: {name: o, namespace: shop}\n"
      "spec: {to: {kind: Service, name: web}}\n---\n" +
      deployment("web") + service("web", "web"));
  for (const char* address : {"shop/IngressRoute/t", "shop/HTTPProxy/c", "shop/Route/o"}) {
    EXPECT_EQ(calls(reading, address), Lines{"shop/Service/web"}) << address;
  }
}

TEST(Kubernetes, AServiceOfTraefikDividesAmongThoseItNames) {
  const auto divides = [](const std::string& name, const std::string& spec) {
    return "apiVersion: traefik.io/v1alpha1\nkind: TraefikService\nmetadata: {name: " + name +
           ", namespace: shop}\nspec: " + spec + "\n---\n";
  };
  const Reading reading(
      "apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: {name: t, namespace: shop}\n"
      "spec: {routes: [{match: Path(`/`), services: [{name: split, kind: "
      "TraefikService}]}]}\n---\n" +
      divides("split",
              "{weighted: {services: [{name: web, port: 80, weight: 3}, {name: copied, kind: "
              "TraefikService}, {name: split, kind: TraefikService}]}}") +
      divides("copied", "{mirroring: {name: api, port: 80, mirrors: [{name: new, port: 80}]}}") +
      deployment("web") + service("web", "web") + "---\n" + deployment("api") +
      service("api", "api") + "---\n" + deployment("new") + service("new", "new"));
  EXPECT_EQ(calls(reading, "shop/IngressRoute/t"), (Lines{"shop/Service/web", "shop/Service/api"}));
  EXPECT_EQ(reading.told(), Lines{});
}

TEST(Kubernetes, AnObjectThatStandsTwiceDifferentlyIsToldWithBothPlaces) {
  const Reading same(deployment("web") + deployment("web"));
  EXPECT_EQ(same.told(), Lines{});
  const Reading different(Reading::Files{{"a.yaml", deployment("web")},
                                         {"b.yaml", deployment("web", setting("A", "1"))}});
  EXPECT_EQ(
      different.told(),
      (Lines{"OUT-E1403 1:1 shop/Deployment/web stands twice, and differently | this one, the "
             "later, is taken",
             "OUT-E1403 1:1 the other shop/Deployment/web stands here, and is not taken | give "
             "one of the two"}));
  EXPECT_EQ(different.draft().resources.size(), 1U);
}

TEST(Kubernetes, MembersOfAWrongTypeAreToldWithTheirPlaces) {
  const Reading reading(
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"
      "spec:\n  replicas: [2]\n  template:\n    spec: {containers: {name: x}}\n");
  EXPECT_EQ(reading.told(),
            (Lines{"OUT-E1401 5:13 replicas: expected a single value, found a list | kubectl apply "
                   "--dry-run=client -f FILE tells what it takes",
                   "OUT-E1401 7:24 containers: expected a list, found a map | kubectl apply "
                   "--dry-run=client "
                   "-f FILE tells what it takes"}));
}

TEST(Kubernetes, RoutesScalersBudgetsAndPoliciesOfAWrongTypeAreTold) {
  const Reading reading(R"(
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: a}
spec: {rules: [{http: {paths: [{backend: {service: web}}]}}, 3]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: b}
spec: {maxReplicas: [3], scaleTargetRef: web}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: c}
spec: {minAvailable: [1]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: d}
spec: {podSelector: web, ingress: [{}]}
---
apiVersion: v1
kind: Service
metadata: {name: e}
spec: {ports: 80}
---
apiVersion: example.org/v1
kind: Theirs
metadata: {name: f}
spec: {ports: 80, rules: 3}
)");
  std::vector<std::string> told;
  for (const std::string& line : reading.told()) {
    told.push_back(line.substr(0, line.find(" |")));
  }
  EXPECT_EQ(told, (Lines{"OUT-E1401 5:52 service: expected a map, found text",
                         "OUT-E1401 5:62 rules[1]: expected a map, found a number",
                         "OUT-E1401 10:42 scaleTargetRef: expected a map, found text",
                         "OUT-E1401 10:21 maxReplicas: expected a single value, found a list",
                         "OUT-E1401 15:22 minAvailable: expected a single value, found a list",
                         "OUT-E1401 20:21 podSelector: expected a map, found text",
                         "OUT-E1401 25:15 ports: expected a list, found a number"}));
}

TEST(Kubernetes, AnObjectWithoutANameIsTold) {
  const Reading reading("apiVersion: v1\nkind: Service\nmetadata: {namespace: shop}\n");
  EXPECT_EQ(reading.told(), Lines{"OUT-E1402 1:1 an object of kind Service without a name | every "
                                  "object needs apiVersion, kind and metadata.name"});
}

TEST(Kubernetes, SecretsInSettingsAreNamedByTheirPlaces) {
  const Reading reading(deployment("db", setting("DB_PASSWORD", "hunter2hunter2")));
  ASSERT_EQ(reading.draft().secrets.size(), 1U);
  EXPECT_EQ(reading.draft().secrets.front().evidence.address, "shop/Deployment/db");
}

TEST(Kubernetes, SecretsAreToldByTheirKeysUnlessTheyHoldNone) {
  const Reading reading(R"(
apiVersion: v1
kind: Secret
metadata: {name: db, namespace: shop}
data: {password: aHVudGVyMmh1bnRlcjI=, username: c2hvcA==, empty: "", ca.crt: LS0tLQ==}
stringData: {token: abc123, later: <to be filled in>, other: CHANGEME, url: "${DB_URL}"}
---
apiVersion: v1
kind: Secret
metadata: {name: packed, namespace: shop}
type: helm.sh/release.v1
data: {release: SDRzSUFBQUFBQUFB}
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: {name: sealed, namespace: shop}
spec: {encryptedData: {password: AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq}}
)");
  Lines found;
  for (const auto& place : reading.draft().secrets) {
    found.push_back(place.evidence.address + " " + place.what);
  }
  EXPECT_EQ(found, (Lines{"shop/Secret/db password", "shop/Secret/db token"}));
}

TEST(Kubernetes, SecretsInArgumentsAreFound) {
  const Reading reading(deployment(
      "db", "          args: [--user=shop, --db-password=hunter2hunter2, --token-file=/run/t]\n"));
  ASSERT_EQ(reading.draft().secrets.size(), 1U);
  EXPECT_EQ(reading.draft().secrets.front().what, "db-password");
}

}  // namespace
}  // namespace outlast::import
