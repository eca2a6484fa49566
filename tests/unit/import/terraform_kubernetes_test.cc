#include <gtest/gtest.h>

#include "unit/import/plan_text.h"
#include "unit/import/reading.h"

namespace outlast::import {
namespace {

/// A tree as one text; keys in their order by name.
std::string text_of(base::Node node) {
  if (node.is(base::NodeKind::map)) {
    std::map<std::string, std::string> members;
    for (std::size_t i = 0; i < node.size(); ++i) {
      members[std::string(node.key(i))] = text_of(node.at(i));
    }
    std::string text = "{";
    for (const auto& [key, member] : members) {
      text += key + ": " + member + ", ";
    }
    return text + "}";
  }
  std::string text = node.is(base::NodeKind::list) ? "[" : "";
  for (std::size_t i = 0; i < node.size(); ++i) {
    text += text_of(node.at(i)) + ", ";
  }
  return node.is(base::NodeKind::list) ? text + "]" : std::string(node.text());
}

Lines objects_of(const Reading& reading) {
  Lines all;
  for (const auto& resource : reading.draft().resources) {
    all.push_back(resource.type + " " + resource.address + " " + text_of(resource.attributes));
  }
  std::sort(all.begin(), all.end());
  return all;
}

constexpr const char* kManifests = R"(
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { CART_URL: "http://cart:8080" }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop, labels: { app: web } }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }
  template:
    metadata: { labels: { app: web, my_team: front_end } }
    spec:
      serviceAccountName: web
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule, labelSelector: { matchLabels: { app: web } } }
      containers:
        - name: web
          image: shop/web:1.2
          ports: [{ containerPort: 8080 }]
          env: [{ name: LOG_LEVEL, value: info }]
          envFrom: [{ configMapRef: { name: settings } }]
          resources: { requests: { cpu: 500m, memory: 256Mi }, limits: { memory: 512Mi } }
          readinessProbe: { periodSeconds: 5, failureThreshold: 2, httpGet: { path: /ready, port: 8080 } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: ClusterIP, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: front, namespace: shop, annotations: { kubernetes.io/ingress.class: nginx } }
spec:
  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec:
  minReplicas: 3
  maxReplicas: 12
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 60 } } }]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: cart, namespace: shop }
spec:
  podSelector: { matchLabels: { app: cart } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ protocol: TCP, port: 8080 }] }]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: cart, namespace: shop }
spec:
  serviceName: cart
  replicas: 2
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - { labelSelector: { matchLabels: { app: cart } }, topologyKey: topology.kubernetes.io/zone }
      containers: [{ name: cart, image: "redis:7", ports: [{ containerPort: 8080 }], volumeMounts: [{ name: data, mountPath: /data }] }]
  volumeClaimTemplates:
    - { metadata: { name: data }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 10Gi } } } }
)";

