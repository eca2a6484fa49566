locals {
  balancer = aws_lb.web.arn
  groups   = [aws_lb_target_group.web.arn]
}

resource "aws_lb" "web" {
  name = "web"
}

resource "aws_lb_target_group" "web" {
  name = "web"
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = local.balancer
  port              = 80
  dynamic "default_action" {
    for_each = local.groups
    content {
      type             = "forward"
      target_group_arn = default_action.value
    }
  }
}

resource "aws_autoscaling_group" "web" {
  min_size          = 1
  max_size          = 1
  desired_capacity  = 1
  target_group_arns = local.groups
}
