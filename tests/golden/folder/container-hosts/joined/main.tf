provider "aws" { region = "eu-west-1" }
resource "aws_ecs_cluster" "shop" { name = "shop" }
resource "aws_autoscaling_group" "hosts" {
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = [aws_subnet.a.id]
  launch_template { id = aws_launch_template.host.id }
}
resource "aws_launch_template" "host" {
  image_id      = "ami-1"
  instance_type = "m5.large"
  user_data     = base64encode("echo ECS_CLUSTER=${aws_ecs_cluster.shop.name} >> /etc/ecs/ecs.config")
}
resource "aws_subnet" "a" {
  vpc_id            = "vpc-1"
  availability_zone = "eu-west-1a"
}
resource "aws_subnet" "b" {
  vpc_id            = "vpc-1"
  availability_zone = "eu-west-1b"
}
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "nginx:1.27", portMappings = [{ containerPort = 80 }] }])
}
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.shop.id
  task_definition = aws_ecs_task_definition.web.arn
  desired_count   = 4
  launch_type     = "EC2"
  load_balancer {
    target_group_arn = aws_lb_target_group.web.arn
    container_name   = "web"
    container_port   = 80
  }
}
resource "aws_lb" "front" { subnets = [aws_subnet.a.id, aws_subnet.b.id] }
resource "aws_lb_target_group" "web" {
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-1"
}
resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.front.arn
  port              = 443
  protocol          = "HTTPS"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