// Without what is written as a manifest already.
constexpr const char* kBlocks = R"(
resource "kubernetes_namespace" "shop" {
  metadata { name = "shop" }
}
resource "kubernetes_config_map_v1" "settings" {
  metadata {
    name      = "settings"
    namespace = kubernetes_namespace.shop.metadata[0].name
  }
  data = { CART_URL = "http://cart:8080" }
}
resource "kubernetes_deployment_v1" "web" {
  metadata {
    name      = "web"
    namespace = kubernetes_namespace.shop.metadata[0].name
    labels    = { app = "web" }
  }
  spec {
    replicas = "3"
    selector {
      match_labels = { app = "web" }
    }
    strategy {
      type = "RollingUpdate"
      rolling_update {
        max_surge       = "1"
        max_unavailable = "0"
      }
    }
    template {
      metadata { labels = { app = "web", my_team = "front_end" } }
      spec {
        service_account_name = "web"
        topology_spread_constraint {
          max_skew           = 1
          topology_key       = "topology.kubernetes.io/zone"
          when_unsatisfiable = "DoNotSchedule"
          label_selector { match_labels = { app = "web" } }
        }
        container {
          name  = "web"
          image = "shop/web:1.2"
          port { container_port = 8080 }
          env {
            name  = "LOG_LEVEL"
            value = "info"
          }
          env_from {
            config_map_ref { name = kubernetes_config_map_v1.settings.metadata[0].name }
          }
          resources {
            requests = { cpu = "500m", memory = "256Mi" }
            limits   = { memory = "512Mi" }
          }
          readiness_probe {
            period_seconds    = 5
            failure_threshold = 2
            http_get {
              path = "/ready"
              port = 8080
            }
          }
        }
      }
    }
  }
}
resource "kubernetes_service_v1" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    type     = "ClusterIP"
    selector = { app = "web" }
    port {
      port        = 80
      target_port = "8080"
    }
  }
}
resource "kubernetes_ingress_v1" "front" {
  metadata {
    name        = "front"
    namespace   = "shop"
    annotations = { "kubernetes.io/ingress.class" = "nginx" }
  }
  spec {
    rule {
      host = "shop.example.com"
      http {
        path {
          path      = "/"
          path_type = "Prefix"
          backend {
            service {
              name = kubernetes_service_v1.web.metadata[0].name
              port { number = 80 }
            }
          }
        }
      }
    }
  }
}
resource "kubernetes_horizontal_pod_autoscaler_v2" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    min_replicas = 3
    max_replicas = 12
    scale_target_ref {
      api_version = "apps/v1"
      kind        = "Deployment"
      name        = "web"
    }
    metric {
      type = "Resource"
      resource {
        name = "cpu"
        target {
          type                = "Utilization"
          average_utilization = 60
        }
      }
    }
  }
}
resource "kubernetes_pod_disruption_budget_v1" "web" {
  metadata {
    name      = "web"
    namespace = "shop"
  }
  spec {
    max_unavailable = "1"
    selector { match_labels = { app = "web" } }
  }
}
resource "kubernetes_network_policy" "cart" {
  metadata {
    name      = "cart"
    namespace = "shop"
  }
  spec {
    pod_selector { match_labels = { app = "cart" } }
    policy_types = ["Ingress"]
    ingress {
      from {
        pod_selector { match_labels = { app = "web" } }
      }
      ports {
        protocol = "TCP"
        port     = "8080"
      }
    }
  }
}
resource "kubernetes_stateful_set" "cart" {
  metadata {
    name      = "cart"
    namespace = "shop"
  }
  spec {
    service_name = "cart"
    replicas     = 2
    selector { match_labels = { app = "cart" } }
    template {
      metadata { labels = { app = "cart" } }
      spec {
        affinity {
          pod_anti_affinity {
            required_during_scheduling_ignored_during_execution {
              label_selector { match_labels = { app = "cart" } }
              topology_key = "topology.kubernetes.io/zone"
            }
          }
        }
        container {
          name  = "cart"
          image = "redis:7"
          port { container_port = 8080 }
          volume_mount {
            name       = "data"
            mount_path = "/data"
          }
        }
      }
    }
    volume_claim_template {
      metadata { name = "data" }
      spec {
        access_modes = ["ReadWriteOnce"]
        resources { requests = { storage = "10Gi" } }
      }
    }
  }
}
)";

TEST(TerraformKubernetes, BlocksBecomeTheObjectsOfTheEqualManifests) {
  EXPECT_EQ(objects_of(Reading(Reading::Files{{"main.tf", kBlocks}})),
            objects_of(Reading(Reading::Files{{"a.yaml", kManifests}})));
}

TEST(TerraformKubernetes, ManifestsAndTextsOfThemAreRead) {
  const Reading reading(Reading::Files{{"main.tf", R"(
resource "kubernetes_manifest" "a" {
  manifest = { apiVersion = "v1", kind = "Pod", metadata = { name = "a" }, spec = { containers = [{ name = "a" }] } }
}
resource "kubectl_manifest" "b" {
  yaml_body = "apiVersion: v1\nkind: Service\nmetadata: {name: b}\nspec: {selector: {app: b}}\n"
}
)"}});
  EXPECT_TRUE(reading.has("default/Pod/a"));
  EXPECT_TRUE(reading.has("default/Service/b"));
}

TEST(TerraformKubernetes, WithoutAnythingThatRunsItStaysTerraforms) {
  const Reading reading(Reading::Files{
      {"main.tf", R"(resource "kubernetes_namespace" "shop" { metadata { name = "shop" } })"}});
  EXPECT_TRUE(reading.has("kubernetes_namespace.shop"));
}

TEST(TerraformKubernetes, AnObjectThatAManifestHoldsTooIsOne) {
  const Reading reading(Reading::Files{{"main.tf", R"(
resource "kubernetes_pod" "a" {
  metadata { name = "a" }
  spec {
    container { name = "a" }
  }
}
)"},
                                       {"a.yaml", R"(
apiVersion: v1
kind: Pod
metadata: {name: a}
spec: {containers: [{name: a, image: other}]}
)"}});
  EXPECT_EQ(reading.draft().resources.size(), 1U);
  EXPECT_NE(reading.text().find("stands twice, and differently"), std::string::npos);
}

}  // namespace
}  // namespace outlast::import
