provider "aws" { region = "eu-west-1" }
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_internet_gateway" "igw" { vpc_id = aws_vpc.v.id }
resource "aws_subnet" "pub" {
  count = 2
  vpc_id = aws_vpc.v.id
  availability_zone = element(["eu-west-1a","eu-west-1b"], count.index)
  cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index)
}
resource "aws_subnet" "priv" {
  count = 2
  vpc_id = aws_vpc.v.id
  availability_zone = element(["eu-west-1a","eu-west-1b"], count.index)
  cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index + 10)
}
resource "aws_instance" "nat" {
  ami = "ami-1" 
  instance_type = "t3.micro"
  subnet_id = aws_subnet.pub[0].id
  source_dest_check = false
}
resource "aws_route_table" "priv" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    network_interface_id = aws_instance.nat.primary_network_interface_id
  }
}
resource "aws_route_table" "pub" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.igw.id
  }
}
resource "aws_route_table_association" "pub" {
  count = 2
  subnet_id = aws_subnet.pub[count.index].id
  route_table_id = aws_route_table.pub.id
}
resource "aws_route_table_association" "priv" {
  count = 2
  subnet_id = aws_subnet.priv[count.index].id
  route_table_id = aws_route_table.priv.id
}
resource "aws_launch_template" "lt" {
  image_id = "ami-2"
  instance_type = "m5.large"
}
resource "aws_autoscaling_group" "app" {
  min_size = 2
  max_size = 6
  desired_capacity = 2
  vpc_zone_identifier = aws_subnet.priv[*].id
  target_group_arns = [aws_lb_target_group.tg.arn]
  health_check_type = "ELB"
  launch_template {
    id = aws_launch_template.lt.id
    version = "$Latest"
  }
}
resource "aws_lb" "lb" {
  load_balancer_type = "application"
  subnets = aws_subnet.pub[*].id
}
resource "aws_lb_target_group" "tg" {
  port = 80
  protocol = "HTTP"
  vpc_id = aws_vpc.v.id
}
resource "aws_lb_listener" "l" {
  load_balancer_arn = aws_lb.lb.arn
  port = 80
  protocol = "HTTP"
  default_action {
    type = "forward"
    target_group_arn = aws_lb_target_group.tg.arn
  }
}
