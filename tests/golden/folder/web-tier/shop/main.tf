# A shop whose servers lie in two zones and its database in one.
provider "aws" {
  region = var.region
}

variable "region" {
  default = "eu-west-1"
}

variable "ports" {
  type    = list(number)
  default = [80, 443]
}

variable "password" {
  sensitive = true
}

locals {
  name    = "shop-${terraform.workspace}"
  is_live = var.region == "eu-west-1"
}

module "network" {
  source = "./network"
  zones  = ["a", "b"]
  region = var.region
}

resource "aws_security_group" "web" {
  name   = "${local.name}-web"
  vpc_id = module.network.vpc_id

  dynamic "ingress" {
    for_each = var.ports
    content {
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}

resource "aws_lb" "web" {
  name            = local.name
  subnets         = module.network.subnet_ids
  security_groups = [aws_security_group.web.id]
}

resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = module.network.vpc_id
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_instance" "web" {
  count                  = local.is_live ? 2 : 1
  instance_type          = "m6i.large"
  subnet_id              = module.network.subnet_ids[count.index]
  vpc_security_group_ids = [aws_security_group.web.id]
  user_data              = <<-EOT
    #!/bin/sh
    echo DB_HOST=${aws_db_instance.orders.address} > /etc/shop.env
  EOT
}

resource "aws_lb_target_group_attachment" "web" {
  for_each         = { for i, server in aws_instance.web : i => server }
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = each.value.id
}

resource "aws_db_subnet_group" "orders" {
  subnet_ids = module.network.subnet_ids
}

resource "aws_db_instance" "orders" {
  engine                  = "mysql"
  instance_class          = "db.m6g.large"
  multi_az                = false
  backup_retention_period = local.is_live ? 7 : 0
  password                = var.password
  db_subnet_group_name    = aws_db_subnet_group.orders.name
}
