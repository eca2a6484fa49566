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

TEST(Kubernetes, ServicesLeadToWhatWearsAllOfTheirLabelsInTheirNamespace) {
  const Reading reading(deployment("web") + deployment("web", "", "other") + deployment("db") +
                        service("front", "web"));
  EXPECT_EQ(reading.targets("shop/Service/front", "pods"), Lines{"shop/Deployment/web"});
  EXPECT_FALSE(reading.resource("shop/Deployment/web").has_no_address);
  EXPECT_TRUE(reading.resource("shop/Deployment/db").has_no_address);
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
  EXPECT_EQ(
      reading.told(),
      (Lines{"OUT-E1401 5:13 replicas is a list, not a single value | kubectl apply "
             "--dry-run=client -f FILE tells what it takes",
             "OUT-E1401 7:24 containers is a map, not a list | kubectl apply --dry-run=client "
             "-f FILE tells what it takes"}));
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

}  // namespace
}  // namespace outlast::import
