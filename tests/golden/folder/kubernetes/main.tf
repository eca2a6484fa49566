resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
}
resource "kubernetes_secret_v1" "orders" {
  metadata {
    name      = "orders"
    namespace = kubernetes_namespace.shop.metadata[0].name
  }
  data = { DATABASE_URL = "postgres://shop@${aws_db_instance.orders.address}/orders" }
}
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
            secret_ref { name = kubernetes_secret_v1.orders.metadata[0].name }
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
    selector = { app = kubernetes_deployment_v1.web.metadata[0].labels.app }
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
resource "kubernetes_manifest" "cart" {
  manifest = {
    apiVersion = "v1"
    kind       = "Service"
    metadata   = { name = "cart", namespace = "shop" }
    spec       = { clusterIP = "None", selector = { app = "cart" }, ports = [{ port = 8080 }] }
  }
}
