provider "aws" {
  region = "us-east-1"
}
resource "cloudflare_record" "www" {
  zone_id = "z"
  name    = "www"
  type    = "CNAME"
  value   = aws_lb.l.dns_name
  proxied = true
}
resource "cloudflare_zone" "z" {
  zone = "example.com"
}
resource "aws_lb" "l" {
  subnets = ["subnet-1", "subnet-2"]
}
resource "aws_lb_target_group" "t" {
  port = 80
  protocol = "HTTP"
}
resource "aws_lb_listener" "l" {
  load_balancer_arn = aws_lb.l.arn
  port = 443
  protocol = "HTTPS"
  default_action {
    type = "forward"
    target_group_arn = aws_lb_target_group.t.arn
  }
}
resource "aws_ecs_cluster" "c" {
  name = "c"
}
resource "aws_ecs_task_definition" "t" {
  family = "t"
  container_definitions = jsonencode([{ name = "w", image = "x", secrets = [{ name = "DB", valueFrom = aws_ssm_parameter.db.arn }], environment = [{ name = "STRIPE_API", value = "https://api.stripe.com" }, { name = "AUTH0_DOMAIN", value = "acme.auth0.com" }] }])
}
resource "aws_ecs_service" "s" {
  name = "s"
  cluster = aws_ecs_cluster.c.id
  task_definition = aws_ecs_task_definition.t.arn
  desired_count = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.t.arn
    container_name = "w"
    container_port = 80
  }
}
resource "aws_ssm_parameter" "db" {
  name = "db"
  type = "SecureString"
  value = "postgres://${aws_db_instance.d.address}/x"
}
resource "aws_db_instance" "d" {
  engine = "postgres"
  instance_class = "db.t3.micro"
  multi_az = true
  password = var.pw
}
variable "pw" {
  sensitive = true
}
resource "helm_release" "nginx" {
  name = "nginx"
  chart = "ingress-nginx"
}
resource "kubernetes_deployment" "d" {
  metadata {
    name = "d"
  }
  spec {
    replicas = 1
    selector {
      match_labels = { app = "d" }
    }
    template {
      metadata {
        labels = { app = "d" }
      }
      spec {
        container {
          name = "c"
          image = "c:1"
        }
      }
    }
  }
}
resource "random_id" "r" {
  byte_length = 4
}
resource "null_resource" "n" {}
resource "local_file" "f" {
  filename = "x"
  content = "y"
}
resource "tls_private_key" "k" {
  algorithm = "RSA"
}
resource "datadog_monitor" "m" {
  name = "m"
  type = "metric alert"
  query = "q"
  message = "m"
}
resource "github_repository" "r" {
  name = "r"
}
resource "mongodbatlas_cluster" "c" {
  name = "c"
}
